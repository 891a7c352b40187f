"""The pause around one way of talking keeps every other way out of it, by whichever door a talk comes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from bot.casework.after_booking import hand_over
from bot.casework.arranging import book, free_times, hold, move
from bot.casework.bookings import Booking, TimeTakenError, Wish
from bot.casework.free_times import Way, danish_day
from bot.municipality.towns import Municipality
from bot.store.store import Store

HALF_HOUR = timedelta(minutes=30)
PAUSE = timedelta(minutes=20)


@dataclass(frozen=True)
class Diary:
    """A chat in one office time; before and after it another that is free but for the pause, and one far from it."""

    store: Store
    town: Municipality
    now: datetime
    conversation: str
    before: datetime
    after: datetime
    elsewhere: datetime

    def wish(self, starts_at: datetime, way: Way = Way.OFFICE) -> Wish:
        return Wish(str(uuid4()), self.town.slug, starts_at, way, "", self.conversation)

    def book(self, starts_at: datetime, way: Way = Way.OFFICE) -> Booking:
        with self.store.write() as work:
            return book(work, self.wish(starts_at, way), self.town.rules, self.now)

    def hold(self, starts_at: datetime) -> None:
        with self.store.write() as work:
            hold(work, self.wish(starts_at), self.town.rules, self.now)

    def move_there(self, starts_at: datetime) -> None:
        talk = self.book(self.elsewhere)
        with self.store.write() as work:
            move(work, talk, starts_at, self.town.rules, self.now)


@pytest.fixture
def diary(store: Store, municipality: Municipality, conversation: str) -> Diary:
    now = datetime.now(UTC)
    town = replace(municipality, rules=replace(municipality.rules, pauses={Way.CHAT: PAUSE}))
    with store.read() as work:
        office = [span.starts_at for span in free_times(work, town.slug, Way.OFFICE, town.rules, now)]
        chats = {span.starts_at for span in free_times(work, town.slug, Way.CHAT, town.rules, now)}
    # Office talks follow each other at once; a chat begins where one does, and is not the first of its stretch.
    middle = next(one for one in office[20:] if {one - HALF_HOUR, one + HALF_HOUR} <= set(office) and one in chats)
    diary = Diary(store, town, now, conversation, middle - HALF_HOUR, middle + HALF_HOUR, office[0])
    diary.book(middle, Way.CHAT)
    return diary


DOORS: dict[str, Callable[[Diary, datetime], object]] = {
    "book": Diary.book,
    "hold": Diary.hold,
    "move": Diary.move_there,
}


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("door", DOORS)
def test_a_time_in_the_pause_of_another_way_is_refused(diary: Diary, door: str, side: str) -> None:
    with pytest.raises(TimeTakenError):
        DOORS[door](diary, getattr(diary, side))


@pytest.mark.parametrize("door", DOORS)
def test_without_the_pause_it_is_not(diary: Diary, door: str) -> None:
    none = replace(diary, town=replace(diary.town, rules=replace(diary.town.rules, pauses={})))
    DOORS[door](none, diary.after)


@pytest.mark.parametrize(("pause", "takes"), [(PAUSE, False), (timedelta(), True)])
def test_a_colleague_takes_no_talk_in_the_pause_of_another(diary: Diary, pause: timedelta, *, takes: bool) -> None:
    with diary.store.write() as work:
        [agent] = work.agents.of(diary.town.slug, danish_day(diary.now))
        leaving = work.agents.add(diary.town.slug, "Bo", agent.openings)
    talk = diary.book(diary.after)
    assert talk.agent == leaving
    with diary.store.write() as work:
        handed = hand_over(work, talk, replace(diary.town.rules, pauses={Way.CHAT: pause}), diary.now)
    assert (handed is not None) is takes
