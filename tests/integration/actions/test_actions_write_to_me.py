"""Who waits for a human may leave where to write when one is there, and take it back."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from actions.handoff import Handoff
from actions.write_to_me import WriteToMe
from bot.casework.reminders import Address, Channel
from bot.settings import load_settings
from bot.store.store import Store
from tests.support.actions import STAFFED, Talk, titles
from tests.support.the_tests import THE_TESTS

WRITES = "Skriv, når nogen er der"


@pytest.fixture
def mailing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in {"SMTP_HOST": "mail.example", "REMINDER_FROM": "aftaler@eksempel.example"}.items():
        monkeypatch.setenv(f"HJEMAD_{name}", value)
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


async def test_it_is_offered_where_it_can_be_sent(talk: Talk, mailing: None) -> None:
    (said,) = await talk.run(Handoff(), "handoff_request")
    assert WRITES in titles(said)
    talk.now = STAFFED
    (said,) = await talk.run(Handoff(), "handoff_request")
    assert titles(said) == [WRITES, "Nogen at tale med"]


async def test_it_is_not_offered_where_it_cannot_and_an_old_button_says_so(talk: Talk) -> None:
    (said,) = await talk.run(Handoff(), "handoff_request")
    assert WRITES not in titles(said)
    (said,) = await talk.run(WriteToMe(), "handoff_write_to_me")
    assert said["response"] == "utter_write_to_me_cannot"


async def test_who_waits_is_asked_told_that_it_is_kept_and_can_take_it_back(
    talk: Talk, acting: Store, mailing: None
) -> None:
    await talk.run(Handoff(), "handoff_request")
    (asked,) = await talk.run(WriteToMe(), "handoff_write_to_me")
    assert (asked["response"], titles(asked)) == ("utter_write_to_me", ["Send"])
    assert asked["custom"]["fields"] == [{"name": "write_to", "label": "Din e-mail", "required": True}]
    with acting.write(THE_TESTS) as work:
        conversation = work.conversations.get(talk.id)
        work.nudges.ask(conversation, Address(Channel.MAIL, "ung@eksempel.example"), datetime.fromisoformat(talk.now))
    (kept,) = await talk.run(WriteToMe(), "handoff_write_to_me")
    assert (kept["response"], titles(kept)) == ("utter_write_to_me_kept", ["Slet det igen"])
    (said,) = await talk.run(WriteToMe(), "handoff_write_to_me", forget="yes")
    assert said["response"] == "utter_write_to_me_forgotten"
    with acting.read(THE_TESTS) as work:
        assert not work.nudges.is_asked(talk.id)


async def test_who_waits_for_nobody_is_asked_whether_they_want_a_human(talk: Talk, mailing: None) -> None:
    (said,) = await talk.run(WriteToMe(), "handoff_write_to_me")
    assert (said["response"], titles(said)) == ("utter_write_to_me_nobody", ["Tal med et menneske"])
