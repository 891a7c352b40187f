"""What a maintainer decides by a command instead of at the desk, with the same rules and words for what is wrong."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from bot.casework.misread import (
    BadDecisionError,
    DecidedMeanwhileError,
    GroupNotFoundError,
    NotDecidedError,
    NothingToSplitError,
    SecondAtDeskError,
    UnknownLabelError,
    Verdict,
)
from bot.municipality.towns import Municipality
from bot.review.acts import TalkGoneError, acts_around
from bot.review.reviewing import decide, names_of, split
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.store.whose import Town
from bot.upkeep.misread import ReviewError, full_name, may_decide

_WORDS: Mapping[type[Exception], str] = {
    BadDecisionError: "a meaning is missing: one for correct, two for several, a name such as housing_pets for new",
    NothingToSplitError: "name some of the group's messages by their numbers, and not all of them",
    SecondAtDeskError: "somebody has decided on this danger; the second does at the desk, signed in as themselves",
    GroupNotFoundError: "that group is no more",
    NotDecidedError: "it is not decided, so there is nothing to undo",
}
_NUMBER = re.compile(r"[0-9]{1,9}")


def decide_by_name(
    store: Store, towns: Mapping[str, Municipality], by: str, begins: str, what: str, given: Sequence[str]
) -> str:
    """Decides in the name of this maintainer, and tells what came of it. Raises ReviewError."""
    user = may_decide(store, towns, by)
    if what not in set(Verdict):
        raise ReviewError(f"{what!r} is none of {', '.join(Verdict)}, split")
    with told_in_a_line(store, user):
        if decide(store, user, group_named(store, user, begins), Verdict(what), given, by_command=True):
            return "It is decided."
    return "It is kept. It is danger, so a second maintainer must decide the same at the desk, signed in as themselves."


def split_by_name(store: Store, towns: Mapping[str, Municipality], by: str, begins: str, numbers: Sequence[str]) -> str:
    """Splits in the name of this maintainer, and tells the new group's name. Raises ReviewError."""
    user = may_decide(store, towns, by)
    if not all(map(_NUMBER.fullmatch, numbers)):
        raise ReviewError("what is split off is named by the numbers of its messages")
    with told_in_a_line(store, user):
        own = split(store, user, group_named(store, user, begins), list(map(int, numbers)), by_command=True)
    return f"They are the group {own} now."


def talk_around(store: Store, towns: Mapping[str, Municipality], by: str, number: int) -> str:
    """What was meant and done around this message, read in the name of this maintainer. Raises ReviewError."""
    user = may_decide(store, towns, by)
    try:
        with store.write(Town(user.municipality)) as work:
            return acts_around(work, user, number).acts
    except TalkGoneError as error:
        raise ReviewError(f"there is no message {number}, or its conversation is no more") from error


def group_named(store: Store, user: DeskUser, begins: str) -> str:
    """The full name of the one group of their municipality that begins so. Raises ReviewError."""
    with store.read(Town(user.municipality)) as work:
        return full_name(work.found.groups(user.municipality), begins)


@contextmanager
def told_in_a_line(store: Store, user: DeskUser) -> Iterator[None]:
    """What is wrong with a decision, as a ReviewError."""
    try:
        yield
    except UnknownLabelError as error:
        raise ReviewError(f"there is no meaning {str(error)!r}; data/lookups/intent_titles.yml has all") from error
    except tuple(_WORDS) as error:
        raise ReviewError(_WORDS[type(error)]) from error
    except DecidedMeanwhileError as error:
        with store.read(Town(user.municipality)) as work:
            who = names_of(work, user.municipality).get(error.by, "somebody")
        decided = " ".join([error.decision.verdict, *error.decision.labels])
        raise ReviewError(f"{who} has decided it meanwhile: {decided}") from error
