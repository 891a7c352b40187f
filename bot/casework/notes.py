"""Notes of the caseworkers to each other about a conversation: the young person never sees them in the chat."""

from dataclasses import dataclass, replace
from datetime import datetime

LONGEST_NOTE = 2000


class NoteNotFoundError(Exception):
    """No such note, or it may not be read."""


class NoteNotAllowedError(Exception):
    """Whoever may read nothing in a conversation writes no note about it."""


class NotAuthorError(Exception):
    """Only who wrote a note corrects it or strikes it out."""


class NoteChangedError(Exception):
    """It was corrected or struck out since the form was made."""


class BadNoteError(Exception):
    """A note without words, or with more than LONGEST_NOTE characters."""


@dataclass(frozen=True)
class Note:
    """One note. `text` is None once it was struck out: that there was one stays known, its words are gone.

    `changed_at` is when it was corrected or struck out last, `revision` how often.
    """

    id: int
    conversation: str
    author: int
    author_name: str
    text: str | None
    written_at: datetime
    changed_at: datetime | None = None
    revision: int = 0

    @property
    def is_struck(self) -> bool:
        return self.text is None


def checked(text: str) -> str:
    """The words of a note, without what is around them. Raises BadNoteError."""
    words = text.strip()
    if not 0 < len(words) <= LONGEST_NOTE:
        raise BadNoteError
    return words


def corrected(note: Note, by: int, text: str | None, seen: int, now: datetime) -> Note:
    """The note with other words, or struck out with None. `seen`: the revision that was corrected.

    Raises NotAuthorError, and NoteChangedError for one that was changed since, or is struck out.
    """
    if by != note.author:
        raise NotAuthorError
    if note.is_struck or seen != note.revision:
        raise NoteChangedError
    return replace(note, text=text, changed_at=now, revision=note.revision + 1)
