"""Which news of a talk a typed "ja" or "nej" answers, as the web process tells Rasa."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from bot.casework.after_booking import call_off, note_outcome
from bot.casework.arranging import book, free_times
from bot.casework.bookings import Booking, BookingStatus, Wish
from bot.casework.conversations import Draft, Kind, Message, Sender
from bot.casework.free_times import Way
from bot.casework.talk_questions import NO, YES, no_other
from bot.conversation.asked_in_news import asked_in_news
from bot.conversation.check_ins import CHECK_IN
from bot.conversation.talk_news import tell_called_off, tell_missed
from bot.conversation.typed_words import answer_to_words
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.reminders import talk_begins
from tests.support.the_tests import THE_TESTS


@pytest.fixture
def talk(store: Store, municipality: Municipality, conversation: str) -> Booking:
    now = datetime.now(UTC)
    with store.write(THE_TESTS) as work:
        last = free_times(work, "eksempel", Way.OFFICE, municipality.rules, now)[-1].starts_at
        wish = Wish(str(uuid4()), "eksempel", last, Way.OFFICE, "Ungehuset", conversation)
        return book(work, wish, municipality.rules, now)


@pytest.fixture
def called_off(store: Store, municipality: Municipality, talk: Booking) -> Booking:
    """They have read that it cannot be held."""
    now = datetime.now(UTC)
    with store.write(THE_TESTS) as work:
        tell_called_off(work, off := call_off(work, talk, now), municipality.rules, now)
    return off


def says(store: Store, conversation: str, sender: Sender, text: str, **more: object) -> Message:
    with store.write(THE_TESTS) as work:
        draft = Draft(sender, text, **more)  # type: ignore[arg-type]
        return work.conversations.append(work.conversations.lock(conversation), [draft])[0]


def asked(store: Store, message: Message) -> dict[str, str] | None:
    with store.read(THE_TESTS) as work:
        return asked_in_news(work, work.conversations.get(message.conversation), message)


def test_of_a_talk_that_was_called_off_yes_moves_and_no_gives_up(
    store: Store, conversation: str, called_off: Booking
) -> None:
    message = says(store, conversation, Sender.YOUNG, "ja")
    assert asked(store, message) == {YES: "/booking_reschedule", NO: no_other(called_off.id)}


def test_of_a_talk_that_was_missed_yes_books_and_no_lets_go(store: Store, conversation: str, talk: Booking) -> None:
    talk_begins(store, talk)
    with store.write(THE_TESTS) as work:
        tell_missed(
            work, note_outcome(work, work.bookings.of(conversation)[0], BookingStatus.MISSED, datetime.now(UTC))
        )
    message = says(store, conversation, Sender.YOUNG, "ja")
    assert asked(store, message) == {YES: "/booking_request", NO: no_other(talk.id)}


@pytest.mark.parametrize(
    ("sender", "more", "stays"),
    [
        (Sender.SYSTEM, {"kind": Kind.NOTICE}, True),
        (Sender.BOT, {}, False),
        (Sender.CASEWORKER, {}, False),
        (Sender.YOUNG, {}, False),
        (Sender.BOT, {"data": {CHECK_IN: ["violence"]}}, False),
        (Sender.BOT, {"kind": Kind.DANGER}, False),
    ],
)
def test_only_the_last_words_are_answered(
    store: Store, conversation: str, called_off: Booking, sender: Sender, more: dict[str, object], *, stays: bool
) -> None:
    says(store, conversation, sender, "…", **more)
    assert bool(asked(store, says(store, conversation, Sender.YOUNG, "ja"))) is stays


@pytest.mark.parametrize(("kind", "data"), [(Kind.TEXT, {CHECK_IN: ["violence"]}), (Kind.DANGER, {})])
def test_who_was_just_asked_how_they_are_answers_that(
    store: Store, municipality: Municipality, conversation: str, talk: Booking, kind: Kind, data: dict[str, object]
) -> None:
    """The news has come in between: a "nej" may still say that they are not safe."""
    now = datetime.now(UTC)
    says(store, conversation, Sender.BOT, "Er du i sikkerhed?", kind=kind, data=data)
    with store.write(THE_TESTS) as work:
        tell_called_off(work, call_off(work, talk, now), municipality.rules, now)
    assert asked(store, says(store, conversation, Sender.YOUNG, "nej")) is None


def test_a_form_that_asks_is_answered_first(store: Store, conversation: str, called_off: Booking) -> None:
    with store.write(THE_TESTS) as work:
        work.conversations.set_asks(conversation, "booking_confirmed")
    assert asked(store, says(store, conversation, Sender.YOUNG, "ja")) is None


def test_a_button_says_itself_what_it_means(store: Store, conversation: str, called_off: Booking) -> None:
    assert asked(store, says(store, conversation, Sender.YOUNG, "Ja", payload="/chat_affirm")) is None


def test_a_talk_opened_by_its_words_in_another_chat_is_answered_on_its_own_page(
    store: Store, called_off: Booking
) -> None:
    with store.write(THE_TESTS) as work:
        work.conversations.open("another", "eksempel", "da", "token")
        found = work.conversations.lock("another")
        work.conversations.append(found, [answer_to_words(found, called_off)])
    assert asked(store, says(store, "another", Sender.YOUNG, "ja")) == {}


@pytest.mark.parametrize("level", [1, 3])
def test_who_tells_of_danger_answers_nothing_by_it(
    store: Store, conversation: str, called_off: Booking, level: int
) -> None:
    data = {"danger": {"level": level, "kinds": ["suicide"]}}
    assert asked(store, says(store, conversation, Sender.YOUNG, "nej, jeg vil ikke mere", data=data)) is None


def test_after_news_that_asks_nothing_a_yes_answers_nothing_older(store: Store, conversation: str) -> None:
    """Rasa's own question stands only where Rasa spoke last."""
    before = says(store, conversation, Sender.YOUNG, "aflys")
    says(store, conversation, Sender.BOT, "Vil du have en ny?", reply_to=before.sequence)
    assert asked(store, says(store, conversation, Sender.YOUNG, "ja")) is None
    says(store, conversation, Sender.BOT, "Vil du have en ny?", reply_to=before.sequence)
    says(store, conversation, Sender.BOT, "Din tid er flyttet, som du bad os om.")
    assert asked(store, says(store, conversation, Sender.YOUNG, "ja")) == {}
