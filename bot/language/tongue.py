"""Which language a message is in, as far as it decides how to answer: Danish, English or neither."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path

_HERE = Path(__file__).parent
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# What stands for a number, an address, and the three words of a booking.
_NO_WORDS = re.compile(r"\[[^\]]*\]|https?:\S+|\b[^\W\d_]+-[^\W\d_]+-[^\W\d_]+\b")
# A young Dane says these in Danish: they tell nothing about the language.
_SAID_IN_DANISH = re.compile(
    r"\b(?:oh my (?:god|days)|what the (?:fuck|hell)|i (?:don'?t|do not) know|i can'?t even|no way|for real|my bad"
    r"|game over|good ?night|housing first|i love (?:you|it)|thank you(?: so much)?|to be honest|not gonna lie"
    r"|fuck my life|whatever|same here|let'?s go|are you (?:kidding|serious)|you know|i swear|by the way|i'?m done"
    r"|done with (?:it|this|everything|life|school)|so done|shit happens|it is what it is|good vibes|never mind"
    r"|over and out|long time no see)\b"
)
_ENOUGH_WORDS = 3
_ENGLISH_SHARE = 0.4
_DANISH_SHARE = 0.2
_ENGLISH_TO_ONE_DANISH = 8
"""Where there are fewer, a young Dane may be mixing both."""
_KNOWN_SHARE = 0.25
_DANISH_LETTERS = re.compile("[æøå]")


class Tongue(StrEnum):
    """What to answer in. OTHER is a language that is neither; the text does not tell which."""

    DANISH = "da"
    ENGLISH = "en"
    OTHER = "other"


_OF_LOCALES = dict.fromkeys(("da", "nb", "nn", "no", "sv", "fo"), Tongue.DANISH) | {"en": Tongue.ENGLISH}
_ASKED_FOR = {
    Tongue.DANISH: re.compile(
        r"(?:(?:på |paa |pa |in |speak |skriv )?(?:dansk|danish))(?:,? (?:tak|please|pls))?\W*", re.IGNORECASE
    ),
    Tongue.ENGLISH: re.compile(
        r"(?:(?:på |in |speak )?english|(?:på )?engelsk)(?:,? (?:tak|please|pls))?\W*", re.IGNORECASE
    ),
}


def tongue_after(text: str, before: Tongue) -> Tongue:
    """What to answer a message in: the language it asks for or clearly is in, else that of `before`."""
    asked = next((tongue for tongue, asks in _ASKED_FOR.items() if asks.fullmatch(text.strip())), None)
    return asked or tongue_of(text) or before


def tongue_of_locale(locale: str) -> Tongue:
    """The language of a locale such as "da" or "en-GB"."""
    return _OF_LOCALES.get(locale.partition("-")[0], Tongue.OTHER)


def tongue_of(text: str) -> Tongue | None:
    """The language of a message; None when it does not tell, as "ok", a name, a number or a few English words do.

    Danish full of English words is Danish, and so are Swedish and Norwegian.
    """
    told = _NO_WORDS.sub(" ", unicodedata.normalize("NFC", text)).casefold().replace("’", "'")
    if _is_foreign_script(told):
        return Tongue.OTHER
    words = _LETTERS.findall(_SAID_IN_DANISH.sub(" ", told))
    danish, english = _count(words, _DANISH), _count(words, _ENGLISH)
    if danish and english < _ENGLISH_TO_ONE_DANISH * danish:
        return Tongue.DANISH if _is_danish(danish, len(words)) else _if_unknown(words)
    telling = len(words) - _count(words, _SHARED)
    if len(words) >= _ENOUGH_WORDS and english > 1 and english >= _ENGLISH_SHARE * telling:
        return Tongue.ENGLISH
    return _if_unknown(words)


def _is_danish(danish: int, words: int) -> bool:
    return danish > 1 and danish >= _DANISH_SHARE * words


def _if_unknown(words: Sequence[str]) -> Tongue | None:
    known = sum(word in _ALL_KNOWN or bool(_DANISH_LETTERS.search(word)) for word in words)
    return Tongue.OTHER if len(words) >= _ENOUGH_WORDS and known < _KNOWN_SHARE * len(words) else None


def _is_foreign_script(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    foreign = sum(not unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return foreign * 2 > len(letters)


def _count(words: Iterable[str], known: frozenset[str]) -> int:
    return sum(word in known for word in words)


def _read(name: str) -> frozenset[str]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _typed_without_danish_keys(words: frozenset[str]) -> frozenset[str]:
    long = [word for word in words if len(word) > len("må")]
    digraphs = (word.replace("å", "aa").replace("æ", "ae").replace("ø", "oe") for word in long)
    letters = (word.replace("å", "a").replace("æ", "ae").replace("ø", "o") for word in long)
    return words.union(digraphs, letters)


_ENGLISH = _read("tongue_english.txt")
_SHARED = _read("tongue_shared.txt")
_DANISH = _typed_without_danish_keys(_read("tongue_danish.txt")) - _ENGLISH - _SHARED
_ALL_KNOWN = _DANISH | _ENGLISH | _SHARED


def everyday_words() -> frozenset[str]:
    """The words by which languages are told apart, in small letters."""
    return _ALL_KNOWN
