"""What some towns have for young people, told to whoever lives there."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.composed_yaml import content_of
from bot.municipality.towns import MunicipalityError

OFFERS = Path(__file__).parent / "offers.yml"


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of an answer, and the numbers of the facts it states."""

    text: str
    facts: tuple[str, ...]


@cache
def offers(file: Path = OFFERS) -> Mapping[str, Mapping[str, Offer]]:
    """By the municipality's official name and the intent. Raises MunicipalityError."""
    try:
        content: dict[str, dict[str, dict[str, Any]]] = content_of(file.read_text(encoding="utf-8"))
        return {
            town: {intent: Offer(entry["text"], tuple(entry["facts"])) for intent, entry in entries.items()}
            for town, entries in content.items()
        }
    except (OSError, yaml.YAMLError, AttributeError, KeyError, TypeError) as error:
        raise MunicipalityError(f"{file}: {type(error).__name__} {error}") from error


def offer(town: str | None, intent: str) -> Offer | None:
    """What this town has to add to the answer of an intent."""
    return offers().get(town or "", {}).get(intent)


def towns_with_offer(intent: str) -> tuple[str, ...]:
    """The towns that have something to add to the answer of an intent, in the file's order."""
    return tuple(town for town, entries in offers().items() if intent in entries)
