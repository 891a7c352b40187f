"""A piece of a message that says something: what, where, and the value it stands for."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` says that the entity has this JSON-able value."""

    entity: str
    start: int
    end: int
    value: Any
