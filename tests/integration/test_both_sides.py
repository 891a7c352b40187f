"""The measurement of a message's way between both sides: what it measures, and that it fails where that is slow."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.benchmark import both_sides as measured
from bot.benchmark import databases
from bot.benchmark.commands import benchmarks
from tests.support.model import danger_screen

QUICK, SLOW = [0.1, 0.299, 2.0], [0.1, 0.300, 0.301]


@pytest.mark.parametrize(
    ("to_the_desk", "to_the_chat", "code"), [(QUICK, QUICK, 0), (QUICK, SLOW, 1), (SLOW, QUICK, 1)]
)
def test_the_measurement_fails_when_a_median_is_slower_than_promised(
    monkeypatch: pytest.MonkeyPatch, to_the_desk: list[float], to_the_chat: list[float], code: int
) -> None:
    def missing(_folder: str) -> None:
        raise ImportError

    found = {measured.TO_THE_DESK: to_the_desk, measured.TO_THE_CHAT: to_the_chat}
    monkeypatch.setattr(databases, "_postgres", missing)
    monkeypatch.setattr(measured, "_filled", lambda database: database)
    monkeypatch.setattr(measured, "_measured", lambda _filled, _processes: found)
    done = CliRunner().invoke(benchmarks, ["benchmark-both-sides"])
    assert done.exit_code == code
    assert ("Slower than promised" in done.output) == bool(code)
    assert "SQLite, 1 web process, to the desk: " in done.output


def test_what_is_measured_goes_both_ways_through_the_product(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    danger_screen()
    for name, small in {"CONVERSATIONS": 3, "COLLEAGUES": 2, "MESSAGES_EACH_WAY": 2, "WARM_UP": 1}.items():
        monkeypatch.setattr(measured, name, small)
    monkeypatch.setattr(measured, "THINKING", (0, 0.1))
    found = measured._measured(measured._filled(f"sqlite:///{tmp_path / 'hjemad.sqlite'}"), processes=1)
    assert {way: len(seconds) for way, seconds in found.items()} == {measured.TO_THE_DESK: 6, measured.TO_THE_CHAT: 6}
    assert all(0 < second < measured.PATIENCE for seconds in found.values() for second in seconds)
