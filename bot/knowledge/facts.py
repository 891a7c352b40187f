from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import yaml

from bot.composed_yaml import content_of
from bot.language.danish import short_date

SHIPPED_FACTS = Path(__file__).parents[2] / "data" / "facts"

STATUSES = ("verified", "unverified")
READINESS = ("yes", "check_first", "never")
_REQUIRED = ("number", "status", "ready", "text", "evidence", "sources", "page_date", "said")
_LISTS = ("sources", "other_sources")
_MAY_BE_EMPTY = ("page_date", "said", "note")


class FactError(Exception):
    """The fact bank cannot be used; the message names the file, the fact's number and what is wrong."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the assistant may state, and where it was seen.

    `ready` is "yes", "check_first" (only together with a hint to check it) or "never" (must not be shown).
    `page_date` is Danish text; pages with different dates have them in the order of `sources`, between " / ".
    `other_sources` are sources that are not a page, `said` is what the pages say, `note` is for maintainers.
    `checked` is the day a human last read it on the living page, None when nobody has; `check_every` is a number of
    months that takes the place of the rule's (see bot.knowledge.checks).
    """

    number: str
    status: str
    ready: str
    text: str
    evidence: str
    sources: tuple[str, ...]
    page_date: str | None
    said: str | None
    note: str | None = None
    other_sources: tuple[str, ...] = ()
    checked: date | None = None
    check_every: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A page the chat shows under an answer.

    `checked` is in Danish words: the day a human checked the fact ("tjekket 28. nov. 2026"), else the page's own date,
    None when neither is known.
    """

    title: str
    url: str
    checked: str | None


def load_facts(folder: Path) -> Mapping[str, Fact]:
    """Every fact of the YAML files in `folder`, by its number.

    Raises FactError for broken YAML, a missing, unknown or wrongly typed key, an unknown status or readiness,
    an unverified fact that is not marked "never", and a number used twice.
    """
    facts: dict[str, Fact] = {}
    for file in sorted(folder.glob("*.yml")):
        for entry in _entries(file):
            fact = _fact(file, entry)
            if fact.number in facts:
                raise FactError(f"{file.name}: {fact.number}: this number is already taken")
            facts[fact.number] = fact
    if not facts:
        raise FactError(f"{folder}: holds no facts")
    return MappingProxyType(facts)


@cache
def shipped_facts() -> Mapping[str, Fact]:
    """The facts of this checkout, read once per process. Raises FactError like load_facts."""
    return load_facts(SHIPPED_FACTS)


def sources_for(numbers: Iterable[str], facts: Mapping[str, Fact] | None = None) -> tuple[Source, ...]:
    """The pages behind the facts of these numbers, in their order, no page twice.

    A fact whose only source is not a page adds none. Without `facts` the shipped bank is used.
    Raises FactError for a number the bank does not have.
    """
    bank = shipped_facts() if facts is None else facts
    by_url: dict[str, Source] = {}
    for number in numbers:
        if number not in bank:
            raise FactError(f"{number}: no such fact")
        source = _source(bank[number])
        if source:
            by_url.setdefault(source.url, source)
    return tuple(by_url.values())


def _entries(file: Path) -> Iterator[Any]:
    try:
        content = content_of(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise FactError(f"{file.name}: not valid YAML: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("facts"), list):
        raise FactError(f"{file.name}: the key 'facts' must hold a list")
    yield from content["facts"]


def _fact(file: Path, entry: Any) -> Fact:
    if not isinstance(entry, dict):
        raise FactError(f"{file.name}: a fact must be a mapping, not {entry!r}")
    problem = _wrong_shape(entry) or _wrong_value(entry)
    if problem:
        raise FactError(f"{file.name}: {entry.get('number', 'a fact without number')}: {problem}")
    values: dict[str, Any] = {key: tuple(value) if key in _LISTS else value for key, value in entry.items()}
    return Fact(**values)


def _wrong_shape(entry: Mapping[str, Any]) -> str | None:
    for key in _REQUIRED:
        if key not in entry:
            return f"the key '{key}' is missing"
    for key, value in entry.items():
        if key not in {field.name for field in fields(Fact)}:
            return f"unknown key '{key}'"
        if not _has_right_type(key, value):
            return f"'{key}' cannot be {value!r}"
    return None


def _wrong_value(entry: Mapping[str, Any]) -> str | None:
    if entry["status"] not in STATUSES:
        return f"unknown status {entry['status']!r}, expected one of {', '.join(STATUSES)}"
    if entry["ready"] not in READINESS:
        return f"unknown readiness {entry['ready']!r}, expected one of {', '.join(READINESS)}"
    if entry["status"] == "unverified" and entry["ready"] != "never":
        return f"an unverified fact must be 'never', not {entry['ready']!r}"
    return None


def _has_right_type(key: str, value: Any) -> bool:
    if key in _LISTS:
        return isinstance(value, list) and all(isinstance(item, str) and item for item in value)
    if value is None:
        return key in _MAY_BE_EMPTY
    if key == "checked":
        return type(value) is date
    if key == "check_every":
        return type(value) is int and value > 0
    return key == "ready" or (isinstance(value, str) and bool(value.strip()))


def _source(fact: Fact) -> Source | None:
    pages = [url for url in fact.sources if url.startswith("https://")] or list(fact.sources)
    if not pages:
        return None
    url = pages[0]
    host = urlsplit(url).hostname or url
    return Source(title=host.removeprefix("www."), url=url, checked=_date_of(fact, fact.sources.index(url)))


def _date_of(fact: Fact, page: int) -> str | None:
    if fact.checked:
        return f"tjekket {short_date(fact.checked)}"
    dates = (fact.page_date or "").split(" / ")
    if len(dates) != len(fact.sources):
        dates = [fact.page_date or ""] * len(fact.sources)
    return None if not dates[page] or dates[page].startswith("ukendt") else dates[page]
