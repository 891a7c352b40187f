"""How a long task tells how far it is."""

from typing import Protocol


class Progress(Protocol):
    """Called with the step that is being done and how much of it; `of` is 0 where nobody can know."""

    def __call__(self, step: str, done: int = 0, of: int = 0) -> None: ...


def unwatched(step: str, done: int = 0, of: int = 0) -> None:
    """A Progress for nobody."""
