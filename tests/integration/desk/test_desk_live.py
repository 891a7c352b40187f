"""What the desk tells by itself: the queue, a conversation, and the end of a session."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count, pairwise
from time import monotonic

from sse_starlette import ServerSentEvent
from starlette.responses import Response

from bot.casework.consent import Shared
from bot.casework.conversations import Writer
from bot.web.desk.conversation_stream import Watch, conversation_events
from bot.web.desk.queue import queue_events
from bot.web.desk.sessions import COOKIE, find_session
from bot.web.desk.streams import while_signed_in
from tests.support.desk import CONTACT, YoungPerson, session_of, signed_in
from tests.support.the_tests import THE_TESTS


async def _next(events: AsyncIterator[ServerSentEvent | None]) -> str:
    async with asyncio.timeout(10):
        async for event in events:
            if event is not None:
                return event.encode().decode()
    return "the end"


async def test_the_queue_tells_by_itself_when_somebody_begins_to_wait(app, anna, store):
    events = queue_events(app.state.desk, app.state.notices, session_of(anna, store))
    assert "Ingen venter lige nu." in await _next(events)
    young = YoungPerson(store, notices=app.state.notices).writes("hej").waits()
    changed = await _next(events)
    assert young.id in changed
    assert '<hx-partial hx-target="#waiting-count" hx-swap="textContent">1</hx-partial>' in changed


async def test_a_page_of_the_queue_looks_once_a_second_however_often_something_is_told(app, anna, store, monkeypatch):
    events, looks = queue_events(app.state.desk, app.state.notices, session_of(anna, store)), []
    look = app.state.desk.look

    async def counted(*given):
        looks.append(monotonic())
        return await look(*given)

    monkeypatch.setattr(app.state.desk, "look", counted)
    young = YoungPerson(store, notices=app.state.notices).waits()
    for number in range(3):
        await anext(events)
        young.writes(f"besked {number}")
    assert len(looks) == 3
    assert min(later - sooner for sooner, later in pairwise(looks)) >= 0.9


async def test_a_conversation_tells_each_message_once_under_its_number(app, anna, store):
    young = YoungPerson(store, notices=app.state.notices).writes("en").waits().writes("to")
    watch = Watch(app.state.desk, app.state.notices, session_of(anna, store), young.id)
    events = conversation_events(watch, after=1)
    first = await _next(events)
    assert first.startswith("id: 2~\r\n")
    assert 'data-sequence="2"' in first
    assert 'hx-target="#state"' in await _next(events)
    assert await _next(events) == "event: holder\r\ndata: not-mine\r\n\r\n"
    assert await _next(events) == "event: writer\r\ndata: Den unge\r\n\r\n"
    young.writes("tre")
    assert (await _next(events)).startswith("id: 3~\r\n")


async def test_a_conversation_tells_its_language_and_who_writes_as_soon_as_they_are_known(app, anna, store):
    young = YoungPerson(store, notices=app.state.notices).writes("hello, my son needs help")
    watch = Watch(app.state.desk, app.state.notices, session_of(anna, store), young.id)
    events = conversation_events(watch, after=1)
    assert "Skriver på" not in await _next(events)
    for told in ("not-mine", "Den unge"):
        assert told in await _next(events)
    young.in_language("en").is_a(Writer.HELPER)
    changed = await _next(events)
    assert ("Skriver på engelsk" in changed, "Hjælper" in changed) == (True, True)
    assert "not-mine" in await _next(events)
    assert await _next(events) == "event: writer\r\ndata: Hjælperen\r\n\r\n"


async def test_a_conversation_tells_when_it_was_erased(app, anna, store):
    young = YoungPerson(store, notices=app.state.notices).writes("hej")
    watch = Watch(app.state.desk, app.state.notices, session_of(anna, store), young.id)
    events = conversation_events(watch, after=1)
    assert 'hx-target="#state"' in await _next(events)
    assert "not-mine" in await _next(events)
    assert "Den unge" in await _next(events)
    young.erases()
    assert await _next(events) == "event: over\r\ndata: erased\r\n\r\n"
    assert await _next(events) == "the end"


async def test_a_contact_that_is_shared_while_its_holder_follows_is_written_down_as_read(app, anna, store):
    young = YoungPerson(store, notices=app.state.notices).writes("hej").waits().can_be_reached(CONTACT)
    anna.post(f"/desk/conversations/{young.id}/claim")
    watch = Watch(app.state.desk, app.state.notices, session_of(anna, store), young.id)
    events = conversation_events(watch, after=2)
    for _ in range(3):
        assert CONTACT.phone not in await _next(events)
    young.shares(Shared.CONTACT)
    assert CONTACT.phone in await _next(events)
    with store.read(THE_TESTS) as work:
        assert "read_contact" in [entry.action for entry in work.people.noted("eksempel")]


async def test_a_stream_ends_with_its_session(anna, store):
    async def endless() -> AsyncIterator[ServerSentEvent | None]:
        for number in count():
            yield ServerSentEvent(str(number))

    token = anna.cookies[COOKIE]
    events = while_signed_in(endless(), session_of(anna, store), lambda: find_session(store, token), look_every=0)
    assert "data: 0" in await _next(events)
    anna.post("/desk/sign-out")
    assert await _next(events) == "event: over\r\ndata: signed-out\r\n\r\n"
    assert await _next(events) == "the end"


async def test_a_stream_ends_at_once_when_its_session_is_ended_elsewhere(app, anna, store):
    token = anna.cookies[COOKIE]
    watched = queue_events(app.state.desk, app.state.notices, session_of(anna, store))
    events = while_signed_in(watched, session_of(anna, store), lambda: find_session(store, token))
    await _next(events)
    signed_in(app, "anna").post("/desk/sign-ins/end", data={"which": "others"}).raise_for_status()
    begins = monotonic()
    assert await _next(events) == "event: over\r\ndata: signed-out\r\n\r\n"
    assert monotonic() - begins < 4


async def test_a_browser_that_comes_back_is_shown_what_was_shared_meanwhile(app, anna, store, monkeypatch):
    young = YoungPerson(store, notices=app.state.notices).writes("fra før").waits().writes("to")
    shown = []
    monkeypatch.setattr("bot.web.desk.conversation.stream", lambda events: shown.append(events) or Response())
    young.shares(Shared.TRANSCRIPT)
    path = f"/desk/conversations/{young.id}/events?shared=&after=1"
    for last in ("2~", "2~transcript"):
        anna.get(path, headers={"Last-Event-ID": last})
    first, again = [await _next(events) for events in shown]
    assert "fra før" in first
    assert first.startswith("id: 2~transcript\r\n")
    assert "fra før" not in again
