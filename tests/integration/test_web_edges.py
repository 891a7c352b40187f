"""What nobody means to send, and what nobody foresaw: refused or answered in words, and never told to the log."""

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from bot.municipality.demo import seed_demo
from bot.settings import Settings, SettingsError
from bot.store.store import Store
from bot.supervisor.supervisor import free_port
from bot.web.app import create_app
from bot.web.desk.sessions import COOKIE
from bot.web.problems import UnforeseenErrors
from bot.web.security import DEFAULT_HEADERS
from bot.web.serve import serve
from tests.support.desk import PAGE, YoungPerson, add_caseworker, desk_app, signed_in
from tests.support.desk import PASSWORD as ANNAS
from tests.support.model import danger_screen
from tests.support.the_tests import THE_TESTS

SECRET = "jeg hedder Sofie"
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The whole application; an error that leaves it fails the test."""
    folder = tmp_path_factory.mktemp("edges")
    chosen = Settings(
        var=folder, dialogue_port=free_port(), actions_port=free_port(), database_url="", public_url="", _env_file=None
    )
    danger_screen()
    app = create_app(chosen)
    with TestClient(app, follow_redirects=False) as opened:
        seed_demo(app.state.store, app.state.municipalities["eksempel"], ANNAS)
        add_caseworker(app.state.store, "eksempel", "anna")
        yield opened


def test_an_unforeseen_error_is_logged_by_kind_and_place_alone(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(client.app.state.conversations, "open", fail)  # type: ignore[attr-defined]
    answer = client.post("/api/conversations", json={"municipality": "eksempel"})
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert {name: answer.headers[name] for name in DEFAULT_HEADERS} == DEFAULT_HEADERS
    assert "unforeseen RuntimeError at bot/web/chat_api.py:" in caplog.text
    assert "open_conversation" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    ("path", "service", "called", "told"),
    [("/book?maade=office", "talks", "offer", "tel:112"), ("/desk/", "desk", "look", "for medarbejdere")],
)
def test_whoever_opens_a_page_is_told_of_an_unforeseen_error_by_a_page(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, path: str, service: str, called: str, told: str
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(SECRET)

    anna = signed_in(client.app, "anna")  # type: ignore[arg-type]
    monkeypatch.setattr(getattr(client.app.state, service), called, fail)  # type: ignore[attr-defined]
    page = anna.get(path, headers=PAGE)
    assert (page.status_code, page.headers["Content-Type"]) == (500, "text/html; charset=utf-8")
    assert ("Noget gik galt hos os." in page.text, told in page.text, SECRET in page.text) == (True, True, False)
    assert {name: page.headers[name] for name in DEFAULT_HEADERS} == DEFAULT_HEADERS
    assert anna.get(path).json()["code"] == "internal_error"


def test_several_workers_that_have_nowhere_to_count_are_told_which_setting_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    shut = Settings(var=tmp_path / "file" / "var", production=False, oidc_issuer="", _env_file=None)
    with pytest.raises(SettingsError, match="HJEMAD_VAR cannot be written to"):
        serve(shut, workers=2)


def test_a_store_that_is_away_at_the_sign_in_is_told_by_a_page(tmp_path: Path) -> None:
    away = Store("postgresql://nobody@127.0.0.1:1/none?connect_timeout=1", "a key for tests")
    client = TestClient(desk_app(away, Settings(var=tmp_path, _env_file=None)))
    page = client.get("/desk/", headers=PAGE, cookies={COOKIE: "x"})
    assert (page.status_code, "Vi kan ikke gemme noget lige nu." in page.text) == (503, True)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"


def test_an_answer_that_has_begun_ends_without_a_word_of_the_error(caplog: pytest.LogCaptureFixture) -> None:
    async def breaks_off(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise ExceptionGroup(SECRET, [ValueError(SECRET)])

    with caplog.at_level(logging.ERROR):
        answer = TestClient(UnforeseenErrors(breaks_off)).get("/")
    assert (answer.status_code, answer.text) == (200, "half")
    assert "unforeseen ExceptionGroup" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize("last", ["9" * 5000, "²", "-1", "x"])
def test_a_stream_goes_on_from_the_start_after_a_strange_event_number(
    client: TestClient, path: str, last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    async def events(_request: object, _conversation: str, after: int) -> AsyncIterator[None]:
        asked.append(after)
        for nothing in ():
            yield nothing

    monkeypatch.setattr("bot.web.chat_api._events", events)
    answer = client.get(f"{path}/stream", headers={"Last-Event-ID": last.encode()})
    assert (answer.status_code, asked) == (200, [0])


def test_a_body_whose_length_has_thousands_of_digits_is_too_large(client: TestClient) -> None:
    answer = client.post("/api/conversations", content=b"{}", headers={"Content-Length": "9" * 5000})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_nul_characters_are_dropped_from_what_young_people_write(client: TestClient, path: str) -> None:
    client.post(f"{path}/messages", json={"client_id": str(uuid4()), "text": "he\0j"}).raise_for_status()
    assert "hej" in [message["text"] for message in client.get(f"{path}/messages").json()["messages"]]
    empty = client.post(f"{path}/messages", json={"client_id": str(uuid4()), "text": "\0 \0"})
    assert (empty.status_code, empty.json()["code"]) == (422, "empty_message")
    contact = {"first_name": "So\0fie", "phone": "1234\0 5678", "email": "so\0fie@eksempel.dk"}
    client.put(f"{path}/contact", json=contact).raise_for_status()
    with client.app.state.store.read(THE_TESTS) as work:  # type: ignore[attr-defined]
        kept = work.conversations.contact(path.rpartition("/")[2])
    assert (kept.first_name, kept.phone, kept.email) == ("Sofie", "12345678", "sofie@eksempel.dk")


@pytest.mark.parametrize("text", [rb'"\ud800"', rb'"a\udfff"', b"9" * 5000])
def test_what_no_text_can_be_made_of_is_refused(client: TestClient, path: str, text: bytes) -> None:
    body = b'{"client_id": "%s", "text": %s}' % (str(uuid4()).encode(), text)
    assert client.post(f"{path}/messages", content=body, headers=JSON).status_code in (400, 422)
    answer = client.post("/desk/sign-in", content=b'{"user": %s, "password": "x"}' % text, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_json")


def test_nul_characters_are_dropped_from_what_caseworkers_write(client: TestClient) -> None:
    anna = signed_in(client.app, "anna")  # type: ignore[arg-type]
    store = client.app.state.store  # type: ignore[attr-defined]
    young = YoungPerson(store).waits()
    anna.post(f"/desk/conversations/{young.id}/claim").raise_for_status()
    anna.post(f"/desk/conversations/{young.id}/messages", json={"text": "god\0dag"}).raise_for_status()
    with store.read(THE_TESTS) as work:
        assert work.conversations.after(young.id, 0)[-1].text == "goddag"


@pytest.mark.parametrize("origin", ["http://[", "http://evil.example", "https://testserver.evil.example"])
@pytest.mark.parametrize("form", ["/booking", "/desk/sign-in"])
def test_a_form_from_another_origin_is_refused(client: TestClient, form: str, origin: str) -> None:
    assert client.post(form, data={"ord": "en to tre"}, headers={"Origin": origin}).status_code == 403


@pytest.mark.parametrize("origin", ["null", "http://testserver"])
def test_our_own_sign_in_passes_in_a_browser_that_sends_an_origin_alone(client: TestClient, origin: str) -> None:
    fields = {"user": "anna", "password": ANNAS}
    assert client.post("/desk/sign-in", data=fields, headers=PAGE | {"Origin": origin}).status_code == 303


def test_a_conversation_that_nobody_waits_in_is_not_said_to_be_a_colleagues(client: TestClient) -> None:
    anna = signed_in(client.app, "anna")  # type: ignore[arg-type]
    young = YoungPerson(client.app.state.store).writes("hej")  # type: ignore[attr-defined]
    answer = anna.post(f"/desk/conversations/{young.id}/claim")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_waiting")
    page = anna.post(f"/desk/conversations/{young.id}/claim", headers=PAGE)
    assert "robotten" in page.text
    assert "kollega" not in page.text
