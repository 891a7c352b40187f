"""What happened in a conversation as the steps of a story: what was meant and done, and nobody's words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from bot.stories.errors import StoryError
from bot.stories.names import DEACTIVATE, LISTEN, Names

Step = dict[str, Any]
# What Rasa does between two messages, or before the first.
_BETWEEN = frozenset({LISTEN, "action_session_start", "action_extract_slots"})


@dataclass
class Steps:
    """The steps of a conversation in order; `notes` say what no story can hold."""

    steps: list[Step] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_steps(content: bytes, names: Names) -> Steps:
    """The steps of a conversation, given as the document that is kept for Rasa or as JSON lines, one a turn:
    `{"intent", "entities"?, "actions", "slots"?, "active_loop"?}`.

    Of entities and slots only those are taken that decide what is done next. Raises StoryError.
    """
    text = content.decode("utf-8", "replace").strip()
    try:
        if text.startswith("["):
            return _of_document(json.loads(text), names)
        rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise StoryError("that is neither a tracker's document nor lines of JSON; is it cut off?") from error
    if not rows:
        raise StoryError("there is no turn in it")
    found = Steps()
    for number, row in enumerate(rows, start=1):
        found.steps += _of_turn(row, number, names)
    return found


def _of_turn(row: Any, number: int, names: Names) -> Iterator[Step]:
    actions = row.get("actions") if isinstance(row, dict) else None
    if not _all_words(actions) or not isinstance(row.get("intent"), str):
        raise StoryError(f'turn {number}: expected {{"intent": …, "actions": […]}}')
    slots, loop = row.get("slots") or {}, row.get("active_loop")
    if not isinstance(slots, dict) or not isinstance(loop, str | None):
        raise StoryError(f'turn {number}: "slots" holds values by their names, "active_loop" one name or null')
    yield _said(row["intent"], _names_of(row.get("entities"), f"turn {number}"), names)
    for place, action in enumerate(actions):
        yield {"action": action}
        if _moves_loop(action, names):
            stays = place == len(actions) - 1 and action in names.forms
            yield {"active_loop": row.get("active_loop", action) if stays else None}
    yield from _set(slots, names)


def _of_document(events: Any, names: Names) -> Steps:
    reader = _Reader(names)
    for event in events:
        if not isinstance(event, dict) or not isinstance(event.get("event"), str):
            raise StoryError('each event of the document needs "event"')
        if not isinstance(event.get("name"), str | None):
            raise StoryError('the "name" of an event is one name')
        reader.take(event)
    reader.end_turn()
    return reader.found


class _Reader:
    """Takes the events of a tracker's document one by one."""

    def __init__(self, names: Names) -> None:
        self.found = Steps()
        self._names = names
        self._loop: str | None = None
        self._called: str | None = None
        # A form has just been run, and whether it goes on has not been said.
        self._open = False

    def take(self, event: Mapping[str, Any]) -> None:
        kind, name = event["event"], event.get("name")
        if kind == "active_loop":
            self._loop_is(name)
        elif kind == "followup":
            self._called = name
        elif kind == "slot":
            self.found.steps += _set({name: event.get("value")}, self._names)
        elif kind == "user":
            self.end_turn()
            self.found.steps.append(_said_in(event, self._names))
        elif kind == "action" and name not in _BETWEEN:
            self._did(str(name))

    def end_turn(self) -> None:
        """Says of a form that only asked again that it goes on."""
        if self._open:
            self.found.steps.append({"active_loop": self._loop})
        self._open = False

    def _loop_is(self, name: str | None) -> None:
        if not self.found.steps and name:
            self.found.notes.append(f"The conversation is longer; this begins in the middle of {name}.")
        step = {"active_loop": name}
        if (self.found.steps or name) and self.found.steps[-1:] != [step]:
            self.found.steps.append(step)
        self._loop, self._open = name, False

    def _did(self, action: str) -> None:
        self.end_turn()
        self.found.steps.append({"action": action})
        self._open = _moves_loop(action, self._names)
        if action == self._called:
            self.found.notes.append(f"{action} was called by the action before it; a story leaves it out.")
        self._called = None


def _said_in(event: Mapping[str, Any], names: Names) -> Step:
    understood = event.get("parse_data") or {}
    meant = understood.get("intent") if isinstance(understood, dict) else None
    if not isinstance(meant, dict) or not isinstance(meant.get("name"), str):
        raise StoryError("a message in the document has no intent")
    return _said(meant["name"], _names_of(understood.get("entities"), "a message in the document"), names)


def _said(intent: str, entities: Sequence[str], names: Names) -> Step:
    decisive = sorted({one for one in entities if one in names.influential})
    return {"intent": intent} | ({"entities": decisive} if decisive else {})


def _names_of(entities: Any, where: str) -> list[str]:
    given = entities or []
    named = [one.get("entity") if isinstance(one, dict) else one for one in given] if isinstance(given, list) else None
    if not _all_words(named):
        raise StoryError(f'{where}: "entities" is a list of names')
    return named


def _all_words(listed: Any) -> TypeGuard[list[str]]:
    return isinstance(listed, list) and all(isinstance(one, str) for one in listed)


def _set(slots: Mapping[Any, Any], names: Names) -> list[Step]:
    return [{"slot_was_set": [{name: value}]} for name, value in slots.items() if name in names.influential]


def _moves_loop(action: Any, names: Names) -> bool:
    return action in names.forms or action == DEACTIVATE
