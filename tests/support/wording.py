"""The responses of the domain, to recognise an answer by: its wording may change, the tests stay."""

import re
from functools import cache
from typing import Any

from bot.composed_yaml import content_of
from bot.settings import ROOT

DOMAIN = ROOT / "bot" / "domain"
ANY_AGE = "any"

_PLACEHOLDER = re.compile(r"\\\{\w+\\\}")
# What goes along with a talk: a line of its own, or nothing.
_ON_ITS_OWN_LINE = re.compile(r"\{also\w*\}")


@cache
def responses() -> dict[str, list[dict[str, Any]]]:
    """The variations of every response, by its name without `utter_`."""
    contents = [content_of(file.read_text(encoding="utf-8")) for file in sorted(DOMAIN.glob("*.yml"))]
    return {
        name.removeprefix("utter_"): [variation for variation in variations if "text" in variation]
        for content in contents
        for name, variations in content.get("responses", {}).items()
    }


def says(text: str, response: str, *, but_the_question: bool = False) -> bool:
    """Whether the text holds a variation of the response line by line; `housing_shelter@under_18` means that age's.

    `but_the_question` leaves out the last line. Raises KeyError for a response that is not in the domain.
    """
    name, _, age = response.partition("@")
    lines = text.splitlines()
    return any(
        _holds(lines, variation["text"].splitlines(), but_the_question=but_the_question)
        for variation in _in_any_words(name)
        if not age or _age_of(variation) == age
    )


def _in_any_words(name: str) -> list[dict[str, Any]]:
    """The response as it is said to a young person, to a helper, in English, and to whoever asks on."""
    others = (f"to_helper_{name}", f"{name}_in_english", f"{name}_more")
    return [*responses()[name], *(variation for other in others for variation in responses().get(other, ()))]


def _holds(lines: list[str], wanted: list[str], *, but_the_question: bool) -> bool:
    kept = wanted[:-1] if but_the_question and len(wanted) > 1 else wanted
    return all(any(_pattern(line).fullmatch(said.strip()) for said in lines) for line in kept)


def _pattern(line: str) -> re.Pattern[str]:
    said = _ON_ITS_OWN_LINE.sub("", line.strip())
    return re.compile(_PLACEHOLDER.sub(".+", re.escape(said)), re.IGNORECASE)


def _age_of(variation: dict[str, Any]) -> str:
    """The age group a variation is for, ANY_AGE for one that holds for every age."""
    ages = [condition["value"] for condition in variation.get("condition", ()) if condition["name"] == "age_group"]
    return ages[0] if ages else ANY_AGE
