"""What a domain knows, read without Rasa."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.composed_yaml import content_of
from bot.nlu.typed_commands import FALLBACK
from bot.settings import ROOT

DEACTIVATE = "action_deactivate_loop"
LISTEN = "action_listen"
# What Rasa brings along and a story or rule may name.
_OF_RASA = frozenset({LISTEN, DEACTIVATE, "action_default_fallback", "action_restart", "action_back"})


@dataclass(frozen=True)
class Names:
    """The names a story or rule may use; `influential` are the slots and entities that decide what is done next."""

    intents: frozenset[str]
    actions: frozenset[str]
    slots: frozenset[str]
    entities: frozenset[str]
    forms: frozenset[str]
    influential: frozenset[str]


def names_in(files: Sequence[Mapping[str, Any]]) -> Names:
    """The names in the files of a domain."""
    slots, entities = dict(_settings(files, "slots")), dict(_settings(files, "entities"))
    forms = frozenset(name for name, _ in _settings(files, "forms"))
    said = (name for key in ("actions", "responses") for name, _ in _settings(files, key))
    return Names(
        frozenset({FALLBACK, *(name for name, _ in _settings(files, "intents"))}),
        frozenset({*said, *forms, *_OF_RASA}),
        frozenset(slots),
        frozenset(entities),
        forms,
        frozenset(name for name, how in (slots | entities).items() if _influences(how)),
    )


@cache
def shipped_names() -> Names:
    """Those of the domain that this code came with, read once per process."""
    files = sorted((ROOT / "bot" / "domain").glob("*.yml"))
    return names_in([content_of(file.read_bytes()) for file in files])


def _settings(files: Iterable[Mapping[str, Any]], key: str) -> Iterator[tuple[str, Any]]:
    """The names under a key and what is set for each, whether they are listed or are keys themselves."""
    for content in files:
        listed = content.get(key) or ()
        for one in listed.items() if isinstance(listed, Mapping) else listed:
            if isinstance(one, Mapping):
                yield from one.items()
            else:
                yield one if isinstance(one, tuple) else (one, None)


def _influences(how: Any) -> bool:
    settings = how if isinstance(how, Mapping) else {}
    return settings.get("type") != "any" and settings.get("influence_conversation", True)
