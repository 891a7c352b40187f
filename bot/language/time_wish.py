"""What was said about the time of a talk, as values."""

from dataclasses import asdict, dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any, Self


class Refused(StrEnum):
    """Why nobody can meet then, whatever is free."""

    PAST = "past"
    NIGHT = "night"


@dataclass(frozen=True, slots=True)
class TimeWish:
    """What was said about the time, in Danish time; what was not said is None.

    `day` alone is one day; with `last_day` any day from `day` to `last_day`, but `not_days`. `exact` excludes
    `earliest` and `latest`. `soonest` asks for the first free time (together with a day: of those days). `refused`
    says why nobody can meet then, `unclear` that several times may be meant. `weeks_later` counts from a talk that is
    booked already.
    """

    day: date | None = None
    earliest: time | None = None
    latest: time | None = None
    exact: time | None = None
    soonest: bool = False
    last_day: date | None = None
    not_days: tuple[date, ...] = ()
    refused: Refused | None = None
    unclear: bool = False
    weeks_later: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON-able: dates and times as ISO strings."""
        said = {
            name: value.isoformat() if isinstance(value, date | time) else value for name, value in asdict(self).items()
        }
        return said | {"not_days": [day.isoformat() for day in self.not_days]}

    def says(self) -> int:
        """How much of it was said."""
        return sum(value not in (None, False, ()) for value in asdict(self).values())

    def says_more_than(self, other: "TimeWish") -> bool:
        """Whether more of it was said; an hour is more than a part of the day."""
        return self.says() + 2 * bool(self.exact) > other.says() + 2 * bool(other.exact)

    def says_exactly(self) -> int:
        """The same, but for the end of a span: one day says as much as several."""
        return self.says() - (self.last_day is not None)

    def ends(self) -> tuple[date | None, date | None]:
        """The first and the last day."""
        return self.day, self.last_day

    def says_when_on_a_day(self) -> bool:
        """Whether it names hours or asks for the first free one."""
        return self.names_hours() or self.soonest

    def names_hours(self) -> bool:
        """Whether it says at what time of a day."""
        return bool(self.exact or self.earliest or self.latest)

    def contradicts_itself(self) -> bool:
        """Whether no hour of a day could fit."""
        return bool(self.earliest and self.latest and self.earliest > self.latest)

    @classmethod
    def from_dict(cls, said: dict[str, Any]) -> Self:
        """What `as_dict` gave. Raises ValueError or TypeError for anything else."""
        days = {name: _optional(date, said.get(name)) for name in ("day", "last_day")}
        times = {name: _optional(time, said.get(name)) for name in ("earliest", "latest", "exact")}
        not_days = tuple(date.fromisoformat(day) for day in said.get("not_days") or ())
        weeks = said.get("weeks_later")
        return cls(
            **days,
            **times,
            soonest=bool(said.get("soonest")),
            not_days=not_days,
            refused=_optional(Refused, said.get("refused")),
            unclear=bool(said.get("unclear")),
            weeks_later=None if weeks is None else int(weeks),
        )


@dataclass(frozen=True, slots=True)
class FoundWish:
    """A wish and the characters of the text (`start` to `end`) that say it; `concludes` where a "so" begins them."""

    wish: TimeWish
    start: int
    end: int
    concludes: bool = False


def _optional(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    return kind(value) if kind is Refused else kind.fromisoformat(value)
