"""What was meant and done in a conversation, by names alone, out of the document that is kept of it for Rasa."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.store.people import DeskUser
from bot.store.store import Work

_DONE = frozenset({"action", "active_loop", "followup"})


class TalkGoneError(Exception):
    """There is no such message in the municipality, or its conversation is no more."""


@dataclass(frozen=True)
class Around:
    """What was meant and done around a message, as a document. No maintainer is shown its `conversation`."""

    conversation: str
    acts: str


def acts_around(work: Work, user: DeskUser, number: int, *, noted: bool = True) -> Around:
    """What was meant and done in the conversation in which this message was found: names, and nothing that tells whose.

    That this maintainer, of its municipality, read it is in the audit log, unless it is not `noted` again. Raises
    TalkGoneError.
    """
    conversation, municipality = work.found.place_of(number) or ("", "")
    document = work.trackers.get(conversation) if municipality == user.municipality else None
    if document is None:
        raise TalkGoneError
    if noted:
        work.people.note(user, "read_found")
    return Around(conversation, acts_in(document))


def acts_in(document: str) -> str:
    """The document with its meanings, the names of its entities, its acts and its forms, and with nothing else of it.

    No moment, no value of an entity and no slot is left: a town, an age, the number of a talk tell of whose it is, and
    no slot of ours decides what is done next.
    """
    return json.dumps(list(_left(json.loads(document))), ensure_ascii=False, separators=(",", ":"))


def _left(events: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for event in events:
        if event["event"] == "user":
            yield {"event": "user", "parse_data": _understood(event["parse_data"])}
        elif event["event"] in _DONE:
            yield {"event": event["event"], "name": event.get("name")}


def _understood(parsed: Mapping[str, Any]) -> dict[str, Any]:
    entities = [{"entity": one["entity"]} for one in parsed.get("entities", ())]
    return {"intent": {"name": parsed["intent"]["name"]}, "entities": entities}
