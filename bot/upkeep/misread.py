"""What was misread, found by night: who may be learnt from, read by the model in service, kept in groups."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import numpy as np

from bot.casework.conversations import ConversationNotFoundError
from bot.casework.rights import Right
from bot.conversation.learning import may_say_yes
from bot.language.encoder import sentence_encoder
from bot.municipality.towns import Municipality
from bot.review.finding import Talk, find, forget_but, keep, talk_of
from bot.review.signals import Read, Reading
from bot.store.people import DeskUser
from bot.store.store import Store, Work
from bot.store.whose import Across, Town, of_user_named
from bot.training.progress import Progress
from bot.training.understanding import BATCH, Understanding

Reader = Callable[[Sequence[str]], Mapping[str, Read]]
SHORTEST_PREFIX = 6


class ReviewError(Exception):
    """Somebody may not decide, or there is no such group; the message says which."""


@dataclass(frozen=True)
class Looked:
    """In how many conversations of a municipality was looked, and how many messages were found."""

    municipality: str
    conversations: int
    found: int


def find_misread(
    store: Store, talks: Mapping[str, Sequence[Talk]], reader: Reader, since: datetime, now: datetime
) -> list[Looked]:
    """Finds in these, by municipality, what was written since then, and keeps it."""
    words = (text for those in talks.values() for talk in those for text in talk.texts(since))
    texts = reader(sorted(set(words)))
    looked = []
    for slug, those in talks.items():
        found = find(those, texts, since, now)
        keep(store, slug, found)
        looked.append(Looked(slug, len(those), sum(map(len, found.values()))))
    return looked


def forget_others(store: Store, talks: Mapping[str, Sequence[Talk]]) -> None:
    """Forgets what was found before in all others: a municipality learns no more, a yes does not count any more."""
    for slug, those in talks.items():
        forget_but(store, slug, {talk.conversation.id for talk in those})


def talks_to_learn_from(
    store: Store, towns: Mapping[str, Municipality], since: datetime | None = None
) -> dict[str, list[Talk]]:
    """By municipality the conversations that may be learnt from, as they stand; none in one that does not learn.

    Only those in which the young person wrote `since` then, where that is given.
    """
    with store.read(Across("which municipalities there are")) as work:
        slugs = list(work.people.municipalities())
    return {slug: _talks(store, slug, since) if learns_in(towns, slug) else [] for slug in slugs}


def learns_in(towns: Mapping[str, Municipality], municipality: str) -> bool:
    """Whether its file says so; one without a file does not."""
    return municipality in towns and towns[municipality].learns


def reads_with(archive: Path, progress: Progress) -> Reader:
    """A reader by this model, which is loaded when there is something to read."""

    @cache
    def loaded() -> Understanding:
        progress("Loading the model")
        return Understanding(archive)

    def read(texts: Sequence[str]) -> Mapping[str, Read]:
        if not texts:
            return {}
        model = loaded()
        found: dict[str, Read] = {}
        for start in range(0, len(texts), BATCH):
            found |= _batch(model, texts[start : start + BATCH])
            progress("Reading", len(found), len(texts))
        return found

    return read


def may_decide(store: Store, towns: Mapping[str, Municipality], name: str) -> DeskUser:
    """The user of this name, in whose name a command decides where their municipality learns. Raises ReviewError."""
    with store.read(of_user_named(name)) as work:
        user = work.people.user(name)
    if user is None or user.removed_at or not user.access.may(Right.RETRAINING):
        raise ReviewError(f"{name!r} is nobody with the role maintainer; `hjemad set-roles` gives it")
    must_learn(towns, user.municipality)
    return user


def must_learn(towns: Mapping[str, Municipality], municipality: str) -> None:
    """Raises ReviewError where it does not: nothing of what was found before is shown or decided any more."""
    if not learns_in(towns, municipality):
        raise ReviewError(f"{municipality} does not learn from messages: its file does not say `learns: true`")


def full_name(names: Iterable[str], begins: str) -> str:
    """The one group whose name begins so. Raises ReviewError."""
    found = [name for name in names if name.startswith(begins)]
    if len(begins) < SHORTEST_PREFIX or len(found) != 1:
        raise ReviewError(f"{begins!r} is the beginning of no group, or of several; `hjemad review list` names them")
    return found[0]


def _batch(model: Understanding, texts: Sequence[str]) -> Mapping[str, Read]:
    vectors = sentence_encoder().encode(texts)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    understood = zip(model.read_encoded(texts, vectors), vectors / np.maximum(lengths, 1e-9), strict=True)
    return {one.text: Read(Reading(one.intent, one.confidence, sure=one.sure), vector) for one, vector in understood}


def _talks(store: Store, municipality: str, since: datetime | None) -> list[Talk]:
    """The conversations that may be learnt from, as they stand."""
    with store.read(Town(municipality)) as work:
        found = (_talk(work, number) for number in work.learning.allowing(municipality, since))
        return [talk for talk in found if talk]


def _talk(work: Work, number: str) -> Talk | None:
    """None where its writer seems too young, or it was erased meanwhile."""
    with suppress(ConversationNotFoundError):
        conversation, messages = work.conversations.get(number), work.conversations.after(number, 0)
        return talk_of(conversation, messages) if may_say_yes(conversation, messages) else None
    return None
