"""What whoever carries out an order gets, and tells: JSON lines between the workshop and its hand."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import IO, Any

from bot.casework.orders import Order, OrderKind, OrderState, Outcome


@dataclass(frozen=True)
class Job:
    """An order as far as it is needed to carry it out; `by` is the desk user who ordered it, of `municipality`.

    `conversation` is the one that it goes with, if any.
    """

    kind: OrderKind
    municipality: str
    by: int
    given: Mapping[str, str] = field(default_factory=dict)
    conversation: str | None = None

    @classmethod
    def of(cls, order: Order) -> "Job":
        return cls(order.kind, order.municipality, order.by, order.given, order.conversation)

    @classmethod
    def read(cls, text: str) -> "Job":
        """Raises ValueError, KeyError, TypeError for what `written` did not write."""
        values = json.loads(text)
        return cls(**values | {"kind": OrderKind(values["kind"])})

    @property
    def written(self) -> str:
        return json.dumps(asdict(self))


class Tell:
    """Tells the workshop what comes of an order while it is carried out. A `Progress` of `bot.training`, too."""

    def __init__(self, to: IO[str]) -> None:
        self._to = to

    def __call__(self, step: str, done: int = 0, of: int = 0) -> None:
        self._write({"step": step, "done": done, "of": of})

    def line(self, line: str) -> None:
        """A line that stays, for the maintainer who reads it."""
        self._write({"line": line})

    def end(self, outcome: Outcome) -> None:
        """The last that is told."""
        self._write({"end": asdict(outcome)})

    def _write(self, told: Mapping[str, Any]) -> None:
        self._to.write(json.dumps(told) + "\n")
        self._to.flush()


def outcome_from(values: Mapping[str, Any]) -> Outcome:
    """What `Tell.end` wrote."""
    return Outcome(**dict(values) | {"state": OrderState(values["state"])})
