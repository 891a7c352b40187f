"""A note as the desk shows it."""

from dataclasses import dataclass
from datetime import datetime

from bot.casework.notes import Note
from bot.web.desk.words import moment


@dataclass(frozen=True)
class NoteView:
    """One note. `text` is empty for one that was struck out; `mine` that the reader may correct it."""

    id: int
    author: str
    at: str
    changed: str
    text: str
    struck: bool
    mine: bool
    revision: int


def note_view(note: Note, user: int, now: datetime) -> NoteView:
    """The note as this user sees it."""
    changed = moment(note.changed_at, now) if note.changed_at else ""
    return NoteView(
        id=note.id,
        author=note.author_name,
        at=moment(note.written_at, now),
        changed=f"streget ud {changed}" if note.is_struck else changed and f"rettet {changed}",
        text=note.text or "",
        struck=note.is_struck,
        mine=note.author == user and not note.is_struck,
        revision=note.revision,
    )
