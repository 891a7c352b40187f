"""Talks as a caseworker sees them: a week of one boligagent, who has not answered, and whether people met."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from anyio.to_thread import run_sync

from bot.casework.after_booking import check_as_seen, note_outcome
from bot.casework.arranging import cancel, taken_ahead
from bot.casework.bookings import AgentNotFoundError, Booking, BookingNotFoundError, BookingStatus
from bot.casework.free_times import Agent, Span, Way, danish_day, danish_midnight, free_spans
from bot.casework.hours import outside_hours
from bot.casework.reminders import Channel, ReminderState
from bot.casework.rights import Right
from bot.conversation.alone import conversations_of, lock_talks
from bot.conversation.moving import move_and_tell
from bot.conversation.notices import Notices
from bot.conversation.sentences import (
    CANCELLED_AS_ASKED,
    CANCELLED_BY_WORDS,
    MOVED_AS_ASKED,
    MOVED_BY_WORDS,
    Sentence,
)
from bot.conversation.talk_news import tell_changed, tell_missed
from bot.municipality.towns import Municipality
from bot.store.people import DeskUser
from bot.store.store import Store, Work
from bot.store.whose import Town

DAYS = 7
# How long the desk is asked whether people met.
STILL_ASKED = timedelta(days=14)


@dataclass(frozen=True)
class AgentWeek:
    """The seven days from a Monday: the talks of one agent, and the times that are free for one way.

    `outside` are the ids of the talks outside the hours or on a closed day; `closed` the days on which the whole
    municipality holds no talks.
    """

    agents: Sequence[Agent]
    agent: Agent
    monday: date
    talks: Sequence[Booking]
    free: Sequence[Span]
    outside: Collection[str]
    closed: Collection[date]


class DeskTalks:
    """Lives as long as the web process. Every method raises StoreUnreachableError.

    Whoever may see their own talks alone is given no others; one that is named raises NotAllowedError.
    """

    def __init__(self, store: Store, notices: Notices, towns: Mapping[str, Municipality]) -> None:
        self._store = store
        self._notices = notices
        self._towns = towns

    def week(self, user: DeskUser, number: int | None, day: date, way: Way, preferred: int | None = None) -> AgentWeek:
        """The week in which the day lies, of that agent; without one of the `preferred` if there is one, or the first.

        Raises AgentNotFoundError.
        """
        now, monday = datetime.now(UTC), day - timedelta(days=day.weekday())
        rules = self._towns[user.municipality].rules
        since, until = danish_midnight(monday), danish_midnight(monday + timedelta(days=DAYS))
        with self._store.write(Town(user.municipality)) as work:
            work.people.note(user, "read_bookings")
            agents = _seen_by(user, work.agents.of(user.municipality, min(monday, danish_day(now))), number)
            by_preference = sorted(agents, key=lambda one: one.id != preferred)
            agent = next((one for one in by_preference if number in (None, one.id)), None)
            if agent is None:
                raise AgentNotFoundError
            talks = work.bookings.of_agent(agent.id, since, until)
            free = [span for span in self._free(work, agent, way, now) if since <= span.starts_at < until]
        outside = {talk.id for talk in outside_hours(agent, rules, talks)}
        return AgentWeek(agents, agent, monday, talks, free, outside, rules.closed_days)

    def outside(self, user: DeskUser) -> Sequence[Booking]:
        """The talks to come that stand outside their agent's hours, or on a closed day, soonest first."""
        now, rules = datetime.now(UTC), self._towns[user.municipality].rules
        with self._store.read(Town(user.municipality)) as work:
            agents = {agent.id: agent for agent in work.agents.of(user.municipality, danish_day(now))}
            standing = work.bookings.standing(user.municipality, now).items()
            outside = [
                number
                for number, span in standing
                if user.access.may(Right.TALKS, span.agent)
                and span.agent in agents
                and outside_hours(agents[span.agent], rules, [span])
            ]
            # Only these few are opened.
            found = filter(None, map(work.bookings.by_id, outside))
            return sorted(found, key=lambda talk: talk.starts_at)

    def unanswered(self, user: DeskUser) -> Sequence[Booking]:
        """Those whose talk was called off and who have chosen no other time, soonest first, while the talk is kept."""
        with self._store.read(Town(user.municipality)) as work:
            return own_talks(user, work.bookings.called_off(user.municipality))

    def unnoted(self, user: DeskUser) -> Sequence[Booking]:
        """The talks of the days before today of which nobody has noted whether they met, soonest first."""
        now = datetime.now(UTC)
        with self._store.read(Town(user.municipality)) as work:
            today = danish_midnight(danish_day(now))
            before = work.bookings.between(user.municipality, now - STILL_ASKED, today)
        return [talk for talk in own_talks(user, before) if talk.status is BookingStatus.ACTIVE]

    def reminders(
        self, user: DeskUser, talks: Sequence[Booking], sendable_by: Collection[str]
    ) -> Mapping[str, ReminderState]:
        """What has become of the reminders that were asked for, by booking.

        One that waits to go by what is not set up any more has FAILED: whose it is must be told otherwise.
        """
        numbers = [talk.id for talk in talks]
        with self._store.read(Town(user.municipality)) as work:
            states = work.reminders.states(numbers)
            # Where everything is set up no address needs to be opened to see by what it is.
            waiting = {} if set(sendable_by) >= set(Channel) else work.reminders.waiting_by(numbers)
        return states | {one: ReminderState.FAILED for one, by in waiting.items() if by not in sendable_by}

    def names(self, user: DeskUser) -> Mapping[int, str]:
        """Of all agents who work in the user's municipality or have, by their number."""
        with self._store.read(Town(user.municipality)) as work:
            return work.agents.names(user.municipality)

    def talk(self, user: DeskUser, booking: str) -> Booking:
        """One talk. Raises BookingNotFoundError, also for one of another municipality."""
        with self._store.read(Town(user.municipality)) as work:
            return _own(work, user, booking)

    async def note(self, user: DeskUser, booking: str, outcome: BookingStatus) -> None:
        """Notes whether they met; whoever did not come is offered a new time, once.

        Raises BookingNotFoundError, also for a booking of another municipality, and TalkNotBegunError.
        """
        noted = await run_sync(self._note, user, booking, outcome)
        self._notices.tell(*conversations_of([noted]))

    def open_talk(self, user: DeskUser, booking: str) -> Booking:
        """One that its person can have moved or cancelled by the desk, whether it stands or was called off.

        Raises BookingNotFoundError, AnsweredError for one that is cancelled, TalkBegunError.
        """
        with self._store.write(Town(user.municipality)) as work:
            found = _own(work, user, booking)
            check_as_seen(found, found.revision, datetime.now(UTC))
            work.people.note(user, "read_bookings", booking)
        return found

    async def move(
        self, user: DeskUser, booking: str, starts_at: datetime, chosen: int | None = None, seen: int | None = None
    ) -> None:
        """Moves a talk to the time its person told the desk; again changes nothing.

        `seen` is the revision the desk was shown, None for a talk that was called off. Raises BookingNotFoundError,
        AnsweredError, TalkBegunError, TimeTakenError, TimeNotOfferedError.
        """
        self._notices.tell(*conversations_of([await run_sync(self._move, user, booking, starts_at, chosen, seen)]))

    async def give_up(self, user: DeskUser, booking: str, seen: int | None = None) -> None:
        """Cancels a talk whose person told the desk that they want none; again changes nothing.

        `seen` as for `move`. Raises BookingNotFoundError, AnsweredError, TalkBegunError.
        """
        self._notices.tell(*conversations_of([await run_sync(self._give_up, user, booking, seen)]))

    def note_made(self, user: DeskUser, booking: Booking) -> None:
        """Writes down who booked it by hand, and saw its three words."""
        with self._store.write(Town(user.municipality)) as work:
            work.people.note(user, "book_by_hand", booking.id)

    def _note(self, user: DeskUser, booking: str, outcome: BookingStatus) -> Booking:
        with self._store.write(Town(user.municipality)) as work:
            noted = note_outcome(work, _own_alone(work, user, booking), outcome, datetime.now(UTC))
            work.people.note(user, f"talk_{outcome}", booking)
            if outcome is BookingStatus.MISSED:
                tell_missed(work, noted)
        return noted

    def _move(self, user: DeskUser, number: str, starts_at: datetime, chosen: int | None, seen: int | None) -> Booking:
        now = datetime.now(UTC)
        with self._store.write(Town(user.municipality)) as work:
            found = _own_alone(work, user, number)
            if found.revision != seen and _is_moved_to(found, starts_at, chosen):
                return found
            check_as_seen(found, seen, now)
            work.people.note(user, "talk_moved", number)
            rules, news = self._towns[found.municipality].rules, _news(found, MOVED_BY_WORDS, MOVED_AS_ASKED)
            return move_and_tell(work, found, replace(found, chosen=chosen), starts_at, rules, now, news).booking

    def _give_up(self, user: DeskUser, number: str, seen: int | None) -> Booking:
        now = datetime.now(UTC)
        with self._store.write(Town(user.municipality)) as work:
            found = _own_alone(work, user, number)
            if found.status is BookingStatus.CANCELLED:
                return found
            check_as_seen(found, seen, now)
            cancelled = cancel(work, found, now)
            work.people.note(user, "talk_cancelled", number)
            tell_changed(work, cancelled, _news(found, CANCELLED_BY_WORDS, CANCELLED_AS_ASKED))
        return cancelled

    def _free(self, work: Work, agent: Agent, way: Way, now: datetime) -> Sequence[Span]:
        rules = self._towns[agent.municipality].rules
        return free_spans([agent], taken_ahead(work, agent.municipality, rules, now), way, rules, now)


def _is_moved_to(booking: Booking, starts_at: datetime, chosen: int | None) -> bool:
    """Whether the form that asks for it was sent before."""
    return booking.status is BookingStatus.ACTIVE and (booking.starts_at, booking.chosen) == (starts_at, chosen)


def _news(booking: Booking, answered: Sentence, asked: Sentence) -> Sentence:
    """One that was called off was not given up because anybody asked for it."""
    return answered if booking.status is BookingStatus.CALLED_OFF else asked


def own_talks(user: DeskUser, talks: Sequence[Booking]) -> Sequence[Booking]:
    """Those that the user may see."""
    return [talk for talk in talks if user.access.may(Right.TALKS, talk.agent)]


def _seen_by(user: DeskUser, agents: Sequence[Agent], asked: int | None) -> Sequence[Agent]:
    if any(agent.id == asked for agent in agents):
        user.access.check(Right.TALKS, asked)
    return [agent for agent in agents if user.access.may(Right.TALKS, agent.id)]


def _own(work: Work, user: DeskUser, number: str) -> Booking:
    booking = work.bookings.by_id(number)
    if booking is None or booking.municipality != user.municipality:
        raise BookingNotFoundError
    user.access.check(Right.TALKS, booking.agent)
    return booking


def _own_alone(work: Work, user: DeskUser, number: str) -> Booking:
    """The booking, while nobody else changes it."""
    lock_talks(work, user.municipality, [_own(work, user, number)])
    return _own(work, user, number)
