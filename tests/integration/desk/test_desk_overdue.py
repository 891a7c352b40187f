"""A caseworker is warned on the page before their silence gives a conversation back; nobody else is."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sse_starlette import ServerSentEvent
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.presence import Patience
from bot.conversation.absence import Absences
from bot.conversation.notices import Notices
from bot.store.store import Store
from bot.web.desk.conversation_stream import Watch, conversation_events
from bot.web.desk.queue import queue_events
from tests.support.desk import PAGE, YoungPerson, news, session_of
from tests.support.presence import minutes_pass
from tests.support.the_tests import THE_TESTS

WARNING = "En besked har ventet på dig i 26 minutter. Om 4 minutter går samtalen tilbage i køen."
SOON = 26


@pytest.fixture
def held(anna: TestClient, young: YoungPerson) -> YoungPerson:
    """Hers since just now, with a message that waits for an answer."""
    anna.post(f"/desk/conversations/{young.id}/claim").raise_for_status()
    return young


def warning(client: TestClient, young: YoungPerson) -> str:
    page = client.get(f"/desk/conversations/{young.id}", headers=PAGE).text
    [found] = re.findall(r'<p id="overdue"[^>]*>(.*?)</p>', page)
    return found


def test_the_page_warns_before_a_silence_gives_the_conversation_back(anna: TestClient, held: YoungPerson) -> None:
    assert warning(anna, held) == ""
    minutes_pass(held, SOON)
    assert warning(anna, held).startswith(WARNING)
    assert f'hx-target="#overdue" hx-swap="textContent">{WARNING}' in news(anna, held)


def test_an_answer_ends_it_and_a_new_message_begins_to_count_anew(anna: TestClient, held: YoungPerson) -> None:
    minutes_pass(held, SOON)
    anna.post(f"/desk/conversations/{held.id}/messages", json={"text": "jeg er her"}).raise_for_status()
    assert warning(anna, held) == ""
    assert 'hx-target="#overdue" hx-swap="textContent"></hx-partial>' in news(anna, held)
    held.writes("tak, og hvad nu?")
    assert warning(anna, held) == ""
    minutes_pass(held, SOON)
    assert warning(anna, held).startswith(WARNING)


def test_it_is_counted_from_when_it_was_taken(anna: TestClient, young: YoungPerson) -> None:
    minutes_pass(young, SOON)
    anna.post(f"/desk/conversations/{young.id}/claim").raise_for_status()
    assert warning(anna, young) == ""


def test_who_reads_along_is_not_warned(anna: TestClient, bo: TestClient, held: YoungPerson) -> None:
    minutes_pass(held, SOON)
    assert warning(bo, held) == ""
    assert WARNING not in news(bo, held)


def test_the_lists_of_every_page_warn_too_and_of_that_conversation_alone(
    anna: TestClient, bo: TestClient, held: YoungPerson, store: Store
) -> None:
    other = YoungPerson(store).writes("hej").waits()
    anna.post(f"/desk/conversations/{other.id}/claim").raise_for_status()
    minutes_pass(held, SOON - 2)
    assert "går tilbage" not in everywhere(anna)
    minutes_pass(held, 2)
    goes = r'<span class="tag going">går tilbage om 4 minutter</span>'
    for path in ("/desk/", "/desk/queue", "/desk/needing", "/desk/bookings", f"/desk/conversations/{other.id}"):
        page = anna.get(path, headers=PAGE).text
        assert re.findall(rf'id="own-([^"]+)"[^>]*>[^<]*(?:<span class="tag new">[^<]*</span> )?{goes}', page) == [
            held.id
        ]
        assert len(re.findall(r'class="tag going"', page)) == (2 if path in ("/desk/", "/desk/queue") else 1), path
    assert re.search(r'hx-target="#own-new"[^>]*>\d+ \d+ 1<', anna.get("/desk/needing").text)
    # Its own page says it in full, beside the field.
    assert re.search(r'hx-target="#own-new"[^>]*>\d+ \d+ 0<', anna.get(f"/desk/needing?here={held.id}").text)
    assert "går tilbage" not in everywhere(bo)
    anna.post(f"/desk/conversations/{held.id}/messages", json={"text": "jeg er her"}).raise_for_status()
    assert "går tilbage" not in everywhere(anna)


async def test_the_list_warns_by_itself(app: Starlette, anna: TestClient, held: YoungPerson, store: Store) -> None:
    minutes_pass(held, SOON - 2)
    events = queue_events(app.state.desk, Notices(), session_of(anna, store))
    first = await anext(events)
    assert first
    assert "går tilbage" not in first.data
    minutes_pass(held, 2)
    async with asyncio.timeout(10):
        told = [event async for event in events_until(events, "går tilbage om 4 minutter")]
    assert told
    await events.aclose()


def everywhere(client: TestClient) -> str:
    return "".join(client.get(path, headers=PAGE).text for path in ("/desk/", "/desk/needing", "/desk/bookings"))


def test_the_young_person_is_told_nothing_of_it(anna: TestClient, held: YoungPerson, store: Store) -> None:
    with store.read(THE_TESTS) as work:
        before = work.conversations.after(held.id, 0)
    minutes_pass(held, SOON)
    warning(anna, held)
    with store.read(THE_TESTS) as work:
        assert [one.text for one in work.conversations.after(held.id, 0)] == [one.text for one in before]


@pytest.mark.parametrize("minutes", [29.9, 30.1])
def test_it_warns_of_the_very_moment_at_which_it_goes_back(
    store: Store, app: Starlette, held: YoungPerson, minutes: float
) -> None:
    patience = Patience()
    minutes_pass(held, minutes)
    with store.read(THE_TESTS) as work:
        since = work.presence.unanswered_since([held.id]).get(held.id)
    assert since
    absences = Absences(store, Notices(), app.state.municipalities, patience)
    is_over = since + patience.unanswered <= datetime.now(UTC)
    assert bool(absences.requeue()) == is_over == (minutes > 30)


async def test_a_stream_brings_the_warning_by_itself(
    app: Starlette, anna: TestClient, held: YoungPerson, store: Store
) -> None:
    minutes_pass(held, SOON - 2)
    events = conversation_events(Watch(app.state.desk, Notices(), session_of(anna, store), held.id), after=99)
    # A page that shows an old warning is told at once that there is none.
    assert 'hx-target="#overdue" hx-swap="textContent"></hx-partial>' in (await anext(events)).data
    async for event in events:
        if event is None:
            break
    minutes_pass(held, 2)
    async with asyncio.timeout(5):
        told = [event async for event in events_until(events, "#overdue")]
    assert WARNING in told[-1]
    await events.aclose()


async def events_until(events: AsyncIterator[ServerSentEvent | None], part: str) -> AsyncIterator[str]:
    async for event in events:
        if event:
            yield event.data or ""
        if event and part in (event.data or ""):
            return
