import re

LONG_WORD_LETTERS = 6

_ABBREVIATIONS = (
    "f.eks", "bl.a", "m.m", "m.fl", "m.v", "d.v.s", "p.t", "e.l", "o.l",
    "d", "kl", "ca", "nr", "kr", "stk", "tlf", "osv", "evt", "dvs", "pga", "inkl", "ekskl", "jf", "maks", "min", "max",
    "mio", "mia", "pct", "mdr", "hr", "fr", "sml", "mfl", "mv", "resp", "henh", "vedr", "afd", "etc",
    "man", "tirs", "ons", "tors", "fre", "lør", "søn",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "nov", "dec",
)  # fmt: skip
# These are everyday words too: only a number after the full stop makes them abbreviations.
_ONLY_BEFORE_NUMBER = frozenset({"man", "min", "fre", "mar", "jul", "d"})

_ABBREVIATED = re.compile(
    r"(?<![^\W_])(" + "|".join(map(re.escape, _ABBREVIATIONS)) + r")\.(?=\s+(\d)?\S)", re.IGNORECASE
)
_ORDINAL = re.compile(r"(\d)\.(?=\s+[a-zæøå])")
_SENTENCE_END = re.compile(r"[.!?:]+[)\"'»”]*(?:\s+|$)|\n")
_WORD = re.compile(r"[^\W_]+(?:[.,:+&@'’\-–]+[^\W_]+)*")


def lix(text: str) -> float:
    """The readability index of C. H. Björnsson (Läsbarhet, 1968): words per sentence + 100 * long words / words.

    A long word has more than six letters. A sentence ends at . ! ? or : before a space, and at a line break; not within
    a number, web address or clock time, nor after an ordinal ("d. 3. maj") or abbreviation ("kl. 14", "f.eks. her").
    The groups of a phone number are words. A text without words has index 0.
    """
    sentences = [words for part in split_sentences(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    long_words = sum(_letters(word) > LONG_WORD_LETTERS for word in words)
    return len(words) / len(sentences) + 100 * long_words / len(words)


def count_words(text: str) -> int:
    """How many words `lix` counts in the text."""
    return len(_WORD.findall(text))


def split_sentences(text: str) -> list[str]:
    """The text's sentences as `lix` counts them, without their end marks; parts without words may be among them."""
    unmarked = _ABBREVIATED.sub(_without_full_stop, text)
    unmarked = _ORDINAL.sub(r"\1", unmarked)
    return _SENTENCE_END.split(unmarked)


def _without_full_stop(match: re.Match[str]) -> str:
    abbreviation, digit = match.groups()
    everyday_word = abbreviation.lower() in _ONLY_BEFORE_NUMBER and digit is None
    return match.group() if everyday_word else abbreviation


def _letters(word: str) -> int:
    return sum(character.isalpha() for character in word)
