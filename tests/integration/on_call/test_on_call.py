"""Who is on call is told of danger outside staffed hours: once, without content, and whatever dies meanwhile."""

import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest

from bot.casework.conversations import Draft, Holder, Sender
from bot.casework.on_call import KEPT_TRYING, next_try
from bot.casework.trying_again import LONGEST_WAIT
from bot.conversation.danger import danger_draft
from bot.municipality.towns import Municipality, MunicipalityError, load_municipalities
from bot.safety.replies_by_tongue import shipped_replies_by_tongue
from bot.settings import Settings
from bot.store.store import Store
from tests.integration.conftest import TOKEN
from tests.support.chat_app import open_conversation, send, serve, settings
from tests.support.mail_server import Inbox
from tests.support.on_call import (
    ADDRESS,
    HOPELESS,
    in_danger,
    mail_server_at,
    mail_settings,
    moved_back,
    on_call,
    open_all_year,
    taken_by_a_human,
    told_by,
)
from tests.support.the_tests import THE_TESTS


async def test_a_notice_says_where_and_nothing_else(store: Store, conversation: str, town: Municipality, inbox: Inbox):
    in_danger(store, conversation, town)
    await on_call(store, town, inbox.port).look()
    [mail] = inbox.mails
    assert inbox.readers == [ADDRESS]
    assert mail["To"] == ADDRESS
    assert "https://hjemad.example/desk/" in mail.get_content()
    whole = mail.as_string().casefold()
    for told in (conversation, conversation[:4], "suicide", "selvmord", "leve", "fare", "niveau"):
        assert told not in whole, told


def test_the_web_process_tells_by_itself(
    tmp_path: Path, town: Municipality, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.web.app.load_municipalities", lambda: {town.slug: town})
    with contextmanager(serve)(settings(tmp_path, **mail_server_at(inbox.port))) as client:
        send(client, open_conversation(client), text="jeg vil ikke leve mere")
        until = monotonic() + 30
        while not inbox.mails and monotonic() < until:
            sleep(0.05)
    assert inbox.readers == [ADDRESS]


async def test_each_conversation_tells_of_itself(store: Store, conversation: str, town: Municipality, inbox: Inbox):
    with store.write(THE_TESTS) as work:
        work.conversations.open("another", town.slug, "da", TOKEN)
    for one in (conversation, "another"):
        in_danger(store, one, town)
    await on_call(store, town, inbox.port).look()
    assert len({mail["Message-ID"] for mail in inbox.mails}) == 2


async def test_in_staffed_hours_nobody_is_called(store: Store, conversation: str, town: Municipality, inbox: Inbox):
    in_danger(store, conversation, open_all_year(town))
    await on_call(store, town, inbox.port).look()
    assert inbox.mails == []


async def test_outside_staffed_hours_they_are_called_though_a_human_holds_the_conversation(
    store: Store, conversation: str, town: Municipality, inbox: Inbox
):
    """They may have gone home, signed in as they are."""
    taken_by_a_human(store, conversation)
    in_danger(store, conversation, town)
    await on_call(store, town, inbox.port).look()
    assert len(inbox.mails) == 1


async def test_what_is_still_to_be_told_when_somebody_is_at_their_desks_is_told_to_nobody(
    store: Store, conversation: str, town: Municipality, inbox: Inbox
):
    in_danger(store, conversation, town)
    await on_call(store, open_all_year(town), inbox.port).look()
    await on_call(store, town, inbox.port).look()
    assert inbox.mails == []
    in_danger(store, conversation, town)
    await on_call(store, town, inbox.port).look()
    assert len(inbox.mails) == 1, "nobody was told within the pause"


async def test_a_server_that_refuses_is_tried_again_and_again(
    store: Store, conversation: str, town: Municipality, inbox: Inbox, caplog: pytest.LogCaptureFixture
):
    teller, inbox.refuses = on_call(store, town, inbox.port), True
    in_danger(store, conversation, town)
    await teller.look()
    await teller.look()
    assert inbox.tries == 1, "the second look comes too soon"
    assert teller.states() == {town.slug: "failing"}
    assert (town.slug in caplog.text, ADDRESS in caplog.text, conversation in caplog.text) == (True, False, False)
    inbox.refuses = False
    moved_back(store, timedelta(seconds=31))
    await teller.look()
    assert len(inbox.mails) == 1
    assert teller.states() == {town.slug: "ready"}
    moved_back(store, timedelta(hours=2))
    await teller.look()
    assert len(inbox.mails) == 1


async def test_a_server_that_is_not_there_loses_nothing(
    store: Store, conversation: str, town: Municipality, inbox: Inbox
):
    nowhere = on_call(store, town, 9)
    in_danger(store, conversation, town)
    await nowhere.look()
    assert nowhere.states() == {town.slug: "failing"}
    moved_back(store, timedelta(minutes=1))
    # As after a restart: nothing is remembered but the store.
    await on_call(store, town, inbox.port).look()
    assert len(inbox.mails) == 1


async def test_a_process_that_died_while_sending_is_followed_by_another(
    store: Store, conversation: str, town: Municipality, inbox: Inbox
):
    in_danger(store, conversation, town)
    with store.write(THE_TESTS) as work:
        [notice] = work.on_call.due()
        assert work.on_call.begin(notice)
    teller = on_call(store, town, inbox.port)
    await teller.look()
    assert inbox.mails == []
    moved_back(store, timedelta(seconds=61))
    await teller.look()
    assert len(inbox.mails) == 1


def test_many_processes_send_it_once(store: Store, conversation: str, town: Municipality, inbox: Inbox):
    in_danger(store, conversation, town)
    with store.read(THE_TESTS) as work:
        [notice] = work.on_call.due()
    tellers = [on_call(store, town, inbox.port) for _ in range(8)]
    with ThreadPoolExecutor(8) as together:
        list(together.map(lambda teller: teller._try(notice), tellers))
    assert len(inbox.mails) == 1


async def test_what_a_human_took_meanwhile_is_not_told_any_more(
    store: Store, conversation: str, town: Municipality, inbox: Inbox
):
    in_danger(store, conversation, town)
    user = taken_by_a_human(store, conversation)
    teller = on_call(store, town, inbox.port)
    await teller.look()
    with store.write(THE_TESTS) as work:
        work.queue.requeue(conversation, user, datetime.now(UTC))
    await teller.look()
    assert inbox.mails == []


async def test_what_was_erased_is_told_to_nobody(store: Store, conversation: str, town: Municipality, inbox: Inbox):
    in_danger(store, conversation, town)
    with store.write(THE_TESTS) as work:
        work.conversations.erase(conversation)
    await on_call(store, town, inbox.port).look()
    assert inbox.mails == []


def test_a_danger_that_is_taken_back_tells_nobody(store: Store, conversation: str, town: Municipality):
    """Both are one transaction: neither is there without the other."""

    def fails() -> None:
        with store.write(THE_TESTS) as work:
            found = work.conversations.lock(conversation)
            [message] = work.conversations.append(found, [Draft(Sender.YOUNG, "", answered=True)])
            danger_draft(work, found, HOPELESS, town, shipped_replies_by_tongue(), message)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    with store.read(THE_TESTS) as work:
        assert work.on_call.due() == []
        assert work.conversations.get(conversation).holder is Holder.BOT


def test_a_town_without_anybody_on_call_says_so_in_the_log(
    store: Store, conversation: str, town: Municipality, caplog: pytest.LogCaptureFixture
):
    nobody = replace(town, on_call="")
    in_danger(store, conversation, nobody)
    assert "nobody is told" in caplog.text
    assert conversation not in caplog.text
    teller = on_call(store, nobody, 9)
    assert teller.states() == {town.slug: "none"}
    caplog.clear()
    teller.tell_what_is_missing()
    assert [(record.levelno, town.slug in record.message) for record in caplog.records] == [(logging.WARNING, True)]


def test_a_town_whose_mail_is_not_set_up_says_so(store: Store, town: Municipality, caplog: pytest.LogCaptureFixture):
    teller = told_by(Settings(_env_file=None), store, town)
    teller.tell_what_is_missing()
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "HJEMAD_SMTP_HOST" in caplog.text
    assert teller.states() == {town.slug: "not set up"}


def test_the_waits_grow_and_end() -> None:
    first = now = datetime(2026, 1, 1, tzinfo=UTC)
    waits = []
    while until := next_try(len(waits) + 1, first, now):
        waits.append(until - now)
        now = until
    assert waits[:4] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert waits == sorted(waits)
    assert max(waits) == LONGEST_WAIT
    assert KEPT_TRYING - LONGEST_WAIT <= now - first < KEPT_TRYING


@pytest.mark.parametrize("email", ["vagt", "a@b.dk, c@d.dk", "a@b.dk\nBcc: c@d.dk", "<a@b.dk>"])
def test_an_address_that_is_none_is_refused_by_name(tmp_path: Path, email: str) -> None:
    town = (Path(__file__).parents[3] / "bot" / "municipality" / "towns" / "eksempel.yml").read_text(encoding="utf-8")
    (tmp_path / "by.yml").write_text(f"{town}\non_call: {{email: {email!r}}}\n", encoding="utf-8")
    with pytest.raises(MunicipalityError, match="e-mail"):
        load_municipalities(tmp_path)


def test_a_password_is_never_sent_in_the_open() -> None:
    with pytest.raises(ValueError, match="starttls or tls"):
        mail_settings(25, smtp_user="hjemad", smtp_password="hemmelig")


async def test_a_server_without_starttls_gets_nothing_where_it_is_asked_for(
    store: Store, conversation: str, town: Municipality, inbox: Inbox
):
    in_danger(store, conversation, town)
    teller = on_call(store, town, inbox.port, smtp_security="starttls")
    await teller.look()
    assert (inbox.tries, teller.states()) == (0, {town.slug: "failing"})
