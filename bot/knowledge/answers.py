"""Everything that is said to people and rests on facts: answers, lines joined to them, danger replies, plain pages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from bot.composed_yaml import content_of
from bot.knowledge.facts import shipped_facts
from bot.settings import ROOT

DOMAIN = Path("bot", "domain")
REPLIES = Path("data", "safety", "replies.yml")
ENGLISH_REPLIES = Path("data", "safety", "replies_in_english.yml")
OFFERS = Path("bot", "municipality", "offers.yml")
SITUATION_LINES = Path("bot", "dialogue", "situation_lines.yml")
PAGES = Path("bot", "web", "templates", "plain")

ANSWER, DANGER, STATEMENT, PAGE = "answer", "danger reply", "statement", "page"

AGE_GROUP, AGE_GROUPS = "age_group", ("under_18", "adult")
"""The slot and the key of a text that holds for one age alone, and its values."""
_NO_TEXTS = ("text", "facts", "buttons", "kind_buttons", "municipality", AGE_GROUP)
_NO_CONDITION: Mapping[str, str] = {}

_TO_HELPER = "to_helper_"
_ENGLISH = ("_in_english", "_speak_english")
_STATED = re.compile(r"\b(?:state|fact)\(\"(\w+)\"")
_MARKUP = re.compile(r"\{#.*?#\}|\{%.*?%\}|<(?!/?(?:p|li|h\d|ul|div)\b)[^>]*>", re.DOTALL)
_STATED_CALL = re.compile(r"\{\{ ?state\(.*?\}\}")
_BLOCK = re.compile(r"<[^>]*>")
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)


@dataclass(frozen=True)
class Answer:
    """One text as it is said, and what it rests on.

    `kind` is one of the constants of this module: a response of the domain, a danger reply, a fact stated on a plain
    page, or the page's own words. `conditions` are the slots on which a response depends; `intent` is what it answers,
    None for what answers no intent.
    """

    kind: str
    name: str
    text: str
    facts: tuple[str, ...] = ()
    conditions: Mapping[str, str] = field(default_factory=dict)
    asks: str | None = None
    intent: str | None = None
    buttons: tuple[Mapping[str, str], ...] = ()

    @property
    def english(self) -> bool:
        """Whether it is said in English."""
        return self.name.endswith(_ENGLISH)

    def __str__(self) -> str:
        given = "+".join(self.conditions.values())
        return f"{self.name}[{given}]" if given else self.name


@cache
def shipped_answers() -> tuple[Answer, ...]:
    """All that this checkout says, read once per process."""
    english = (replace(reply, name=f"{reply.name}{_ENGLISH[0]}") for reply in danger_replies(ROOT / ENGLISH_REPLIES))
    replies = *danger_replies(ROOT / REPLIES), *english
    lines = *town_lines(ROOT / OFFERS), *situation_lines(ROOT / SITUATION_LINES)
    return (*domain_answers(ROOT / DOMAIN), *lines, *replies, *page_texts(ROOT / PAGES))


def domain_answers(folder: Path) -> Iterator[Answer]:
    """The texts of the domain's responses in their order; a response without text is left out."""
    domains = [_read(file) for file in sorted(folder.glob("*.yml"))]
    intents = {_name(intent) for domain in domains for intent in domain.get("intents") or ()}
    for domain in domains:
        for name, variations in (domain.get("responses") or {}).items():
            intent = name.removeprefix("utter_").removeprefix(_TO_HELPER).removesuffix(_ENGLISH[0])
            for variation in variations:
                if "text" in variation:
                    yield _response(name, variation, intent if intent in intents else None)


def town_lines(file: Path) -> Iterator[Answer]:
    """What is joined to an answer for whoever lives in a town, named by town and intent: "Aarhus.housing_shelter"."""
    for town, lines in _read(file).items():
        for intent, line in lines.items():
            yield Answer(ANSWER, f"{town}.{intent}", line["text"], tuple(line["facts"]))


def situation_lines(file: Path) -> Iterator[Answer]:
    """What is joined to an answer for whoever lives in one way, named alike: "with_others.housing_find_home"."""
    for situation, intents in _read(file).items():
        for intent, lines in intents.items():
            for line in lines:
                ages = {AGE_GROUP: line[AGE_GROUP]} if AGE_GROUP in line else {}
                yield Answer(ANSWER, f"{situation}.{intent}", line["text"], tuple(line["facts"]), ages)


def danger_replies(file: Path) -> Iterator[Answer]:
    """The texts of the danger replies, named by their keys: "acute.suicide.another"; an age group is a condition."""
    yield from _replies("", _read(file))


def page_texts(folder: Path) -> Iterator[Answer]:
    """For each plain page its own words, resting on the facts it states, and each of these facts."""
    bank = shipped_facts()
    for file in sorted(folder.glob("[!_]*.html")):
        source = file.read_text(encoding="utf-8")
        stated = tuple(dict.fromkeys(_STATED.findall(source)))
        words = _visible(source)
        if words:
            yield Answer(PAGE, file.name, words, stated)
        for number in stated:
            yield Answer(STATEMENT, f"{file.name} {number}", bank[number].text if number in bank else "", (number,))


def uses(answers: tuple[Answer, ...]) -> Mapping[str, tuple[Answer, ...]]:
    """The answers that rest on a fact, by its number. A page stands once for each fact that it states."""
    found: dict[str, list[Answer]] = {}
    for answer in answers:
        for number in answer.facts if answer.kind != PAGE else ():
            found.setdefault(number, []).append(answer)
    return {number: tuple(resting) for number, resting in found.items()}


def _response(name: str, variation: Mapping[str, Any], intent: str | None) -> Answer:
    metadata = variation.get("metadata") or {}
    return Answer(
        ANSWER,
        name,
        variation["text"],
        tuple(metadata.get("facts") or ()),
        {each["name"]: str(each["value"]) for each in variation.get("condition") or ()},
        metadata.get("asks"),
        intent,
        tuple(variation.get("buttons") or ()),
    )


def _replies(
    name: str, content: Any, facts: tuple[str, ...] = (), ages: Mapping[str, str] = _NO_CONDITION
) -> Iterator[Answer]:
    """The wording for a kind rests on the facts beside it."""
    if isinstance(content, str):
        yield Answer(DANGER, name, content.strip(), facts, ages)
        return
    if isinstance(content, list):
        for place in content:
            yield from _replies(f"{name}.{place['municipality']}", place, facts)
        return
    own = tuple(content.get("facts") or facts)
    ages = {AGE_GROUP: content[AGE_GROUP]} if AGE_GROUP in content else ages
    if isinstance(content.get("text"), str):
        yield Answer(DANGER, name, content["text"].strip(), own, ages)
    for key, inner in content.items():
        if key in AGE_GROUPS:
            yield from _replies(name, inner, own, {AGE_GROUP: key})
        elif key not in _NO_TEXTS:
            yield from _replies(f"{name}.{key}".lstrip("."), inner, own, ages)


def _visible(source: str) -> str:
    """The words of a template that a reader sees, a line for each block; what is filled in becomes {value}."""
    text = _STATED_CALL.sub("", _MARKUP.sub("", source))
    lines = _BLOCK.sub("\n", _EXPRESSION.sub("{value}", text)).splitlines()
    return "\n".join(line for line in (unescape(" ".join(each.split())) for each in lines) if re.search(r"\w{2}", line))


def _read(file: Path) -> Mapping[str, Any]:
    content: Mapping[str, Any] = content_of(file.read_text(encoding="utf-8")) or {}
    return content


def _name(intent: str | Mapping[str, Any]) -> str:
    return intent if isinstance(intent, str) else next(iter(intent))
