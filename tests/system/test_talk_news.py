"""A talk that was called off or missed, answered by typing alone, against the running product."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from actions.tongue import told_begins
from bot.casework.after_booking import call_off, note_outcome
from bot.casework.bookings import Booking, BookingStatus
from bot.casework.free_times import Way
from bot.conversation.talk_news import tell_called_off, tell_missed
from bot.municipality.towns import load_municipalities
from bot.settings import Settings
from bot.store.store import Store
from tests.support.reminders import talk_begins
from tests.support.running import System
from tests.support.the_tests import THE_TESTS
from tests.support.young import Young

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def store(system: System) -> Iterator[Store]:
    """The product's own."""
    settings = Settings(_env_file=None, var=Path(system.folder, "var"), database_url="")
    opened = Store(settings.store_url, settings.key())
    yield opened
    opened.close()


@pytest.fixture
def young(system: System) -> Callable[..., Young]:
    return lambda locale="da": Young(system.address, locale=locale)


def talk_of(store: Store, one: Young) -> Booking:
    with store.read(THE_TESTS) as work:
        [talk] = work.bookings.of(one.id)
    return talk


def calls_off(store: Store, one: Young) -> None:
    """The boligagent is ill, and the young person reads of it; again when it was called off before."""
    now, town = datetime.now(UTC), load_municipalities()["eksempel"]
    with store.write(THE_TESTS) as work:
        [talk] = work.bookings.of(one.id)
        tell_called_off(work, call_off(work, talk, now), town.rules, now)
    one.read()


def misses(store: Store, one: Young) -> None:
    talk_begins(store, talk_of(store, one))
    with store.write(THE_TESTS) as work:
        [talk] = work.bookings.of(one.id)
        tell_missed(work, note_outcome(work, talk, BookingStatus.MISSED, datetime.now(UTC)))
    one.read()


def text(messages: list[dict[str, Any]]) -> str:
    return "\n".join(message["text"] for message in messages)


def offers_times(messages: list[dict[str, Any]]) -> bool:
    return any("booking_time" in button["payload"] for message in messages for button in message["buttons"])


def is_waiting(store: Store, one: Young) -> bool:
    """Whether the talk stands on the desk's list of those who have not answered."""
    with store.read(THE_TESTS) as work:
        return one.id in {talk.conversation for talk in work.bookings.called_off("eksempel")}


def test_a_yes_to_a_talk_that_was_called_off_offers_times_and_books_one(
    young: Callable[..., Young], store: Store
) -> None:
    one = young()
    one.book()
    for typed in ("ja", "ja tak", "jaa gerne", "jep", "yes please"):
        calls_off(store, one)
        assert offers_times(one.say(typed)), typed
        one.say("glem det")
    assert is_waiting(store, one)
    calls_off(store, one)
    one.say("ja")
    one.say("den anden")
    one.say("ja")
    assert talk_of(store, one).status is BookingStatus.ACTIVE
    one.http.post("/api/bookings/cancel", json={"code": talk_of(store, one).code})


@pytest.mark.parametrize("typed", ["nej", "nej tak", "nej tk", "no thanks"])
def test_a_no_to_it_takes_it_off_the_list(young: Callable[..., Young], store: Store, typed: str) -> None:
    one = young()
    one.book()
    calls_off(store, one)
    answer = one.say(typed)
    assert (answer[-1]["kind"], answer[-1]["data"]["status"]) == ("booking", "cancelled")
    assert "beholder" not in text(answer)
    assert not is_waiting(store, one)
    assert talk_of(store, one).status is BookingStatus.CANCELLED


def test_who_cancels_a_talk_that_was_called_off_is_never_told_that_they_keep_it(
    young: Callable[..., Young], store: Store
) -> None:
    one = young()
    one.book()
    calls_off(store, one)
    answer = one.say("aflys min tid")
    assert "er aflyst af os" in text(answer)
    assert offers_times(one.say("ja"))
    one.say("glem det")
    one.say("aflys min tid")
    answer = one.say("nej")
    assert ("beholder" in text(answer), answer[-1]["data"]["status"]) == (False, "cancelled")
    assert not is_waiting(store, one)


@pytest.mark.parametrize(("typed", "offered"), [("ja", True), ("ja tak", True), ("nej", False), ("nej tak", False)])
def test_who_missed_a_talk_is_heard_in_words(
    young: Callable[..., Young], store: Store, typed: str, *, offered: bool
) -> None:
    one = young()
    one.book()
    misses(store, one)
    answer = one.say(typed)
    assert offers_times(answer) is offered
    assert offered or "Det er helt i orden." in text(answer)
    assert "Jeg kan ikke se en tid" not in text(answer)


def test_a_danger_beside_the_no_comes_first_and_gives_nothing_up(young: Callable[..., Young], store: Store) -> None:
    one = young()
    one.book()
    calls_off(store, one)
    assert one.say("nej jeg vil ikke leve mere")[-1]["kind"] == "danger"
    assert is_waiting(store, one)
    one.say("nej")
    assert is_waiting(store, one), "that was no answer to the news"
    one.http.post("/api/bookings/cancel", json={"code": talk_of(store, one).code})


def test_it_is_heard_in_english(young: Callable[..., Young], store: Store) -> None:
    one = young("en")
    one.say("I would like to book a talk")
    one.tap_payload(next(b["payload"] for m in one.messages for b in m["buttons"] if "booking_time" in b["payload"]))
    one.tap("Yes, book it")
    calls_off(store, one)
    assert offers_times(one.say("yes"))
    one.say("never mind")
    one.say("cancel my appointment")
    answer = one.say("no")
    assert (answer[-1]["data"]["status"], is_waiting(store, one)) == ("cancelled", False)
    assert "no new time" in text(answer)


def test_a_human_is_brought_from_another_phone_by_the_words_the_confirmation_names(young: Callable[..., Young]) -> None:
    told = told_begins(Way.CHAT)
    for words in (told["begins"], told["begins_in_english"]):
        _, typed, _ = words.split('"')
        one = young()
        one.say(typed)
        assert one.holder() == "waiting", typed
