"""The names in the domain of a checkout."""

from pathlib import Path

from bot.stories.names import Names, names_in
from bot.training.data import DOMAIN
from bot.training.files import read_yaml


def read_names(root: Path) -> Names:
    """The names in the domain of the checkout `root`. Raises DataError."""
    return names_in([read_yaml(file) for file in sorted((root / DOMAIN).glob("*.yml"))])
