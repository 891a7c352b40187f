"""The plain pages' door: other sites, guesses, broken forms, and a store that is away."""

import pytest
from starlette.testclient import TestClient

from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.web.security import SecurityHeaders
from tests.support.plain import plain_app
from tests.support.plain_forms import fields_to_book


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    ],
)
@pytest.mark.parametrize("path", ["/book", "/booking", "/booking/flyt", "/booking/aflys"])
def test_other_sites_cannot_send_our_forms(client: TestClient, path: str, headers: dict[str, str]) -> None:
    answer = client.post(path, data={"ord": "skov lampe kage"}, headers=headers)
    assert answer.status_code == 403
    assert "tel:112" in answer.text


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "null"}, {"Origin": "http://testserver"}, {}],
)
def test_our_own_forms_pass_in_browsers_old_and_new(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/book", data=fields_to_book(client), headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("asked_from", "policy"),
    [("same-origin", "unsafe-none"), ("", "unsafe-none")]
    + [(other, "same-origin") for other in ("none", "same-site", "cross-site")],
)
def test_only_a_page_that_ours_led_to_keeps_hold_of_who_opened_it(
    store: Store, municipality: Municipality, asked_from: str, policy: str
) -> None:
    client = TestClient(SecurityHeaders(plain_app(store, {"eksempel": municipality})))
    headers = {"Sec-Fetch-Site": asked_from} if asked_from else {}
    answers = [client.get(path, headers=headers) for path in ("/i-nat", "/booking", "/privatliv")]
    assert [answer.headers["Cross-Origin-Opener-Policy"] for answer in answers] == [policy] * 3


def test_guessing_words_is_slowed_down_on_all_pages_together(store: Store, municipality: Municipality) -> None:
    client = TestClient(plain_app(store, {"eksempel": municipality}, code_tries_a_minute=3))
    paths = ("/booking", "/booking/flyt", "/booking/aflys", "/booking")
    words = ("skov lampe kage", "skov lampe ukendtord", "kage lmape skov", "skov lampe kage")
    assert client.post("/booking", data={"ord": "skov lampe"}).status_code == 422, "which is no guess"
    answers = [client.post(path, data={"ord": guess}) for path, guess in zip(paths, words, strict=True)]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 429]
    assert "Det går lidt for hurtigt." in answers[-1].text


def test_nobody_books_the_calendar_full(store: Store, municipality: Municipality) -> None:
    client = TestClient(plain_app(store, {"eksempel": municipality}, plain_bookings_an_hour=2))
    assert [client.post("/book", data=fields_to_book(client)).status_code for _ in range(3)] == [200, 200, 429]


def test_a_body_too_large_and_a_broken_form_get_a_page_that_helps(client: TestClient) -> None:
    broken = client.post("/book", content=b"x", headers={"Content-Type": "multipart/form-data"})
    assert broken.status_code == 400
    assert "tel:112" in broken.text
    assert client.post("/book", data={"fornavn": "x" * 70_000}).status_code == 413


def test_a_store_that_is_away_gets_a_page_with_tonights_numbers(municipality: Municipality) -> None:
    away = Store("postgresql://nobody@127.0.0.1:1/none?connect_timeout=1", "a key for tests")
    client = TestClient(plain_app(away, {"eksempel": municipality}))
    answer = client.get("/book?maade=office")
    assert answer.status_code == 503
    assert "tel:112" in answer.text
    assert 'href="/i-nat"' in answer.text
    away.close()


def test_no_page_is_kept_by_the_browser(client: TestClient) -> None:
    answer = client.post("/book", data=fields_to_book(client))
    assert answer.headers["Cache-Control"] == "no-store"
    assert "set-cookie" not in answer.headers
