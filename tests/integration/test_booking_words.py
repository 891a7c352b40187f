"""A booking is found by its three words alone: in any order, with a slip in each, and never by wrong ones."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.casework.arranging import find
from bot.casework.bookings import (
    Booking,
    BookingNotFoundError,
)
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.bookings import booked, times
from tests.support.the_tests import THE_TESTS


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


def with_code(store: Store, town: Municipality, now: datetime, code: str, number: int = 0) -> Booking:
    booking = booked(store, town, now, times(store, town, now)[number])
    with store.write(THE_TESTS) as work:
        work.bookings.change(replace(booking, code=code))
    return replace(booking, code=code)


@pytest.mark.parametrize("typed", ["skov lampe pære", "pære skov lampe", "PÆRE, lmape, skof", "paerre skov lampe"])
def test_a_booking_is_found_in_whatever_order_and_with_a_slip(
    store: Store, municipality: Municipality, now: datetime, typed: str
) -> None:
    booking = with_code(store, municipality, now, "lampe-skov-pære")
    with store.read(THE_TESTS) as work:
        assert find(work, typed) == booking


@pytest.mark.parametrize(
    "typed", ["lampe skov", "lampe skov sol", "lampe lampe skov", "lampe skov pærerne", "lampe skov sot"]
)
def test_words_of_which_one_is_wrong_find_nothing(
    store: Store, municipality: Municipality, now: datetime, typed: str
) -> None:
    with_code(store, municipality, now, "lampe-skov-pære")
    with store.read(THE_TESTS) as work, pytest.raises(BookingNotFoundError):
        find(work, typed)


def test_words_that_two_bookings_have_find_neither(store: Store, municipality: Municipality, now: datetime) -> None:
    """As a store from before the order was forgiven may have them."""
    for number, code in enumerate(["lampe-skov-pære", "skov-lampe-pære"]):
        with_code(store, municipality, now, code, number)
    for typed in ("lampe skov pære", "skov lampe pære", "pære skov lampe"):
        with store.read(THE_TESTS) as work, pytest.raises(BookingNotFoundError):
            find(work, typed)


def test_words_that_somebody_has_in_whatever_order_are_drawn_again(
    store: Store, municipality: Municipality, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = times(store, municipality, now)[:2]
    drawn = iter(["et-to-tre", "et-to-tre", "tre-et-to", "et-to-fire"])
    monkeypatch.setattr("bot.casework.arranging.new_code", lambda: next(drawn))
    codes = [booked(store, municipality, now, moment).code for moment in (first, second)]
    assert codes == ["et-to-tre", "et-to-fire"]
