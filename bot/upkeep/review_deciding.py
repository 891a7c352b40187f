"""What a maintainer decides by a command instead of at the desk, with the same rules and words for what is wrong."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.casework.misread import (
    BadDecisionError,
    DecidedMeanwhileError,
    GroupNotFoundError,
    NothingToSplitError,
    UnknownLabelError,
    Verdict,
)
from bot.review.reviewing import decide, names_of, split
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.upkeep.misread import ReviewError, full_name, may_decide


def decide_by_name(store: Store, by: str, begins: str, what: str, given: Sequence[str]) -> str:
    """Decides in the name of this maintainer, and tells what came of it. Raises ReviewError."""
    user = may_decide(store, by)
    if what not in set(Verdict):
        raise ReviewError(f"{what!r} is none of {', '.join(Verdict)}, split")
    with _told(store, user):
        if decide(store, user, _group(store, user, begins), Verdict(what), given):
            return "It is decided."
    return "It is kept. It is danger, so a second maintainer must decide the same."


def split_by_name(store: Store, by: str, begins: str, numbers: Sequence[str]) -> str:
    """Splits in the name of this maintainer, and tells the new group's name. Raises ReviewError."""
    user = may_decide(store, by)
    if not all(number.isascii() and number.isdigit() for number in numbers):
        raise ReviewError("what is split off is named by the numbers of its messages")
    with _told(store, user):
        return f"They are the group {split(store, user, _group(store, user, begins), list(map(int, numbers)))} now."


def tracker_around(store: Store, number: int) -> str:
    """What is kept for Rasa of the conversation in which this message was found: meanings and acts, and no words.

    That it was read is in the audit log. Raises ReviewError.
    """
    with store.write() as work:
        place = work.found.place_of(number)
        document = work.trackers.get(place[0]) if place else None
        if place is None or document is None:
            raise ReviewError(f"there is no message {number}, or its conversation is no more")
        work.people.note_by_operator(place[1], "read_found", place[1])
    return document


def _group(store: Store, user: DeskUser, begins: str) -> str:
    town = user.municipality
    with store.read() as work:
        found = [*work.found.unsettled(town), *work.found.settled(town)]
    return full_name({one.found.group for one in found}, begins)


@contextmanager
def _told(store: Store, user: DeskUser) -> Iterator[None]:
    try:
        yield
    except UnknownLabelError as error:
        raise ReviewError(f"there is no meaning {str(error)!r}; data/lookups/intent_titles.yml has all") from error
    except BadDecisionError as error:
        raise ReviewError(
            "a meaning is missing: one for correct, two for several, a name such as housing_pets for new"
        ) from error
    except NothingToSplitError as error:
        raise ReviewError("name some of the group's messages by their numbers, and not all of them") from error
    except GroupNotFoundError as error:
        raise ReviewError("that group is no more") from error
    except DecidedMeanwhileError as error:
        with store.read() as work:
            who = names_of(work, user.municipality).get(error.by, "somebody")
        decided = " ".join([error.decision.verdict, *error.decision.labels])
        raise ReviewError(f"{who} has decided it meanwhile: {decided}") from error
