"""YAML with the place of everything in it, fast."""

from contextlib import suppress

import yaml


def composed(text: str) -> yaml.Node | None:
    """The nodes of a YAML text, None for an empty one. Raises yaml.YAMLError, whose mark is where it is broken."""
    with suppress(yaml.MarkedYAMLError):
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    # Eight times slower, and it tells the very line.
    return yaml.compose(text, Loader=yaml.SafeLoader)
