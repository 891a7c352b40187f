"""The three words of a booking belong to the young person: kept sealed with the booking, never among the messages."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from bot.casework.codes import WORDS_IN_CODE, may_mean, words_of
from bot.casework.conversations import Kind, Message
from bot.store.store import Work

COVER = "[kode]"
# A letter may be followed by its ring or dots as a character of their own.
_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")


def with_words(work: Work, messages: Sequence[Message]) -> list[Message]:
    """The messages as the young person sees them: a booking's words stand in its `data["code"]`."""
    return [_told(work, message) if message.kind is Kind.BOOKING else message for message in messages]


def without_words(work: Work, conversation: str, messages: Iterable[Message]) -> list[Message]:
    """The messages as the desk sees them: the words of this conversation's bookings are covered, however typed.

    In any order, and with a slip in each, for so they open the booking too.
    """
    codes = [booking.code.split("-") for booking in work.bookings.of(conversation)]
    return [replace(message, text=_covered(message.text, codes)) for message in messages]


def _told(work: Work, message: Message) -> Message:
    booking = work.bookings.by_id(message.data["booking"])
    return replace(message, data=message.data | {"code": booking.code}) if booking else message


def _covered(text: str, codes: Sequence[Sequence[str]]) -> str:
    words, kept, end = list(_WORD.finditer(text)), [], 0
    for first in sorted({first for code in codes for first in _places(words, code)}):
        if words[first].start() >= end:
            kept += [text[end : words[first].start()], COVER]
        # Of "lampe skov pære lampe" nothing stays: it is the three words twice.
        end = words[first + WORDS_IN_CODE - 1].end()
    return "".join([*kept, text[end:]])


def _places(words: Sequence[re.Match[str]], code: Sequence[str]) -> Iterator[int]:
    """Where three words stand that may be those of the code."""
    typed = ["".join(words_of(word.group())) for word in words]
    means = [{at for at, word in enumerate(code) if may_mean(one, word)} for one in typed]
    orders = list(permutations(range(WORDS_IN_CODE)))
    for first in range(len(words) - WORDS_IN_CODE + 1):
        three = means[first : first + WORDS_IN_CODE]
        if any(all(at in meant for at, meant in zip(order, three, strict=True)) for order in orders):
            yield first
