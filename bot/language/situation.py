"""Where somebody lives, by their own words: only what is certain, in the Danish of the file beside this one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from bot.language.folding import compiled, fold_in_place
from bot.language.helpers import tells_of_another
from bot.language.lookups import words_for

WORDS = Path(__file__).parent / "situation_words.yml"
UNSAID = "unsaid"
WITH_OTHERS = "with_others"
SLEEPS_AROUND = "housing_couch_surfing"
"""The intent that is read from whoever tells of sleeping in places of others."""

_VERB = r"(?:bor|sover|overnatter|ligger|crasher|lever)"
_NOW = (
    r"(?:lige nu|lige pt|nu|pt|p\.t\.|stadig|for tiden|i øjeblikket|indtil videre|midlertidigt|i stedet|faktisk|jo|bare"
    r"|kun|mest|lidt|altså|desværre|allerede|rundt omkring|rundt|på skift|igen)"
)
_LEAD = (
    r"(?:hej|hejsa|hey|nej|næ|jo|ja|ok|okay|hov|ups|øh|vent|undskyld|altså|og|men|jeg mener|det er fordi"
    rf"|jeg er \d\d(?: år)?|{_NOW})"
)
# A sentence begins: "hvis jeg bor …", "min mor tror jeg bor …" and "må jeg bo …" are about something else.
_START = rf"(?:^|[.!?,;:\n(]|\b(?:og|men|for|fordi|da|så)\b)\W*(?:{_LEAD}\b\W*)*"
_LIVES = compiled(
    rf"(?:{_START}(?:jeg|jg) {_VERB}|^\W*(?:{_LEAD}\b\W*)*{_VERB}(?! jeg)"
    rf"|(?:^|[.!?,;:\n]|\bog\b)\W*(?:{_LEAD}\b\W*)*{_NOW} {_VERB} jeg)(?: {_NOW})* "
)
_LEFT = compiled(rf"{_START}(?:(?:jeg|jg) )?er (?:lige |netop |nu )?(?:flyttet|kommet) (?:ud |væk |hjem )?(?:fra|af) ")
_SENTENCE = compiled(_START)
_ANSWER = compiled(rf"^\W*(?:{_LEAD}\b\W*)*")
# "Hjemme hos …" somebody not in the file, and "udenfor byen", are other places than the words alone.
_GOES_ON = re.compile(r"\s+(?:hos|byen|en by)\b")


def situation_said(text: str, *, asked: bool = False) -> str | None:
    """The one situation the writer says to be in; None where nothing or more than one is said.

    After the question for it (`asked`) the place alone is enough, and UNSAID is whoever would rather not say.
    """
    folded = fold_in_place(text)
    if tells_of_another(text):
        return None
    if asked and any(rule.fullmatch(folded.strip(" .!")) for rule in _rules("refuses")):
        return UNSAID
    told = _only(_places(folded, _SENTENCE, "says"))
    if told or _any("in_turn", folded):
        return told
    starts = (_LIVES, _ANSWER) if asked else (_LIVES,)
    found = {value for start in starts for value in _places(folded, start, "lives")}
    return _only(found) if found else _only(_places(folded, _LEFT, "left"))


def sleeps_with_others(text: str) -> bool:
    """Whether a message that was read as SLEEPS_AROUND is about other people's homes, and not about a car or a tent."""
    folded = fold_in_place(text)
    elsewhere = any(rule.search(folded) for rule in _by_value("lives")["outside"])
    return _any("others", folded) and not elsewhere and not tells_of_another(text)


def _places(folded: str, start: re.Pattern[str], part: str) -> set[str]:
    """What each place of the text says that follows such a start."""
    found = (_longest(folded, begun.end(), part) for begun in start.finditer(folded))
    return {value for value in found if value}


def _longest(folded: str, at: int, part: str) -> str | None:
    ends = [
        (match.end(), value)
        for value, rules in _by_value(part).items()
        for rule in rules
        if (match := rule.match(folded, at)) and not _GOES_ON.match(folded, match.end())
    ]
    return max(ends)[1] if ends else None


def _only(found: Iterable[str]) -> str | None:
    values = set(found)
    return values.pop() if len(values) == 1 else None


def _any(part: str, folded: str) -> bool:
    return any(rule.search(folded) for rule in _rules(part))


@cache
def _rules(part: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled(words_for(WORDS)[part]))


@cache
def _by_value(part: str) -> Mapping[str, tuple[re.Pattern[str], ...]]:
    return {value: tuple(_compiled(phrases)) for value, phrases in words_for(WORDS)[part].items()}


def _compiled(phrases: Iterable[str]) -> Iterator[re.Pattern[str]]:
    return (compiled(rf"\b{_pattern(phrase)}\b") for phrase in phrases)


def _pattern(phrase: str) -> str:
    """Each word with the space after it, so that one that may be missing takes its space along; the last may not."""
    *before, last = phrase.split()
    return "".join(f"(?:{_word(word)} ){'?' if word.startswith('?') else ''}" for word in before) + _word(last)


def _word(word: str) -> str:
    return "(?:" + "|".join(re.escape(each).replace(r"\*", r"\w*") for each in word.lstrip("?").split("/")) + ")"
