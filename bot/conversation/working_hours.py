"""The boligagenter of a municipality and their hours, seen and changed at the desk, with the effect known first."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from anyio.to_thread import run_sync

from bot.casework.after_booking import call_off, hand_over
from bot.casework.bookings import AgentBusyError, AgentNotFoundError, Booking, BookingStatus
from bot.casework.choosing import called, name_of_chosen
from bot.casework.feeds import Shows
from bot.casework.free_times import Agent, BookingRules, Opening, danish_day, danish_midnight
from bot.casework.hours import checked_hours, outside_hours
from bot.casework.rights import Right
from bot.conversation.alone import are_locked, conversations_of, lock_talks
from bot.conversation.feeds import open_feed
from bot.conversation.notices import Notices
from bot.conversation.talk_news import tell_called_off, tell_handed_over
from bot.municipality.towns import Municipality
from bot.store.people import DeskUser
from bot.store.store import Store, Work
from bot.store.whose import Town

Done = TypeVar("Done")


@dataclass(frozen=True)
class Week:
    """The weekly hours of an agent, and the most talks on a day; None for no limit."""

    hours: tuple[Opening, ...]
    talks_a_day: int | None


@dataclass(frozen=True)
class OwnDay:
    """The hours of one date instead of the week's: none of them is away, None is as every week."""

    day: date
    hours: tuple[Opening, ...] | None


class WorkingHours:
    """Every method raises AgentNotFoundError for an agent of another municipality, and StoreUnreachableError.

    One whose hours the user may not see or change raises NotAllowedError. Lives as long as the web process.
    """

    def __init__(self, store: Store, notices: Notices, towns: Mapping[str, Municipality]) -> None:
        self._store = store
        self._notices = notices
        self._towns = towns

    def agents(self, user: DeskUser) -> Sequence[Agent]:
        """Those of the user's municipality whose hours the user may see."""
        with self._store.read(Town(user.municipality)) as work:
            agents = work.agents.of(user.municipality, danish_day(datetime.now(UTC)))
        return [agent for agent in agents if user.access.may(Right.DAYS, agent.id)]

    def agent(self, user: DeskUser, number: int) -> Agent:
        """One of them."""
        with self._store.read(Town(user.municipality)) as work:
            return _agent(work, user, number)

    def feed_of(self, user: DeskUser, number: int) -> Shows | None:
        """What the agent's calendar shows to whoever has its address; None where it is closed."""
        with self._store.read(Town(user.municipality)) as work:
            return work.agents.feeds(user.municipality).get(number)

    def effect_of_week(self, user: DeskUser, number: int, week: Week) -> Sequence[Booking]:
        """The talks to come that would stand outside these hours. Raises HoursError."""
        with self._store.read(Town(user.municipality)) as work:
            agent = replace(_agent(work, user, number, Right.WEEKS), openings=checked_hours(week.hours))
            return self._outside(work, agent, datetime.now(UTC))

    def days_beyond(self, user: DeskUser, number: int, week: Week) -> Mapping[date, int]:
        """The days from today on with more talks than the week's limit, and how many they have, soonest first."""
        if week.talks_a_day is None:
            return {}
        today = danish_midnight(danish_day(datetime.now(UTC)))
        with self._store.read(Town(user.municipality)) as work:
            talks = work.bookings.of_agent(_agent(work, user, number, Right.WEEKS).id, today)
        days = Counter(danish_day(talk.starts_at) for talk in talks)
        return {day: talks for day, talks in sorted(days.items()) if talks > week.talks_a_day}

    def set_week(self, user: DeskUser, number: int, week: Week) -> None:
        """From now on; the talks that are booked stay. Raises HoursError."""
        hours = checked_hours(week.hours)
        with self._store.write(Town(user.municipality)) as work:
            agent = _agent(work, user, number, Right.WEEKS)
            work.agents.set_week(agent, hours, week.talks_a_day)
            work.people.note(user, "set_week", str(number))

    def effect_of_day(self, user: DeskUser, number: int, own: OwnDay) -> Sequence[Booking]:
        """The talks of that date that would stand outside its hours. Raises HoursError."""
        with self._store.read(Town(user.municipality)) as work:
            return self._outside(work, _with_day(_agent(work, user, number), own), *_stretch(own.day))

    async def set_day(self, user: DeskUser, number: int, own: OwnDay, *, calls_off: bool = False) -> None:
        """Keeps the hours; `calls_off`: all outside them, who are told and offered a new time. Raises HoursError."""
        if calls_off:
            called = await run_sync(self._call_off_day, user, number, own)
            self._notices.tell(*conversations_of(called))
        else:
            await run_sync(self._set_day, user, number, own)

    def add_agent(self, user: DeskUser, name: str) -> int:
        """A new one without hours yet; its number."""
        with self._store.write(Town(user.municipality)) as work:
            number = work.agents.add(user.municipality, name, ())
            work.people.note(user, "add_agent", str(number))
            return number

    def to_come(self, user: DeskUser, number: int) -> Sequence[Booking]:
        """The talks the agent has still to hold, soonest first."""
        with self._store.read(Town(user.municipality)) as work:
            return _to_come(work, _agent(work, user, number))

    async def hand_over(self, user: DeskUser, number: int) -> int:
        """Gives each talk to come to a colleague who has that time free; how many nobody could take.

        Who had chosen the agent, where young people may, is told who holds the talk now.
        """
        left, handed = await run_sync(self._hand_over, user, number)
        self._notices.tell(*conversations_of(handed))
        return left

    def remove(self, user: DeskUser, number: int) -> None:
        """Works there no more. Raises AgentBusyError while there are talks to come."""
        with self._store.write(Town(user.municipality)) as work:
            work.agents.lock(user.municipality)
            agent = _agent(work, user, number, Right.AGENTS)
            if _to_come(work, agent):
                raise AgentBusyError
            work.agents.leave(agent, datetime.now(UTC))
            work.people.note(user, "remove_agent", str(number))

    def open_feed(self, user: DeskUser, number: int, shows: Shows) -> str:
        """The secret of the agent's calendar, told this once; an older one opens nothing any more."""
        with self._store.write(Town(user.municipality)) as work:
            work.people.note(user, "open_feed", str(number))
            return open_feed(work, _agent(work, user, number, Right.WEEKS), shows)

    def close_feed(self, user: DeskUser, number: int) -> None:
        """Nobody reads the agent's calendar from outside any more."""
        with self._store.write(Town(user.municipality)) as work:
            work.people.note(user, "close_feed", str(number))
            work.agents.set_feed(_agent(work, user, number, Right.WEEKS), None)

    def _hand_over(self, user: DeskUser, number: int) -> tuple[int, Sequence[Booking]]:
        town, now = self._towns[user.municipality], datetime.now(UTC)

        def hand_all_over(work: Work, talks: Sequence[Booking]) -> tuple[int, Sequence[Booking]]:
            work.people.note(user, "hand_over", str(number))
            handed = [new for talk in talks if (new := hand_over(work, talk, town.rules, now))]
            chosen = [talk for talk in handed if town.choose_agent and talk.chosen is not None]
            names = called(work.agents.of(user.municipality, danish_day(now)))
            for talk in chosen:
                tell_handed_over(work, talk, name_of_chosen(talk, names))
            return len(talks) - len(handed), chosen

        return self._with_talks(
            user, lambda work: _to_come(work, _agent(work, user, number, Right.AGENTS)), hand_all_over
        )

    def _set_day(self, user: DeskUser, number: int, own: OwnDay) -> None:
        with self._store.write(Town(user.municipality)) as work:
            _keep_day(work, user, _with_day(_agent(work, user, number), own), own)

    def _call_off_day(self, user: DeskUser, number: int, own: OwnDay) -> Sequence[Booking]:
        def keep_and_call_off(work: Work, talks: Sequence[Booking]) -> Sequence[Booking]:
            _keep_day(work, user, _agent(work, user, number), own)
            return _call_off(work, talks, self._towns[user.municipality].rules)

        def outside(work: Work) -> Sequence[Booking]:
            return self._outside(work, _with_day(_agent(work, user, number), own), *_stretch(own.day))

        return self._with_talks(user, outside, keep_and_call_off)

    def _with_talks(
        self, user: DeskUser, find: Callable[[Work], Sequence[Booking]], act: Callable[[Work, Sequence[Booking]], Done]
    ) -> Done:
        """Does it with the talks found, all of them locked; begins anew when one is booked meanwhile."""
        while True:
            with self._store.write(Town(user.municipality)) as work:
                seen = find(work)
                lock_talks(work, user.municipality, seen)
                talks = find(work)
                if are_locked(talks, seen):
                    return act(work, talks)

    def _outside(self, work: Work, agent: Agent, since: datetime, until: datetime | None = None) -> Sequence[Booking]:
        rules = self._towns[agent.municipality].rules
        talks = work.bookings.of_agent(agent.id, max(since, datetime.now(UTC)), until)
        return outside_hours(agent, rules, talks)


def _agent(work: Work, user: DeskUser, number: int, right: Right = Right.DAYS) -> Agent:
    found = (agent for agent in work.agents.of(user.municipality, danish_day(datetime.now(UTC))) if agent.id == number)
    if agent := next(found, None):
        user.access.check(right, agent.id)
        return agent
    raise AgentNotFoundError


def _to_come(work: Work, agent: Agent) -> Sequence[Booking]:
    talks = work.bookings.of_agent(agent.id, datetime.now(UTC))
    return [talk for talk in talks if talk.status is BookingStatus.ACTIVE]


def _with_day(agent: Agent, own: OwnDay) -> Agent:
    others = {day: hours for day, hours in agent.days.items() if day != own.day}
    return replace(agent, days=others if own.hours is None else others | {own.day: checked_hours(own.hours)})


def _stretch(day: date) -> tuple[datetime, datetime]:
    return danish_midnight(day), danish_midnight(day + timedelta(days=1))


def _keep_day(work: Work, user: DeskUser, agent: Agent, own: OwnDay) -> None:
    work.agents.set_day(agent, own.day, own.hours)
    work.people.note(user, "set_day", str(agent.id))


def _call_off(work: Work, talks: Sequence[Booking], rules: BookingRules) -> Sequence[Booking]:
    now = datetime.now(UTC)
    called = [call_off(work, talk, now) for talk in talks if talk.status is BookingStatus.ACTIVE]
    for talk in called:
        tell_called_off(work, talk, rules, now)
    return called
