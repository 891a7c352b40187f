"""What is left of what was done at the desk: lines of its log, and messages in the chat."""

from typing import Protocol

from bot.store.store import Store
from tests.support.desk import YoungPerson
from tests.support.the_tests import THE_TESTS


class Named(Protocol):
    """A conversation, or a talk."""

    @property
    def id(self) -> str: ...


def acts(store: Store, about: Named) -> list[str]:
    """What is noted to have been done to it, the oldest first."""
    with store.read(THE_TESTS) as work:
        return [one.action for one in work.people.noted("eksempel") if one.subject == about.id]


def said(store: Store, young: YoungPerson) -> list[str]:
    """The texts of a conversation."""
    with store.read(THE_TESTS) as work:
        return [message.text for message in work.conversations.after(young.id, 0)]
