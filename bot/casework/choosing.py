"""Choosing whom to talk with: who can be chosen, what each is called, and the free times of the one chosen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.casework.arranging import ANYBODY, Seeker, free_times
from bot.casework.bookings import Booking, Work
from bot.casework.free_times import Agent, BookingRules, Span, Way, danish_day, offered_spans


@dataclass(frozen=True)
class Choice:
    """The free times, and whose they are.

    `agents` are those among whom there is a choice, none where there is only one, and `names` what all who work there
    are called. `chosen` is the number of the one whose times these are, None for everybody's. `without` is one who was
    chosen and has no free time now; `gone`: who was chosen cannot be booked here at all. In both cases the times are
    everybody's.
    """

    free: Sequence[Span]
    agents: Sequence[Agent]
    names: Mapping[int, str]
    chosen: int | None = None
    without: Agent | None = None
    gone: bool = False


def offer_of(
    work: Work, municipality: str, way: Way, rules: BookingRules, now: datetime, seeker: Seeker = ANYBODY
) -> Choice:
    """The free times of the one who was chosen, or of all where that one has none or nobody was chosen."""
    working = work.agents.of(municipality, danish_day(now))
    agents, names = choosable(working, way, rules, now), called(working)
    wanted = next((agent for agent in working if agent.id == seeker.chosen), None)
    own = free_times(work, municipality, way, rules, now, seeker) if wanted else []
    if wanted and own:
        return Choice(own, agents, names, wanted.id)
    everybodys = free_times(work, municipality, way, rules, now, replace(seeker, chosen=None))
    return Choice(everybodys, agents, names, without=wanted, gone=seeker.chosen is not None and wanted is None)


def choosable(working: Sequence[Agent], way: Way, rules: BookingRules, now: datetime) -> Sequence[Agent]:
    """Those of the agents who hold talks of this way; none where there is only one, for that is no choice."""
    agents = [agent for agent in working if next(offered_spans(agent, way, rules, now), None)]
    return agents if len(agents) > 1 else []


def still_chosen(work: Work, booking: Booking, now: datetime) -> int | None:
    """The agent who was asked for with this talk, if that one still works there."""
    working = work.agents.of(booking.municipality, danish_day(now))
    return booking.chosen if any(agent.id == booking.chosen for agent in working) else None


def name_of_chosen(booking: Booking, names: Mapping[int, str]) -> str:
    """What who holds this talk is called, if somebody was chosen for it; empty also for one who works there no more.

    `names` are those of all who work there (see `called`).
    """
    return names.get(booking.agent, "") if booking.chosen is not None else ""


def called(agents: Sequence[Agent]) -> Mapping[int, str]:
    """What each is called by their number: the first name, or the whole one where two share the first."""
    firsts = Counter(first_name(agent.name) for agent in agents)
    return {agent.id: first if firsts[first := first_name(agent.name)] == 1 else agent.name for agent in agents}


def first_name(name: str) -> str:
    """The first word of a name."""
    return next(iter(name.split()), name)
