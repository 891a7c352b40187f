"""The action that calls a human: who is told, and what is said when nobody is there."""

import pytest

from actions.context import MetadataError
from actions.handoff import Handoff
from bot.casework.conversations import Holder
from tests.support.actions import STAFFED, SUNDAY, Talk, titles


async def test_in_staffed_hours_a_human_is_told(talk: Talk) -> None:
    talk.now = STAFFED
    (message,) = await talk.run(Handoff(), "handoff_request")
    assert (message["response"], message["custom"]) == (
        "utter_handoff_staffed",
        {"kind": "handoff", "fresh": True},
    )
    assert talk.holder() is Holder.WAITING


async def test_outside_them_it_is_said_when_somebody_is_there_and_a_booking_is_offered(talk: Talk) -> None:
    talk.now = SUNDAY
    (message,) = await talk.run(Handoff(), "handoff_request")
    assert (message["response"], message["when"]) == ("utter_handoff_closed", "mandag den 7. december kl. 09.00")
    assert "Book en snak" in titles(message)
    assert talk.holder() is Holder.WAITING


async def test_who_waits_already_is_told_so(talk: Talk) -> None:
    talk.now = STAFFED
    await talk.run(Handoff(), "handoff_request")
    (message,) = await talk.run(Handoff(), "handoff_request")
    assert (message["response"], message["custom"]["fresh"]) == ("utter_handoff_waiting", False)


async def test_a_municipality_that_does_not_exist_is_an_error_that_names_it(talk: Talk) -> None:
    talk.municipality = "nowhere"
    with pytest.raises(MetadataError, match="nowhere"):
        await talk.run(Handoff(), "handoff_request")
