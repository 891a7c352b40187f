"""The most talks of a boligagent on one day holds by whichever door a talk comes."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from bot.casework.after_booking import hand_over
from bot.casework.arranging import Seeker, free_times, move
from bot.casework.bookings import BookingStatus, TimeTakenError
from bot.casework.free_times import Way, danish_day, danish_midnight
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.diary import DOORS, Diary
from tests.support.the_tests import THE_TESTS


@dataclass(frozen=True)
class OneADay(Diary):
    """The agent holds one talk a day at most; two times of one day."""

    first: datetime
    second: datetime

    def free(self, now: datetime | None = None) -> Sequence[datetime]:
        with self.store.read(THE_TESTS) as work:
            free = free_times(work, self.town.slug, Way.OFFICE, self.town.rules, now or self.now)
        return [span.starts_at for span in free]


@pytest.fixture
def diary(store: Store, municipality: Municipality, conversation: str) -> OneADay:
    now = datetime.now(UTC)
    town = replace(municipality, rules=replace(municipality.rules, notice=timedelta()))
    with store.write(THE_TESTS) as work:
        [agent] = work.agents.of(town.slug, danish_day(now))
        work.agents.set_week(agent, agent.openings, 1)
        times = [span.starts_at for span in free_times(work, town.slug, Way.OFFICE, town.rules, now)]
    # A whole day, neither today, of which the first hours may be over, nor the last.
    first = next(time for time in times if danish_day(time) > danish_day(now))
    second = [time for time in times if danish_day(time) == danish_day(first)][-1]
    return OneADay(store, town, now, conversation, times[-1], first, second)


@pytest.mark.parametrize("door", DOORS)
def test_a_full_day_takes_no_other_talk(diary: OneADay, door: str) -> None:
    diary.book(diary.first)
    with pytest.raises(TimeTakenError):
        DOORS[door](diary, diary.second)


@pytest.mark.parametrize("door", ["book", "move"])
def test_a_time_that_somebody_holds_fills_the_day_too(diary: OneADay, door: str) -> None:
    diary.hold(diary.first)
    with pytest.raises(TimeTakenError):
        DOORS[door](diary, diary.second)


@pytest.mark.parametrize("door", DOORS)
def test_an_empty_day_takes_one(diary: OneADay, door: str) -> None:
    DOORS[door](diary, diary.second)
    assert not {diary.first, diary.second} & set(diary.free())


def test_a_talk_can_be_moved_within_the_day_it_fills_itself(diary: OneADay) -> None:
    """And it is offered: only its own time is none to move it to."""
    talk = diary.book(diary.first)
    with diary.store.write(THE_TESTS) as work:
        free = free_times(work, diary.town.slug, Way.OFFICE, diary.town.rules, diary.now, Seeker(moved=talk))
        starts = {span.starts_at for span in free}
        assert diary.second in starts
        assert diary.first not in starts
        assert move(work, talk, diary.second, diary.town.rules, diary.now).starts_at == diary.second


@pytest.mark.parametrize(("most", "takes"), [(1, False), (2, True)])
def test_a_colleague_whose_day_is_full_takes_no_talk_over(diary: OneADay, most: int, *, takes: bool) -> None:
    diary.book(diary.first)
    with diary.store.write(THE_TESTS) as work:
        [agent] = work.agents.of(diary.town.slug, danish_day(diary.now))
        leaving = work.agents.add(diary.town.slug, "Bo", agent.openings)
    talk = diary.book(diary.second)
    assert talk.agent == leaving
    with diary.store.write(THE_TESTS) as work:
        work.agents.set_week(agent, agent.openings, most)
        assert (hand_over(work, talk, diary.town.rules, diary.now) is not None) is takes


def test_one_met_this_morning_fills_today(diary: OneADay) -> None:
    """What is over counts from the Danish midnight on, and yesterday's does not."""
    talk = diary.book(diary.first)
    today = danish_midnight(danish_day(diary.first)).astimezone(UTC)
    noon = today + timedelta(hours=12)
    for over, is_full in ((today + timedelta(minutes=5), True), (today - timedelta(minutes=45), False)):
        met = replace(talk, status=BookingStatus.MET, starts_at=over, ends_at=over + timedelta(minutes=30))
        with diary.store.write(THE_TESTS) as work:
            work.bookings.change(met)
        today_free = [time for time in diary.free(noon) if danish_day(time) == danish_day(noon)]
        assert (today_free == []) is is_full


def test_of_two_who_book_one_day_at_once_one_gets_it(diary: OneADay) -> None:
    days: dict[object, list[datetime]] = {}
    for time in diary.free():
        days.setdefault(danish_day(time), []).append(time)
    for times in list(days.values())[1:6]:
        ready = Barrier(2)

        def attempt(time: datetime, ready: Barrier = ready) -> bool:
            ready.wait(timeout=20)
            try:
                diary.book(time)
            except TimeTakenError:
                return False
            return True

        with ThreadPoolExecutor(2) as both:
            assert sum(both.map(attempt, (times[0], times[-1]))) == 1
