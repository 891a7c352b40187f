"""What a model of either sort is held against: the one in service, and the best that ever served."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from bot.served import How, Step

IN_SERVICE, BEST = "in service", "the best that served"


class Named(Protocol):
    """A model of whatever sort."""

    @property
    def name(self) -> str: ...


class Kept(Protocol):
    """A model, and what it made of messages."""

    @property
    def model(self) -> Named: ...


R = TypeVar("R", bound=Kept)
Better = Callable[[R, R], int]
"""By how many messages the first one is better than the second, over what both have read."""


@dataclass(frozen=True)
class Measure(Generic[R]):
    """A model that another one is held against, and why that one: "in service", for example."""

    record: R
    role: str

    @property
    def title(self) -> str:
        return f"{self.record.model.name} ({self.role})"


@dataclass
class Measures(Generic[R]):
    """What a model is held against, and what must be said of that; danger may be held against others.

    `served` is what was kept with the one in service, whether or not it is a measure.
    """

    usual: list[Measure[R]] = field(default_factory=list)
    of_danger: list[Measure[R]] = field(default_factory=list)
    served: R | None = None
    remarks: list[str] = field(default_factory=list)

    def add_service(self, record: R) -> None:
        for measures in (self.usual, self.of_danger):
            measures.append(Measure(record, IN_SERVICE))

    def add_best(
        self, records: Mapping[str, R], standing: Sequence[Step], candidate: R, right: Better[R], heard: Better[R]
    ) -> None:
        """Against creeping, for a little may be lost each time: the best that ever served is a measure too.

        An override says that what was lost may stay lost, so for all but danger only what served since counts; for
        danger, all. What came by the bars alone has lost something for good: older ones would keep out all that comes
        after it.
        """
        since_bars = _since(standing, lambda step: step.how is How.BY_BARS_ALONE)
        since_override = _since(since_bars, lambda step: bool(step.reason))
        _add_best(self.usual, _of(records, since_override), candidate, right)
        _add_best(self.of_danger, _of(records, since_bars), candidate, heard)


def _since(standing: Sequence[Step], begins: Callable[[Step], bool]) -> Sequence[Step]:
    begun = [at for at, step in enumerate(standing) if begins(step)]
    return standing[begun[-1] :] if begun else standing


def _of(records: Mapping[str, R], taken: Sequence[Step]) -> list[R]:
    names = {step.model for step in taken}
    return [record for name, record in records.items() if name in names]


def _add_best(measures: list[Measure[R]], records: Sequence[R], candidate: R, better: Better[R]) -> None:
    best = max(records, key=lambda record: better(record, candidate), default=None)
    if best and best.model.name not in {measure.record.model.name for measure in measures}:
        measures.append(Measure(best, BEST))
