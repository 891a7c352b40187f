"""What maintainers read by a command: noted first and shortly, read without a lock, and printed when both are over."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.casework.free_times import danish_day
from bot.municipality.towns import Municipality
from bot.review.reviewing import Group, Taught, groups, taught
from bot.store.store import Store
from bot.upkeep.misread import ReviewError, learns_in, must_learn


def to_be_decided(store: Store, towns: Mapping[str, Municipality], municipality: str) -> Sequence[Group]:
    """What is to be decided in a municipality. Raises ReviewError where there is no such one, or it does not learn."""
    _must_be_one_that_learns(store, towns, municipality)
    _note(store, [municipality])
    with store.read() as work:
        return groups(work, municipality, danish_day(datetime.now(UTC)))


def what_is_decided(store: Store, towns: Mapping[str, Municipality], municipality: str | None) -> Sequence[Taught]:
    """What is decided in this municipality, or in all that learn. Raises ReviewError as `to_be_decided`."""
    if municipality is not None:
        _must_be_one_that_learns(store, towns, municipality)
    asked = [municipality] if municipality else [slug for slug in _known(store) if learns_in(towns, slug)]
    _note(store, asked)
    with store.read() as work:
        return list(taught(work, asked))


def _must_be_one_that_learns(store: Store, towns: Mapping[str, Municipality], municipality: str) -> None:
    known = _known(store)
    if municipality not in known:
        raise ReviewError(f"there is no municipality {municipality!r}; there is {', '.join(known)}")
    must_learn(towns, municipality)


def _known(store: Store) -> Sequence[str]:
    with store.read() as work:
        return sorted(work.people.municipalities())


def _note(store: Store, municipalities: Sequence[str]) -> None:
    with store.write() as work:
        for municipality in municipalities:
            work.people.note_by_operator(municipality, "read_found", municipality)
