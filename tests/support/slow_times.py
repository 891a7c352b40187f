"""Free times, found so slowly that nobody can doubt them: every minute is tried as a beginning."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import dropwhile, takewhile

from bot.casework.free_times import DANISH_TIME, Agent, BookingRules, Opening, Span, Taken, Way

STEP = timedelta(minutes=5)


def slow_spans(
    agents: Sequence[Agent], taken: Sequence[Taken], way: Way, rules: BookingRules, now: datetime
) -> list[Span]:
    """As `free_spans`, for times, lengths and pauses in whole STEPs, and `now` at one."""
    found = []
    moment = now + rules.notice
    while moment <= now + rules.horizon:
        for agent in sorted(agents, key=lambda one: one.id):
            span = Span(agent.id, moment, moment + rules.lengths[way])
            own = [one for one in taken if one.span.agent == agent.id]
            if _is_offered(agent, span, way, rules) and has_time(agent, span, own, way, rules):
                found.append(span)
        moment += STEP
    return found


def _is_offered(agent: Agent, span: Span, way: Way, rules: BookingRules) -> bool:
    day = _wall(span.starts_at).date()
    if day in rules.closed_days:
        return False
    return any(
        span.starts_at in _beginnings(hours, day, rules.lengths[way], rules.pause(way)) for hours in _hours(agent, day)
    )


def _hours(agent: Agent, day: date) -> list[Opening]:
    if day in agent.days:
        return list(agent.days[day])
    return [hours for hours in agent.openings if hours.weekday == day.weekday()]


@cache
def _beginnings(hours: Opening, day: date, talk: timedelta, pause: timedelta) -> list[datetime]:
    """The first talk begins when the hours do, each later one when the one before and its pause are over."""
    minutes = list(_minutes_of(hours, day))
    return minutes[: max(0, len(minutes) - talk // STEP + 1) : (talk + pause) // STEP]


def _minutes_of(hours: Opening, day: date) -> Iterator[datetime]:
    """Every STEP that really passes from when the clock on the wall first shows the beginning, or more, to the end."""
    midnight = datetime.combine(day, time(), UTC) - timedelta(hours=3)
    steps = (midnight + number * STEP for number in range(30 * 60 // 5))
    of_day = (moment for moment in steps if _wall(moment).date() == day)
    begun = dropwhile(lambda moment: _wall(moment).time() < hours.start, of_day)
    return takewhile(lambda moment: _wall(moment).time() < hours.end, begun)


def has_time(agent: Agent, span: Span, own: Sequence[Taken], way: Way, rules: BookingRules) -> bool:
    """As `has_room`, of what is the agent's own."""
    for other in own:
        pause = max(rules.pause(way), rules.pause(other.way))
        before, after = other.span.ends_at + pause <= span.starts_at, span.ends_at + pause <= other.span.starts_at
        if not before and not after:
            return False
    day = _wall(span.starts_at).date()
    that_day = sum(_wall(other.span.starts_at).date() == day for other in own)
    return agent.talks_a_day is None or that_day < agent.talks_a_day


def _wall(moment: datetime) -> datetime:
    return moment.astimezone(DANISH_TIME)
