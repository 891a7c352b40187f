"""Caseworkers' notes in the store: their words sealed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from bot.casework.conversations import Conversation
from bot.casework.notes import Note, NoteNotFoundError
from bot.store.desk_tables import notes
from bot.store.tables import desk_users
from bot.store.vault import Vault


class NoteRows:
    """The notes, over one transaction. Whoever changes one holds the lock of its conversation."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def of(self, conversation: str) -> Sequence[Note]:
        """All of this conversation, oldest first."""
        return self._found(_notes().where(notes.c.conversation == conversation).order_by(notes.c.id))

    def get(self, number: int) -> Note:
        """Raises NoteNotFoundError."""
        found = self._found(_notes().where(notes.c.id == number))
        if not found:
            raise NoteNotFoundError
        return found[0]

    def add(self, conversation: Conversation, author: int, text: str, now: datetime) -> int:
        """The number of the new note."""
        row = self._connection.execute(
            insert(notes)
            .values(
                conversation=conversation.id,
                municipality=conversation.municipality,
                author=author,
                sealed=self._sealed(text),
                revision=0,
                written_at=now,
            )
            .returning(notes.c.id)
        )
        return int(row.scalar_one())

    def change(self, note: Note) -> None:
        """Keeps it in place of what it was; nothing of the words of before stays."""
        self._connection.execute(
            update(notes)
            .where(notes.c.id == note.id)
            .values(sealed=self._sealed(note.text), changed_at=note.changed_at, revision=note.revision)
        )

    def _sealed(self, text: str | None) -> bytes | None:
        return None if text is None else self._vault.encrypt({"text": text})

    def _found(self, statement: Select[Any]) -> list[Note]:
        return [
            Note(
                id=row["id"],
                conversation=row["conversation"],
                author=row["author"],
                author_name=row["shown_name"],
                text=self._vault.words(row["sealed"], "text") if row["sealed"] else None,
                written_at=row["written_at"],
                changed_at=row["changed_at"],
                revision=row["revision"],
            )
            for row in self._connection.execute(statement).mappings()
        ]


def _notes() -> Select[Any]:
    return select(notes, desk_users.c.shown_name).join(desk_users, desk_users.c.id == notes.c.author)
