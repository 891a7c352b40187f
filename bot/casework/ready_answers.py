"""Answers that a municipality has ready for its caseworkers: put into the field, never sent by themselves."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST_TITLE, LONGEST_TEXT = 60, 1000
MOST = 50
"""So many a caseworker can look through; more than these nobody finds in a hurry."""


class ReadyAnswerNotFoundError(Exception):
    """No such answer in this municipality, or it was removed."""


class Wrong(StrEnum):
    """What is wrong with a ready answer."""

    TITLE = "title"
    TEXT = "text"
    TAKEN = "taken"
    """Another one has that title."""


class BadReadyAnswerError(Exception):
    """It cannot be kept as it was written."""

    def __init__(self, *wrong: Wrong) -> None:
        super().__init__(", ".join(wrong))
        self.wrong = wrong


class TooManyReadyAnswersError(Exception):
    """The municipality has MOST already."""


class ReadyAnswerChangedError(Exception):
    """Somebody else has changed it since the form was made."""


@dataclass(frozen=True)
class Wording:
    """A title to choose it by, and what is put into the field."""

    title: str
    text: str


@dataclass(frozen=True)
class ReadyAnswer(Wording):
    """One of a municipality's. `revision`: how often it was changed."""

    id: int
    revision: int


def checked(wording: Wording) -> Wording:
    """The same without what is around the words. Raises BadReadyAnswerError."""
    title, text = wording.title.strip(), wording.text.strip()
    fits = {Wrong.TITLE: 0 < len(title) <= LONGEST_TITLE, Wrong.TEXT: 0 < len(text) <= LONGEST_TEXT}
    if wrong := [name for name, fine in fits.items() if not fine]:
        raise BadReadyAnswerError(*wrong)
    return Wording(title, text)
