"""The three words of a booking, which open it for whoever has them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.casework.codes import WORDS_IN_CODE, CodeError, slips_in, tidy_code
from bot.privacy.details import Detail, Found
from bot.privacy.numbers import DASHES

# A letter may be followed by its ring or dots as a character of their own.
_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
_DASH = re.compile(rf"[{DASHES}]")
_JOINED = re.compile(rf"\s*[{DASHES}]+\s*")
_APART = re.compile(r"[\W_]+")
_WORDS_FOR_CODE = ("kode", "koden", "kodeord", "kodeordet")
# "koden til tiden er lampe skov pære"
_WORDS_BEFORE_CODE = 3
# Everyday words are often a letter from those of codes: "hjælp til mad", "en kode på tre ord".
_MOST_SLIPS = 1


def find_codes(text: str) -> Iterator[Found]:
    """Where codes stand, the best spelled first. Without dashes, three words are one only if alone or called so."""
    codes = [found for found in _like_codes(text) if _is_code(text[found.start : found.end])]
    yield from sorted(codes, key=lambda found: slips_in(text[found.start : found.end]))


def _like_codes(text: str) -> Iterator[Found]:
    words = list(_WORD.finditer(text))
    alone, announced = _are_all(words, text), _announced(words)
    places: Sequence[int] = range(len(words) - WORDS_IN_CODE + 1)
    if not alone and not _DASH.search(text):
        places = [place for place in places if place in announced]
    for first in places:
        code = words[first : first + WORDS_IN_CODE]
        gaps = (text[one.end() : other.start()] for one, other in pairwise(code))
        apart = _APART if alone or first in announced else _JOINED
        start, stop = code[0].start(), code[-1].end()
        if all(apart.fullmatch(gap) for gap in gaps):
            yield Found(Detail.CODE, start, stop)


def _are_all(words: list[re.Match[str]], text: str) -> bool:
    # "banan banan banan" is a joke; one code in a million is so.
    same = len({word.group().casefold() for word in words}) == 1
    return len(words) == WORDS_IN_CODE and not same and not any(letter.isdigit() for letter in text)


def _announced(words: list[re.Match[str]]) -> set[int]:
    """The places of words so near behind a "kode" that a code may begin there."""
    called = [at for at, word in enumerate(words) if word.group().casefold().endswith(_WORDS_FOR_CODE)]
    return {at + behind for at in called for behind in range(1, _WORDS_BEFORE_CODE + 2)}


def _is_code(text: str) -> bool:
    try:
        tidy_code(text)
    except CodeError:
        return False
    return slips_in(text) <= _MOST_SLIPS
