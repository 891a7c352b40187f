"""Machines whose clocks are ten minutes apart tell who is on call once between them, and no later for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

import pytest

from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.mail_server import Inbox
from tests.support.on_call import in_danger, moved_back, on_call
from tests.support.the_tests import THE_TESTS

TELLING = ("bot.conversation.on_call.datetime", "bot.store.on_call.datetime")
WRITING = ("bot.conversation.danger.datetime", "bot.store.on_call.datetime")


class Ahead(datetime):
    """The clock of a machine that is ten minutes ahead."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return datetime.now(tz) + timedelta(minutes=10)


class Behind(datetime):
    """The clock of a machine that is ten minutes behind."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return datetime.now(tz) - timedelta(minutes=10)


@dataclass(frozen=True)
class Machines:
    """One whose clock is right and one whose `clock` is wrong, over one store with a conversation."""

    store: Store
    conversation: str
    town: Municipality
    inbox: Inbox
    monkeypatch: pytest.MonkeyPatch
    clock: type[datetime]

    @contextmanager
    def wrong(self, names: tuple[str, ...]) -> Iterator[None]:
        """What is done here is done on the one with the wrong clock."""
        with self.monkeypatch.context() as patched:
            for name in names:
                patched.setattr(name, self.clock)
            yield

    def hear_danger(self) -> None:
        in_danger(self.store, self.conversation, self.town)

    def begin(self) -> None:
        with self.store.write(THE_TESTS) as work:
            [notice] = work.on_call.due()
            assert work.on_call.begin(notice)

    async def look(self) -> int:
        """How many mails came until then."""
        await on_call(self.store, self.town, self.inbox.port).look()
        return len(self.inbox.mails)


@pytest.fixture
def database_url(postgres_url: str) -> str:
    """The one that machines share; all who use SQLite are on one machine, with one clock."""
    return postgres_url


@pytest.fixture(params=[Ahead, Behind])
def machines(
    request: pytest.FixtureRequest,
    store: Store,
    conversation: str,
    town: Municipality,
    inbox: Inbox,
    monkeypatch: pytest.MonkeyPatch,
) -> Machines:
    return Machines(store, conversation, town, inbox, monkeypatch, request.param)


async def test_what_one_machine_is_sending_no_other_sends(machines: Machines):
    machines.hear_danger()
    machines.begin()
    with machines.wrong(TELLING):
        assert await machines.look() == 0
        moved_back(machines.store, timedelta(seconds=61))
        assert await machines.look() == 1, "one that died while sending is followed after a minute, whatever the clocks"


async def test_what_one_machine_begins_by_a_wrong_clock_no_other_sends(machines: Machines):
    machines.hear_danger()
    with machines.wrong(TELLING):
        machines.begin()
    assert await machines.look() == 0


async def test_what_is_written_by_a_wrong_clock_is_told_at_once(machines: Machines):
    with machines.wrong(WRITING):
        machines.hear_danger()
    assert await machines.look() == 1


async def test_what_failed_by_a_wrong_clock_is_tried_again_as_soon(machines: Machines):
    machines.hear_danger()
    machines.inbox.refuses = True
    with machines.wrong(TELLING):
        await machines.look()
    machines.inbox.refuses = False
    assert await machines.look() == 0, "the second try comes too soon"
    moved_back(machines.store, timedelta(seconds=31))
    assert await machines.look() == 1
