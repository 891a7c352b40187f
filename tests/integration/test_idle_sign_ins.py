"""A sign-in that nobody uses ends by itself where that is wished, once and for nobody who is still there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from pydantic import ValidationError

from bot.conversation.idle import IdleSignIns
from bot.settings import SHORTEST_IDLE, Settings
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.web.desk.sessions import start_session
from tests.support.desk import add_caseworker
from tests.support.second_factors import user_of
from tests.support.the_tests import THE_TESTS

CROWD = 4


@pytest.fixture
def anna(store: Store) -> DeskUser:
    add_caseworker(store, "eksempel", "anna")
    return user_of(store, "anna")


def signs_in(store: Store, user: DeskUser, used: timedelta) -> str:
    """Somewhere where it was used so long ago."""
    token = start_session(store, user, 12 * 3600).token
    with store.write(THE_TESTS) as work:
        session = work.people.session(token)
        assert session
        work.sign_ins.use(session.id, datetime.now(UTC) - used)
    return token


def is_in(store: Store, token: str) -> bool:
    with store.read(THE_TESTS) as work:
        return work.people.session(token) is not None


def test_what_was_not_used_for_so_long_ends_and_that_is_noted(store: Store, anna: DeskUser) -> None:
    old, new = (signs_in(store, anna, timedelta(minutes=minutes)) for minutes in (31, 29))
    assert IdleSignIns(store, 1800).end(datetime.now(UTC)) == 1
    assert (is_in(store, old), is_in(store, new)) == (False, True)
    with store.read(THE_TESTS) as work:
        entry = work.people.noted("eksempel")[-1]
    assert (entry.user, entry.action, entry.subject) == (anna.id, "end_idle", None)


def test_of_several_processes_one_ends_it(store: Store, anna: DeskUser) -> None:
    signs_in(store, anna, timedelta(hours=1))
    together, idle = Barrier(CROWD), IdleSignIns(store, 1800)

    def end(_: int) -> int:
        together.wait()
        return idle.end(datetime.now(UTC))

    with ThreadPoolExecutor(CROWD) as crowd:
        assert sum(crowd.map(end, range(CROWD))) == 1
    with store.read(THE_TESTS) as work:
        assert [entry.action for entry in work.people.noted("eksempel")].count("end_idle") == 1


def test_who_comes_back_just_then_stays(store: Store, anna: DeskUser) -> None:
    token = signs_in(store, anna, timedelta(hours=1))
    since = datetime.now(UTC) - timedelta(minutes=30)
    with store.write(THE_TESTS) as work:
        [idle] = work.sign_ins.not_used_since(since)
        work.sign_ins.use(idle.id, datetime.now(UTC))
        assert not work.sign_ins.end_unused(idle.id, since)
    assert is_in(store, token)


async def test_none_ends_where_it_is_not_wished(store: Store, anna: DeskUser) -> None:
    token = signs_in(store, anna, timedelta(hours=11))
    await IdleSignIns(store, 0).sweep()
    assert is_in(store, token)


def test_it_is_off_unless_it_is_set_and_never_shorter_than_use_is_noted_in() -> None:
    assert Settings(_env_file=None).desk_idle == 0
    assert Settings(_env_file=None, desk_idle=SHORTEST_IDLE).desk_idle == SHORTEST_IDLE
    with pytest.raises(ValidationError, match="0 for never"):
        Settings(_env_file=None, desk_idle=SHORTEST_IDLE - 1)
