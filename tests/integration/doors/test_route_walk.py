"""A walk along every route of the application: closed unless it is said here why it is open.

The routes are found in the application, so a new one is walked by itself: under `/api/conversations/{id}` with tokens,
under `/desk` with sessions. Anywhere else the walk fails until the new one stands in `OPEN` with its reason.
"""

from uuid import uuid4

import pytest
from httpx import Response
from starlette.testclient import TestClient

from bot.web.app import _routes
from bot.web.desk.guard import SIGN_IN
from bot.web.desk.sessions import COOKIE, start_session
from tests.support.desk import PAGE
from tests.support.the_tests import THE_TESTS
from tests.support.two_towns import TwoTowns, Written
from tests.support.walk import Door, doors

BY_TOKEN = "/api/conversations/{id}"
BY_SESSION = "/desk"

OPEN = {
    "GET /": "the page of the invented municipality",
    "GET /chat": "the empty chat; it opens a conversation of its own",
    "GET /widget.js": "what a municipality embeds",
    "GET /kommuner/{slug}/farver.css": "the colours of one municipality",
    "GET /static/{path:path}": "scripts and styles",
    "GET /healthz": "says that the process lives",
    "GET /readyz": "says which part is missing",
    "GET /metrics": "a token of its own is the key; none is set unless those who run it do",
    "GET /api/openapi.json": "the description of the API",
    "POST /api/conversations": "whoever writes needs no account; limited by address",
    "POST /api/bookings/find": "the three words are the key; guesses are limited",
    "POST /api/bookings/move": "the three words are the key; guesses are limited",
    "POST /api/bookings/cancel": "the three words are the key; guesses are limited",
    "GET /i-nat": "help for tonight; keeps nothing",
    "GET /book": "free times, which say nothing of anybody",
    "POST /book": "booking needs no account; limited by address",
    "GET /booking": "the field for the three words",
    "POST /booking": "the three words are the key; guesses are limited",
    "GET /booking/flyt": "the field for the three words",
    "POST /booking/flyt": "the three words are the key; guesses are limited",
    "GET /booking/aflys": "the field for the three words",
    "POST /booking/aflys": "the three words are the key; guesses are limited",
    "GET /booking/oensker": "the field for the three words",
    "POST /booking/oensker": "the three words are the key; guesses are limited",
    "GET /booking/besked": "the field for the three words",
    "POST /booking/besked": "the three words are the key; guesses are limited",
    "GET /booking/kalender": "the field for the three words",
    "POST /booking/kalender": "the three words are the key; guesses are limited",
    "GET /kalender/{secret}.ics": "the secret in it, of 32 bytes, is the key",
    "GET /privatliv": "what is kept and who can read it",
    "GET /tilgaengelighed": "for whom the pages work",
    "GET /desk/sign-in": "the form",
    "POST /desk/sign-in": "a password is the key; guesses are limited",
    "GET /desk/sign-in/code": "the field for a code, after the password",
    "POST /desk/sign-in/code": "a code is the key, after the password; guesses are limited",
    "GET /desk/sign-in/set-up": "a key of one's own, after the password",
    "GET /desk/sign-in/oidc": "leads to the municipality's own sign-in",
    "GET /desk/sign-in/oidc/back": "what that sign-in says, for the attempt begun in this browser, is the key",
    "POST /desk/sign-in/set-up": "a code made from that key; guesses are limited",
}


class _Whole:
    routes = _routes()


ALL = doors(_Whole())  # type: ignore[arg-type]
TOKENS = [door for door in ALL if door.path.startswith(BY_TOKEN)]
SESSIONS = [door for door in ALL if door.path.startswith(BY_SESSION) and str(door) not in OPEN]
WRONG_SCHEMES = ["", "Bearer", "Bearer ", "Basic {token}", "{token}", "Token {token}", "Bearer {token}x", "Bearer x"]


@pytest.fixture(scope="module")
def mine(served: TwoTowns) -> Written:
    return served.opens()


@pytest.fixture(scope="module")
def theirs(served: TwoTowns) -> Written:
    return served.opens()


@pytest.fixture(scope="module")
def erased(served: TwoTowns) -> Written:
    gone = served.opens()
    assert served.client.delete(f"/api/conversations/{gone.id}", headers=gone.key).status_code == 204
    return gone


@pytest.fixture(scope="module")
def left(served: TwoTowns) -> Written:
    """The conversation is still there, but its session was ended."""
    one = served.opens()
    assert served.client.delete(f"/api/conversations/{one.id}/session", headers=one.key).status_code == 204
    with served.store.read(THE_TESTS) as work:
        assert work.conversations.get(one.id).id == one.id
    return one


def test_every_route_is_behind_a_token_or_a_session_or_said_to_be_open() -> None:
    assert {str(door) for door in ALL} - {str(door) for door in (*TOKENS, *SESSIONS)} == set(OPEN)


def test_the_walk_finds_what_there_is(served: TwoTowns) -> None:
    assert doors(served.app) == ALL
    assert (len(TOKENS) >= 5, len(SESSIONS) >= 15) == (True, True)


@pytest.mark.parametrize("door", TOKENS, ids=str)
def test_a_conversation_opens_for_its_token_alone(
    served: TwoTowns, mine: Written, theirs: Written, erased: Written, left: Written, door: Door
) -> None:
    refused = [_asked(served.client, door, mine.id, scheme.format(token=mine.token)) for scheme in WRONG_SCHEMES]
    refused += [
        _asked(served.client, door, mine.id, f"Bearer {theirs.token}"),
        _asked(served.client, door, erased.id, f"Bearer {erased.token}"),
        _asked(served.client, door, left.id, f"Bearer {left.token}"),
        _asked(served.client, door, mine.id, f"Bearer {left.token}"),
        _asked(served.client, door, str(uuid4()), f"Bearer {mine.token}"),
        _asked(served.client, door, mine.id.upper(), f"Bearer {mine.token}"),
    ]
    assert {_told(answer) for answer in refused} == {_told(refused[0])}, "no answer tells what there is"
    assert refused[0].status_code == 401
    assert refused[0].json()["code"] == "wrong_token"


def test_nothing_was_changed_by_those_who_were_refused(served: TwoTowns, mine: Written) -> None:
    """Runs after the walk, and by itself."""
    answer = served.client.get(f"/api/conversations/{mine.id}/messages", headers=mine.key)
    assert [message["sender"] for message in answer.json()["messages"]] == ["bot"]


@pytest.mark.parametrize("door", SESSIONS, ids=str)
def test_the_desk_opens_for_a_session_that_lives(served: TwoTowns, signed_out: str, door: Door) -> None:
    number = served.young().id
    keys = ["", "x", "a b", signed_out, _run_out(served)]
    refused = [_at_desk(served, door, number, key) for key in keys]
    refused += [_at_desk(served, door, str(uuid4()), key) for key in keys]
    assert {_told(answer) for answer in refused} == {_told(refused[0])}
    assert (refused[0].status_code, refused[0].json()["code"]) == (401, "not_signed_in")


@pytest.mark.parametrize("door", SESSIONS, ids=str)
def test_a_person_without_a_session_is_led_to_the_sign_in(served: TwoTowns, door: Door) -> None:
    for number in (served.young().id, str(uuid4())):
        answer = served.client.request(door.method, door.at(number), headers=PAGE)
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (303, SIGN_IN)
        assert answer.text == ""


@pytest.mark.parametrize("path", ["/%2e%2e/bot/settings.py", "/..%2f..%2fsettings.py", "/desk/../desk.py", "/"])
def test_files_beside_the_scripts_are_not_served(served: TwoTowns, path: str) -> None:
    assert served.client.get(f"/static{path}").status_code in (404, 405)


@pytest.fixture(scope="module")
def signed_out(served: TwoTowns) -> str:
    """The cookie of a session that was ended."""
    anna = served.caseworker()
    cookie = anna.cookies[COOKIE]
    assert anna.post("/desk/sign-out").status_code == 204
    return str(cookie)


def _run_out(served: TwoTowns) -> str:
    """The cookie of a session whose time has run out."""
    with served.store.read(THE_TESTS) as work:
        anna = work.people.user("anna")
    assert anna
    return start_session(served.store, anna, seconds=-1).token


def _asked(client: TestClient, door: Door, id_: str, authorization: str) -> Response:
    headers = {"Authorization": authorization} if authorization else {}
    return client.request(door.method, door.at(id_), headers=headers, **_body(door))


def _at_desk(served: TwoTowns, door: Door, id_: str, cookie: str) -> Response:
    headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
    return served.client.request(door.method, door.at(id_), headers=headers, **_body(door))


def _body(door: Door) -> dict[str, object]:
    return {"json": {"text": "hej"}} if door.changes else {}


def _told(answer: Response) -> tuple[int, str, str]:
    return answer.status_code, answer.headers["Content-Type"], answer.text
