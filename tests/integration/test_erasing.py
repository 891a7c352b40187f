"""What is left after "Slet min chat": no byte of what was written, and a talk only while it is still to come."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from bot.casework.arranging import book, cancel, free_times
from bot.casework.bookings import Booking, Contact, Wish
from bot.casework.conversations import Draft, Sender
from bot.casework.free_times import Way
from bot.municipality.towns import Municipality
from bot.store.store import Store

SECRET = "jeg sover i skuret bag biblioteket"
SOFIE = Contact(first_name="Sofie", phone="12345678")


def open_conversation(store: Store) -> str:
    number = str(uuid4())
    with store.write() as work:
        work.conversations.open(number, "eksempel", "da", "a token")
        work.conversations.append(work.conversations.get(number), [Draft(Sender.YOUNG, SECRET)])
    return number


def booked(store: Store, municipality: Municipality, conversation: str) -> Booking:
    now = datetime.now(UTC)
    with store.write() as work:
        first = free_times(work, "eksempel", Way.PHONE, municipality.rules, now)[0].starts_at
        wish = Wish(str(uuid4()), "eksempel", first, Way.PHONE, "Vi ringer", conversation, SOFIE)
        return book(work, wish, municipality.rules, now)


def erase(store: Store, conversation: str) -> None:
    with store.write() as work:
        work.conversations.erase(conversation)
    store.forget_deleted()


def test_no_byte_of_it_is_left_in_any_file(tmp_path: Path, municipality: Municipality) -> None:
    store = Store(f"sqlite:///{tmp_path / 'hjemad.sqlite'}", "a key")
    store.migrate()
    with store.write() as work:
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
    with store.read() as work:
        left = work.bookings.by_code(booking.code)
    assert left is not None
    assert (left.conversation, left.contact) == (None, SOFIE)


def test_a_cancelled_talk_goes_too(store: Store, municipality: Municipality) -> None:
    conversation = open_conversation(store)
    booking = booked(store, municipality, conversation)
    with store.write() as work:
        cancel(work, booking, datetime.now(UTC))
    erase(store, conversation)
    with store.read() as work:
        assert work.bookings.by_code(booking.code) is None


def test_nobody_needs_the_number_of_a_talk_that_is_cancelled(store: Store, municipality: Municipality) -> None:
    booking = booked(store, municipality, open_conversation(store))
    with store.write() as work:
        cancel(work, booking, datetime.now(UTC))
    with store.read() as work:
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
