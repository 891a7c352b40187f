"""What is left after "Slet min chat": no byte of what was written, and a talk only while it is still to come."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from bot.casework.arranging import book, cancel, free_times
from bot.casework.bookings import Booking, BookingStatus, Contact, Wish
from bot.casework.conversations import Draft, Sender
from bot.casework.free_times import Way
from bot.casework.reminders import Address, Channel
from bot.conversation.erasing import TalksToCome
from bot.conversation.erasing import erase as erase_as_asked
from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.store.tables import outbox
from tests.support.chat_app import open_conversation as opened
from tests.support.chat_app import serve, settings
from tests.support.the_tests import THE_TESTS

SECRET = "jeg sover i skuret bag biblioteket"
SOFIE = Contact(first_name="Sofie", phone="12345678")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    yield from serve(settings(tmp_path))


def client_books(client: TestClient, path: str) -> str:
    """Its three words."""
    state = client.app.state  # type: ignore[attr-defined]
    return booked(state.store, state.municipalities["eksempel"], path.rsplit("/", 1)[1]).code


def times(store: Store, municipality: Municipality) -> list[datetime]:
    with store.read(THE_TESTS) as work:
        free = free_times(work, "eksempel", Way.PHONE, municipality.rules, datetime.now(UTC))
    return [span.starts_at for span in free]


def open_conversation(store: Store) -> str:
    number = str(uuid4())
    with store.write(THE_TESTS) as work:
        work.conversations.open(number, "eksempel", "da", "a token")
        work.conversations.append(work.conversations.get(number), [Draft(Sender.YOUNG, SECRET)])
    return number


def booked(store: Store, municipality: Municipality, conversation: str) -> Booking:
    now = datetime.now(UTC)
    with store.write(THE_TESTS) as work:
        first = free_times(work, "eksempel", Way.PHONE, municipality.rules, now)[0].starts_at
        wish = Wish(str(uuid4()), "eksempel", first, Way.PHONE, "Vi ringer", conversation, SOFIE)
        return book(work, wish, municipality.rules, now)


def erase(store: Store, conversation: str) -> None:
    with store.write(THE_TESTS) as work:
        work.conversations.erase(conversation)
    store.forget_deleted()


def test_no_byte_of_it_is_left_in_any_file(tmp_path: Path, municipality: Municipality) -> None:
    store = Store(f"sqlite:///{tmp_path / 'hjemad.sqlite'}", "a key")
    store.migrate()
    with store.write(THE_TESTS) as work:
        work.people.add_municipality(municipality.slug)
    conversation = open_conversation(store)
    assert SECRET.encode() in all_bytes(tmp_path)
    erase(store, conversation)
    assert SECRET.encode() not in all_bytes(tmp_path)
    store.close()


def test_a_talk_to_come_stays_without_a_way_back(store: Store, municipality: Municipality) -> None:
    conversation = open_conversation(store)
    booking = booked(store, municipality, conversation)
    erase(store, conversation)
    with store.read(THE_TESTS) as work:
        left = work.bookings.by_code(booking.code)
    assert left is not None
    assert (left.conversation, left.contact) == (None, SOFIE)


@pytest.mark.parametrize("status", [BookingStatus.ACTIVE, BookingStatus.CALLED_OFF])
def test_a_talk_to_come_goes_with_it_and_its_time_is_free_for_who_wants_that(
    store: Store, municipality: Municipality, status: BookingStatus
) -> None:
    conversation = open_conversation(store)
    free = times(store, municipality)
    booking = booked(store, municipality, conversation)
    with store.write(THE_TESTS) as work:
        work.bookings.change(replace(booking, status=status))
        work.reminders.ask(booking, Address(Channel.SMS, "12345678"), booking.starts_at)
    erase_as_asked(store, conversation, TalksToCome.CANCEL)
    with store.read(THE_TESTS) as work:
        assert work.bookings.by_code(booking.code) is None
        assert work._connection.execute(select(outbox)).all() == []
    assert times(store, municipality) == free


def test_no_other_talk_goes_with_it(store: Store, municipality: Municipality) -> None:
    conversation = open_conversation(store)
    begun = booked(store, municipality, conversation)
    now = datetime.now(UTC)
    with store.write(THE_TESTS) as work:
        work.bookings.change(replace(begun, starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(minutes=25)))
    others = booked(store, municipality, open_conversation(store))
    erase_as_asked(store, conversation, TalksToCome.CANCEL)
    with store.read(THE_TESTS) as work:
        left = [work.bookings.by_code(one.code) for one in (begun, others)]
    assert [one.status for one in left if one] == [BookingStatus.ACTIVE] * 2


@pytest.mark.parametrize(("asked", "status"), [("", "active"), ("?talks=keep", "active"), ("?talks=cancel", 404)])
def test_whoever_erases_says_what_becomes_of_the_talk(client: TestClient, asked: str, status: str | int) -> None:
    path = opened(client)
    code = client_books(client, path)
    assert client.delete(f"{path}{asked}").status_code == 204
    assert client.post("/api/bookings/find", json={"code": code}).json()["status"] == status


@pytest.mark.parametrize("asked", ["", "cancelled", "KEEP", "keep,cancel"])
def test_nothing_is_erased_while_it_is_not_clear_what_becomes_of_the_talk(client: TestClient, asked: str) -> None:
    path = opened(client)
    answer = client.delete(path, params={"talks": asked})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_talks")
    assert client.get(f"{path}/messages").status_code == 200


def test_a_cancelled_talk_goes_too(store: Store, municipality: Municipality) -> None:
    conversation = open_conversation(store)
    booking = booked(store, municipality, conversation)
    with store.write(THE_TESTS) as work:
        cancel(work, booking, datetime.now(UTC))
    erase(store, conversation)
    with store.read(THE_TESTS) as work:
        assert work.bookings.by_code(booking.code) is None


def test_nobody_needs_the_number_of_a_talk_that_is_cancelled(store: Store, municipality: Municipality) -> None:
    booking = booked(store, municipality, open_conversation(store))
    with store.write(THE_TESTS) as work:
        cancel(work, booking, datetime.now(UTC))
    with store.read(THE_TESTS) as work:
        left = work.bookings.by_code(booking.code)
    assert left is not None
    assert left.contact == Contact()


def test_the_file_is_for_nobody_else_on_the_machine(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'var' / 'hjemad.sqlite'}", "a key")
    store.migrate()
    files = list((tmp_path / "var").iterdir())
    assert files
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)
    store.close()


def all_bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
