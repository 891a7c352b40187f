"""Another model is put into service, and the one before it again, while people write: nobody notices."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import httpx
import pytest

from bot.settings import ROOT
from tests.support.model import copies_of_the_model
from tests.support.running import System
from tests.support.young import Young

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]
PEOPLE = 20
FIRST, SECOND = "20260101-000000-first", "20260102-000000-second"
QUESTIONS = ("hvad er boligstøtte", "hvad er et depositum", "hvem er du")
# Said where no dialogue server answers.
AWAY = "Noget virker ikke hos mig lige nu"
TOOK_OVER = "dialogue is ready, and takes over"


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copies_of_the_model(tmp_path_factory.mktemp("another") / "models", FIRST, SECOND)


@pytest.fixture(scope="module")
def served(models: Path) -> Iterator[System]:
    running = System(models.parent / "served", settings={"HJEMAD_MODELS": str(models)}).start()
    yield running
    running.stop()


def hjemad(models: Path, *command: str) -> None:
    given = {"HJEMAD_MODELS": str(models)}
    subprocess.run([sys.executable, "-m", "bot.cli", *command], cwd=ROOT, env=os.environ | given, check=True)


def until(true: Callable[[], bool], seconds: float = 180) -> None:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds
        time.sleep(0.2)


@dataclass
class Crowd:
    """People who each write one message after the other until they are told to stop."""

    address: str
    stop: Event = field(default_factory=Event)
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def write(self, number: int) -> Young:
        young = Young(self.address)
        while not self.stop.is_set():
            question = QUESTIONS[number % len(QUESTIONS)]
            began = time.monotonic()
            said = " ".join(message["text"] for message in young.say(question))
            self.seconds.append(time.monotonic() - began)
            if AWAY in said:
                self.wrong.append(f"{question}: {said}")
            number += 1
            self.stop.wait(1.0)
        return young


def answered_once(young: Young) -> bool:
    written = [message["sequence"] for message in young.messages if message["sender"] == "young"]
    finals = Counter(message["reply_to"] for message in young.messages if message["final"] and message["reply_to"])
    numbers = [message["sequence"] for message in young.messages]
    return finals == Counter(written) and numbers == list(range(1, len(numbers) + 1))


def model_of(served: System) -> str:
    """What the process answers with that is asked now."""
    command = served.part("dialogue").cmdline()
    return command[command.index("--model") + 1] if "--model" in command else ""


def test_a_promotion_and_a_rollback_lose_no_message_and_answer_none_twice(
    served: System, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    crowd, taken_over = Crowd(served.address), served.said().count(TOOK_OVER)
    booking = Young(served.address)
    booking.say("jeg vil gerne booke en tid")
    with ThreadPoolExecutor(PEOPLE) as together:
        writing = [together.submit(crowd.write, number) for number in range(PEOPLE)]
        try:
            until(lambda: len(crowd.seconds) > 2 * PEOPLE)
            before = max(crowd.seconds)
            hjemad(models, "promote", SECOND)
            until(lambda: served.said().count(TOOK_OVER) == taken_over + 1 and model_of(served) == SECOND)
            booking.tap_payload(booking.free_times()[0]["payload"])
            hjemad(models, "rollback")
            until(lambda: served.said().count(TOOK_OVER) == taken_over + 2 and model_of(served) == FIRST)
            booking.tap("Ja")
            after = len(crowd.seconds)
            until(lambda: len(crowd.seconds) > after + PEOPLE)
        finally:
            crowd.stop.set()
        people = [one.result() for one in writing]
    with capsys.disabled():
        slowest = f"before {before:.1f} s, with it {max(crowd.seconds):.1f} s"
        print(f"\n{len(crowd.seconds)} answers to {PEOPLE} people; the slowest: {slowest}")
    assert crowd.wrong == []
    assert all(map(answered_once, people))
    assert answered_once(booking)
    assert booking.last("booking")["data"]["code"]


def test_a_model_that_cannot_be_loaded_leaves_the_one_that_serves(served: System, models: Path) -> None:
    until(lambda: model_of(served) == FIRST)
    hjemad(models, "promote", SECOND)
    (models / f"{SECOND}.tar.gz").write_bytes(b"cut off")
    until(lambda: "the dialogue that was there goes on" in served.said())
    assert httpx.get(f"{served.address}/readyz").is_success
    young = Young(served.address)
    assert "boligstøtte" in " ".join(message["text"] for message in young.say("hvad er boligstøtte")).lower()
