"""Many people at once, over the API of the running product."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from tests.support.running import System
from tests.support.young import Young

pytestmark = pytest.mark.system
CROWD = 20


@pytest.fixture
def on_postgresql(postgres_url: str, tmp_path: Path) -> Iterator[System]:
    running = System(tmp_path / "race", postgres_url).start()
    yield running
    running.stop()


def test_of_twenty_who_tap_the_same_time_one_gets_it_and_the_others_the_next(system: System) -> None:
    _race(system)


def test_so_it_is_on_postgresql(on_postgresql: System) -> None:
    _race(on_postgresql)


def _race(running: System) -> None:
    with ThreadPoolExecutor(CROWD) as crowd:
        people = list(crowd.map(_who_sees_times, [running.address] * CROWD))
        wanted = {young.free_times()[0]["payload"] for young in people}
        list(crowd.map(lambda young: young.tap_payload(young.free_times()[0]["payload"]), people))
    winners = [young for young in people if _is_asked_whether_it_is_right(young)]
    assert (len(wanted), len(winners)) == (1, 1)
    winners[0].tap("Ja")
    starts = winners[0].last("booking")["data"]["starts_at"]
    for young in people:
        if young is not winners[0]:
            assert all(starts[:16] not in time["payload"] for time in young.free_times())


def test_two_messages_at_once_are_both_answered_once(system: System) -> None:
    young = Young(system.address)
    with ThreadPoolExecutor(2) as both:
        sent = list(both.map(lambda text: young.post(text=text).json()["sequence"], ["hej", "hvad er boligstøtte"]))
    for sequence in sent:
        young.await_final(sequence)
    assert sorted(m["reply_to"] for m in young.messages if m["final"]) == sorted(sent)


def test_a_replayed_message_changes_nothing(system: System) -> None:
    young = Young(system.address)
    same = str(uuid4())
    with ThreadPoolExecutor(10) as many:
        answers = list(many.map(lambda _: young.post(same, text="hej"), range(10)))
    assert {answer.json()["sequence"] for answer in answers} == {2}
    young.await_final(2)
    assert len([m for m in young.messages if m["sender"] == "young"]) == 1


def _is_asked_whether_it_is_right(young: Young) -> bool:
    return any(button["title"] == "Ja, book tiden" for message in young.messages for button in message["buttons"])


def _who_sees_times(address: str) -> Young:
    young = Young(address)
    young.say("jeg vil gerne booke en tid")
    return young
