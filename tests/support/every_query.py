"""Every public method of everything that a transaction has at hand, and arguments for it that are one town's.

The methods are found in `Work`; what they ask for is made from their names and types. A method whose arguments cannot
be made fails: say here what they are.
"""

import inspect
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cached_property
from typing import Any

from bot.casework.conversations import Holder, Sender
from bot.casework.figures import Cell, Figure
from bot.casework.free_times import Opening
from bot.casework.keeping import Course
from bot.casework.misread import Reason, Verdict
from bot.casework.orders import OrderKind, OrderState
from bot.casework.reminders import Channel
from bot.casework.rights import Access, Role
from bot.store.retention import Leftover
from bot.store.store import Work
from bot.store.vault import Vault
from tests.support.rows_of_towns import FAR_AHEAD, KEY, LONG_AGO, NOW, Rows

# What a moment is for: one from which on, and one until which, everything counts.
SINCE = {"since", "moment", "first"}
# The value of a kind that finds most.
OF_KIND: Mapping[type, Any] = {
    Holder: Holder.HUMAN,
    Sender: Sender.YOUNG,
    Course: Course.DANGER,
    OrderKind: OrderKind.TEACH,
    OrderState: OrderState.DONE,
    Channel: Channel.MAIL,
    Verdict: Verdict.CONFIRM,
    Reason: Reason.UNSURE,
    Role: Role.CASEWORKER,
}


@dataclass(frozen=True)
class Method:
    """A method of one of the parts of `Work`."""

    part: str
    name: str
    function: Callable[..., Any]

    def __str__(self) -> str:
        return f"{self.part}.{self.name}"

    def call(self, work: Work, town: Rows) -> Any:
        """What it says when it is asked about this town's rows."""
        said = getattr(getattr(work, self.part), self.name)(**self.arguments(town))
        if isinstance(said, Leftover):
            return said.count(), said.erase(100)
        return list(said) if isinstance(said, Iterator) else said

    def arguments(self, town: Rows) -> dict[str, Any]:
        hints = typing.get_type_hints(self.function)
        names = [name for name in inspect.signature(self.function).parameters if name != "self"]
        return {name: argument(name, hints[name], town) for name in names}


def every_method() -> list[Method]:
    """All that a transaction can be asked, by name."""
    found = []
    for part, made in vars(Work).items():
        if isinstance(made, cached_property):
            rows = typing.get_type_hints(made.func)["return"]
            found += [
                Method(part, name, function)
                for name, function in vars(rows).items()
                if inspect.isfunction(function) and not name.startswith("_")
            ]
    return found


def argument(name: str, hint: Any, town: Rows) -> Any:
    """Raises NotImplementedError for what it does not know."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return argument(name, next(kind for kind in inner if kind is not type(None)), town)
    if origin is not None:
        return _several(name, origin, inner, town)
    if hint in OF_KIND:
        return OF_KIND[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    if is_dataclass(hint):
        return _made(hint, town)
    return _plain(name, hint, town)


def _several(name: str, origin: Any, inner: tuple[Any, ...], town: Rows) -> Any:
    if issubclass(origin, Mapping):
        return {argument(name, inner[0], town): argument(name, inner[1], town)} if name == "texts" else {}
    if name == "municipalities":
        return [town.slug]
    kind = tuple if origin is tuple else frozenset if origin is frozenset else list
    return kind([argument(name, inner[0], town)])


def _made(hint: Any, town: Rows) -> Any:
    if hint is Cell:
        return Cell(Figure.TOPIC, "money")
    if hint is Opening:
        return Opening(1, time(9), time(12))
    if hint is Access:
        return Access(frozenset({Role.CASEWORKER}), town.number)
    hints = typing.get_type_hints(hint)
    free = {"removed_at", "subject", "actions", "user", "by_command"} if hint.__name__ == "Sought" else {"removed_at"}
    left = {one.name for one in fields(hint) if one.default is not MISSING or one.default_factory is not MISSING} & free
    return hint(**{one.name: argument(one.name, hints[one.name], town) for one in fields(hint) if one.name not in left})


def _plain(name: str, hint: Any, town: Rows) -> Any:
    if hint is datetime:
        return LONG_AGO if name in SINCE else FAR_AHEAD if name in ("until", "before", "last") else NOW
    if hint is date:
        return (LONG_AGO if name in SINCE else FAR_AHEAD if name == "last" else NOW).date()
    if hint is str:
        return {"municipality": town.slug, "slug": town.slug, "code": town.code}.get(name, town.mark)
    if hint is bytes:
        return Vault(KEY).encrypt({"channel": "mail", "to": town.mark})
    numbers: dict[Any, Any] = {bool: False, float: 60.0, timedelta: timedelta(minutes=1), dict: {}, Any: None}
    if hint is int:
        return {"level": 3, "most": 100, "change": 5, "talks_a_day": 3, "step": 2}.get(name, town.number)
    if hint in numbers:
        return numbers[hint]
    raise NotImplementedError(f"what is a {name} of type {hint}?")
