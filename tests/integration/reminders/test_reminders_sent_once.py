"""Of many processes and machines one sends a reminder, once: whichever dies, and whose clock is wrong."""

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import anyio
import pytest

from bot.casework.bookings import Booking
from bot.casework.reminders import CLOCKS_APART, SENDING, ReminderState
from bot.language.danish import clock as clock_of
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.mail_server import Inbox
from tests.support.on_call import mail_settings
from tests.support.reminders import (
    NOON,
    began_earlier,
    due_now,
    moved,
    reminding,
    state_of,
    wished,
)
from tests.support.the_tests import THE_TESTS


def test_a_process_killed_between_sending_and_marking_sends_it_once(
    store: Store, database_url: str, talk: Booking, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    wished(store, talk)
    due_now(store)
    child = [sys.executable, "-m", "tests.support.dying_reminder", database_url, str(inbox.port)]
    assert subprocess.run(child, check=False, timeout=60).returncode == -signal.SIGKILL
    assert len(inbox.mails) == 1
    sender = reminding(store, mail_settings(inbox.port))
    anyio.run(sender.look)
    assert state_of(store, talk) is ReminderState.SENDING
    began_earlier(store, SENDING + timedelta(seconds=1))
    due_now(store)
    anyio.run(sender.look)
    anyio.run(sender.look)
    assert (len(inbox.mails), state_of(store, talk)) == (1, ReminderState.UNCLEAR)
    assert "may or may not" in caplog.text


@pytest.mark.parametrize("wrong_by", [CLOCKS_APART, -CLOCKS_APART])
def test_a_machine_whose_clock_is_wrong_neither_sends_it_again_nor_takes_its_sender_for_dead(
    store: Store, talk: Booking, inbox: Inbox, caplog: pytest.LogCaptureFixture, wrong_by: timedelta
) -> None:
    wished(store, talk)
    due_now(store)
    other = reminding(store, mail_settings(inbox.port), NOON + wrong_by)
    with store.write(THE_TESTS) as work:
        [reminder] = work.reminders.due(NOON)
        assert work.reminders.begin(reminder, NOON)
    anyio.run(other.look)
    assert state_of(store, talk) is ReminderState.SENDING
    with store.write(THE_TESTS) as work:
        work.reminders.sent(reminder, NOON)
    anyio.run(other.look)
    assert (inbox.tries, state_of(store, talk), caplog.text) == (0, ReminderState.SENT, "")


@pytest.mark.parametrize("refused", [0, 1])
def test_machines_whose_clocks_differ_send_it_once_between_them(
    store: Store, talk: Booking, inbox: Inbox, refused: int
) -> None:
    wished(store, talk)
    due_now(store)
    inbox.refuses = bool(refused)
    for by in (timedelta(minutes=minutes) for minutes in range(4)):
        for wrong_by in (timedelta(), CLOCKS_APART, -CLOCKS_APART):
            anyio.run(reminding(store, mail_settings(inbox.port), NOON + by + wrong_by).look)
            inbox.refuses = False
    assert (len(inbox.mails), inbox.tries, state_of(store, talk)) == (1, 1 + refused, ReminderState.SENT)


def test_many_processes_send_it_once(store: Store, talk: Booking, inbox: Inbox) -> None:
    wished(store, talk)
    due_now(store)
    senders = [reminding(store, mail_settings(inbox.port)) for _ in range(8)]
    [reminder] = senders[0]._due()
    with ThreadPoolExecutor(8) as together:
        list(together.map(lambda sender: sender._try(reminder), senders))
    assert len(inbox.mails) == 1


async def test_a_talk_moved_while_its_reminder_is_sent_is_reminded_of_again(
    store: Store, municipality: Municipality, talk: Booking, inbox: Inbox
) -> None:
    wished(store, talk)
    due_now(store)
    with store.write(THE_TESTS) as work:
        [reminder] = work.reminders.due(began_at := NOON)
        assert work.reminders.begin(reminder, began_at)
    new = moved(store, municipality, talk)
    with store.write(THE_TESTS) as work:
        work.reminders.sent(reminder, began_at)
    due_now(store)
    await reminding(store, mail_settings(inbox.port)).look()
    assert f"kl. {clock_of(new.starts_at)}" in inbox.mails[0]["Subject"]


def test_who_is_told_late_what_became_of_its_try_ends_no_other(
    store: Store, municipality: Municipality, talk: Booking
) -> None:
    wished(store, talk)
    due_now(store)
    with store.write(THE_TESTS) as work:
        [first] = work.reminders.due(NOON)
        assert work.reminders.begin(first, NOON)
    new = moved(store, municipality, talk)
    due_now(store)
    later = NOON + timedelta(seconds=1)
    with store.write(THE_TESTS) as work:
        [second] = work.reminders.due(later)
        assert work.reminders.begin(second, later)
        work.reminders.put_off(first, NOON, None)
    assert state_of(store, new) is ReminderState.SENDING
