"""The fields for what goes along with a talk, on the plain pages and at the desk."""

import re
from collections.abc import Mapping

from bot.casework.along import LONGEST_LANGUAGE, Along, Ask
from bot.language.languages import language_in

WRONG_LANGUAGE = "Skriv kun, hvilket sprog det er."
CHOSEN = "ja"
_BOXES = {"tolk": Ask.INTERPRETER, "flere": Ask.COMPANION, "adgang": Ask.WHEELCHAIR}
_WITH_WHOM = {ask.value: ask for ask in (Ask.WOMAN, Ask.MAN)}
_LANGUAGE = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")


class LanguageError(ValueError):
    """What was typed as a language is none; `along` is what else the fields say."""

    def __init__(self, along: Along) -> None:
        super().__init__("no language")
        self.along = along


def read_along(given: Mapping[str, str]) -> Along:
    """What the fields say; a language asks for an interpreter too. Raises LanguageError."""
    asks = frozenset(ask for name, ask in _BOXES.items() if given.get(name) == CHOSEN)
    if whom := _WITH_WHOM.get(given.get("med", "")):
        asks |= {whom}
    language = _language(given.get("sprog", "").strip())
    if language is None:
        raise LanguageError(Along(asks))
    return Along(asks | {Ask.INTERPRETER}, language) if language else Along(asks)


def _language(typed: str) -> str | None:
    if not typed:
        return ""
    if known := language_in(typed):
        return known
    if len(typed) > LONGEST_LANGUAGE or not _LANGUAGE.fullmatch(typed):
        return None
    return typed.lower()
