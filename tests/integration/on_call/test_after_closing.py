"""Danger that was told of in staffed hours and that nobody took is no secret of the queue once the town has closed."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from bot.casework.free_times import DANISH_TIME, Opening
from bot.municipality.towns import Municipality
from bot.safety.screen import Assessment
from bot.store import tables
from bot.store.store import Store
from tests.support.on_call import ADDRESS, DYING, HOPELESS, in_danger, on_call, taken_by_a_human
from tests.support.the_tests import THE_TESTS

NOBODY_LISTENS = 9


def open_today(town: Municipality) -> tuple[Municipality, datetime]:
    """The town, staffed all of today and on no other day, and a moment soon after it has closed."""
    today = datetime.now(DANISH_TIME)
    staffed = (Opening(today.weekday(), time.min, time.max),)
    town = replace(town, on_call=ADDRESS, staffed=staffed, rules=replace(town.rules, closed_days=frozenset()))
    midnight = today.replace(hour=0, minute=0, second=0, microsecond=0)
    return town, (midnight + timedelta(days=1, seconds=1)).astimezone(UTC)


def notices(store: Store) -> int:
    with store.read(THE_TESTS) as work:
        return int(work.on_call._connection.scalar(select(func.count()).select_from(tables.on_call_notices)) or 0)


@pytest.mark.parametrize("danger", [HOPELESS, DYING])
def test_after_closing_who_is_on_call_is_told_once(
    store: Store, municipality: Municipality, conversation: str, danger: Assessment
) -> None:
    town, closed = open_today(municipality)
    caller = on_call(store, town, NOBODY_LISTENS)
    in_danger(store, conversation, town, danger)
    caller.call_after_closing(datetime.now(UTC))
    assert notices(store) == 0, "the town is staffed: the desk shows it"
    caller.call_after_closing(closed)
    assert notices(store) == 1
    caller.call_after_closing(closed + timedelta(minutes=1))
    caller.call_after_closing(closed + timedelta(hours=2))
    assert notices(store) == 1


def test_what_somebody_took_calls_nobody_after_closing(
    store: Store, municipality: Municipality, conversation: str
) -> None:
    town, closed = open_today(municipality)
    in_danger(store, conversation, town)
    taken_by_a_human(store, conversation)
    on_call(store, town, NOBODY_LISTENS).call_after_closing(closed)
    assert notices(store) == 0


def test_what_was_told_after_closing_is_not_told_a_second_time(
    store: Store, municipality: Municipality, conversation: str
) -> None:
    town = replace(municipality, on_call=ADDRESS, staffed=())
    in_danger(store, conversation, town)
    on_call(store, town, NOBODY_LISTENS).call_after_closing(datetime.now(UTC) + timedelta(hours=2))
    assert notices(store) == 1


def test_a_town_without_a_contact_asks_for_nobody(store: Store, municipality: Municipality, conversation: str) -> None:
    town, closed = open_today(municipality)
    town = replace(town, on_call="")
    in_danger(store, conversation, town)
    on_call(store, town, NOBODY_LISTENS).call_after_closing(closed)
    assert notices(store) == 0


def test_danger_before_opening_whose_notice_came_too_late_is_told_at_closing(
    store: Store, municipality: Municipality, conversation: str
) -> None:
    """No mail could be sent until the town opened; the desk was told, and nobody took it."""
    town, closed = open_today(municipality)
    in_danger(store, conversation, replace(town, staffed=()))
    with store.write(THE_TESTS) as work:
        [notice] = work.on_call.due()
        assert work.on_call.begin(notice)
        work.on_call.put_off(notice, None)
    on_call(store, town, NOBODY_LISTENS).call_after_closing(closed)
    assert notices(store) == 2
