"""One town sees, changes and counts nothing of another: every route with an id is tried by the other town's caseworker.

The routes are found in the application, so a new one is tried by itself.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from httpx import Response
from sqlalchemy import select
from sse_starlette import ServerSentEvent
from starlette.testclient import TestClient

from bot.casework.bookings import Booking
from bot.casework.conversations import ConversationNotFoundError
from bot.casework.free_times import Way, danish_day
from bot.store.tables import metadata
from bot.web.app import _routes
from bot.web.desk.conversation_stream import Watch, conversation_events
from bot.web.desk.queue import queue_events
from bot.web.desk.sessions import COOKIE, find_session
from tests.support.desk import PAGE, YoungPerson
from tests.support.plain_forms import times_in
from tests.support.the_tests import THE_TESTS
from tests.support.two_towns import HERE, THERE, TwoTowns
from tests.support.walk import Door, doors

# What tells who tried: each town's own, and written when somebody only signs in.
OWN_ROWS = {"desk_sessions", "audit"}
HUMAN = {"client_id": str(uuid4()), "text": "jeg vil tale med et menneske"}


class _Whole:
    routes = _routes()


DESK = [door for door in doors(_Whole()) if door.path.startswith("/desk")]  # type: ignore[arg-type]
WITH_ID = [door for door in DESK if "{id}" in door.path]
LISTS = [door for door in DESK if "{" not in door.path and not door.changes and door.path != "/desk/events"]
BY_TOKEN = [door for door in doors(_Whole()) if door.path.startswith("/api/conversations/{id}")]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def carl(served: TwoTowns) -> TestClient:
    """He works in the other town."""
    return served.caseworker(THERE)


@pytest.fixture(scope="module")
def hers(served: TwoTowns) -> tuple[YoungPerson, Booking]:
    """Somebody in the first town: she waits in danger, can be reached and has a talk."""
    return served.in_need(HERE, "Xenia")


@pytest.mark.parametrize("door", WITH_ID, ids=str)
@pytest.mark.parametrize("accept", [{}, PAGE, {"HX-Request": "true"}], ids=["program", "person", "htmx"])
def test_what_is_another_towns_does_not_exist(
    served: TwoTowns, carl: TestClient, hers: tuple[YoungPerson, Booking], door: Door, accept: dict[str, str]
) -> None:
    before = _everything(served)
    theirs, nobodys = (_asked(carl, door, number, accept) for number in (hers[0].id, str(uuid4())))
    assert theirs.status_code == 404
    assert _told(theirs, hers[0].id) == _told(nobodys)
    assert _everything(served) == before


@pytest.mark.parametrize("door", WITH_ID, ids=str)
def test_a_booking_of_another_town_is_no_way_in_either(
    carl: TestClient, hers: tuple[YoungPerson, Booking], door: Door
) -> None:
    assert _asked(carl, door, hers[1].id, {}).status_code == 404


@pytest.mark.parametrize("door", LISTS, ids=str)
def test_no_list_shows_or_counts_what_is_another_towns(served: TwoTowns, carl: TestClient, door: Door) -> None:
    # That he looks is itself noted, once, where he then sees it.
    _shown(carl, door)
    before = _shown(carl, door)
    young, booking = served.in_need(HERE, "Zelda")
    after = _shown(carl, door)
    assert after == before, "neither their name nor a number changed"
    for secret in (young.id, booking.id, booking.code, "Zelda"):
        assert secret not in after


def test_the_same_lists_show_it_to_its_own_town(served: TwoTowns) -> None:
    """So that the lists above are empty for the right reason."""
    anna = served.caseworker(HERE)
    young, booking = served.in_need(HERE, "Yrsa")
    assert young.id in anna.get("/desk/queue.json").text
    assert booking.id in anna.get("/desk/bookings.json").text
    assert "Yrsa" in anna.get("/desk/bookings", headers=PAGE).text


async def test_no_event_of_another_town_reaches_the_queue(served: TwoTowns, carl: TestClient) -> None:
    state = served.app.state
    session = find_session(served.store, carl.cookies[COOKIE])
    assert session
    events = queue_events(state.desk, state.notices, session)
    first = await anext(events)
    assert first is not None
    young, _ = served.in_need(HERE, "Wilma")
    assert await _next_within(events, 4.0) is None, "it looked, and nothing was new"
    own = served.young(THERE).waits()
    told = await _next_news(events)
    assert (own.id in told, young.id in told) == (True, False)


async def test_nobody_follows_a_conversation_of_another_town(
    served: TwoTowns, carl: TestClient, hers: tuple[YoungPerson, Booking]
) -> None:
    session = find_session(served.store, carl.cookies[COOKIE])
    assert session
    watch = Watch(served.app.state.desk, served.app.state.notices, session, hers[0].id, None)
    assert [event.data async for event in conversation_events(watch, 0) if event] == ["erased"]
    with pytest.raises(ConversationNotFoundError):
        await watch.newer(0)


@pytest.mark.parametrize("door", BY_TOKEN, ids=str)
def test_a_token_of_one_town_opens_nothing_in_another(served: TwoTowns, door: Door) -> None:
    here, there = served.opens(HERE), served.opens(THERE)
    before = _everything(served)
    answer = served.client.request(door.method, door.at(here.id), headers=there.key, json={"text": "hej"})
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_token")
    assert _everything(served) == before


def test_a_place_in_the_queue_is_counted_in_its_own_town(served: TwoTowns) -> None:
    there = served.opens(THERE)
    served.client.post(f"/api/conversations/{there.id}/messages", headers=there.key, json=HUMAN).raise_for_status()
    state = f"/api/conversations/{there.id}/messages?wait=10&after=2"
    before = served.client.get(state, headers=there.key).json()["queue_position"]
    served.in_need(HERE, "Vera")
    assert served.client.get(state, headers=there.key).json()["queue_position"] == before >= 1
    served.in_need(THERE, "Vibe")
    assert served.client.get(state, headers=there.key).json()["queue_position"] == before + 1


def test_a_talk_in_one_town_takes_no_time_from_another(served: TwoTowns) -> None:
    before = _free(served, THERE)
    _, booking = served.in_need(HERE, "Ulla")
    assert _free(served, THERE) == before
    assert booking.starts_at.isoformat() not in _free(served, HERE)


def test_words_lead_to_a_talk_of_their_own_town_and_move_it_there(served: TwoTowns) -> None:
    _, booking = served.in_need(THERE, "Tea")
    page = served.client.post("/booking", data={"ord": booking.code})
    assert page.status_code == 200
    assert f"kommune={HERE}" not in page.text
    offered = served.client.post("/booking/flyt", data={"ord": booking.code})
    assert set(times_in(offered)) <= set(_free(served, THERE))
    moved = served.client.post(
        "/api/bookings/move", json={"code": booking.code, "starts_at": times_in(offered)[-1]}
    ).json()
    assert moved["status"] == "active"
    with served.store.read(THE_TESTS) as work:
        found = work.bookings.by_id(booking.id)
        agents = {agent.id for agent in work.agents.of(THERE, danish_day(datetime.now(UTC)))}
    assert found
    assert (found.municipality, found.agent in agents) == (THERE, True)


def test_who_looked_is_written_down_in_their_own_town(served: TwoTowns, carl: TestClient) -> None:
    young = served.young(HERE).waits()
    carl.get(f"/desk/conversations/{young.id}", headers=PAGE)
    carl.post(f"/desk/conversations/{young.id}/claim")
    with served.store.read(THE_TESTS) as work:
        assert young.id not in {entry.subject for town in (HERE, THERE) for entry in work.people.noted(town)}


def _asked(client: TestClient, door: Door, id_: str, accept: dict[str, str]) -> Response:
    body = {"data": {"text": "hej"}} if door.changes else {}
    return client.request(door.method, door.at(id_), headers=accept, **body)


def _told(answer: Response, own: str = "-") -> tuple[int, str, str]:
    return answer.status_code, answer.headers["Content-Type"], answer.text.replace(own, "-")


def _shown(client: TestClient, door: Door) -> str:
    """What a list says, without how long ago something was, and without what names one showing of a form."""
    answer = client.request(door.method, door.path, headers=PAGE)
    return re.sub(r"\(lige nu\)|\(\d+\xa0min\.\)|name=\"forsoeg\" value=\"[^\"]*\"", "", answer.text)


def _free(served: TwoTowns, town: str) -> list[str]:
    return times_in(served.client.get(f"/book?kommune={town}&maade={Way.OFFICE.value}"))


def _everything(served: TwoTowns) -> dict[str, list[object]]:
    """Every row of every table, but those that tell who tried."""
    with served.store.read(THE_TESTS) as work:
        return {
            table.name: [tuple(row) for row in work._connection.execute(select(table))]
            for table in metadata.sorted_tables
            if table.name not in OWN_ROWS
        }


async def _next_within(events: AsyncIterator[ServerSentEvent | None], seconds: float) -> ServerSentEvent | None:
    async with asyncio.timeout(seconds):
        return await anext(events)


async def _next_news(events: AsyncIterator[ServerSentEvent | None]) -> str:
    async with asyncio.timeout(10):
        async for event in events:
            if event is not None:
                return str(event.data)
    return ""
