"""Changing talks while nobody else changes them, or erases the conversations they were made in."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from bot.casework.bookings import Booking
from bot.casework.conversations import ConversationNotFoundError
from bot.store.store import Work


def lock_talks(work: Work, municipality: str, talks: Iterable[Booking]) -> None:
    """The conversations first and then the agents, as everybody does who changes both: else two would wait for ever.

    What was read of the talks before may have changed until then; read them again.
    """
    for conversation in sorted(conversations_of(talks)):
        with suppress(ConversationNotFoundError):
            work.conversations.lock(conversation)
    work.agents.lock(municipality)


def conversations_of(talks: Iterable[Booking]) -> set[str]:
    """Those the talks were made in; one booked on a page or by hand has none."""
    return {talk.conversation for talk in talks if talk.conversation}


def are_locked(talks: Sequence[Booking], locked: Iterable[Booking]) -> bool:
    """Whether the conversations of all these were among those locked: a talk may have been booked in between."""
    return conversations_of(talks) <= conversations_of(locked)
