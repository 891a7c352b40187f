"""The days that figures are asked for: a week, a month, a quarter, or from one day to another."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.casework.months import months_after

MONTHS_OF_QUARTER = 3


class PeriodKind(StrEnum):
    """Which stretch of the calendar."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SPAN = "span"


@dataclass(frozen=True)
class Period:
    """Whole Danish days, both ends among them. Raises ValueError when it ends before it begins."""

    kind: PeriodKind
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends before it begins")

    @property
    def before(self) -> "Period":
        """The one of the same kind before; of a span as many days."""
        last = self.first - timedelta(days=1)
        if self.kind is PeriodKind.SPAN:
            return Period(self.kind, last - (self.last - self.first), last)
        return period_of(self.kind, last)

    @property
    def after(self) -> "Period":
        """The one of the same kind after; of a span as many days."""
        first = self.last + timedelta(days=1)
        if self.kind is PeriodKind.SPAN:
            return Period(self.kind, first, first + (self.last - self.first))
        return period_of(self.kind, first)


def period_of(kind: PeriodKind, day: date) -> Period:
    """The week, month or quarter in which a day lies; a span is that day alone."""
    match kind:
        case PeriodKind.WEEK:
            monday = day - timedelta(days=day.weekday())
            return Period(kind, monday, monday + timedelta(days=6))
        case PeriodKind.MONTH:
            return _months(kind, day.replace(day=1), 1)
        case PeriodKind.QUARTER:
            begun = (day.month - 1) % MONTHS_OF_QUARTER
            return _months(kind, day.replace(month=day.month - begun, day=1), MONTHS_OF_QUARTER)
        case PeriodKind.SPAN:
            return Period(kind, day, day)


def _months(kind: PeriodKind, first: date, months: int) -> Period:
    return Period(kind, first, months_after(first, months) - timedelta(days=1))
