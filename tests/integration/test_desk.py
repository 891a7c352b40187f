"""The desk over a real store: who gets in, what they may see and do, and what is written down about it."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from sse_starlette import ServerSentEvent
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.bookings import Contact
from bot.casework.conversations import Danger
from bot.municipality.demo import seed_demo
from bot.municipality.towns import Municipality, load_municipalities
from bot.settings import Settings
from bot.store.people import DeskSession
from bot.store.store import Store
from bot.web.desk.conversation_stream import Watch, conversation_events
from bot.web.desk.queue import queue_events
from bot.web.desk.routes import guarded_routes
from bot.web.desk.sessions import COOKIE, find_session
from bot.web.desk.streams import while_signed_in
from tests.support.desk import PASSWORD, YoungPerson, add_caseworker, desk_app

SECRET = "a key for tests"
PAGE = {"Accept": "text/html"}
CONTACT = Contact(first_name="Sofie", phone="12345678")


@pytest.fixture(scope="session")
def ready_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three caseworkers, made once: migrating and hashing for each test would take minutes."""
    file = tmp_path_factory.mktemp("desk") / "hjemad.sqlite"
    store = Store(f"sqlite:///{file}", SECRET)
    store.migrate()
    seed_demo(store, load_municipalities()["eksempel"], PASSWORD)
    add_caseworker(store, "eksempel", "anna")
    add_caseworker(store, "eksempel", "bo")
    add_caseworker(store, "nabo", "carl")
    store.close()
    return file


@pytest.fixture
def store(ready_made: Path, tmp_path: Path) -> Iterator[Store]:
    """SQLite is enough here: what differs between the databases is tested at the store."""
    file = shutil.copy(ready_made, tmp_path / "hjemad.sqlite")
    opened = Store(f"sqlite:///{file}", SECRET)
    yield opened
    opened.close()


@pytest.fixture
def app(store: Store) -> Starlette:
    return desk_app(store, Settings(_env_file=None))


@pytest.fixture
def stranger(app: Starlette) -> TestClient:
    return TestClient(app, follow_redirects=False)


def _signed_in(app: Starlette, user: str) -> TestClient:
    client = TestClient(app, follow_redirects=False)
    answer = client.post("/desk/sign-in", json={"user": user, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    client.headers["X-CSRF-Token"] = answer.json()["csrf"]
    return client


@pytest.fixture
def anna(app: Starlette) -> TestClient:
    return _signed_in(app, "anna")


@pytest.fixture
def bo(app: Starlette) -> TestClient:
    return _signed_in(app, "bo")


@pytest.fixture
def carl(app: Starlette) -> TestClient:
    """He works for another municipality."""
    return _signed_in(app, "carl")


@pytest.fixture
def young(store: Store) -> YoungPerson:
    return YoungPerson(store).writes("jeg sover hos en ven").waits(minutes=12)


# Signing in


def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(stranger):
    answer = stranger.post("/desk/sign-in", json={"user": "anna", "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "secure" not in cookie


def test_the_session_cookie_is_secure_where_the_address_is_https(store):
    app = desk_app(store, Settings(_env_file=None, public_url="https://hjemad.example"))
    answer = TestClient(app).post("/desk/sign-in", json={"user": "anna", "password": PASSWORD})
    assert "secure" in answer.headers["Set-Cookie"].lower()


@pytest.mark.parametrize("given", [("anna", "forkert"), ("ingen", PASSWORD), ("", ""), ("anna", "x" * 5000)])
def test_a_wrong_sign_in_does_not_tell_what_was_wrong(stranger, given):
    answer = stranger.post("/desk/sign-in", json={"user": given[0], "password": given[1]})
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "Brugernavn og adgangskode passer ikke sammen. Prøv igen."
    assert COOKIE not in answer.cookies


def test_the_form_leads_to_the_desk_or_back_to_where_one_was(stranger):
    fields = {"user": "anna", "password": PASSWORD}
    assert stranger.post("/desk/sign-in", data=fields, headers=PAGE).headers["Location"] == "/desk/"
    back = stranger.post("/desk/sign-in", data=fields | {"next": "/desk/bookings"}, headers=PAGE)
    assert (back.status_code, back.headers["Location"]) == (303, "/desk/bookings")


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/desk/", "//evil.example", "/desk/\\evil", "/desk/sign-in", "javascript:alert(1)"],
)
def test_the_sign_in_leads_to_no_other_site(stranger, elsewhere):
    fields = {"user": "anna", "password": PASSWORD, "next": elsewhere}
    assert stranger.post("/desk/sign-in", data=fields, headers=PAGE).headers["Location"] == "/desk/"


def test_a_wrong_form_comes_back_with_the_name_and_without_the_password(stranger):
    answer = stranger.post("/desk/sign-in", data={"user": 'a"><b>', "password": "hemmeligt"}, headers=PAGE)
    assert answer.status_code == 401
    assert 'value="a&#34;&gt;&lt;b&gt;"' in answer.text
    assert "hemmeligt" not in answer.text


def test_another_site_cannot_sign_somebody_in(stranger):
    fields = {"user": "anna", "password": PASSWORD}
    answer = stranger.post("/desk/sign-in", data=fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_guessing_passwords_is_slowed_down(store):
    client = TestClient(desk_app(store, Settings(_env_file=None, sign_in_tries_a_minute=3)))
    tries = [client.post("/desk/sign-in", json={"user": "anna", "password": "gæt"}).status_code for _ in range(4)]
    assert tries == [401, 401, 401, 429]
    right = client.post("/desk/sign-in", json={"user": "anna", "password": PASSWORD})
    assert (right.status_code, right.json()["code"]) == (429, "too_many_tries")


def test_what_is_not_json_is_refused_in_words(stranger):
    for body in (b"{", b"[]", b'{"user": 1}', b"[" * 60_000):
        answer = stranger.post("/desk/sign-in", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 400, body[:20]
        assert answer.json()["code"] == "bad_json"


# The door


@pytest.mark.parametrize("route", guarded_routes, ids=lambda route: f"{min(route.methods)} {route.path}")
def test_every_route_is_closed_to_strangers(stranger, route):
    path = "/desk" + route.path.replace("{id}", "x")
    method = min(route.methods)
    answer = stranger.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    page = stranger.request(method, path, headers=PAGE)
    assert (page.status_code, page.headers["Location"].partition("?")[0]) == (303, "/desk/sign-in")


@pytest.mark.parametrize(
    "route", [route for route in guarded_routes if "POST" in route.methods], ids=lambda route: route.path
)
def test_every_change_needs_the_csrf_token(anna, young, route):
    path = "/desk" + route.path.replace("{id}", young.id)
    del anna.headers["X-CSRF-Token"]
    for given in ({}, {"headers": {"X-CSRF-Token": "forkert"}}, {"data": {"csrf": "æøå"}}):
        answer = anna.post(path, **given)
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    assert anna.get("/desk/queue.json").json()["conversations"][0]["holder"] == "waiting"


def test_a_form_carries_the_token_in_a_hidden_field(anna, young):
    token = anna.headers.pop("X-CSRF-Token")
    page = anna.get("/desk/", headers=PAGE).text
    assert re.findall(r'name="csrf" value="([^"]+)"', page)[0] == token
    answer = anna.post(f"/desk/conversations/{young.id}/claim", data={"csrf": token}, headers=PAGE)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/desk/conversations/{young.id}")


def test_a_session_that_was_ended_opens_nothing(app, anna):
    cookie = anna.cookies[COOKIE]
    assert anna.post("/desk/sign-out").status_code == 204
    thief = TestClient(app, cookies={COOKIE: cookie})
    assert thief.get("/desk/queue.json").status_code == 401


def test_a_session_runs_out(app, store):
    app.state.settings = Settings(_env_file=None, desk_session=60)
    client = _signed_in(app, "anna")
    assert client.get("/desk/queue.json").status_code == 200
    app.state.settings = app.state.settings.model_copy(update={"desk_session": -1})
    assert _signed_in(app, "anna").get("/desk/queue.json").status_code == 401


def test_an_address_that_does_not_exist_is_a_page_for_people(anna):
    page = anna.get("/desk/findes-ikke", headers=PAGE)
    assert page.status_code == 404
    assert "Den side findes ikke." in page.text
    assert anna.get("/desk/findes-ikke").json()["code"] == "not_found"


# The queue


def test_the_queue_shows_danger_first_and_then_who_waits_longest(anna, store):
    young = [YoungPerson(store).writes("hej").waits(minutes=minutes) for minutes in (5, 50)]
    acute = YoungPerson(store).writes("…", Danger(3, ("suicide",))).waits(minutes=1)
    YoungPerson(store).writes("taler med robotten")
    found = anna.get("/desk/queue.json").json()["conversations"]
    assert [one["id"] for one in found] == [acute.id, young[1].id, young[0].id]
    assert found[0]["danger"] == {"level": 3, "kinds": ["suicide"]}
    assert datetime.fromisoformat(found[1]["waiting_since"]) < datetime.now(UTC)
    page = anna.get("/desk/", headers=PAGE).text
    assert "<title>(3) Samtaler – Hjemad</title>" in page
    assert "Akut fare: selvmordstanker" in page
    assert page.index(acute.id) < page.index(young[1].id) < page.index(young[0].id)


def test_an_empty_queue_says_what_will_happen(anna):
    assert anna.get("/desk/queue.json").json() == {"conversations": []}
    page = anna.get("/desk/", headers=PAGE).text
    assert "<title>Samtaler – Hjemad</title>" in page
    assert "Ingen venter lige nu." in page


def test_the_queue_tells_mine_from_my_colleagues(anna, bo, store):
    mine, theirs = (YoungPerson(store).writes("hej").waits() for _ in range(2))
    anna.post(f"/desk/conversations/{mine.id}/claim")
    bo.post(f"/desk/conversations/{theirs.id}/claim")
    page = anna.get("/desk/queue").text
    heading = page.index
    assert heading("Dine samtaler") < heading(mine.id) < heading("Hos kolleger") < heading(theirs.id)


# One conversation


def test_claim_write_and_hand_back(anna, store, young):
    path = f"/desk/conversations/{young.id}"
    assert anna.post(f"{path}/claim").json() == {"id": young.id, "holder": "human"}
    said = anna.post(f"{path}/messages", json={"text": "Hej, jeg er Anna."})
    assert said.status_code == 200
    assert "Hej, jeg er Anna." in anna.get(path, headers=PAGE).text
    assert anna.post(f"{path}/release").json() == {"id": young.id, "holder": "bot"}
    with store.read() as work:
        last = work.conversations.after(young.id, said.json()["sequence"] - 1)[0]
    assert (last.sender, last.text) == ("caseworker", "Hej, jeg er Anna.")


def test_a_second_claim_is_told_no(anna, bo, young):
    path = f"/desk/conversations/{young.id}/claim"
    assert anna.post(path).status_code == 200
    for client in (anna, bo):
        answer = client.post(path)
        assert (answer.status_code, answer.json()["code"]) == (409, "already_claimed")
    page = bo.post(path, data={"csrf": bo.headers["X-CSRF-Token"]}, headers=PAGE)
    assert page.status_code == 409
    assert "En kollega har allerede taget samtalen." in page.text


def test_a_double_click_on_claim_leads_to_the_conversation(anna, young):
    path = f"/desk/conversations/{young.id}/claim"
    assert [anna.post(path, headers=PAGE).status_code for _ in range(2)] == [303, 303]


def test_only_the_holder_writes_and_hands_back(anna, bo, young):
    path = f"/desk/conversations/{young.id}"
    assert bo.post(f"{path}/messages", json={"text": "hej"}).status_code == 409
    anna.post(f"{path}/claim")
    assert bo.post(f"{path}/messages", json={"text": "hej"}).json()["code"] == "not_holder"
    assert bo.post(f"{path}/release").json()["code"] == "not_holder"


@pytest.mark.parametrize(("text", "code"), [("  \n ", "empty_message"), ("x" * 4001, "message_too_long")])
def test_a_message_has_something_to_say_and_an_end(anna, young, text, code):
    anna.post(f"/desk/conversations/{young.id}/claim")
    answer = anna.post(f"/desk/conversations/{young.id}/messages", json={"text": text})
    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize("what", ["", "/news", "/events", "/claim", "/messages", "/release"])
def test_another_municipality_s_conversation_does_not_exist(carl, young, what):
    post = what in ("/claim", "/messages", "/release")
    for conversation in (young.id, "ukendt"):
        path = f"/desk/conversations/{conversation}{what}"
        answer = carl.post(path, json={"text": "hej"}) if post else carl.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "conversation_not_found")
    assert carl.get("/desk/queue.json").json() == {"conversations": []}


def test_a_conversation_that_was_erased_a_second_ago(anna, young):
    anna.post(f"/desk/conversations/{young.id}/claim")
    young.erases()
    answer = anna.post(f"/desk/conversations/{young.id}/messages", json={"text": "hej"})
    assert answer.status_code == 404
    page = anna.get(f"/desk/conversations/{young.id}", headers=PAGE)
    assert page.status_code == 404
    assert "Samtalen findes ikke mere." in page.text


def test_what_a_young_person_writes_is_text_and_never_html(anna, young):
    young.writes("<script>alert(1)</script><hx-partial hx-target='body'>x</hx-partial><b hx-get='/x'>b</b>")
    for page in (anna.get(f"/desk/conversations/{young.id}", headers=PAGE).text, _news(anna, young)):
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;hx-partial" in page
        assert "<script>alert" not in page
        assert "<b hx-get" not in page


def _news(client: TestClient, young: YoungPerson, after: int = 0) -> str:
    answer = client.get(f"/desk/conversations/{young.id}/news", params={"after": after})
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("after", ["-1", "x", "9" * 30, "²", ""])
def test_a_strange_number_to_go_on_from_means_the_beginning(anna, young, after):
    assert 'data-sequence="1"' in anna.get(f"/desk/conversations/{young.id}/news?after={after}").text


def test_how_to_reach_somebody_is_shown_to_the_holder_alone(anna, bo, young):
    young.can_be_reached(CONTACT)
    path = f"/desk/conversations/{young.id}"
    assert "12345678" not in anna.get(path, headers=PAGE).text
    anna.post(f"{path}/claim")
    assert "12345678" in anna.get(path, headers=PAGE).text
    assert "12345678" not in bo.get(path, headers=PAGE).text
    assert "12345678" not in _news(bo, young)


def test_the_booking_code_is_nowhere_at_the_desk(anna, young, municipality: Municipality):
    booking = young.books(municipality, CONTACT)
    young.writes(f"koden er {booking.code.replace('-', ' ').upper()} ikke?").hears(f"Ja: {booking.code}.")
    anna.post(f"/desk/conversations/{young.id}/claim")
    seen = "".join(
        [
            anna.get(f"/desk/conversations/{young.id}", headers=PAGE).text,
            _news(anna, young),
            _news(anna, young, after=2),
            anna.get("/desk/bookings", headers=PAGE).text,
            anna.get("/desk/bookings.json").text,
            anna.get("/desk/queue.json").text,
        ]
    ).casefold()
    assert booking.code not in seen
    assert booking.code.replace("-", " ") not in seen
    assert seen.count("[kode]") == 6
    assert "aftalt:" in seen


# Bookings


def test_the_bookings_show_when_where_and_with_whom(anna, young, municipality: Municipality):
    booking = young.books(municipality, CONTACT)
    assert anna.get("/desk/bookings.json").json() == {
        "bookings": [
            {
                "id": booking.id,
                "starts_at": booking.starts_at.isoformat(),
                "ends_at": booking.ends_at.isoformat(),
                "way": "phone",
                "status": "active",
                "conversation_id": young.id,
            }
        ]
    }
    page = anna.get("/desk/bookings", headers=PAGE).text
    for words in ("Sofie, 12345678", "Telefon", "På telefon: vi ringer til dig", "Boligagenten", "Aftalt", young.id):
        assert words in page, words


def test_another_municipality_s_bookings_are_not_shown(carl, young, municipality: Municipality):
    young.books(municipality, CONTACT)
    assert carl.get("/desk/bookings.json").json() == {"bookings": []}
    page = carl.get("/desk/bookings", headers=PAGE).text
    assert "Sofie" not in page
    assert "Ingen aftaler i dag." in page


# The audit log


def test_every_look_and_act_is_written_down(anna, store, young):
    path = f"/desk/conversations/{young.id}"
    anna.get(path, headers=PAGE)
    anna.post(f"{path}/claim")
    anna.post(f"{path}/messages", json={"text": "hej"})
    _news(anna, young, after=1)
    anna.post(f"{path}/release")
    anna.get("/desk/bookings", headers=PAGE)
    anna.post("/desk/sign-out")
    with store.read() as work:
        noted = work.people.noted("eksempel")
    own = [(entry.action, entry.subject) for entry in noted]
    assert own == [
        ("sign_in", None),
        ("read", young.id),
        ("claim", young.id),
        ("say", young.id),
        ("follow", young.id),
        ("release", young.id),
        ("read_bookings", None),
        ("sign_out", None),
    ]


# Live


def _session(client: TestClient, store: Store) -> DeskSession:
    session = find_session(store, client.cookies[COOKIE])
    assert session is not None
    return session


async def _next(events: AsyncIterator[ServerSentEvent | None]) -> str:
    async with asyncio.timeout(10):
        async for event in events:
            if event is not None:
                return event.encode().decode()
    return "the end"


async def test_the_queue_tells_by_itself_when_somebody_begins_to_wait(app, anna, store):
    events = queue_events(app.state.desk, app.state.notices, _session(anna, store))
    assert "Ingen venter lige nu." in await _next(events)
    young = YoungPerson(store, notices=app.state.notices).writes("hej").waits()
    changed = await _next(events)
    assert young.id in changed
    assert '<hx-partial hx-target="#waiting-count" hx-swap="textContent">1</hx-partial>' in changed


async def test_a_conversation_tells_each_message_once_under_its_number(app, anna, store):
    young = YoungPerson(store, notices=app.state.notices).writes("en").writes("to")
    watch = Watch(app.state.desk, store, app.state.notices, _session(anna, store), young.id)
    events = conversation_events(watch, after=1)
    first = await _next(events)
    assert first.startswith("id: 2\r\n")
    assert 'data-sequence="2"' in first
    assert 'hx-target="#state"' in await _next(events)
    assert await _next(events) == "event: holder\r\ndata: not-mine\r\n\r\n"
    young.writes("tre")
    assert (await _next(events)).startswith("id: 3\r\n")


async def test_a_conversation_tells_when_it_was_erased(app, anna, store):
    young = YoungPerson(store, notices=app.state.notices).writes("hej")
    watch = Watch(app.state.desk, store, app.state.notices, _session(anna, store), young.id)
    events = conversation_events(watch, after=1)
    assert 'hx-target="#state"' in await _next(events)
    assert "not-mine" in await _next(events)
    young.erases()
    assert await _next(events) == "event: over\r\ndata: erased\r\n\r\n"
    assert await _next(events) == "the end"


async def test_a_stream_ends_with_its_session(anna, store):
    async def endless() -> AsyncIterator[ServerSentEvent | None]:
        for number in count():
            yield ServerSentEvent(str(number))

    token = anna.cookies[COOKIE]
    events = while_signed_in(endless(), lambda: find_session(store, token), look_every=0)
    assert "data: 0" in await _next(events)
    anna.post("/desk/sign-out")
    assert await _next(events) == "event: over\r\ndata: signed-out\r\n\r\n"
    assert await _next(events) == "the end"
