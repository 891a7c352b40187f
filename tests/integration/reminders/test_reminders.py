"""Whoever asked for it is reminded once: whatever dies, and never of a talk that will not be held."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from time import sleep

import pytest
from sqlalchemy import update

from bot.casework.after_booking import call_off
from bot.casework.arranging import cancel
from bot.casework.bookings import Booking, Contact
from bot.casework.free_times import DANISH_TIME
from bot.casework.reminders import FIRST_HOUR, LAST_HOUR, ReminderState
from bot.casework.trying_again import LONGEST_WAIT
from bot.conversation.post import Post
from bot.conversation.reminding import Reminding
from bot.language.danish import clock as clock_of
from bot.municipality.towns import Municipality
from bot.settings import Settings
from bot.store.store import Store
from bot.store.tables import outbox
from bot.supervisor.supervisor import free_port
from tests.support.desk import PAGE, add_caseworker, desk_app, signed_in
from tests.support.mail_server import Inbox, mail_server
from tests.support.on_call import mail_settings
from tests.support.reminders import (
    MAILBOX,
    NOON,
    Clock,
    address_is_kept,
    due_now,
    moved,
    next_due,
    reminding,
    state_of,
    talk_begins,
    talk_far_ahead,
    talk_starts,
    wished,
)
from tests.support.the_tests import THE_TESTS


async def test_a_reminder_tells_when_and_nothing_else(store: Store, municipality: Municipality, inbox: Inbox) -> None:
    talk = talk_far_ahead(store, municipality, Contact("Asta", "12345678"))
    wished(store, talk)
    sender = reminding(store, mail_settings(inbox.port))
    await sender.look()
    assert inbox.mails == []
    due_now(store)
    await sender.look()
    await sender.look()
    [mail] = inbox.mails
    assert inbox.readers == [MAILBOX.to]
    assert mail["From"].addresses[0].addr_spec == "aftaler@eksempel.example"
    assert mail["Subject"] == mail.get_content().strip()
    assert f"kl. {clock_of(talk.starts_at)}" in mail["Subject"]
    whole = mail.as_string().casefold()
    for told in ("asta", "12345678", talk.place.casefold(), talk.id, talk.code, "bolig", "hjem", "apprise"):
        assert told not in whole, told
    assert state_of(store, talk) is ReminderState.SENT


async def test_nobody_who_did_not_ask_is_reminded(store: Store, municipality: Municipality, inbox: Inbox) -> None:
    talk_far_ahead(store, municipality, Contact(email="ung@eksempel.example"))
    due_now(store)
    await reminding(store, mail_settings(inbox.port)).look()
    assert inbox.mails == []


async def test_nobody_who_cancelled_is_reminded(store: Store, talk: Booking, inbox: Inbox) -> None:
    wished(store, talk)
    due_now(store)
    with store.write(THE_TESTS) as work:
        cancel(work, talk, datetime.now(UTC))
    await reminding(store, mail_settings(inbox.port)).look()
    assert inbox.mails == []
    assert not address_is_kept(store)


async def test_who_cancels_between_the_look_and_the_sending_is_not_reminded(
    store: Store, talk: Booking, inbox: Inbox
) -> None:
    wished(store, talk)
    due_now(store)
    sender = reminding(store, mail_settings(inbox.port))
    [reminder] = sender._due()
    with store.write(THE_TESTS) as work:
        cancel(work, talk, datetime.now(UTC))
    sender._try(reminder)
    assert inbox.mails == []


async def test_a_talk_that_was_moved_is_reminded_of_at_its_new_time(
    store: Store, municipality: Municipality, talk: Booking, inbox: Inbox
) -> None:
    due_first = wished(store, talk)
    new = moved(store, municipality, talk)
    with store.read(THE_TESTS) as work:
        assert work.reminders.due_for(new) < due_first
    due_now(store)
    await reminding(store, mail_settings(inbox.port)).look()
    assert f"kl. {clock_of(new.starts_at)}" in inbox.mails[0]["Subject"]


async def test_a_talk_that_is_moved_after_its_reminder_is_reminded_of_again(
    store: Store, municipality: Municipality, talk: Booking, inbox: Inbox
) -> None:
    sender = reminding(store, mail_settings(inbox.port))
    wished(store, talk)
    for _ in range(2):
        due_now(store)
        await sender.look()
        talk = moved(store, municipality, talk)
        await sender.look()
    assert len(inbox.mails) == 2


async def test_who_says_no_after_all_is_not_reminded(store: Store, talk: Booking, inbox: Inbox) -> None:
    wished(store, talk)
    due_now(store)
    with store.write(THE_TESTS) as work:
        work.reminders.forget(talk)
    await reminding(store, mail_settings(inbox.port)).look()
    assert (inbox.mails, address_is_kept(store)) == ([], False)


async def test_a_mail_server_that_refuses_is_tried_again_and_not_too_soon(
    store: Store, talk: Booking, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    wished(store, talk)
    sender, inbox.refuses = reminding(store, mail_settings(inbox.port)), True
    for _ in range(5):
        due_now(store)
        await sender.look()
    assert (inbox.tries, sender.state(), state_of(store, talk)) == (5, "failing", ReminderState.WAITING)
    await sender.look()
    assert inbox.tries == 5, "the next look comes too soon"
    assert (talk.municipality in caplog.text, MAILBOX.to in caplog.text, talk.id in caplog.text) == (True, False, False)
    inbox.refuses = False
    due_now(store)
    # As after a restart: nothing is remembered but the store.
    again = reminding(store, mail_settings(inbox.port))
    await again.look()
    assert (len(inbox.mails), again.state()) == (1, "ready")


async def test_a_mail_server_that_is_down_for_a_day_loses_nothing(
    store: Store, municipality: Municipality, talk: Booking, caplog: pytest.LogCaptureFixture
) -> None:
    """Its port is closed from noon to noon: by the real waits and the pause at night, up to a talk inside that day."""
    tomorrow, port, clock = talk_far_ahead(store, municipality), free_port(), Clock(NOON.astimezone(UTC))
    for one in (talk, tomorrow):
        wished(store, one)
    due_now(store)
    talk_starts(store, tomorrow, clock.now + timedelta(hours=22))
    sender = Reminding(store, Post(mail_settings(port)), clock)
    began, tries = clock.now, []
    while (due := next_due(store, talk, tomorrow)) < began + timedelta(hours=24):
        clock.now = max(clock.now, due.astimezone(UTC))
        tries.append(clock.now)
        await sender.look()
    waits = [later - sooner for sooner, later in pairwise(tries)]
    assert waits[:5] == [timedelta(seconds=seconds) for seconds in (30, 60, 120, 240, 480)]
    *by_day_waits, night = sorted(waits)
    assert max(by_day_waits) == LONGEST_WAIT
    assert night > timedelta(hours=11)
    assert all(FIRST_HOUR <= moment.astimezone(DANISH_TIME).time() <= LAST_HOUR for moment in tries)
    assert (state_of(store, talk), sender.state()) == (ReminderState.WAITING, "failing")
    assert caplog.text.count("NOBODY WAS REMINDED") == 1, "of the talk inside that day"
    assert "Besked kunne ikke sendes" in at_the_desk(store)
    with mail_server(port) as inbox:
        clock.now = next_due(store, talk).astimezone(UTC)
        # As after a restart: nothing is remembered but the store.
        again = Reminding(store, Post(mail_settings(port)), clock)
        for _ in range(3):
            await again.look()
            clock.now += LONGEST_WAIT
    [mail] = inbox.mails
    assert f"kl. {clock_of(talk.starts_at)}" in mail["Subject"]
    assert (state_of(store, talk), state_of(store, tomorrow)) == (ReminderState.SENT, ReminderState.FAILED)
    assert again.state() == "ready"


def at_the_desk(store: Store, **more: object) -> str:
    add_caseworker(store, "eksempel", "anna")
    return signed_in(desk_app(store, mail_settings(9, **more)), "anna").get("/desk/bookings", headers=PAGE).text


async def test_what_could_not_be_sent_before_the_talk_is_given_up_and_seen(
    store: Store, talk: Booking, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    wished(store, talk)
    due_now(store)
    nowhere = reminding(store, mail_settings(9))
    await nowhere.look()
    talk_begins(store, talk)
    await reminding(store, mail_settings(inbox.port)).look()
    assert (inbox.mails, state_of(store, talk)) == ([], ReminderState.FAILED)
    assert "could not be sent before their talk" in caplog.text


async def test_where_it_went_is_forgotten_when_the_talk_has_begun(store: Store, talk: Booking, inbox: Inbox) -> None:
    wished(store, talk)
    due_now(store)
    sender = reminding(store, mail_settings(inbox.port))
    await sender.look()
    assert address_is_kept(store)
    talk_begins(store, talk)
    await sender.look()
    assert not address_is_kept(store)


def test_without_a_service_nothing_can_be_sent(store: Store) -> None:
    assert reminding(store, Settings(_env_file=None)).state() == "not set up"


async def test_what_was_asked_for_while_it_could_be_sent_is_told_of_and_waits(
    store: Store, talk: Booking, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    """As after an installation without a sender of its own for reminders was renewed."""
    wished(store, talk)
    talk_starts(store, talk, NOON + timedelta(days=2))
    nowhere = reminding(store, mail_settings(inbox.port, reminder_from=""))
    for _ in range(2):
        await nowhere.look()
    assert caplog.text.count("1 reminders wait, and NOTHING IS SET UP to send them by mail") == 1
    assert "Besked kunne ikke sendes" in at_the_desk(store, reminder_from="")
    due_now(store)
    await nowhere.look()
    assert (inbox.tries, state_of(store, talk), nowhere.state()) == (0, ReminderState.WAITING, "failing")
    due_now(store)
    again = reminding(store, mail_settings(inbox.port))
    await again.look()
    assert (len(inbox.mails), state_of(store, talk), again.state()) == (1, ReminderState.SENT, "ready")


async def test_what_waited_through_an_outage_is_not_sent_at_night(store: Store, talk: Booking, inbox: Inbox) -> None:
    wished(store, talk)
    due_now(store)
    night = NOON + timedelta(hours=14)
    await reminding(store, mail_settings(inbox.port), night).look()
    assert inbox.tries == 0
    with store.read(THE_TESTS) as work:
        assert work.reminders.due_for(talk) == NOON + timedelta(hours=20)
    await reminding(store, mail_settings(inbox.port), NOON + timedelta(hours=20, minutes=1)).look()
    assert len(inbox.mails) == 1


async def test_a_talk_that_was_called_off_is_told_to_who_asked_and_to_nobody_else(
    store: Store, talk: Booking, inbox: Inbox
) -> None:
    wished(store, talk)
    with store.write(THE_TESTS) as work:
        call_off(work, talk, NOON)
    await reminding(store, mail_settings(inbox.port)).look()
    assert "er aflyst" in inbox.mails[0]["Subject"]


def test_a_reminder_begun_while_its_talk_is_called_off_is_not_sent_as_it_was(store: Store, talk: Booking) -> None:
    wished(store, talk)
    due_now(store)
    with store.read(THE_TESTS) as work:
        [reminder] = work.reminders.due(NOON)

    def begin() -> bool:
        with store.write(THE_TESTS) as work:
            return work.reminders.begin(reminder, NOON)

    with ThreadPoolExecutor(1) as beside:
        with store.write(THE_TESTS) as work:
            call_off(work, talk, NOON - timedelta(minutes=1))
            begun = beside.submit(begin)
            sleep(0.3)
            assert not begun.done()
        assert begun.result() is False


async def test_one_reminder_that_cannot_be_read_stops_no_other(
    store: Store, municipality: Municipality, talk: Booking, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    wished(store, talk)
    with store.write(THE_TESTS) as work:
        work._connection.execute(update(outbox).values(sealed=b"of another key"))
    other = talk_far_ahead(store, municipality)
    wished(store, other)
    due_now(store)
    await reminding(store, mail_settings(inbox.port)).look()
    assert (state_of(store, talk), state_of(store, other)) == (ReminderState.FAILED, ReminderState.SENT)
    assert "HJEMAD_SECRET_KEY" in caplog.text
