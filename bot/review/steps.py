"""What a young person did in a conversation, step by step, as far as the robot was the one to understand it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.casework.conversations import Kind, Message, Sender

PLAN_PART = "plan_part"
"""The key of what was written for the plan."""
_FEWEST_LETTERS = 2


@dataclass(frozen=True)
class Step:
    """A message of the young person, or a press; `reads` says that it was the robot's to understand these words.

    What asked for a human, or was written when one had been asked for or was there, is not, though danger in it is
    answered. `about` is what the robot surely took it for then.
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
    asked_by_form = _after_forms(messages)
    return [
        Step(
            sequence=one.sequence,
            at=one.created_at,
            text=one.text,
            payload=one.payload,
            level=one.data.get("danger", {}).get("level", 0),
            reads=one.sequence in answered - asked_by_form and not one.for_human and _is_words(one),
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


def _is_words(message: Message) -> bool:
    letters = sum(letter.isalpha() for letter in message.text)
    return message.payload is None and PLAN_PART not in message.data and letters >= _FEWEST_LETTERS
