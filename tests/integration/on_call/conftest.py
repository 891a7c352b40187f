"""A town whose hours are never now, and the mail of who is on call there."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.municipality.towns import Municipality
from tests.support.mail_server import Inbox, mail_server
from tests.support.on_call import (
    ADDRESS,
)


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with mail_server() as server:
        yield server


@pytest.fixture
def town(municipality: Municipality) -> Municipality:
    """One whose hours are never now."""
    return replace(municipality, staffed=(), on_call=ADDRESS)
