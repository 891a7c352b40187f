"""What people decided about messages, as lines of JSON."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.teaching.errors import TeachingError


class Use(StrEnum):
    """What a message is for: learning from it, or only measuring by it."""

    TRAIN = "train"
    HELD_OUT = "held_out"


@dataclass(frozen=True)
class Decided:
    """A message, what it means and what it is for; `line` is where it was read."""

    text: str
    intent: str
    use: Use
    line: int


def read_decided(content: bytes) -> list[Decided]:
    """The decided messages of JSON lines `{"text", "intent", "set"}`; other keys are passed over.

    White space is made single, for an utterance is one line. Raises TeachingError, which names every line that cannot
    be read.
    """
    read, faults = list[Decided](), list[str]()
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            try:
                read.append(_of_line(line, number))
            except ValueError as error:
                faults.append(f"line {number}: {error}")
    if faults:
        raise TeachingError("\n".join(faults))
    return read


def _of_line(line: bytes, number: int) -> Decided:
    """Raises ValueError with what is wrong, and never with the message itself."""
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError("is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ValueError("is not JSON; is it cut off?") from error
    if not isinstance(row, dict):
        raise ValueError('is no object; expected {"text": …, "intent": …, "set": …}')  # noqa: TRY004 - bad input
    text, intent, use = _texts(row)
    if use not in set(Use):
        raise ValueError(f"the set is {use!r}; it is train or held_out")
    return Decided(" ".join(text.split()), intent, Use(use), number)


def _texts(row: dict[str, object]) -> Iterator[str]:
    for key in ("text", "intent", "set"):
        value = row.get(key)
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"lacks {key!r}, or it is no text")
        yield value
