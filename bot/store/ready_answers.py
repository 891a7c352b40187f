"""The answers that municipalities have ready: about nobody, and so not sealed."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from bot.casework.ready_answers import ReadyAnswer, ReadyAnswerNotFoundError, Wording
from bot.store.desk_tables import ready_answers


class ReadyAnswerRows:
    """The `ReadyAnswer`s of each municipality, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, municipality: str) -> Sequence[ReadyAnswer]:
        """All of this municipality, by title."""
        return self._found(ready_answers.c.municipality == municipality)

    def get(self, municipality: str, number: int) -> ReadyAnswer:
        """Raises ReadyAnswerNotFoundError, also for one of another municipality."""
        found = self._found(_one(municipality, number))
        if not found:
            raise ReadyAnswerNotFoundError
        return found[0]

    def add(self, municipality: str, wording: Wording) -> int:
        """The number of the new one."""
        new = insert(ready_answers).values(
            municipality=municipality, title=wording.title, text=wording.text, revision=0
        )
        return int(self._connection.execute(new.returning(ready_answers.c.id)).scalar_one())

    def change(self, municipality: str, number: int, wording: Wording) -> None:
        changed = {"title": wording.title, "text": wording.text, "revision": ready_answers.c.revision + 1}
        self._connection.execute(update(ready_answers).where(_one(municipality, number)).values(**changed))

    def remove(self, municipality: str, number: int) -> None:
        self._connection.execute(delete(ready_answers).where(_one(municipality, number)))

    def _found(self, which: ColumnElement[bool]) -> list[ReadyAnswer]:
        own = ready_answers.c
        rows = self._connection.execute(
            select(own.title, own.text, own.id, own.revision).where(which).order_by(own.title)
        )
        return [ReadyAnswer(*row) for row in rows]


def _one(municipality: str, number: int) -> ColumnElement[bool]:
    return (ready_answers.c.municipality == municipality) & (ready_answers.c.id == number)
