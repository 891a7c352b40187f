"""What a maintainer takes back by a command, and what of it must be mended in the data."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.casework.free_times import danish_day
from bot.municipality.towns import Municipality
from bot.review.reviewing import Group, group
from bot.review.undoing import undo
from bot.settings import ROOT
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.store.whose import Town
from bot.training.data import plain, utterances
from bot.training.gathered import gathered
from bot.upkeep.misread import may_decide
from bot.upkeep.review_deciding import group_named, told_in_a_line

UNDONE = "It is undone, and is to be decided again."
KEPT = (
    "It is kept. Two agreed on it, so a second maintainer must undo it as well, at the desk, signed in as themselves. "
    "Until then it holds, and is given out no more."
)


def undo_by_name(
    store: Store, towns: Mapping[str, Municipality], by: str, begins: str, root: Path = ROOT
) -> Iterator[str]:
    """Takes it back in the name of this maintainer, and tells what came of it. Raises ReviewError, DataError."""
    user = may_decide(store, towns, by)
    name = group_named(store, user, begins)
    with told_in_a_line(store, user):
        yield UNDONE if undo(store, user, name, by_command=True) else KEPT
        found = _look(store, user, name)
    yield from _to_be_mended(found, root)


def _look(store: Store, user: DeskUser, name: str) -> Group:
    with store.read(Town(user.municipality)) as work:
        return group(work, user.municipality, name, danish_day(datetime.now(UTC)))


def _to_be_mended(found: Group, root: Path) -> Iterator[str]:
    """Where what was given out stands in the data: a decision that is undone takes nothing out of there."""
    if found.given is None:
        return
    yield f"It was given out on {danish_day(found.given.at)} as {', '.join(found.given.labels)}."
    there = {plain(one.text): one for one in (*utterances(root), *gathered(root).examples)}
    standing = [(one.text, there[plain(one.text)]) for one in found.messages if plain(one.text) in there]
    if not standing:
        yield "Nothing of it stands in the data of this checkout. Look where it was taught."
        return
    yield "Mend it in the data, and train again:"
    for text, example in standing:
        yield f"  {example.place}: {text} ({example.intent})"
