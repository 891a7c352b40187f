"""Facts of the bank as a page states them: with numbers one can ring, and never without their source."""

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from bot.knowledge.facts import FactError, Source, shipped_facts, sources_for

PHONE = re.compile(r"(?<![\d.,])(?:11[24]|1813|1888|116 111|\d{2}(?: \d{2}){3}|\d{2}(?: \d{3}){2})(?![\d]| kroner)")


@dataclass(frozen=True)
class Statement:
    """One fact, ready to be shown. `check_first` means: only together with the advice to check it."""

    text: Markup
    check_first: bool
    sources: tuple[Source, ...]


def statement(number: str) -> Statement:
    """The fact with this number. Raises FactError for one that is unknown or must not be shown."""
    fact = shipped_facts().get(number)
    if fact is None or fact.ready == "never":
        raise FactError(f"{number}: cannot be shown on a page")
    return Statement(with_phone_links(fact.text), fact.ready == "check_first", sources_for([number]))


def with_phone_links(text: str) -> Markup:
    """The text for HTML; a tap on a phone number in it rings there."""
    return Markup(PHONE.sub(_phone_link, str(escape(text))))  # noqa: S704 -- escaped just here


def _phone_link(match: re.Match[str]) -> str:
    shown = match.group()
    return f'<a href="tel:{shown.replace(" ", "")}">{shown}</a>'
