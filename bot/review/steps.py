"""What a young person did in a conversation, step by step, as far as the robot was the one to understand it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.casework.conversations import Kind, Message, Sender
from bot.store.plans import PLAN_PART

_FEWEST_LETTERS = 2


@dataclass(frozen=True)
class Step:
    """A message of the young person, or a press; `reads` says that it was the robot's to understand these words.

    What was written when a human had been asked for or was there is not, though danger in it is answered. What called
    that human was written to the robot. `about` is what the robot surely took it for then.
    """

    sequence: int
    at: datetime
    text: str
    payload: str | None
    level: int
    reads: bool
    about: str | None = None


def steps_of(messages: Sequence[Message]) -> list[Step]:
    """The steps of a conversation, in order."""
    answered = {one.reply_to for one in messages if one.sender is Sender.BOT and one.final}
    not_its_own = _after_forms(messages) | _to_a_human(messages)
    return [
        Step(
            sequence=one.sequence,
            at=one.created_at,
            text=one.text,
            payload=one.payload,
            level=one.data.get("danger", {}).get("level", 0),
            reads=one.sequence in answered - not_its_own and _is_words(one),
            about=one.about,
        )
        for one in messages
        if one.sender is Sender.YOUNG
    ]


def _after_forms(messages: Iterable[Message]) -> set[int]:
    """The numbers of what was written in answer to a form: a name, a number, a place."""
    found: set[int] = set()
    open_form = False
    for one in messages:
        if one.sender is Sender.YOUNG:
            found |= {one.sequence} if open_form else set()
        elif one.sender is Sender.BOT:
            open_form = one.kind is Kind.FORM
    return found


def _to_a_human(messages: Sequence[Message]) -> set[int]:
    """The numbers of what was written when a human had been asked for or was there.

    The first of a row that is marked as written to a human is what called them, by its danger or its wish: while that
    was written the robot answered. Right after a caseworker's goodbye the row goes on, and nothing is taken from it.
    """
    before = [None, *messages[:-1]]
    return {
        one.sequence for one, last in zip(messages, before, strict=True) if one.for_human and last and last.for_human
    }


def _is_words(message: Message) -> bool:
    letters = sum(letter.isalpha() for letter in message.text)
    return message.payload is None and PLAN_PART not in message.data and letters >= _FEWEST_LETTERS
