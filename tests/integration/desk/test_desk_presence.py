"""Who is at the desk is told to colleagues while they are, and an open page is what tells it."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.testclient import TestClient

from bot.casework.presence import PRESENT_FOR
from bot.casework.rights import Role
from bot.store.store import Store
from bot.store.tables import desk_sessions
from bot.web.desk.queue import queue_events
from bot.web.desk.sessions import COOKIE, come_in
from bot.web.desk.streams import while_signed_in
from tests.support.desk import PAGE, session_of
from tests.support.roles import person
from tests.support.the_tests import THE_TESTS


def was_seen(client: TestClient, store: Store, ago: timedelta) -> None:
    with store.write(THE_TESTS) as work:
        own = desk_sessions.c.id == session_of(client, store).id
        work._connection.execute(update(desk_sessions).where(own).values(seen_at=datetime.now(UTC) - ago))


def seen_at(client: TestClient, store: Store) -> datetime:
    with store.read(THE_TESTS) as work:
        own = desk_sessions.c.id == session_of(client, store).id
        moment = work._connection.scalar(select(desk_sessions.c.seen_at).where(own))
    assert moment
    return moment


def test_the_queue_says_who_of_the_town_is_there_and_how_many(
    app: Starlette, store: Store, anna: TestClient, bo: TestClient, carl: TestClient
) -> None:
    liv = person(app, [Role.LEAD], name="liv")
    for reader in (anna, bo, liv):
        assert "Ved skrivebordet nu (2): Anna, Bo" in reader.get("/desk/", headers=PAGE).text
    assert "Ved skrivebordet nu (1): Carl" in carl.get("/desk/queue").text
    was_seen(bo, store, PRESENT_FOR + timedelta(seconds=1))
    assert "Ved skrivebordet nu (1): Anna" in anna.get("/desk/queue").text
    anna.post("/desk/sign-out")
    assert "Ingen er ved skrivebordet nu." in liv.get("/desk/queue").text
    bo.get("/desk/needing")
    assert "Ved skrivebordet nu (1): Bo" in liv.get("/desk/queue").text


async def test_the_queue_tells_by_itself_when_somebody_comes(app: Starlette, store: Store, anna, bo) -> None:
    was_seen(bo, store, PRESENT_FOR * 2)
    events = queue_events(app.state.desk, app.state.notices, session_of(anna, store))
    assert "nu (1): Anna" in str((await anext(events)).data)
    bo.get("/desk/needing")
    async with asyncio.timeout(10):
        async for event in events:
            if event:
                assert "nu (2): Anna, Bo" in str(event.data)
                return


async def test_an_open_stream_is_a_sign_of_life_without_a_word(store: Store, anna: TestClient) -> None:
    was_seen(anna, store, PRESENT_FOR * 2)

    async def nothing_new():
        for _ in range(2):
            yield None

    token = anna.cookies[COOKIE]
    session = session_of(anna, store)
    told = [event async for event in while_signed_in(nothing_new(), session, lambda: come_in(store, token), 0)]
    assert told == []
    assert datetime.now(UTC) - seen_at(anna, store) < timedelta(seconds=30)


def test_both_streams_of_the_desk_are_watched_so(app, store, anna, young, monkeypatch) -> None:
    looks = []
    monkeypatch.setattr("bot.web.desk.sessions.FRESH_SECONDS", 0)
    for module, path in (("queue", "events"), ("conversation", f"conversations/{young.id}/events")):

        def ended(events, _session, still_there, _looks=looks):
            _looks.append(still_there)
            return events

        monkeypatch.setattr(f"bot.web.desk.{module}.while_signed_in", ended)
        monkeypatch.setattr(f"bot.web.desk.{module}.stream", lambda _events: Response())
        assert anna.get(f"/desk/{path}").status_code == 200
    for still_there in looks:
        was_seen(anna, store, PRESENT_FOR * 2)
        assert still_there()
        assert datetime.now(UTC) - seen_at(anna, store) < timedelta(seconds=30)
    assert len(looks) == 2
