"""Whoever waits and asks for it is told once that a human has taken it; the address is forgotten with that."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.casework.bookings import Contact
from bot.casework.nudges import LONGEST_WISH, MOST_TRIES
from bot.casework.reminders import SENDING, Address, Channel
from bot.conversation.notices import Notices
from bot.conversation.nudging import NOT_SENT, NUDGE, PERHAPS_SENT, SENT, Nudging
from bot.conversation.post import Post
from bot.conversation.rights import Rights
from bot.store.nudges import Nudge
from bot.store.store import Store
from bot.store.tables import nudges
from bot.supervisor.supervisor import free_port
from tests.support.desk import YoungPerson, add_caseworker
from tests.support.mail_server import Inbox, mail_server
from tests.support.on_call import mail_server_at, mail_settings
from tests.support.reminders import Clock
from tests.support.the_tests import THE_TESTS
from tests.support.two_towns import TwoTowns, two_towns

MAILBOX = "ung@eksempel.example"
NOW = datetime(2026, 11, 30, 23, 5, tzinfo=UTC)


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with mail_server() as server:
        yield server


@pytest.fixture
def young(store: Store) -> YoungPerson:
    """Waits, and wants to be written to."""
    add_caseworker(store, "eksempel", "anna")
    return wishes(YoungPerson(store).writes("er der nogen").waits())


def wishes(young: YoungPerson, now: datetime = NOW) -> YoungPerson:
    with young.store.write(THE_TESTS) as work:
        work.nudges.ask(work.conversations.get(young.id), Address(Channel.MAIL, MAILBOX), now)
    return young


def taken(young: YoungPerson) -> YoungPerson:
    with young.store.write(THE_TESTS) as work:
        anna = work.people.user("anna")
        assert anna
        assert work.queue.claim(young.id, anna.id)
    return young


def nudging(store: Store, inbox: Inbox, clock: Clock | None = None) -> Nudging:
    return Nudging(store, Post(mail_settings(inbox.port)), Notices(), clock or Clock(NOW))


def is_kept(store: Store) -> bool:
    with store.read(THE_TESTS) as work:
        return work._connection.execute(select(nudges)).first() is not None


def told(young: YoungPerson) -> list[str]:
    with young.store.read(THE_TESTS) as work:
        return [message.text for message in work.conversations.after(young.id, 0)]


async def test_it_is_sent_once_when_a_human_takes_it_and_then_forgotten(
    store: Store, young: YoungPerson, inbox: Inbox
) -> None:
    sender = nudging(store, inbox)
    await sender.look()
    assert (inbox.mails, is_kept(store)) == ([], True), "nobody is there yet"
    taken(young)
    await sender.look()
    await sender.look()
    [mail] = inbox.mails
    assert inbox.readers == [MAILBOX]
    assert mail["Subject"] == mail.get_content().strip() == NUDGE.danish
    assert not is_kept(store)
    assert told(young)[-1] == SENT.danish


async def test_it_tells_others_who_see_the_phone_nothing(store: Store, young: YoungPerson, inbox: Inbox) -> None:
    taken(young)
    await nudging(store, inbox).look()
    whole = inbox.mails[0].as_string().casefold()
    for word in (young.id, young.token, "eksempel kommune", "hjem", "bolig", "kommune", "anna", "er der nogen"):
        assert word not in whole.replace("aftaler@eksempel.example", ""), word


async def test_it_is_said_in_their_language(store: Store, young: YoungPerson, inbox: Inbox) -> None:
    taken(young.in_language("en"))
    await nudging(store, inbox).look()
    assert inbox.mails[0]["Subject"] == NUDGE.english
    assert told(young)[-1] == SENT.english


async def test_what_is_not_taken_is_tried_again_and_both_are_told_when_it_is_given_up(
    store: Store, young: YoungPerson, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    taken(young)
    inbox.refuses, clock = True, Clock(NOW)
    sender = nudging(store, inbox, clock)
    await sender.look()
    await sender.look()
    assert inbox.tries == 1, "not at once again"
    for _ in range(2 * MOST_TRIES):
        clock.now += timedelta(minutes=10)
        await sender.look()
    assert inbox.tries == MOST_TRIES
    assert (is_kept(store), told(young)[-1]) == (False, NOT_SENT.danish)
    logged = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert len(logged) == MOST_TRIES
    assert MAILBOX not in str(logged)


async def test_of_two_processes_one_sends_it(store: Store, young: YoungPerson, inbox: Inbox) -> None:
    taken(young)
    nudge = Nudge(young.id, "eksempel", 0)
    with ThreadPoolExecutor(4) as together:
        changed = list(together.map(lambda sender: sender._try(nudge), [nudging(store, inbox) for _ in range(4)]))
    assert (sum(changed), len(inbox.mails), told(young).count(SENT.danish)) == (1, 1, 1)


async def test_where_a_process_died_meanwhile_it_is_not_sent_again_and_the_address_goes(
    store: Store, young: YoungPerson, inbox: Inbox
) -> None:
    taken(young)
    with store.write(THE_TESTS) as work:
        assert work.nudges.begin(Nudge(young.id, "eksempel", 0), NOW) == Address(Channel.MAIL, MAILBOX)
    await nudging(store, inbox).look()
    assert is_kept(store)
    await nudging(store, inbox, Clock(NOW + SENDING)).look()
    assert (inbox.mails, is_kept(store)) == ([], False)
    assert told(young)[-1] == PERHAPS_SENT.danish


async def test_nobody_who_waits_no_more_is_written_to(store: Store, young: YoungPerson, inbox: Inbox) -> None:
    taken(young)
    with store.write(THE_TESTS) as work:
        anna = work.people.user("anna")
        assert anna
        assert work.queue.release(young.id, anna.id)
    await nudging(store, inbox).look()
    assert (inbox.mails, is_kept(store)) == ([], False)
    wishes(YoungPerson(store).waits()).erases()
    assert not is_kept(store)
    waits = wishes(YoungPerson(store).waits(), NOW - LONGEST_WISH)
    await nudging(store, inbox).look()
    assert not is_kept(store), "nobody came in all that time"
    taken(waits)
    await nudging(store, inbox).look()
    assert inbox.mails == []


async def test_one_that_is_erased_while_it_is_sent_is_only_gone(store: Store, young: YoungPerson, inbox: Inbox) -> None:
    sender, nudge = nudging(store, inbox), Nudge(young.id, "eksempel", 0)
    young.erases()
    assert sender._try(nudge) is False
    assert sender._end(nudge, SENT) is False


@pytest.fixture
def place(tmp_path: Path) -> Iterator[TwoTowns]:
    with two_towns(tmp_path, **mail_server_at(free_port())) as opened:
        yield opened


def test_who_waits_gives_an_address_that_stands_nowhere_else(place: TwoTowns) -> None:
    young = place.opens()
    path = f"/api/conversations/{young.id}/contact"
    early = place.client.put(path, json={"write_to": MAILBOX}, headers=young.key)
    assert (early.status_code, early.json()["code"]) == (409, "not_waiting")
    with place.store.write(THE_TESTS) as work:
        work.queue.enqueue(young.id, datetime.now(UTC))
    for wrong in ("i morgen", "12345678", "ung@", "x" * 300 + "@eksempel.example"):
        refused = place.client.put(path, json={"write_to": wrong}, headers=young.key)
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid_write_to"), wrong
    assert place.client.put(path, json={"write_to": f" {MAILBOX} "}, headers=young.key).status_code == 204
    with place.store.read(THE_TESTS) as work:
        assert work.nudges.is_asked(young.id)
        assert work.conversations.contact(young.id) == Contact(), "no caseworker sees it"


async def test_nobody_is_written_to_when_the_human_has_gone_meanwhile(
    store: Store, young: YoungPerson, inbox: Inbox
) -> None:
    assert nudging(store, inbox)._try(Nudge(young.id, "eksempel", 0)) is False
    assert (inbox.mails, is_kept(store)) == ([], True)


async def test_who_leaves_the_page_for_good_is_not_written_to(store: Store, young: YoungPerson) -> None:
    await Rights(store, Notices()).leave(young.id)
    assert not is_kept(store)
