"""What the commands of a review print."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import Console

from bot.casework.free_times import danish_day
from bot.review.reviewing import TEACHABLE, TO_BE_WRITTEN, Group, Taught
from bot.upkeep.shadow import Differs, Shadow

NAMED = 8
"""Letters of a group's name that are printed: enough to tell it by."""


def print_groups(console: Console, groups: Sequence[Group], most: int) -> None:
    """The groups with their messages; nothing in it leads to a conversation."""
    if not groups:
        console.print("Nothing is to be decided. `hjemad review find` looks anew.")
    for group in groups[:most]:
        first = group.messages[0]
        danger = ", danger: two must agree" if group.is_danger else ""
        read_as = group.read_as or "nothing"
        _line(console, f"{group.id[:NAMED]}  read as {read_as} ({first.found.confidence:.0%}){danger}")
        for message in group.messages:
            why = ", ".join(message.found.reasons)
            _line(console, f"  {message.id}  {message.found.day}  {why}\n      {message.text}")
        if first.opinions:
            # Not what: whoever is second must not know it.
            _line(console, "  one has decided; the second does at the desk, without being told what the first said")
    if len(groups) > most:
        _line(console, f"and {len(groups) - most} groups more")


def print_decided(console: Console, groups: Sequence[Group], most: int) -> None:
    """The groups that are decided, and what about them."""
    if not groups:
        console.print("Nothing is decided.")
    for group in groups[:most]:
        decision = group.settled
        words = " ".join([decision.verdict, *decision.labels]) if decision else ""
        given = f", given out on {danish_day(group.given.at)}" if group.given else ""
        doubted = ", one would undo it; the second does at the desk" if group.undo_by else ""
        _line(console, f"{group.id[:NAMED]}  {words}{given}{doubted}")
        for message in group.messages:
            _line(console, f"  {message.id}  {message.found.day}\n      {message.text}")
    if len(groups) > most:
        _line(console, f"and {len(groups) - most} groups more")


def taught_lines(taught: Iterable[Taught], *, rest: bool) -> Iterator[dict[str, Any]]:
    """What can be taught as it is, or the rest of what was decided: what a person must write into the data."""
    for one in taught:
        verdict, labels = one.decision.verdict, list(one.decision.labels)
        if verdict in (TO_BE_WRITTEN if rest else TEACHABLE):
            meaning: dict[str, Any] = {"verdict": verdict.value, "intents": labels} if rest else {"intent": labels[0]}
            yield {"text": one.text, **meaning, "set": one.use.value}


def print_differs(console: Console, one: Differs) -> None:
    """A message that is answered otherwise by the model that reads along."""
    _line(console, f"{one.text}\n    in service: {one.now}, this model: {one.then}")


def print_shadow(console: Console, shadow: Shadow) -> None:
    """How often the two differ, and by what."""
    _line(console, f"{shadow.read} messages read; {shadow.pairs.total()} would be answered otherwise.")
    for (now, then), count in shadow.pairs.most_common():
        _line(console, f"  {count} x in service: {now}, this model: {then}")


def _line(console: Console, words: str) -> None:
    console.print(words, markup=False, highlight=False, soft_wrap=True)
