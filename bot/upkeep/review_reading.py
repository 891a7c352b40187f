"""What maintainers read by a command: noted first and shortly, read without a lock, and printed when both are over."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from bot.casework.free_times import danish_day
from bot.casework.misread import Verdict
from bot.municipality.towns import Municipality
from bot.review.reviewing import TEACHABLE, TO_BE_WRITTEN, Group, Taught, decided_groups, groups, taught
from bot.store.store import Store
from bot.store.whose import Across, Town
from bot.upkeep.misread import ReviewError, learns_in, must_learn


def listed(
    store: Store, towns: Mapping[str, Municipality], municipality: str, *, decided: bool = False
) -> Sequence[Group]:
    """What is to be decided in a municipality, or is decided.

    Raises ReviewError where there is no such one, or it does not learn.
    """
    _must_be_one_that_learns(store, towns, municipality)
    _note(store, [municipality])
    with store.read(Town(municipality)) as work:
        today = danish_day(datetime.now(UTC))
        return (decided_groups if decided else groups)(work, municipality, today)


def what_is_decided(
    store: Store, towns: Mapping[str, Municipality], municipality: str | None, *, rest: bool = False
) -> Sequence[Taught]:
    """What is decided in this municipality, or in all that learn, to be taught as it is; or the rest of it.

    That it is given out is noted first, so that whoever undoes it hears of it. Raises ReviewError as `listed`.
    """
    if municipality is not None:
        _must_be_one_that_learns(store, towns, municipality)
    asked = [municipality] if municipality else [slug for slug in _known(store) if learns_in(towns, slug)]
    verdicts = TO_BE_WRITTEN if rest else TEACHABLE
    _note(store, asked)
    _give_out(store, asked, verdicts)
    with store.read(Across("what was decided anywhere is taught to the one model")) as work:
        return [one for one in taught(work, asked, given=True) if one.decision.verdict in verdicts]


def _must_be_one_that_learns(store: Store, towns: Mapping[str, Municipality], municipality: str) -> None:
    known = _known(store)
    if municipality not in known:
        raise ReviewError(f"there is no municipality {municipality!r}; there is {', '.join(known)}")
    must_learn(towns, municipality)


def _known(store: Store) -> Sequence[str]:
    with store.read(Across("which municipalities there are")) as work:
        return sorted(work.people.municipalities())


def _give_out(store: Store, municipalities: Sequence[str], verdicts: Collection[Verdict]) -> None:
    for municipality in municipalities:
        with store.write(Town(municipality)) as work:
            work.people.lock(municipality)
            work.found.give_out(municipality, verdicts, datetime.now(UTC))


def _note(store: Store, municipalities: Sequence[str]) -> None:
    for municipality in municipalities:
        with store.write(Town(municipality)) as work:
            work.people.note_by_operator(municipality, "read_found", municipality)
