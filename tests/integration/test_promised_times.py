"""`hjemad benchmark` fails when danger is told later, or the screen costs more, than is promised."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.benchmark import report
from bot.benchmark.chatting import Answer, Waiting
from bot.benchmark.commands import benchmarks
from bot.benchmark.screening import Screening

Measure = Callable[[float, Sequence[float]], Result]
QUICK, CHEAP = 0.999, (0.002, 0.010, 0.500)


@pytest.fixture
def measure(monkeypatch: pytest.MonkeyPatch) -> Measure:
    """Runs the command as if it had taken so long: the longest until danger was told, and the screen each time."""

    @contextmanager
    def product() -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(address="", start_seconds=9.0, memory=lambda: {"web": 100.0})

    async def chat(_address: str, people: int, *_: object) -> Waiting:
        return Waiting(people, (Answer(5.0, "text"), Answer(5.0, "text")), 10.0)

    def measured(longest: float, screen: Sequence[float]) -> Result:
        async def told(_address: str, said: Sequence[str]) -> tuple[Answer, ...]:
            return (Answer(longest, "danger"), *(Answer(0.2, "danger") for _ in said[1:]))

        monkeypatch.setattr(report, "told_in_streams", told)
        monkeypatch.setattr(report, "time_screen", lambda _: Screening((0.020,) * len(screen), tuple(screen)))
        return CliRunner().invoke(benchmarks, ["benchmark"])

    monkeypatch.setattr(report, "running_product", product)
    monkeypatch.setattr(report, "chat", chat)
    return measured


def test_it_passes_with_the_longest_just_under_a_second_and_the_median_at_ten_milliseconds(measure: Measure) -> None:
    result = measure(QUICK, CHEAP)
    assert (result.exit_code, "TooSlowError" in result.output) == (0, False)


@pytest.mark.parametrize(
    ("longest", "screen", "said", "unsaid"),
    [
        (1.0, CHEAP, "in the stream after 1000 ms for one of 20", "the screen cost"),
        (QUICK, (0.002, 0.0101, 0.011), "the screen cost 10.1 ms a message at the median", "in the stream after"),
    ],
)
def test_it_fails_and_names_what_was_too_slow(
    measure: Measure, longest: float, screen: Sequence[float], said: str, unsaid: str
) -> None:
    result = measure(longest, screen)
    told = " ".join(result.output.split())
    assert result.exit_code == 1
    assert "message to danger in the stream" in told, "what was measured is printed all the same"
    assert said in told
    assert unsaid not in told


def test_it_names_both_at_once(measure: Measure) -> None:
    told = " ".join(measure(2.5, (0.030, 0.030)).output.split())
    assert "in the stream after 2500 ms" in told
    assert "the screen cost 30.0 ms" in told
