"""The reviewed list of advisories that we live with, each with a reason and a day on which that ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.composed_yaml import content_of

EXCUSES = Path(__file__).with_name("excuses.yml")
FIELDS = frozenset({"package", "version", "advisories", "why", "until"})
SHORTEST_REASON = 40


class ExcuseError(Exception):
    """The list cannot be used; the message names the entry and what is wrong with it."""


@dataclass(frozen=True)
class Excuse:
    """One package at one version: `advisories` are excused until the end of the day `until`, for the reason `why`."""

    package: str
    version: str
    advisories: frozenset[str]
    why: str
    until: date


def load_excuses(file: Path = EXCUSES) -> list[Excuse]:
    """The list, a package at most once. Raises ExcuseError."""
    try:
        entries = content_of(file.read_text(encoding="utf-8")) or []
    except (OSError, yaml.YAMLError) as error:
        raise ExcuseError(f"{file}: {error}") from error
    if not isinstance(entries, list):
        raise ExcuseError(f"{file}: is no list of entries")
    excuses = [_excuse(entry) for entry in entries]
    _refuse_twice([excuse.package for excuse in excuses])
    return excuses


def _excuse(entry: Any) -> Excuse:
    if not isinstance(entry, dict) or entry.keys() != FIELDS:
        raise ExcuseError(f"{entry!r}: needs {', '.join(sorted(FIELDS))} and nothing else")
    name = entry["package"]
    for field in ("package", "version", "why"):
        if not isinstance(entry[field], str):
            raise ExcuseError(f"{name}: {field} {entry[field]!r} is no text; write it in quotes")
    if len(entry["why"]) < SHORTEST_REASON:
        raise ExcuseError(f"{name}: {entry['why']!r} is no reason that a second person can judge")
    if type(entry["until"]) is not date:
        raise ExcuseError(f"{name}: until {entry['until']!r} is no day")
    advisories = entry["advisories"]
    if not isinstance(advisories, list) or not all(isinstance(one, str) and "-" in one for one in advisories):
        raise ExcuseError(f"{name}: advisories {advisories!r} is no list of names such as CVE-2024-3660")
    return Excuse(name, entry["version"], frozenset(advisories), entry["why"], entry["until"])


def _refuse_twice(names: Sequence[str]) -> None:
    if twice := {name for name in names if names.count(name) > 1}:
        raise ExcuseError(f"{', '.join(sorted(twice))}: more than one entry")
