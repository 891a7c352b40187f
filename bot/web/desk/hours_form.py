"""The fields in which a caseworker writes hours, read and written again."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from bot.casework.free_times import Agent, Opening, danish_day
from bot.casework.hours import HoursEndFirstError, HoursError, HoursOverlapError
from bot.conversation.working_hours import OwnDay, Week
from bot.municipality.week import WEEKDAYS
from bot.web.desk.hours_text import UnreadableHoursError, read_hours, write_hours

FAULTS: dict[type[Exception], str] = {
    UnreadableHoursError: "Det kan vi ikke læse som tider. Skriv for eksempel 10.00-12.00, 13.00-15.00.",
    HoursEndFirstError: "En tid slutter, før den begynder.",
    HoursOverlapError: "To af tiderne lapper over hinanden.",
}
NO_NUMBER = "Skriv et tal fra 1 til 99, eller lad feltet være tomt."
NO_DAY = "Vælg en dag fra i dag og frem."
NO_HOURS = "Skriv tiderne, eller vælg, at boligagenten er væk."
A_FEW = re.compile(r"[1-9][0-9]?")
# No calendar ends on the way.
LONGEST_AHEAD = timedelta(days=3660)
DAY_FIELDS = ("day", "kind", "hours")
AWAY, AS_EVERY_WEEK = "away", "week"


class FieldError(Exception):
    """A field cannot be used: `name` is the field, the message is Danish."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True)
class HoursForm:
    """What stands in the fields, right or wrong, and what is wrong by the field it stands in."""

    week: Sequence[str]
    most: str
    day: str = ""
    kind: str = AWAY
    hours: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


def form_of(agent: Agent) -> HoursForm:
    """The fields as the agent's hours are now."""
    week = [write_hours(hour for hour in agent.openings if hour.weekday == day) for day in range(len(WEEKDAYS))]
    return HoursForm(week, str(agent.talks_a_day or ""))


def week_fields(form: HoursForm) -> dict[str, str]:
    """The weekly fields by the names they have in the form."""
    return {f"day_{weekday}": text for weekday, text in enumerate(form.week)} | {"most": form.most}


def read_week(form: HoursForm) -> Week:
    """Raises FieldError for what cannot be read."""
    hours: list[Opening] = []
    for weekday, text in enumerate(form.week):
        with beside(f"day_{weekday}"):
            hours += read_hours(text, weekday)
    if form.most and not A_FEW.fullmatch(form.most):
        raise FieldError("most", NO_NUMBER)
    return Week(tuple(hours), int(form.most) if form.most else None)


def read_day(form: HoursForm) -> OwnDay:
    """Raises FieldError for what cannot be read, and for a day that is over."""
    try:
        day = date.fromisoformat(form.day)
    except ValueError:
        raise FieldError("day", NO_DAY) from None
    today = danish_day(datetime.now(UTC))
    if not today <= day <= today + LONGEST_AHEAD:
        raise FieldError("day", NO_DAY)
    if form.kind == AS_EVERY_WEEK:
        return OwnDay(day, None)
    if form.kind == AWAY:
        return OwnDay(day, ())
    with beside("hours"):
        hours = read_hours(form.hours, day.weekday())
    if not hours:
        raise FieldError("hours", NO_HOURS)
    return OwnDay(day, tuple(hours))


@contextmanager
def beside(name: str = "") -> Iterator[None]:
    """Hours that cannot be, named beside that field, or without one beside their weekday's. Raises FieldError."""
    try:
        yield
    except tuple(FAULTS) as error:
        weekday = f"day_{error.hours.weekday}" if isinstance(error, HoursError) else ""
        raise FieldError(name or weekday, FAULTS[type(error)]) from error
