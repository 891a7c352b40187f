"""A turn that has hung does nothing when it goes on: its message may have been answered meanwhile, or given up."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from bot.store.store import Work

_turn: ContextVar[tuple[str, int] | None] = ContextVar("turn", default=None)


class TurnOverError(Exception):
    """The message of this turn has been answered by somebody else."""


@contextmanager
def turn_of(conversation: str, metadata: Mapping[str, Any]) -> Iterator[None]:
    """Within it the turn is the one of that conversation's message, by its number in the metadata."""
    sequence = metadata.get("sequence")
    token = _turn.set((conversation, sequence) if isinstance(sequence, int) else None)
    try:
        yield
    finally:
        _turn.reset(token)


def must_be_open(work: Work) -> None:
    """Raises TurnOverError where the message of this turn wants no answer any more; of a turn of no message nothing."""
    turn = _turn.get()
    if turn and work.turns.is_answered(*turn):
        raise TurnOverError
