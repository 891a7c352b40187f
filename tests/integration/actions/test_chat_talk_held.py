"""A talk in the chat, from its booking to the caseworker's first word: begun by one, and at its time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.casework.after_booking import call_off, note_outcome
from bot.casework.arranging import cancel
from bot.casework.bookings import Booking, BookingStatus
from bot.casework.conversations import AlreadyClaimedError, Draft, Holder, Sender
from bot.casework.free_times import Way
from bot.conversation.desk import DeskConversations
from bot.conversation.notices import Notices
from bot.store.people import DeskUser
from bot.store.store import Store
from tests.support.actions import Talk
from tests.support.reminders import talk_starts
from tests.support.the_tests import THE_TESTS

NOW = timedelta()
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def desk(acting: Store) -> DeskConversations:
    return DeskConversations(acting, Notices())


@pytest.fixture
def mette(acting: Store) -> DeskUser:
    with acting.read(THE_TESTS) as work:
        user = work.people.user("demo")
    assert user
    return user


async def booked(talk: Talk, store: Store, starts_in: timedelta, way: Way = Way.CHAT) -> Booking:
    """Books in the chat, and lets the days pass until the talk."""
    booking = await talk.book(way=way.value)
    talk_starts(store, booking, datetime.now(UTC) + starts_in)
    return talk.booking(booking.id)


async def begins(desk: DeskConversations, user: DeskUser, conversation: str) -> bool:
    try:
        await desk.claim(user, conversation)
    except AlreadyClaimedError:
        return False
    return True


async def test_from_the_booking_to_the_first_word(
    talk: Talk, acting: Store, desk: DeskConversations, mette: DeskUser
) -> None:
    booking = await booked(talk, acting, timedelta(minutes=10))
    [shown] = await desk.chat_talks(mette)
    assert (shown.talk, shown.conversation.id, shown.agent) == (booking, "one", "Boligagenten")
    await desk.claim(mette, "one")
    said = await desk.say(mette, "one", "Hej, det er Mette. Godt, at du er her.")
    with acting.read(THE_TESTS) as work:
        notice, first = work.conversations.after("one", 0)
    assert notice.text == f"Nu skriver du med et menneske: {mette.shown_name}."
    assert (first.sequence, first.sender, first.text) == (said.sequence, Sender.CASEWORKER, said.text)
    assert talk.holder() is Holder.HUMAN
    assert await desk.chat_talks(mette) == [], "who has begun it need not be told of it"
    await desk.release(mette, "one")
    assert await begins(desk, mette, "one"), "it goes on until its end"


@pytest.mark.parametrize(
    ("starts_in", "can"),
    [
        (timedelta(minutes=16), False),
        (timedelta(minutes=14), True),
        (-timedelta(minutes=44), True),
        (-timedelta(minutes=46), False),
    ],
)
async def test_it_is_begun_from_a_quarter_before_until_its_end(
    talk: Talk, acting: Store, desk: DeskConversations, mette: DeskUser, starts_in: timedelta, *, can: bool
) -> None:
    await booked(talk, acting, starts_in)
    assert len(await desk.chat_talks(mette)) == can
    assert await begins(desk, mette, "one") is can


@pytest.mark.parametrize("way", [Way.OFFICE, Way.PHONE])
async def test_a_talk_that_is_held_elsewhere_opens_no_chat(
    talk: Talk, acting: Store, desk: DeskConversations, mette: DeskUser, way: Way
) -> None:
    await booked(talk, acting, NOW, way)
    assert not await begins(desk, mette, "one")
    assert await desk.chat_talks(mette) == []


async def test_a_talk_opens_no_other_chat(
    talk: Talk, other: Talk, acting: Store, desk: DeskConversations, mette: DeskUser
) -> None:
    await booked(talk, acting, NOW)
    assert not await begins(desk, mette, other.id)


@pytest.mark.parametrize("ended_by", [cancel, call_off])
async def test_a_talk_that_was_cancelled_or_called_off_opens_no_chat(
    talk: Talk, acting: Store, desk: DeskConversations, mette: DeskUser, ended_by: Callable[..., Booking]
) -> None:
    booking = await booked(talk, acting, timedelta(minutes=10))
    with acting.write(THE_TESTS) as work:
        ended_by(work, booking, datetime.now(UTC))
    assert not await begins(desk, mette, "one")


async def test_who_comes_late_and_was_noted_as_missed_is_met_all_the_same(
    talk: Talk, acting: Store, desk: DeskConversations, mette: DeskUser
) -> None:
    booking = await booked(talk, acting, -HALF_AN_HOUR)
    with acting.write(THE_TESTS) as work:
        note_outcome(work, booking, BookingStatus.MISSED, datetime.now(UTC))
    assert await desk.chat_talks(mette) == [], "nobody is asked to begin it"
    assert await begins(desk, mette, "one")


async def test_who_has_asked_for_a_human_already_stands_in_the_queue_alone(
    talk: Talk, acting: Store, desk: DeskConversations, mette: DeskUser
) -> None:
    await booked(talk, acting, NOW)
    with acting.write(THE_TESTS) as work:
        work.queue.enqueue("one", datetime.now(UTC))
    assert await desk.chat_talks(mette) == []
    assert await begins(desk, mette, "one")


async def test_what_the_bot_has_not_answered_is_for_whoever_begins_and_nothing_else_of_before(
    talk: Talk, acting: Store, desk: DeskConversations, mette: DeskUser
) -> None:
    await booked(talk, acting, NOW)
    with acting.write(THE_TESTS) as work:
        said = [Draft(Sender.YOUNG, "hej", answered=True), Draft(Sender.YOUNG, "er du der?", answered=False)]
        work.conversations.append(work.conversations.lock("one"), said)
    await desk.claim(mette, "one")
    seen = await desk.read(mette, "one")
    assert [message.text for message in seen.messages][:1] == ["er du der?"]
    assert seen.opening.private, "and it is said that something stands before"


async def test_of_thirty_who_begin_at_once_one_has_the_conversation(talk: Talk, acting: Store, mette: DeskUser) -> None:
    await booked(talk, acting, NOW)

    def begin(_: int) -> bool:
        with acting.write(THE_TESTS) as work:
            return work.queue.begin("one", mette.id, datetime.now(UTC))

    with ThreadPoolExecutor(30) as crowd:
        assert sum(crowd.map(begin, range(30))) == 1
