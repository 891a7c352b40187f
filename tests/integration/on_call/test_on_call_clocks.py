"""Machines whose clocks are ten minutes apart tell who is on call once between them, and no later for it."""

from datetime import datetime, timedelta, tzinfo

import pytest

from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.mail_server import Inbox
from tests.support.on_call import in_danger, moved_back, on_call

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


@pytest.fixture
def database_url(postgres_url: str) -> str:
    """The one that machines share; all who use SQLite are on one machine, with one clock."""
    return postgres_url


def on_a_machine(monkeypatch: pytest.MonkeyPatch, clock: type[datetime], names: tuple[str, ...]) -> None:
    for name in names:
        monkeypatch.setattr(name, clock)


@pytest.mark.parametrize("clock", [Ahead, Behind])
async def test_what_one_machine_is_sending_no_other_sends(
    clock: type[datetime],
    store: Store,
    conversation: str,
    town: Municipality,
    inbox: Inbox,
    monkeypatch: pytest.MonkeyPatch,
):
    in_danger(store, conversation, town)
    with store.write() as work:
        [notice] = work.on_call.due()
        assert work.on_call.begin(notice)
    on_a_machine(monkeypatch, clock, TELLING)
    await on_call(store, town, inbox.port).look()
    assert inbox.mails == []
    moved_back(store, timedelta(seconds=61))
    await on_call(store, town, inbox.port).look()
    assert len(inbox.mails) == 1, "one that died while sending is followed after a minute, whatever the clocks"


@pytest.mark.parametrize("clock", [Ahead, Behind])
async def test_what_one_machine_begins_by_a_wrong_clock_no_other_sends(
    clock: type[datetime],
    store: Store,
    conversation: str,
    town: Municipality,
    inbox: Inbox,
    monkeypatch: pytest.MonkeyPatch,
):
    in_danger(store, conversation, town)
    with monkeypatch.context() as wrong, store.write() as work:
        on_a_machine(wrong, clock, TELLING)
        [notice] = work.on_call.due()
        assert work.on_call.begin(notice)
    await on_call(store, town, inbox.port).look()
    assert inbox.mails == []


@pytest.mark.parametrize("clock", [Ahead, Behind])
async def test_what_is_written_by_a_wrong_clock_is_told_at_once(
    clock: type[datetime],
    store: Store,
    conversation: str,
    town: Municipality,
    inbox: Inbox,
    monkeypatch: pytest.MonkeyPatch,
):
    with monkeypatch.context() as wrong:
        on_a_machine(wrong, clock, WRITING)
        in_danger(store, conversation, town)
    await on_call(store, town, inbox.port).look()
    assert len(inbox.mails) == 1


@pytest.mark.parametrize("clock", [Ahead, Behind])
async def test_what_failed_by_a_wrong_clock_is_tried_again_as_soon(
    clock: type[datetime],
    store: Store,
    conversation: str,
    town: Municipality,
    inbox: Inbox,
    monkeypatch: pytest.MonkeyPatch,
):
    in_danger(store, conversation, town)
    inbox.refuses = True
    with monkeypatch.context() as wrong:
        on_a_machine(wrong, clock, TELLING)
        await on_call(store, town, inbox.port).look()
    inbox.refuses = False
    await on_call(store, town, inbox.port).look()
    assert inbox.mails == [], "the second try comes too soon"
    moved_back(store, timedelta(seconds=31))
    await on_call(store, town, inbox.port).look()
    assert len(inbox.mails) == 1
