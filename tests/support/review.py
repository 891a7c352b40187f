"""Conversations that may be learnt from, and what a model makes of them, without a model."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from bot.casework.conversations import Draft, Sender
from bot.casework.learning import set_learning
from bot.casework.misread import Found, FoundMessage
from bot.review.finding import find, keep, talk_of
from bot.review.signals import Read, Reading
from bot.store.store import Store
from tests.support.desk import YoungPerson
from tests.support.the_tests import THE_TESTS

READ_AS = {"gæld": "money_debt", "vil dø": "crisis_suicide"}
SURE = ("hej", "tak")


def asks(young: YoungPerson, *texts: str) -> YoungPerson:
    """Writes each of these to the robot, which answers."""
    for text in texts:
        with young.store.write(THE_TESTS) as work:
            found = work.conversations.lock(young.id)
            [stored] = work.conversations.append(found, [Draft(Sender.YOUNG, text)])
            answer = Draft(Sender.BOT, "Et svar.", final=True, reply_to=stored.sequence)
            work.conversations.append(found, [answer])
    return young


def lets_learn(young: YoungPerson, *, given: bool = True) -> YoungPerson:
    """Says yes to it, or takes that back in the store alone."""
    with young.store.write(THE_TESTS) as work:
        set_learning(work.learning, work.conversations.lock(young.id), given=given, now=datetime.now(UTC))
    return young


def read(text: str) -> Read:
    """Unsure but of a greeting; texts of one first word are alike."""
    first = next((word for word in READ_AS if text.startswith(word)), text.partition(" ")[0])
    seed = int.from_bytes(hashlib.sha256(first.encode()).digest()[:4])
    vector = np.random.default_rng(seed).normal(size=64).astype(np.float32)
    intent = "chat_greet" if text.startswith(SURE) else READ_AS.get(first, "housing_find_home")
    return Read(Reading(intent, 0.4, sure=text.startswith(SURE)), vector / np.linalg.norm(vector))


def night(store: Store, people: Collection[YoungPerson], municipality: str = "eksempel", in_days: int = 0) -> None:
    """Finds, so many days from now, in the conversations of these."""
    found = found_by_night(store, people, in_days)
    keep(store, municipality, found)


def found_by_night(store: Store, people: Collection[YoungPerson], in_days: int = 0) -> Mapping[str, Sequence[Found]]:
    """What would be kept."""
    now = datetime.now(UTC) + timedelta(days=in_days)
    since = now - timedelta(days=28)
    with store.read(THE_TESTS) as work:
        talks = [talk_of(work.conversations.get(one.id), work.conversations.after(one.id, 0)) for one in people]
    texts = {text: read(text) for talk in talks for text in talk.texts(since)}
    return find(talks, texts, since, now)


def unsettled(store: Store, municipality: str = "eksempel") -> list[FoundMessage]:
    with store.read(THE_TESTS) as work:
        return work.found.unsettled(municipality)


def groups_in(store: Store, municipality: str = "eksempel") -> dict[str, list[str]]:
    """The words of what is to be decided, by group."""
    found: dict[str, list[str]] = {}
    for message in unsettled(store, municipality):
        found.setdefault(message.found.group, []).append(message.text)
    return found


def group_of(store: Store, text: str, municipality: str = "eksempel") -> str:
    """The group in which these words are."""
    return next(group for group, texts in groups_in(store, municipality).items() if text in texts)
