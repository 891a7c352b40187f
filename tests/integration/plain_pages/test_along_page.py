"""What goes along with a talk, chosen on the plain pages and changed by the three words; the desk sees it."""

import pytest
from starlette.testclient import TestClient

from bot.casework.along import Along, Ask
from bot.store.store import Store
from tests.support.plain_forms import book, fields_to_book, words_in
from tests.support.the_tests import THE_TESTS

ALL = {"med": "woman", "tolk": "ja", "sprog": "Arabic", "flere": "ja", "adgang": "ja"}


def along_of(store: Store, words: str) -> Along:
    with store.read(THE_TESTS) as work:
        booking = work.bookings.by_code(words)
    assert booking
    return booking.along


def test_all_of_it_can_be_chosen_while_booking(client: TestClient, store: Store) -> None:
    booked = client.post("/book", data=fields_to_book(client) | ALL)
    assert "Du har bedt om: helst en kvinde, tolk (arabisk), en mere kommer med" in booked.text
    assert along_of(store, words_in(booked)) == Along(frozenset(Ask) - {Ask.MAN}, "arabisk")


def test_it_can_be_changed_later_all_of_it_anew(client: TestClient, store: Store) -> None:
    words = words_in(client.post("/book", data=fields_to_book(client) | ALL))
    changed = client.post("/booking/oensker", data={"ord": words, "sprog": "wolof"})
    assert "Boligagenten får det at vide." in changed.text
    assert along_of(store, words) == Along(frozenset({Ask.INTERPRETER}), "wolof")
    dropped = client.post("/booking/oensker", data={"ord": words})
    assert "Der står ikke noget særligt til boligagenten." in dropped.text
    assert not along_of(store, words)


@pytest.mark.parametrize("typed", ["<script>", "ring 12345678", "x" * 31, "12"])
def test_what_is_no_language_is_said_beside_its_field_and_nothing_is_lost(
    client: TestClient, store: Store, typed: str
) -> None:
    refused = client.post("/book", data=fields_to_book(client) | ALL | {"sprog": typed})
    assert refused.status_code == 422
    assert "Skriv kun, hvilket sprog det er." in refused.text
    assert 'name="flere" value="ja" checked' in refused.text
    assert "<script>" not in refused.text.split('id="sprog"')[1][:200]
    words = book(client)
    again = client.post("/booking/oensker", data=ALL | {"ord": words, "sprog": typed})
    assert (again.status_code, "Skriv kun, hvilket sprog det er." in again.text) == (422, True)
    assert all(kept in again.text for kept in ('name="flere" value="ja" checked', 'value="woman" selected'))
    assert not along_of(store, words)


def test_a_talk_that_is_cancelled_takes_nothing_more_and_forgets(client: TestClient, store: Store) -> None:
    words = words_in(client.post("/book", data=fields_to_book(client) | ALL))
    client.post("/booking/aflys", data={"ord": words, "sikker": "ja"})
    assert not along_of(store, words)
    assert "Boligagenten får" not in client.post("/booking/oensker", data={"ord": words, "tolk": "ja"}).text
    assert not along_of(store, words)
