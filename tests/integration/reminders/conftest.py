"""A talk far ahead, and the mail server that takes its reminder."""

from collections.abc import Iterator

import pytest

from bot.casework.bookings import Booking
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.mail_server import Inbox, mail_server
from tests.support.reminders import talk_far_ahead


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with mail_server() as server:
        yield server


@pytest.fixture
def talk(store: Store, municipality: Municipality) -> Booking:
    return talk_far_ahead(store, municipality)
