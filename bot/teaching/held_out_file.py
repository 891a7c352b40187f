"""Puts messages into the held-out file that grows: lines are added, and its version counts up."""

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from bot.composed_yaml import composed, entries_of
from bot.teaching.errors import TeachingError
from bot.training.files import DataError
from bot.training.gathered import Gathered, gathered_in

Message = tuple[str, str]
"""An intent and a text: so they are sorted."""

_NEW_FILE = """\
# Held out: what people really wrote, masked, with what was decided that it means; never trained on. `hjemad teach` adds
# to it and counts the version, which each figure over these messages names; `since` is the version a message came with.
version: 0
date: {today}

messages:
"""


def with_messages(content: bytes | None, file: Path, new: Sequence[Message], today: date) -> bytes:
    """The content with these messages at their places and the next version of today. Without any, the content.

    Raises TeachingError for a file that cannot be extended so.
    """
    if not new:
        return content or b""
    try:
        text = content.decode("utf-8") if content else ""
        before = gathered_in(text, file) if text else Gathered()
    except (DataError, UnicodeDecodeError) as error:
        raise TeachingError(str(error)) from error
    extended = _extended(text or _NEW_FILE.format(today=today), before, sorted(new), today)
    if not _says(extended, file, before, new):
        raise TeachingError(f"{file} is laid out in a way that nothing can be added to; write a message as three lines")
    return extended.encode("utf-8")


def _extended(text: str, before: Gathered, new: Sequence[Message], today: date) -> str:
    version = before.version + 1
    lines, starts, ends = text.split("\n"), _heading(text), _ends(text)
    kept = [(example.intent, example.text) for example in before.examples]
    # From the last to the first, so that the places before it stay true.
    for message in reversed(new):
        place = next((end for one, end in zip(reversed(kept), reversed(ends), strict=True) if one < message), starts)
        lines[place:place] = _entry(message, version)
    if lines[-1]:
        lines.append("")
    counted = re.sub(r"^version:.*$", f"version: {version}", "\n".join(lines), count=1, flags=re.MULTILINE)
    return re.sub(r"^date:.*$", f"date: {today}", counted, count=1, flags=re.MULTILINE)


def _entry(message: Message, version: int) -> list[str]:
    intent, text = message
    return [f"- text: {json.dumps(text, ensure_ascii=False)}", f"  intent: {intent}", f"  since: {version}"]


def _heading(text: str) -> int:
    """How many lines come before the first message."""
    return 1 + next((number for number, line in enumerate(text.split("\n")) if line.startswith("messages:")), 0)


def _ends(text: str) -> list[int]:
    """How many lines there are up to the end of each message; what stands after it belongs to the next."""
    messages = entries_of(composed(text), "messages")
    return [1 + max(value.end_mark.line for _, value in one.value) for one in messages]


def _says(extended: str, file: Path, before: Gathered, new: Sequence[Message]) -> bool:
    """Whether it says what it said and the new beside it, however somebody has laid the file out by hand."""
    kept = [(one.intent, one.text, since) for one, since in zip(before.examples, before.since, strict=True)]
    expected = sorted([*kept, *((*message, before.version + 1) for message in new)])
    with suppress(DataError):
        after = gathered_in(extended, file)
        there = sorted((one.intent, one.text, since) for one, since in zip(after.examples, after.since, strict=True))
        return expected == there and after.version == before.version + 1
    return False
