"""Names of services and places in a text, also where a sentence begins with one."""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import spacy_lookups_data

# Capitals that name nobody outside this product.
_NO_NAMES = frozenset(
    {
        "I",
        "I'm",
        "I'll",
        "I've",
        "Min",
        "Hjemad",
        "Danmark",
        "Denmark",
        "Greenland",
        "Copenhagen",
        "Danish",
        "English",
        "CPR",
        "SMS",
    }
)
# Services that write themselves small.
_SMALL = ("headspace",)
# Services named like an ordinary word, which the bank itself never says in the midst of a sentence.
_LIKE_WORDS = frozenset({"Baglandet", "Danner", "Hørt"})
# Ordinary words of ours that the dictionary lacks.
_ORDINARY = frozenset(
    {"boligagent", "boligagenten", "boligagentens", "chat", "fx", "chatten", "støttepersonen", "ungestøtte"}
)
_WORD = re.compile(r"[^\W\d_][\w'’+&-]*")
_SENTENCE_START = re.compile(r"(?:^\s*|[.!?:\n]\s*|[\"»“(–]\s*)$")
_ADDRESS = re.compile(r"(?:\w[\w-]*\.)+[a-z]{2,4}\b")
_PLACEHOLDER = re.compile(r"\{\w+\}")


def names(text: str, known: Iterable[str] = (), *, danish: bool = True) -> list[tuple[str, int]]:
    """Each word that is (part of) a name, without a genitive -s, and where it stands.

    A word that begins a sentence is a name when it is one of `known`, has capitals inside, or, in Danish, is in no
    dictionary. Web addresses are no names.
    """
    blank = _blanked(text)
    lexicon = frozenset(known)
    found = [(word, start) for word, start in _words(blank) if _is_name(blank, word, start, lexicon, danish=danish)]
    found += [(name, match.start()) for name in _SMALL for match in re.finditer(rf"\b{name}\b", blank)]
    return sorted(((_bare(word), start) for word, start in found), key=lambda name: name[1])


@cache
def known_names(texts: tuple[str, ...]) -> frozenset[str]:
    """The words that these Danish texts use as names in the midst of a sentence and never as ordinary words."""
    inside = {name for text in texts for name, start in names(text) if not _begins(_blanked(text), start)}
    ordinary = {word for text in texts for word, _ in _words(text) if word.islower()}
    return _LIKE_WORDS | {name for name in inside if name.casefold() not in ordinary}


def says_name(text: str, name: str) -> bool:
    """Whether the text says the name, also with an ending ("Kirkens", "Grønlandske")."""
    return re.search(rf"(?<!\w){re.escape(name)}(?:'?s|sk|ske)?(?!\w)", text) is not None


def _is_name(text: str, word: str, start: int, known: frozenset[str], *, danish: bool) -> bool:
    if word.split("-", maxsplit=1)[0] in _NO_NAMES:
        return False
    if word[0].islower():
        return any(letter.isupper() for letter in word[1:])
    if any(letter.isupper() for letter in word[1:]):
        return True
    if not _begins(text, start) or _bare(word) in known:
        return True
    return danish and word.casefold() not in _danish_words()


def _words(text: str) -> Iterator[tuple[str, int]]:
    return ((match.group(), match.start()) for match in _WORD.finditer(text))


def _begins(text: str, start: int) -> bool:
    return _SENTENCE_START.search(text[:start]) is not None


def _bare(word: str) -> str:
    return re.sub(r"(?<=[^\Ws])['’]?s$", "", word) if word[0].isupper() and len(word) > len("SUs") else word


def _blanked(text: str) -> str:
    for pattern in (_ADDRESS, _PLACEHOLDER):
        text = pattern.sub(lambda match: "_" * len(match.group()), text)
    return text


@cache
def _danish_words() -> frozenset[str]:
    """The word forms of spaCy's Danish lemma table, about half a million."""
    table = Path(spacy_lookups_data.__file__).parent / "data" / "da_lemma_lookup.json.gz"
    with gzip.open(table, "rt", encoding="utf-8") as file:
        return _ORDINARY | frozenset(json.load(file))
