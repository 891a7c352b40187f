"""The words that people read for names of ours, kept as YAML files of one word or phrase each."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.settings import ROOT

LOOKUPS = ROOT / "data" / "lookups"


class LookupFileError(Exception):
    """A file of words cannot be read; the message names the file and what is wrong."""


@cache
def words_for(file: Path) -> Mapping[str, Any]:
    """What the file says for each name: text, or nothing. Read once per process. Raises LookupFileError."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise LookupFileError(f"{file}: {error}") from error
    if not isinstance(content, dict):
        raise LookupFileError(f"{file}: expected names and words, got {type(content).__name__}")
    return content
