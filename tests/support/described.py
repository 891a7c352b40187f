"""What the published description of the API knows of a message."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from bot.composed_yaml import content_of
from bot.web.openapi import DESCRIPTION

DESCRIBED: Mapping[str, Any] = content_of(DESCRIPTION.read_text(encoding="utf-8"))
# Where a client may meet fields that are new to it; for us a new one is to be described first.
OPEN = ("Message", "Button", "Source", "Data")


def undescribed(messages: Iterable[Mapping[str, Any]]) -> list[str]:
    """What in these messages the description does not know, or knows otherwise."""
    return [error.message for message in messages for error in _closed().iter_errors(message)]


@cache
def _closed() -> Draft202012Validator:
    components = deepcopy(DESCRIBED["components"])
    for name in OPEN:
        _close(components["schemas"][name])
    return Draft202012Validator({"$ref": "#/components/schemas/Message", "components": components})


def _close(schema: object) -> None:
    if isinstance(schema, dict):
        if "properties" in schema:
            schema["additionalProperties"] = False
        for each in schema.values():
            _close(each)
