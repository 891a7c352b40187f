"""What an intent is called on a button."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from bot.settings import ROOT

TITLES = ROOT / "data" / "lookups" / "intent_titles.yml"


class TitlesError(Exception):
    """The titles cannot be read; the message names the file and what is wrong."""


@cache
def intent_titles(file: Path = TITLES) -> Mapping[str, str | None]:
    """Every intent with its short Danish title; None for one that is never offered as a meaning. Raises TitlesError."""
    try:
        titles: dict[str, str | None] = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise TitlesError(f"{file}: {error}") from error
    return titles
