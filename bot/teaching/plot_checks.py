"""What is wrong with a story or rule by itself: its form, and names that nobody knows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod
from typing import Any

from bot.stories.names import Names
from bot.stories.writing import Kind
from bot.teaching.plots import Plot

_ALLOWED = {
    Kind.STORY: frozenset({"steps"}),
    Kind.RULE: frozenset({"steps", "condition", "conversation_start", "wait_for_user_input"}),
}
_WORDS = frozenset({"user", "bot"})
_STEPS = ("intent", "action", "active_loop", "slot_was_set", "or")


MOST_WAYS = 1000
"""A plot is checked along each way that its `or`s leave open, and each `or` more multiplies them."""


def faults_of(plot: Plot, names: Names) -> list[str]:
    """Every fault of a plot, each with its file and line."""
    faults = [f"{plot.place}: {fault}" for fault in _of_itself(plot, names)]
    for step, line in zip(plot.steps, plot.step_lines, strict=True):
        faults += [f"{plot.file}, line {line}: {fault}" for fault in _of_step(step, names)]
    return faults


def told_twice(new: Sequence[Plot], there: Sequence[Plot]) -> list[str]:
    """A line for each name of the new that another has, of its own kind or the other."""
    faults, seen = [], {one.name: one for one in reversed(there)}
    for one in new:
        if one.name in seen:
            faults.append(f"{one.place}: {one.name!r} is already the name of {seen[one.name].place}")
        seen.setdefault(one.name, one)
    return faults


def _of_itself(plot: Plot, names: Names) -> Iterator[str]:
    if not plot.name.isprintable():
        yield f"the name {plot.name!r} cannot be shown"
    if not plot.name.strip():
        yield f"the {plot.kind} has no name"
    if ways := _too_many_ways(plot):
        yield f"the {plot.kind} {plot.name!r} can go {ways} ways by its `or`s; {MOST_WAYS} are the most"
    if strange := set(plot.content) - _ALLOWED[plot.kind]:
        yield f"a {plot.kind} has no {', '.join(sorted(map(str, strange)))}"
    if not plot.steps:
        yield f"the {plot.kind} {plot.name!r} has no steps"
    elif not any("action" in step for step in plot.steps if isinstance(step, dict)):
        yield f"the {plot.kind} {plot.name!r} does nothing: it has no action"
    conditions = plot.content.get("condition", [])
    for condition in conditions if isinstance(conditions, list) else [conditions]:
        yield from _of_step(condition, names)


def _too_many_ways(plot: Plot) -> int | None:
    either = [step["or"] for step in plot.steps if isinstance(step, dict) and isinstance(step.get("or"), list)]
    ways = prod(len(one) for one in either if one)
    return ways if ways > MOST_WAYS else None


def _of_step(step: Any, names: Names) -> Iterator[str]:
    if not isinstance(step, dict):
        yield f"{step!r} is no step; a step is one of {', '.join(_STEPS)}"
    elif _WORDS & step.keys():
        yield "nobody's words belong here; leave out `user:` and `bot:`, and keep `intent:` and `action:`"
    elif len(kinds := [key for key in _STEPS if key in step]) != 1:
        yield f"a step is one of {', '.join(_STEPS)}; this has {', '.join(map(str, step))}"
    elif strange := set(step) - {kinds[0]} - ({"entities"} if "intent" in step else set()):
        yield f"beside {kinds[0]} there is {', '.join(sorted(map(str, strange)))}"
    else:
        yield from _unknown(step, kinds[0], names)


def _unknown(step: Mapping[str, Any], kind: str, names: Names) -> Iterator[str]:
    value = step[kind]
    if kind == "or":
        for one in value if isinstance(value, list) else [value]:
            yield from _of_step(one, names)
        return
    if kind == "slot_was_set":
        yield from _not_in("slot", _named(value), names.slots)
    elif kind == "active_loop":
        yield from _not_in("form", [] if value is None else [value], names.forms)
    elif kind == "action":
        yield from _not_in("action", [value], names.actions)
    else:
        yield from _not_in("intent", [value], names.intents)
        yield from _not_in("entity", _named(step.get("entities", [])), names.entities)


def _named(listed: Any) -> list[Any]:
    """The names in a list of names or of names with values."""
    entries = listed if isinstance(listed, list) else [listed]
    return [name for one in entries for name in (one if isinstance(one, dict) else [one])]


def _not_in(what: str, named: Iterable[Any], known: frozenset[str]) -> Iterator[str]:
    return (f"the {what} {name} does not exist; see bot/domain" for name in named if str(name) not in known)
