"""One booking changed by two at once: what was told to somebody stays true, and nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from bot.casework.arranging import book, free_times
from bot.casework.bookings import BookingNotFoundError, BookingStatus, TimeTakenError, Wish
from bot.casework.free_times import Way
from bot.conversation.erasing import TalksToCome, erase
from bot.conversation.notices import Notices
from bot.conversation.talks import Talks, Target
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.the_tests import THE_TESTS

ROUNDS = 12


@pytest.mark.parametrize("kept", TalksToCome)
def test_a_talk_that_was_cancelled_stays_so_whoever_moves_it(
    store: Store, municipality: Municipality, kept: TalksToCome
) -> None:
    talks = Talks(store, Notices(), {municipality.slug: municipality})
    for _ in range(ROUNDS):
        code, later, conversation = a_talk(store, municipality)

        def move(code: str = code, later: datetime = later) -> None:
            with suppress(BookingNotFoundError, TimeTakenError):
                talks._move(code, Target(later))

        with ThreadPoolExecutor(3) as together:
            done = [
                together.submit(move),
                together.submit(talks._cancel, code),
                together.submit(erase, store, conversation, kept),
            ]
        for each in done:
            with suppress(BookingNotFoundError):
                each.result(timeout=20)
        with store.read(THE_TESTS) as work:
            left = work.bookings.by_code(code)
        # Erasing takes a cancelled talk along; one that was still to come when it ran was cancelled after it.
        assert left is None or left.status is BookingStatus.CANCELLED


def a_talk(store: Store, municipality: Municipality) -> tuple[str, datetime, str]:
    now, conversation = datetime.now(UTC), str(uuid4())
    with store.write(THE_TESTS) as work:
        work.conversations.open(conversation, "eksempel", "da", uuid4().hex)
        first, later = (
            span.starts_at for span in free_times(work, "eksempel", Way.OFFICE, municipality.rules, now)[:2]
        )
        wish = Wish(str(uuid4()), "eksempel", first, Way.OFFICE, "Ungehuset", conversation)
        return book(work, wish, municipality.rules, now).code, later, conversation
