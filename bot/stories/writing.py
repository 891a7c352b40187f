"""How a story or a rule is written: the same way each time, as it stands in data/."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

_KEYS = ("condition", "steps", "conversation_start", "wait_for_user_input")
_ENDLESS = 1_000_000


class Kind(StrEnum):
    """What a plot is; also the key that holds its name."""

    STORY = "story"
    RULE = "rule"

    @property
    def listed(self) -> str:
        """The key over all of this kind."""
        return "stories" if self is Kind.STORY else "rules"

    @property
    def folder(self) -> Path:
        """Where a checkout keeps them."""
        return Path("data", self.listed)


def written(kind: Kind, name: str, content: Mapping[str, Any]) -> str:
    """The lines of one plot as they stand in data/."""
    entry = {kind.value: name} | {key: content[key] for key in _KEYS if key in content}
    dumped: str = yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, width=_ENDLESS)
    return dumped


def begun(kind: Kind) -> str:
    """The head of a file of this kind."""
    return f'version: "3.1"\n\n{kind.listed}:\n'
