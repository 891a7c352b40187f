"""Reading Danish typed without Danish keys, character by character, each in its place."""

import re

BLOT = "#"
"""Stands for every character of what has been read, or is not to be."""

_PLAIN = str.maketrans("åøæ", "aoa")


def fold_in_place(text: str) -> str:
    """The text in small letters with å, ø, æ as a, o, a; every character keeps its place, so spans fit the original."""
    lowered = "".join(small if len(small := character.lower()) == 1 else character for character in text)
    return lowered.translate(_PLAIN)


def blotted(folded: str, start: int, end: int, blot: str = BLOT) -> str:
    """The text with every character from `start` to `end` blotted out."""
    return folded[:start] + blot * (end - start) + folded[end:]


def danish_pattern(pattern: str) -> str:
    """A regular expression for a text folded in place: å, ø and æ also match as they are typed without Danish keys."""
    return pattern.replace("å", "(?:aa?)").replace("ø", "(?:oe?)").replace("æ", "(?:ae?|e)")


def compiled(pattern: str) -> re.Pattern[str]:
    """The same, ready for use."""
    return re.compile(danish_pattern(pattern))


def any_of(*phrases: str) -> re.Pattern[str]:
    """Finds any of these patterns where they stand as whole words."""
    return compiled(rf"\b(?:{'|'.join(phrases)})\b")
