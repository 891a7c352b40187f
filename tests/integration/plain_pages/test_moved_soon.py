"""A reminder that was asked for and cannot come before the new time is not dropped in silence."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from bot.casework.bookings import Booking
from bot.casework.free_times import Opening, Way, danish_day
from bot.casework.reminders import TooLateToRemindError, remind_at
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.on_call import mail_server_at
from tests.support.plain import plain_app
from tests.support.reminders import talk_far_ahead, wished
from tests.support.the_tests import THE_TESTS

NONE_COMES = "Der kommer ingen besked før den nye tid."
SERVICE = mail_server_at(9)


@pytest.fixture
def town(store: Store, municipality: Municipality) -> Municipality:
    """Open day and night, so that at whatever hour this runs a time is soon."""
    hours = tuple(Opening(weekday, time(0), time(23, 59)) for weekday in range(7))
    with store.write(THE_TESTS) as work:
        for agent in work.agents.of(municipality.slug, danish_day(datetime.now(UTC))):
            work.agents.set_week(agent, hours, None)
    return replace(municipality, rules=replace(municipality.rules, notice=timedelta(), closed_days=frozenset()))


@pytest.fixture
def client(store: Store, town: Municipality) -> TestClient:
    return TestClient(plain_app(store, {town.slug: town}, **SERVICE))


@pytest.fixture
def talk(store: Store, town: Municipality) -> Booking:
    """Booked in a chat, and far ahead."""
    number = str(uuid4())
    with store.write(THE_TESTS) as work:
        work.conversations.open(number, town.slug, "da", "token")
    booked = replace(talk_far_ahead(store, town), conversation=number)
    with store.write(THE_TESTS) as work:
        work.bookings.change(booked)
    return booked


def soon(client: TestClient, talk: Booking) -> datetime:
    """The first free time that nobody can be reminded of any more."""
    talks = client.app.state.talks  # type: ignore[attr-defined]
    return next(
        span.starts_at for span in talks._offer(talk.municipality, Way.OFFICE).free if is_soon(talk, span.starts_at)
    )


def is_soon(talk: Booking, starts_at: datetime) -> bool:
    try:
        remind_at(replace(talk, starts_at=starts_at), datetime.now(UTC))
    except TooLateToRemindError:
        return True
    return False


def moves(client: TestClient, talk: Booking, to: datetime) -> str:
    answer = client.post("/booking/flyt", data={"ord": talk.code, "valgt": "ja", "tid": to.isoformat()})
    assert "Din tid er flyttet." in answer.text
    return answer.text


def said(store: Store, talk: Booking) -> str:
    assert talk.conversation
    with store.read(THE_TESTS) as work:
        return work.conversations.after(talk.conversation, 0)[-1].text


def test_who_asked_and_moves_to_a_time_that_is_soon_is_told_on_the_page_and_in_the_chat(
    client: TestClient, store: Store, talk: Booking
) -> None:
    wished(store, talk)
    assert NONE_COMES in moves(client, talk, soon(client, talk))
    assert said(store, talk).startswith("Din tid er flyttet. Nu er den ")
    assert said(store, talk).endswith(NONE_COMES)
    assert NONE_COMES not in client.post("/booking", data={"ord": talk.code}).text


def test_who_asked_for_none_is_told_of_none(client: TestClient, store: Store, talk: Booking) -> None:
    assert NONE_COMES not in moves(client, talk, soon(client, talk))
    assert NONE_COMES not in said(store, talk)


def test_who_is_reminded_of_the_new_time_is_not_told_that_they_are_not(
    client: TestClient, store: Store, talk: Booking, town: Municipality
) -> None:
    wished(store, talk)
    talks = client.app.state.talks  # type: ignore[attr-defined]
    page = moves(client, talk, talks._offer(town.slug, Way.OFFICE).free[-1].starts_at)
    assert (NONE_COMES in page, "Du får en besked " in page) == (False, True)
    assert NONE_COMES not in said(store, talk)
