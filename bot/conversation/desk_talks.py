"""Talks as a caseworker sees them: a week of one boligagent, who has not answered, and whether people met."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.casework.after_booking import note_outcome
from bot.casework.bookings import AgentNotFoundError, Booking, BookingNotFoundError, BookingStatus
from bot.casework.conversations import ConversationNotFoundError
from bot.casework.free_times import DANISH_TIME, Agent, Span, Way, danish_day, free_spans
from bot.casework.reminders import ReminderState
from bot.conversation.notices import Notices
from bot.conversation.talk_news import tell_missed
from bot.municipality.towns import Municipality
from bot.store.people import DeskUser
from bot.store.store import Store, Work

DAYS = 7


@dataclass(frozen=True)
class AgentWeek:
    """The seven days from a Monday: the talks of one agent, and the times that are free for one way."""

    agents: Sequence[Agent]
    agent: Agent
    monday: date
    talks: Sequence[Booking]
    free: Sequence[Span]


class DeskTalks:
    """Lives as long as the web process. Every method raises StoreUnreachableError."""

    def __init__(self, store: Store, notices: Notices, towns: Mapping[str, Municipality]) -> None:
        self._store = store
        self._notices = notices
        self._towns = towns

    def week(self, user: DeskUser, number: int | None, day: date, way: Way) -> AgentWeek:
        """The week in which the day lies, of that agent or else the first. Raises AgentNotFoundError."""
        now, monday = datetime.now(UTC), day - timedelta(days=day.weekday())
        since, until = (datetime.combine(monday + timedelta(days=ahead), time.min, DANISH_TIME) for ahead in (0, DAYS))
        with self._store.write() as work:
            work.people.note(user, "read_bookings")
            agents = work.agents.of(user.municipality, min(monday, danish_day(now)))
            agent = next((one for one in agents if number in (None, one.id)), None)
            if agent is None:
                raise AgentNotFoundError
            talks = work.bookings.of_agent(agent.id, since, until)
            free = [span for span in self._free(work, agent, way, now) if since <= span.starts_at < until]
        return AgentWeek(agents, agent, monday, talks, free)

    def unanswered(self, user: DeskUser) -> Sequence[Booking]:
        """Those whose talk was called off and who have chosen no other time, soonest first."""
        with self._store.read() as work:
            return work.bookings.called_off(user.municipality)

    def reminders(self, talks: Sequence[Booking]) -> Mapping[str, ReminderState]:
        """What has become of the reminders that were asked for, by booking."""
        with self._store.read() as work:
            return work.reminders.states([talk.id for talk in talks])

    def talk(self, user: DeskUser, booking: str) -> Booking:
        """One talk. Raises BookingNotFoundError, also for one of another municipality."""
        with self._store.read() as work:
            return _own(work, user, booking)

    def note(self, user: DeskUser, booking: str, outcome: BookingStatus) -> None:
        """Notes whether they met; whoever did not come is offered a new time, once.

        Raises BookingNotFoundError, also for a booking of another municipality, and TalkNotBegunError.
        """
        with self._store.write() as work:
            before = _own_alone(work, user, booking)
            noted = note_outcome(work, before, outcome, datetime.now(UTC))
            work.people.note(user, f"talk_{outcome}", booking)
            if noted != before and outcome is BookingStatus.MISSED:
                tell_missed(work, noted)
        if noted.conversation:
            self._notices.tell(noted.conversation)

    def note_made(self, user: DeskUser, booking: Booking) -> None:
        """Writes down who booked it by hand, and saw its three words."""
        with self._store.write() as work:
            work.people.note(user, "book_by_hand", booking.id)

    def _free(self, work: Work, agent: Agent, way: Way, now: datetime) -> Sequence[Span]:
        rules = self._towns[agent.municipality].rules
        taken = work.bookings.taken(agent.municipality, now, now + rules.horizon + timedelta(days=1), now, ())
        return free_spans([agent], taken, way, rules, now)


def _own(work: Work, user: DeskUser, number: str) -> Booking:
    booking = work.bookings.by_id(number)
    if booking is None or booking.municipality != user.municipality:
        raise BookingNotFoundError
    return booking


def _own_alone(work: Work, user: DeskUser, number: str) -> Booking:
    """The booking, while nobody else changes it or erases the conversation it was made in."""
    seen = _own(work, user, number)
    if seen.conversation:
        with suppress(ConversationNotFoundError):
            work.conversations.lock(seen.conversation)
    work.agents.lock(seen.municipality)
    return _own(work, user, number)
