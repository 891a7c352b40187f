"""What a municipality says of itself when a chat is opened, in its own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.language.forbidden import forbidden_words
from bot.language.readability import count_words, lix

MOST_WORDS = 30
HIGHEST_LIX = 30
_KEYS = {"danish", "english"}


@dataclass(frozen=True)
class Welcome:
    """A line of the greeting; in English where the municipality has written it."""

    danish: str = ""
    english: str = ""


def welcome_from(content: Any) -> Welcome:
    """What a municipality's file says. Raises ValueError."""
    if content is None:
        return Welcome()
    if not isinstance(content, Mapping) or "danish" not in content or content.keys() - _KEYS:
        raise ValueError(f"{content!r} needs danish, and may have english")
    return Welcome(**{language: _checked(language, said) for language, said in content.items()})


def _checked(language: str, said: Any) -> str:
    if not isinstance(said, str) or not said.strip():
        raise ValueError(f"{language}: {said!r} is no text")
    text = said.strip()
    if set("\n{}<>") & set(text):
        raise ValueError(f"{language}: a line break or a bracket in {text!r}; it stands in one line of a message")
    if any(letter.isdigit() for letter in text):
        raise ValueError(
            f"{language}: a number in {text!r}; numbers to call stand in answers, where each has its source"
        )
    if count_words(text) > MOST_WORDS:
        raise ValueError(f"{language}: {count_words(text)} words, {MOST_WORDS} are the most")
    if lix(text) > HIGHEST_LIX:
        raise ValueError(f"{language}: LIX {lix(text):.0f}, {HIGHEST_LIX} is the most; shorter words are needed")
    for rule, words in forbidden_words(text, "") if language == "danish" else ():
        raise ValueError(f"{language}: {words!r} may not be said ({rule})")
    return text
