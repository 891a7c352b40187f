"""What every action needs: the store, the municipality of the conversation, and the time."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from rasa_sdk import Tracker

from bot.municipality.towns import Municipality, load_municipalities
from bot.settings import load_settings
from bot.store.store import Store


class MetadataError(Exception):
    """The web process sent a message without what an action needs; the message names the key."""


@cache
def store() -> Store:
    """The store of this process; opened at first use, safe to share by threads."""
    settings = load_settings()
    return Store(settings.store_url, settings.key())


@cache
def municipalities() -> Mapping[str, Municipality]:
    """All municipalities by slug."""
    return load_municipalities()


def municipality_of(tracker: Tracker) -> Municipality:
    """The municipality on whose page the conversation is. Raises MetadataError."""
    slug = _metadata(tracker).get("municipality", "")
    try:
        return municipalities()[slug]
    except KeyError as error:
        raise MetadataError(f"municipality: no municipality {slug!r}") from error


def now_of(tracker: Tracker) -> datetime:
    """The present moment in UTC; a test may name another as `now` in the metadata."""
    given = _metadata(tracker).get("now")
    return datetime.fromisoformat(given) if given else datetime.now(UTC)


def sequence_of(tracker: Tracker) -> int:
    """The number of the latest message in its conversation. Raises MetadataError."""
    number = _metadata(tracker).get("sequence")
    if not isinstance(number, int):
        raise MetadataError("sequence: no number")
    return number


def _metadata(tracker: Tracker) -> dict[str, Any]:
    metadata: dict[str, Any] = tracker.latest_message.get("metadata") or {}
    return metadata
