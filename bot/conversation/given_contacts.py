"""The number in a message that may yet turn out to ask for a human: what it asks for is known only with its answer."""

from collections.abc import Iterator
from time import monotonic

from bot.casework.bookings import Contact
from bot.casework.conversations import Message

LONGEST_SECONDS = 600.0
"""Longer than any turn takes; what another process answered is forgotten here after that."""


class GivenContacts:
    """Contact details on their way from the arrival of a message to its turn, in this process's memory alone.

    Where they are lost, with the process, their writer is told that they were hidden.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], tuple[Contact, float]] = {}

    def keep(self, message: Message, contact: Contact) -> None:
        """Keeps it until the message is answered, the conversation erased, or LONGEST_SECONDS are over."""
        self._kept[message.conversation, message.sequence] = contact, monotonic()

    def of(self, message: Message) -> Contact | None:
        """What this message gave, if it is here."""
        contact, _ = self._kept.get((message.conversation, message.sequence), (None, None))
        return contact

    def forget(self, message: Message) -> None:
        self._kept.pop((message.conversation, message.sequence), None)

    def forget_conversation(self, conversation: str) -> None:
        self._drop(key for key in list(self._kept) if key[0] == conversation)

    def forget_old(self) -> None:
        oldest = monotonic() - LONGEST_SECONDS
        self._drop(key for key, (_, since) in list(self._kept.items()) if since < oldest)

    def _drop(self, keys: Iterator[tuple[str, int]]) -> None:
        for key in keys:
            self._kept.pop(key, None)
