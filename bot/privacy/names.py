"""Names of people: after words that introduce one, or known ones; and the surnames behind them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.privacy import introductions as says
from bot.privacy.details import Detail, Found
from bot.privacy.word_lists import known_names, names_that_are_words, no_names, surnames

# A letter may be followed by its ring or dots as a character of their own.
_LETTERS = r"(?:[^\W\d_][\u0300-\u036f]*)+"
_WORD = re.compile(rf"{_LETTERS}(?:[‐‑-]{_LETTERS})*")
_AFTER_AN_INTRODUCTION = re.compile(r"[\s:,=(\"“”»«']{1,4}|/")
_ENDS_A_SENTENCE = re.compile(r"[.!?\n\[\]0-9]")
_SHORT = 2
_WORDS_BEFORE = 4
_MOST_WORDS = 4
_LONGEST_ACRONYM = 4


class Word(NamedTuple):
    """A word and what stands between it and the one before."""

    start: int
    end: int
    text: str
    folded: str
    gap: str

    @property
    def is_capital(self) -> bool:
        """Written like a name; "min far SKAL ud" is not."""
        return self.text[0].isupper() and not (len(self.text) > 1 and self.text.isupper())

    @property
    def begins_a_sentence(self) -> bool:
        return self.start == len(self.gap) or bool(_ENDS_A_SENTENCE.search(self.gap))


def find_names(text: str) -> Iterator[Found]:
    """Names, each with the surnames behind it; not the s of "Sofies mor"."""
    words = _words(text)
    shouts = text.isupper()
    first = 0
    while first < len(words):
        if _is_name(words, first, shouts=shouts) and not _is_place(words, first):
            last = _last_of_name(words, first)
            yield Found(Detail.NAME, words[first].start, _end(words[last]))
            first = last
        first += 1


def _words(text: str) -> list[Word]:
    words, end = [], 0
    for match in _WORD.finditer(text):
        start, text_of_word = match.start(), match.group()
        folded = unicodedata.normalize("NFC", text_of_word).casefold()
        words.append(Word(start, match.end(), text_of_word, folded, text[end:start]))
        end = match.end()
    return words


def _is_name(words: Sequence[Word], at: int, *, shouts: bool) -> bool:
    word = words[at]
    if _is_known(word.folded):
        is_oath = at > 0 and f"{words[at - 1].folded} {word.folded}" in says.OATHS
        is_acronym = word.text.isupper() and len(word.text) <= _LONGEST_ACRONYM and not shouts
        return (word.is_capital or len(word.folded) > _SHORT) and not is_acronym and not is_oath
    if word.folded in no_names():
        return False
    return _is_introduced(words, at) or _is_word_before_surname(words, at)


def _is_known(folded: str) -> bool:
    if folded in known_names() or folded in surnames():
        return True
    if folded.endswith("s") and folded[:-1] in known_names() and folded not in names_that_are_words():
        return True
    first, dash, _ = folded.partition("-")
    return bool(dash) and first in known_names()


def _is_introduced(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if at + 1 < len(words) and word.is_capital and word.folded not in says.CALLED and _is_turned_round(words, at):
        return True
    if not at or not _AFTER_AN_INTRODUCTION.fullmatch(word.gap):
        return False
    before = _before(words, at)
    if says.ASKS_FOR_A_NAME.search(before) or says.NAMES_A_THING.search(before):
        return False
    if word.is_capital:
        return bool(says.NAMES.search(before) or says.NAMES_A_CAPITAL.search(before))
    return bool(says.NAMES.search(before)) or (at >= len(words) - 2 and bool(says.SIGNS_OFF.search(before)))


def _is_turned_round(words: Sequence[Word], at: int) -> bool:
    """As in "Sif hedder jeg" and "Sif her!"."""
    called = [word.folded for word in words[at + 1 : at + 3]]
    if len(called) > 1 and called[0] in says.CALLED and called[1] in says.CALLED_WHO:
        return True
    here = called[0] in ("her", "here") and words[at + 1].gap == " " and at <= 1
    return here and (at + 2 == len(words) or bool(re.match(r"\s?[.!,]", words[at + 2].gap)))


def _is_word_before_surname(words: Sequence[Word], at: int) -> bool:
    """As in "Bo Nielsen", but not in "bo hos"."""
    word, after = words[at], words[at + 1 : at + 2]
    if word.folded not in names_that_are_words() or not word.is_capital or not after or after[0].gap != " ":
        return False
    return after[0].is_capital and (
        after[0].folded in surnames() or not (word.begins_a_sentence or after[0].folded in no_names())
    )


def _before(words: Sequence[Word], at: int) -> str:
    said = ""
    for word in words[max(0, at - _WORDS_BEFORE) : at]:
        said = "" if _ENDS_A_SENTENCE.search(word.gap) else said
        said += ("/" if word.gap == "/" else "'" if word.gap in ("'", "’") else " ") + word.folded
    return said + (":" if ":" in words[at].gap else "")


def _is_place(words: Sequence[Word], at: int) -> bool:
    """As "Sankt Hans" and "Peter Bangs Vej" are."""
    if at and words[at - 1].folded in says.SAINT:
        return True
    for after in range(at + 1, min(at + _MOST_WORDS, len(words))):
        if words[after].gap != " ":
            return False
        if says.PLACES.fullmatch(words[after].folded) and (words[after].is_capital or after > at + 1):
            return words[at].is_capital or after > at + 1
        if not words[after].is_capital and words[at].is_capital:
            return False
    return False


def _last_of_name(words: Sequence[Word], first: int) -> int:
    last = first
    for at in range(first + 1, min(first + _MOST_WORDS, len(words))):
        word = words[at]
        if word.gap.strip(" \u00a0") or "\n" in word.gap:
            break
        if _is_surname(word, after_capital=words[first].is_capital):
            last = at
        elif word.folded not in says.PARTICLES:
            break
    return last


def _is_surname(word: Word, *, after_capital: bool) -> bool:
    if _is_known(word.folded):
        return True
    return word.is_capital and after_capital and word.folded not in no_names()


def _end(word: Word) -> int:
    """Without the s that says whose: "Sofies mor"."""
    is_genitive = word.folded.endswith("s") and word.folded not in known_names() and word.folded[:-1] in known_names()
    return word.end - is_genitive
