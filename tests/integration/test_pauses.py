"""The pause around one way of talking keeps every other way out of it, by whichever door a talk comes."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.casework.after_booking import hand_over
from bot.casework.arranging import free_times
from bot.casework.bookings import TimeTakenError
from bot.casework.free_times import Way, danish_day
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.diary import DOORS, Diary
from tests.support.the_tests import THE_TESTS

HALF_HOUR = timedelta(minutes=30)
PAUSE = timedelta(minutes=20)


@dataclass(frozen=True)
class ChatBetween(Diary):
    """A chat in one office time; before and after it another that is free but for the pause."""

    before: datetime
    after: datetime


@pytest.fixture
def diary(store: Store, municipality: Municipality, conversation: str) -> ChatBetween:
    now = datetime.now(UTC)
    town = replace(municipality, rules=replace(municipality.rules, pauses={Way.CHAT: PAUSE}))
    with store.read(THE_TESTS) as work:
        office = [span.starts_at for span in free_times(work, town.slug, Way.OFFICE, town.rules, now)]
        chats = {span.starts_at for span in free_times(work, town.slug, Way.CHAT, town.rules, now)}
    # Office talks follow each other at once; a chat begins where one does, and is not the first of its stretch.
    middle = next(one for one in office[20:] if {one - HALF_HOUR, one + HALF_HOUR} <= set(office) and one in chats)
    diary = ChatBetween(store, town, now, conversation, office[0], middle - HALF_HOUR, middle + HALF_HOUR)
    diary.book(middle, Way.CHAT)
    return diary


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("door", DOORS)
def test_a_time_in_the_pause_of_another_way_is_refused(diary: ChatBetween, door: str, side: str) -> None:
    with pytest.raises(TimeTakenError):
        DOORS[door](diary, getattr(diary, side))


@pytest.mark.parametrize("door", DOORS)
def test_without_the_pause_it_is_not(diary: ChatBetween, door: str) -> None:
    none = replace(diary, town=replace(diary.town, rules=replace(diary.town.rules, pauses={})))
    DOORS[door](none, diary.after)


@pytest.mark.parametrize(("pause", "takes"), [(PAUSE, False), (timedelta(), True)])
def test_a_colleague_takes_no_talk_in_the_pause_of_another(
    diary: ChatBetween, pause: timedelta, *, takes: bool
) -> None:
    with diary.store.write(THE_TESTS) as work:
        [agent] = work.agents.of(diary.town.slug, danish_day(diary.now))
        leaving = work.agents.add(diary.town.slug, "Bo", agent.openings)
    talk = diary.book(diary.after)
    assert talk.agent == leaving
    with diary.store.write(THE_TESTS) as work:
        handed = hand_over(work, talk, replace(diary.town.rules, pauses={Way.CHAT: pause}), diary.now)
    assert (handed is not None) is takes
