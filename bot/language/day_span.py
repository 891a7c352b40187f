"""Days in a row that a message names, and where it names them."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class DaySpan:
    """One or more days in a row (`first` to `last`, both included), named by the characters `start` to `end`."""

    first: date
    last: date
    start: int
    end: int
    refused: bool = False
    past: bool = False
    unclear: bool = False

    def days(self) -> list[date]:
        """All of them."""
        return days_from(self.first, self.last)

    def is_over(self, today: date) -> bool:
        """Whether all of them have been."""
        return self.last < today

    def is_same_as(self, other: "DaySpan") -> bool:
        """Whether both name the same days."""
        return (self.first, self.last) == (other.first, other.last)


def days_from(first: date, last: date) -> list[date]:
    """All days from the first to the last."""
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
