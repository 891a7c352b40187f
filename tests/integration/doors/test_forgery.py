"""No other site's form changes anything, at the desk or on the plain pages: every route that changes is tried.

The routes are found in the application, so a new form is tried by itself.
"""

import re
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from bot.web.app import _routes
from tests.support.desk import PAGE, PASSWORD, YoungPerson
from tests.support.the_tests import THE_TESTS
from tests.support.two_towns import TwoTowns
from tests.support.walk import Door, doors

SIGN_IN = "/desk/sign-in"
ELSEWHERE = (
    {"Origin": "https://ond.example"},
    {"Origin": "http://testserver.ond.example"},
    {"Origin": "http://["},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
)


class _Whole:
    routes = _routes()


ALL = doors(_Whole())  # type: ignore[arg-type]
CHANGES = [door for door in ALL if door.changes and not door.path.startswith("/api/")]
# Whoever is on the way in has no session, and so no token of one.
WAYS_IN = [door for door in CHANGES if door.path == SIGN_IN or door.path.startswith(f"{SIGN_IN}/")]
AT_DESK = [door for door in CHANGES if door.path.startswith("/desk") and door not in WAYS_IN]


@pytest.fixture
def waiting(served: TwoTowns) -> YoungPerson:
    return served.young().writes("hej").waits()


@pytest.fixture(scope="module")
def anna(served: TwoTowns) -> TestClient:
    """Signed in; without the token that the pages carry."""
    signed_in = served.caseworker()
    del signed_in.headers["X-CSRF-Token"]
    return signed_in


@pytest.fixture(scope="module")
def tokens(served: TwoTowns, anna: TestClient) -> dict[str, str]:
    """Anna's own token, that of another session of hers, and a colleague's from another town."""
    page = anna.get("/desk/", headers=PAGE).text
    own = re.search(r'name="csrf" value="([^"]+)"', page)
    assert own
    others = [served.caseworker(town).headers["X-CSRF-Token"] for town in served.towns]
    return {"own": own.group(1), "her other session": others[0], "a colleague": others[1]}


def test_there_are_forms_to_try() -> None:
    assert (len(CHANGES) >= 10, len(AT_DESK) >= 6) == (True, True)


@pytest.mark.parametrize("door", AT_DESK, ids=str)
def test_a_form_of_the_desk_needs_the_token_of_its_own_session(
    served: TwoTowns, anna: TestClient, tokens: dict[str, str], waiting: YoungPerson, door: Door
) -> None:
    own = tokens["own"]
    wrong = ["", "x", own[:-1], own + "x", own.swapcase(), "æøå", tokens["her other session"], tokens["a colleague"]]
    for token in wrong:
        for how in ({"data": {"csrf": token, "text": "hej"}}, {"headers": {"X-CSRF-Token": token.encode()}}):
            answer = anna.request(door.method, door.at(waiting.id), **how)
            assert (answer.status_code, answer.json()["code"]) == (403, "csrf"), (token, how)
    in_address = anna.request(door.method, door.at(waiting.id), params={"csrf": own})
    assert in_address.json()["code"] == "csrf"
    _stands_as_it_was(served, anna, waiting)


@pytest.mark.parametrize("door", AT_DESK, ids=str)
def test_a_form_of_the_desk_sent_by_another_site_is_refused_even_with_the_token(
    served: TwoTowns, anna: TestClient, tokens: dict[str, str], waiting: YoungPerson, door: Door
) -> None:
    for headers in ELSEWHERE:
        given = {"csrf": tokens["own"], "text": "hej"}
        answer = anna.request(door.method, door.at(waiting.id), data=given, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "other_site"), headers
    _stands_as_it_was(served, anna, waiting)


@pytest.mark.parametrize("door", [door for door in CHANGES if door not in AT_DESK], ids=str)
@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_a_form_without_a_session_is_refused_from_another_site(
    served: TwoTowns, door: Door, headers: dict[str, str]
) -> None:
    given = {"user": "anna", "password": PASSWORD, "ord": "en to tre", "kommune": "eksempel", "forsoeg": str(uuid4())}
    answer = served.client.request(door.method, door.at("x"), data=given, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_page_that_is_only_looked_at_changes_nothing(
    served: TwoTowns, anna: TestClient, waiting: YoungPerson
) -> None:
    """Nor does any other method that a form or a picture of another site could use."""
    for door in AT_DESK:
        for method in ("GET", "HEAD"):
            anna.request(method, door.at(waiting.id))
    _stands_as_it_was(served, anna, waiting)


def _stands_as_it_was(served: TwoTowns, anna: TestClient, young: YoungPerson) -> None:
    with served.store.read(THE_TESTS) as work:
        found = work.conversations.get(young.id)
        assert (found.holder, [message.text for message in work.conversations.after(young.id, 0)]) == (
            "waiting",
            ["hej"],
        )
    assert anna.get("/desk/queue.json").status_code == 200, "and Anna is still signed in"
