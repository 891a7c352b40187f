"""The models of the robot as the desk knows them: what a workshop saw last, for the web process reads no model."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Model:
    """A finished model. Shares from 0 to 1 over the messages that it is measured on.

    `right` is how many it reads right, `answers` how many it answers without asking, `right_answers` how many of those
    it reads right. `fits`: this code can use it.
    """

    name: str
    trained_at: str
    right: float
    answers: float
    right_answers: float
    fits: bool
    in_service: bool


@dataclass(frozen=True)
class Shelf:
    """All models, the newest first; `before` is the one that the way back leads to, if there is one."""

    models: Sequence[Model]
    before: str | None

    @property
    def serving(self) -> Model | None:
        return next((model for model in self.models if model.in_service), None)

    def model(self, name: str) -> Model | None:
        return next((model for model in self.models if model.name == name), None)

    @property
    def shown(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, shown: Mapping[str, Any]) -> "Shelf":
        """What `shown` gave."""
        return cls([Model(**one) for one in shown["models"]], shown["before"])


@dataclass(frozen=True)
class Reading:
    """What a model made of a message; `sure` is whether it answers by it instead of asking."""

    read: str | None
    sure: bool


@dataclass(frozen=True)
class Lost:
    """A message that was understood and is no more, with what it means and both readings.

    Both are the same where it is not a matter of before and now.
    """

    text: str
    label: str | None
    before: Reading
    now: Reading


@dataclass(frozen=True)
class Gate:
    """What one gate says of a model; `openable` is whether a reason may open it where it is closed."""

    name: str
    passed: bool
    openable: bool
    lost: Sequence[Lost] = ()
    more: int = 0
    """Lost ones beyond those."""


@dataclass(frozen=True)
class Judged:
    """What all gates say of a model. With no gates it was in service already."""

    model: str
    gates: Sequence[Gate]

    @property
    def closed(self) -> list[Gate]:
        return [gate for gate in self.gates if not gate.passed]

    @property
    def openable(self) -> bool:
        """Whether a reason opens all that is closed."""
        return all(gate.openable for gate in self.closed)

    @property
    def shown(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, shown: Mapping[str, Any]) -> "Judged":
        """What `shown` gave."""
        return cls(shown["model"], [_gate(one) for one in shown["gates"]])


def _gate(shown: Mapping[str, Any]) -> Gate:
    return Gate(**dict(shown) | {"lost": [_lost(one) for one in shown["lost"]]})


def _lost(shown: Mapping[str, Any]) -> Lost:
    return Lost(**dict(shown) | {name: Reading(**shown[name]) for name in ("before", "now")})
