"""The measurement of a crowd: what it hears, what it takes for a fault, and that it fails where that is promised."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest

from bot.benchmark.chatting import Answer
from bot.benchmark.crowd import Heard, Pace, door_to, let_chat, watched
from bot.benchmark.crowd_report import Met, draw, hold_to_promises, sampled
from bot.benchmark.promises import TooSlowError
from bot.municipality.demo import seed_demo
from bot.web.app import create_app
from tests.support.chat_app import settings
from tests.support.model import danger_screen
from tests.support.running import PASSWORD
from tests.support.served import served

HURRIED = Pace(people=3, seconds=2.0, thinking=(0.0, 0.2))
FLAT = [{"web": 100.0, "dialogue": 500.0}] * 10


def met(
    answers: Sequence[float] = (0.1, 0.2),
    dangers: Sequence[float] = (0.1, 0.2),
    faults: Sequence[str] = (),
    memory: Sequence[dict[str, float]] = FLAT,
) -> Met:
    kinds = [[Answer(second, kind) for second in taken] for taken, kind in ((answers, "text"), (dangers, "danger"))]
    return Met(200, Heard(*kinds, list(faults)), memory)


def test_a_crowd_hears_each_answer_in_its_stream_without_a_dialogue_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    danger_screen()
    monkeypatch.setattr("bot.benchmark.crowd.IN_DANGER", 0.5)
    app = create_app(settings(tmp_path))
    with served(app) as address:
        seed_demo(app.state.store, app.state.municipalities["eksempel"], PASSWORD)
        heard, watching = asyncio.run(_heard(address))
    assert len(heard.answers) > 0
    assert len(heard.dangers) > 0
    assert {answer.kind for answer in heard.dangers} == {"danger"}
    assert heard.faults == watching.faults == []


async def _heard(address: str) -> tuple[Heard, Heard]:
    async with watched(door_to(address), 2) as watching:
        return await let_chat(door_to(address), HURRIED, ["hvad er boligstøtte"]), watching


def test_a_stream_that_is_refused_is_a_fault_and_ends_no_measurement() -> None:
    def answers(request: httpx.Request) -> httpx.Response:
        opened = request.url.path == "/api/conversations"
        return httpx.Response(201, json={"id": "1", "token": "t"}) if opened else httpx.Response(503)

    async def heard() -> Heard:
        def door() -> httpx.AsyncClient:
            return httpx.AsyncClient(base_url="http://here", transport=httpx.MockTransport(answers))

        return await let_chat(door, Pace(1, 0.5, (0.0, 0.1)), ["hej"])

    assert {"a stream: HTTPStatusError", "a message: HTTPStatusError"} <= set(asyncio.run(heard()).faults)


def test_what_is_kept_is_said_by_nobody() -> None:
    hold_to_promises(met())


@pytest.mark.parametrize(
    ("worse", "told"),
    [
        ({"answers": [0.6, 0.6]}, "an answer took 600 ms"),
        ({"dangers": [1.1, 1.1]}, "a danger message took 1100 ms"),
        ({"faults": ["answered twice"]}, r"1 faults \(answered twice\)"),
        ({"memory": [*FLAT[:8], *[{"web": 700.0}] * 2]}, "memory grew to 1.17"),
    ],
)
def test_each_promise_that_is_broken_is_named(worse: dict[str, Sequence[float]], told: str) -> None:
    with pytest.raises(TooSlowError, match=told):
        hold_to_promises(met(**worse))  # type: ignore[arg-type] -- each is a field of its own kind


def test_memory_is_looked_at_again_and_again() -> None:
    with sampled(lambda: {"web": 1.0}, every=0.01) as found:
        time.sleep(0.2)
    assert len(found) > 2


def test_the_picture_has_both_lines(tmp_path: Path) -> None:
    draw([met(), met()], tmp_path / "new" / "crowd.svg")
    assert (tmp_path / "new" / "crowd.svg").read_text(encoding="utf-8").count('<g id="line2d_') > 2
