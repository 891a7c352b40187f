"""What looks for those who were left waiting is started with the web process, and is as patient as its settings say."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.conversation.long_waits import WRITE_TO_ME
from bot.settings import SHORTEST_IDLE
from bot.supervisor.supervisor import free_port
from tests.support.desk import YoungPerson
from tests.support.on_call import mail_server_at
from tests.support.presence import AtWork, at_work, minutes_pass
from tests.support.the_tests import THE_TESTS
from tests.support.two_towns import app_of_two_towns

# Each of them shorter than what an installation gets that says nothing.
ABSENT, UNANSWERED, LONG_WAIT = 4, 6, 3
PATIENCE = {
    "silent_claim_minutes": ABSENT,
    "unanswered_claim_minutes": UNANSWERED,
    "long_wait_minutes": LONG_WAIT,
    "desk_idle": SHORTEST_IDLE,
}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Starlette]:
    """Not started: nothing looks by itself."""
    made = app_of_two_towns(tmp_path, **PATIENCE, **mail_server_at(free_port()))
    yield made
    made.state.store.close()


@pytest.fixture
def anna(app: Starlette) -> AtWork:
    return at_work(app.state.store, "anna")


@pytest.fixture
def held(app: Starlette, anna: AtWork) -> YoungPerson:
    young = YoungPerson(app.state.store).writes("hej").waits()
    anna.takes(young)
    return young


def test_whatever_the_application_keeps_that_sweeps_is_started(app: Starlette) -> None:
    swept: list[str] = []
    kept = {name: one for name, one in app.state._state.items() if hasattr(one, "sweep")}
    for name, one in kept.items():
        one.sweep = _noting(swept, name)
    with TestClient(app) as client:
        client.get("/healthz")
    assert {"turns", "absences", "long_waits", "idle", "retention"} <= set(kept)
    assert sorted(swept) == sorted(kept)


@pytest.mark.parametrize(("minutes", "left"), [(ABSENT - 1, False), (ABSENT + 1, True)])
def test_who_is_absent_is_waited_for_as_long_as_is_set(
    app: Starlette, anna: AtWork, held: YoungPerson, minutes: int, *, left: bool
) -> None:
    minutes_pass(held, minutes)
    anna.was_seen(timedelta(minutes=minutes))
    assert [one.id for one in app.state.absences.requeue()] == [held.id] * left


@pytest.mark.parametrize(("minutes", "left"), [(UNANSWERED - 1, False), (UNANSWERED + 1, True)])
def test_who_does_not_answer_is_waited_for_as_long_as_is_set(
    app: Starlette, anna: AtWork, held: YoungPerson, minutes: int, *, left: bool
) -> None:
    minutes_pass(held, minutes)
    anna.was_seen(timedelta(0))
    assert [one.id for one in app.state.absences.requeue()] == [held.id] * left


async def test_whoever_waits_is_told_after_as_long_as_is_set_and_of_the_ways_that_are_set(app: Starlette) -> None:
    short, long = (YoungPerson(app.state.store).writes("hej").waits(LONG_WAIT + more) for more in (-1, 1))
    await app.state.long_waits.look()
    with app.state.store.read(THE_TESTS) as work:
        told = {one.id: work.conversations.after(one.id, 1) for one in (short, long)}
    assert told[short.id] == []
    [said] = told[long.id]
    assert WRITE_TO_ME in [button.payload for button in said.buttons], "for a mail can be sent from here"


@pytest.mark.parametrize(("more", "ended"), [(-60, 0), (60, 1)])
def test_a_sign_in_that_nobody_uses_ends_after_as_long_as_is_set(
    app: Starlette, anna: AtWork, more: int, ended: int
) -> None:
    later = datetime.now(UTC) + timedelta(seconds=SHORTEST_IDLE + more)
    assert app.state.idle.end(later) == ended


def _noting(swept: list[str], name: str):
    async def sweep() -> None:
        swept.append(name)

    return sweep
