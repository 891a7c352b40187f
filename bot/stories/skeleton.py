"""The skeleton of a story or a rule: what to begin with, for a human to shorten and name."""

from collections.abc import Sequence
from typing import Any

from bot.stories.errors import StoryError
from bot.stories.names import DEACTIVATE, Names
from bot.stories.turns import Step, Steps
from bot.stories.writing import Kind, begun, written

# They mean nothing without what was said before them.
_ANSWERS = frozenset({"chat_affirm", "chat_deny"})


def skeleton(found: Steps, kind: Kind, name: str | None, names: Names) -> str:
    """A file with one story of the whole, or one rule of its last turn. Raises StoryError for no turn at all."""
    if not any("intent" in step for step in found.steps):
        raise StoryError("nobody says anything in it")
    content = {"steps": found.steps} if kind is Kind.STORY else _rule(found.steps, names)
    intents = [step["intent"] for step in content["steps"] if "intent" in step]
    notes = [*found.notes, *_unknown(content["steps"], names)]
    comments = "".join(f"# {note}\n" for note in notes)
    return begun(kind) + comments + written(kind, name or ", then ".join(intents), content)


def _rule(steps: Sequence[Step], names: Names) -> dict[str, Any]:
    last = max(place for place, step in enumerate(steps) if "intent" in step)
    loop = next((step["active_loop"] for step in reversed(steps[:last]) if "active_loop" in step), None)
    if loop:
        return {"condition": [{"active_loop": loop}], "steps": steps[last:]}
    before = [step for step in steps[:last] if "action" in step and step["action"] not in names.forms | {DEACTIVATE}]
    asked = before[-1:] if steps[last]["intent"] in _ANSWERS else []
    return {"steps": [*asked, *steps[last:]]}


def _unknown(steps: Sequence[Step], names: Names) -> list[str]:
    named = {(key, step[key]) for step in steps for key in ("intent", "action") if key in step}
    known = {"intent": names.intents, "action": names.actions}
    gone = sorted((what, name) for what, name in named if name not in known[what])
    return [f"The {what} {name} is not in the domain any more." for what, name in gone]
