"""What is new in one's own conversations since one last looked is told on every page of the desk."""

import asyncio
import re
from collections.abc import Callable

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.conversation.notices import Notices
from bot.store.store import Store
from bot.web.desk.conversation_stream import Watch, conversation_events
from bot.web.desk.queue import queue_events
from tests.support.desk import PAGE, YoungPerson, looks, news, session_of
from tests.support.handing import at, gives, number_of
from tests.support.the_tests import THE_TESTS

Waits = Callable[[], YoungPerson]


@pytest.fixture
def held(anna: TestClient, store: Store) -> Waits:
    """Somebody whose conversation Anna has taken and looked at."""

    def takes() -> YoungPerson:
        one = YoungPerson(store).writes("hej").waits()
        anna.post(at(one, "claim"), headers=PAGE)
        looks(anna, one)
        return one

    return takes


def told(page: str) -> dict[str, str]:
    """The own conversations that a page names, with their marks."""
    links = re.findall(r'<a id="own-([^"]+)"[^>]*>Samtale \w+(?: <span class="tag new">([^<]+)</span>)?</a>', page)
    return dict(links)


def titled(page: str) -> str:
    [title] = re.findall("<title>(.*?)</title>", page)
    return title


def test_every_page_names_ones_own_with_what_is_new(anna: TestClient, bo: TestClient, held: Waits) -> None:
    first, second = held(), held()
    assert told(anna.get("/desk/bookings", headers=PAGE).text) == {first.id: "", second.id: ""}
    first.writes("er du der?")
    for path, name in (("", "Samtaler"), ("bookings", "Aftaler"), ("sign-ins", "Dine login"), ("week", "Uge")):
        page = anna.get(f"/desk/{path}", headers=PAGE).text
        assert told(page) == {first.id: "1 ny", second.id: ""}, path
        assert titled(page).startswith(f"1 ny: {name}"), path
    first.writes("hallo")
    second.writes("hej")
    page = anna.get(at(second), headers=PAGE).text
    assert (told(page), titled(page)[:6]) == ({first.id: "2 nye", second.id: ""}, "2 nye:"), (
        "the page itself is looked at"
    )
    assert re.search(rf'id="own-{second.id}"[^>]*aria-current="page"', page)
    assert told(bo.get("/desk/bookings", headers=PAGE).text) == {}


def test_who_waits_stands_before_it_in_the_title(anna: TestClient, store: Store, held: Waits) -> None:
    held().writes("hallo")
    YoungPerson(store).writes("hej").waits()
    assert titled(anna.get("/desk/", headers=PAGE).text) == "(1) 1 ny: Samtaler – Hjemad"


def test_a_page_that_asks_is_told_the_same(anna: TestClient, held: Waits) -> None:
    one = held().writes("hallo")
    answer = anna.get("/desk/needing", params={"here": one.id}).text
    assert told(answer) == {one.id: "1 ny"}
    assert 'aria-current="page"' in answer
    assert '<hx-partial hx-target="#own-new" hx-swap="textContent">1 0 0</hx-partial>' in answer


def test_what_robots_and_colleagues_write_is_no_news_and_neither_is_ones_own(anna: TestClient, held: Waits) -> None:
    one = held().hears("en besked om en aftale")
    anna.post(at(one, "messages"), json={"text": "hej"}).raise_for_status()
    assert told(anna.get("/desk/bookings", headers=PAGE).text) == {one.id: ""}


def test_a_page_in_the_background_has_not_looked(anna: TestClient, held: Waits) -> None:
    one = held().writes("hallo")
    assert "hallo" in anna.get(at(one), headers=PAGE).text
    assert "hallo" in news(anna, one)
    assert told(anna.get("/desk/bookings", headers=PAGE).text) == {one.id: "1 ny"}
    looks(anna, one)
    assert told(anna.get("/desk/bookings", headers=PAGE).text) == {one.id: ""}


async def test_what_only_the_stream_brought_is_new_until_it_is_looked_at_and_the_queue_is_told(
    app: Starlette, anna: TestClient, store: Store, held: Waits
) -> None:
    one = held()
    one.notices = app.state.notices
    queue = queue_events(app.state.desk, app.state.notices, session_of(anna, store))
    await anext(queue)
    one.writes("hallo")
    stream = conversation_events(Watch(app.state.desk, Notices(), session_of(anna, store), one.id), after=1)
    async for event in stream:
        if event is None:
            break
    first = await anext(queue)
    assert first is not None
    assert told(first.data) == {one.id: "1 ny"}
    looks(anna, one)
    async with asyncio.timeout(5):
        async for event in queue:
            if event is not None:
                assert told(event.data) == {one.id: ""}
                break


def test_who_only_reads_along_has_not_looked_for_the_holder(anna: TestClient, bo: TestClient, held: Waits) -> None:
    one = held().writes("hallo")
    assert "hallo" in bo.get(at(one), headers=PAGE).text
    assert told(anna.get("/desk/bookings", headers=PAGE).text) == {one.id: "1 ny"}


def test_what_was_given_is_marked_until_it_is_noted(
    anna: TestClient, bo: TestClient, store: Store, held: Waits
) -> None:
    one = held()
    gives(anna, one, number_of(store, "bo"))
    page = bo.get("/desk/bookings", headers=PAGE).text
    assert told(page)[one.id] == "givet til dig, 1 ny"
    assert titled(page).startswith("1 ny:")
    page = bo.get(at(one), headers=PAGE).text
    assert told(page)[one.id] == "givet til dig", "what is new stands on the page"
    looks(bo, one)
    with store.read(THE_TESTS) as work:
        [handover] = work.handovers.of([one.id])[one.id]
    bo.post(at(one, "note"), data={"until": str(handover.id)}).raise_for_status()
    assert told(bo.get("/desk/bookings", headers=PAGE).text)[one.id] == ""


def test_what_is_handed_back_is_forgotten(anna: TestClient, store: Store, held: Waits) -> None:
    one = held()
    anna.post(at(one, "close")).raise_for_status()
    assert told(anna.get("/desk/bookings", headers=PAGE).text) == {}
    with store.read(THE_TESTS) as work:
        assert work.looks.news(int(number_of(store, "anna"))) == {}
        assert work._connection.exec_driver_sql("SELECT count(*) FROM desk_looks").scalar() == 0


def test_an_older_look_takes_nothing_back(anna: TestClient, store: Store, held: Waits) -> None:
    one = held().writes("hallo")
    user = int(number_of(store, "anna"))
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(one.id)
        for sequence in (9, 2):
            work.looks.keep(found, user, sequence)
        assert work.looks.news(user) == {}
