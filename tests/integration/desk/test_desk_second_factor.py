"""A code beside the password: set up at the first sign-in, shown at each, worth something once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.municipality.demo import DEMO_USER
from bot.settings import Settings
from bot.store.second_factors import MOST_WRONG_CODES
from bot.store.sign_in_tables import half_sign_ins, second_factors
from bot.store.store import Store
from bot.store.tables import metadata
from bot.store.vault import Vault
from bot.web.desk.second_factor import HALF_SECONDS
from bot.web.desk.sessions import COOKIE
from bot.web.desk.sign_in_steps import HALF_COOKIE
from bot.web.desk.tries import SignInTries
from tests.support.desk import PAGE, PASSWORD, is_in, signed_in
from tests.support.second_factors import (
    CODE,
    RECOVERY,
    SET_UP,
    Phone,
    codes_on,
    demands_it,
    has_codes,
    key_on,
    password_given,
    user_of,
)
from tests.support.the_tests import THE_TESTS
from tests.support.two_towns import THERE, app_of_two_towns

ANNA = {"user": "anna", "password": PASSWORD}


@pytest.fixture
def phone(store: Store) -> Phone:
    return has_codes(store, "anna")


@pytest.fixture
def visitor(app: Starlette) -> TestClient:
    return TestClient(app, follow_redirects=False)


def noted(store: Store) -> list[tuple[str, str | None]]:
    with store.read(THE_TESTS) as work:
        return [(entry.action, entry.subject) for entry in work.people.noted("eksempel")]


def test_where_the_municipality_demands_it_it_is_set_up_at_the_first_sign_in(
    app: Starlette, store: Store, visitor: TestClient
) -> None:
    demands_it(app)
    led = password_given(visitor, "anna", "/desk/bookings")
    assert (led.status_code, led.headers["Location"]) == (303, f"{SET_UP}?next=%2Fdesk%2Fbookings")
    assert not is_in(visitor)
    page = visitor.get(led.headers["Location"], headers=PAGE)
    assert ("<svg" in page.text, page.headers["Cache-Control"]) == (True, "no-store")
    phone = Phone(key_on(page.text))
    done = visitor.post(SET_UP, data={"code": phone.code(), "next": "/desk/bookings"}, headers=PAGE)
    codes = codes_on(done.text)
    assert (done.status_code, len(codes), 'href="/desk/bookings"' in done.text) == (200, 10, True)
    assert is_in(visitor)
    assert noted(store) == [("set_up_second_factor", None), ("sign_in", None)]
    again = TestClient(app, follow_redirects=False)
    assert password_given(again, "anna").headers["Location"].startswith(CODE)
    assert again.post(CODE, data={"code": codes[3]}, headers=PAGE).headers["Location"] == "/desk/"
    assert is_in(again)
    assert "9 nødkoder" in again.get("/desk/sign-ins", headers=PAGE).text


def test_a_wrong_code_sets_nothing_up_and_the_key_stays_the_same(
    app: Starlette, store: Store, visitor: TestClient
) -> None:
    demands_it(app)
    password_given(visitor, "anna")
    first = key_on(visitor.get(SET_UP, headers=PAGE).text)
    wrong = visitor.post(SET_UP, data={"code": "12345"}, headers=PAGE)
    assert (wrong.status_code, key_on(wrong.text), 'role="alert"' in wrong.text) == (401, first, True)
    with store.read(THE_TESTS) as work:
        assert not work.second_factors.has(user_of(store, "anna"))
    assert not is_in(visitor)


def test_it_is_set_up_once_in_two_tabs(app: Starlette, store: Store) -> None:
    demands_it(app)
    tabs = [TestClient(app, follow_redirects=False) for _ in range(2)]
    for tab in tabs:
        password_given(tab, "anna")
    phones = [Phone(key_on(tab.get(SET_UP, headers=PAGE).text)) for tab in tabs]
    told = [
        tab.post(SET_UP, data={"code": phone.code()}, headers=PAGE).status_code
        for tab, phone in zip(tabs, phones, strict=True)
    ]
    assert told == [200, 409]
    assert [is_in(tab) for tab in tabs] == [True, False]
    with store.read(THE_TESTS) as work:
        assert work.second_factors.key(user_of(store, "anna")) == phones[0].key


def test_a_double_click_sets_it_up_once(app: Starlette, visitor: TestClient) -> None:
    demands_it(app)
    password_given(visitor, "anna")
    half = visitor.cookies[HALF_COOKIE]
    phone = Phone(key_on(visitor.get(SET_UP, headers=PAGE).text))
    assert visitor.post(SET_UP, data={"code": phone.code()}, headers=PAGE).status_code == 200
    twice = TestClient(app, cookies={HALF_COOKIE: half}, follow_redirects=False)
    again = twice.post(SET_UP, data={"code": phone.code()}, headers=PAGE)
    assert (again.status_code, "Log ind igen." in again.text, is_in(twice)) == (401, True, False)


def test_a_code_works_once(app: Starlette, phone: Phone, visitor: TestClient) -> None:
    code = phone.code()
    password_given(visitor, "anna")
    assert visitor.post(CODE, data={"code": code}, headers=PAGE).status_code == 303
    thief = TestClient(app, follow_redirects=False)
    password_given(thief, "anna")
    told = thief.post(CODE, data={"code": code}, headers=PAGE)
    assert (told.status_code, "Vent på den næste kode" in told.text, is_in(thief)) == (401, True, False)
    assert thief.post(CODE, data={"code": phone.code(late=-1)}, headers=PAGE).status_code == 401
    assert thief.post(CODE, data={"code": phone.code(late=1)}, headers=PAGE).status_code == 303


def test_a_code_for_an_emergency_works_once_and_is_noted(app: Starlette, store: Store, phone: Phone) -> None:
    given = [{**ANNA, "code": code} for code in (RECOVERY[0], RECOVERY[0], RECOVERY[1])]
    told = [TestClient(app).post("/desk/sign-in", json=one).status_code for one in given]
    assert told == [200, 401, 200]
    assert [action for action, _ in noted(store)].count("use_recovery_code") == 2


def test_nobody_elses_code_for_an_emergency_works(app: Starlette, store: Store, phone: Phone) -> None:
    theirs = "9" * 12
    with store.write(THE_TESTS) as work:
        work.second_factors.set_up(user_of(store, "bo"), phone.key, 0, [theirs])
    assert TestClient(app).post("/desk/sign-in", json={**ANNA, "code": theirs}).status_code == 401


def test_a_program_is_asked_for_the_code(phone: Phone, visitor: TestClient) -> None:
    asked = visitor.post("/desk/sign-in", json=ANNA)
    assert (asked.status_code, asked.headers["Content-Type"]) == (401, "application/problem+json")
    assert (asked.json()["code"], COOKIE in asked.cookies) == ("code_needed", False)
    wrong = visitor.post("/desk/sign-in", json={**ANNA, "code": "000"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_code")
    right = visitor.post("/desk/sign-in", json={**ANNA, "code": phone.code()})
    assert (right.status_code, set(right.json())) == (200, {"csrf"})
    assert is_in(visitor)


def test_a_program_cannot_go_round_setting_it_up(app: Starlette, visitor: TestClient) -> None:
    demands_it(app)
    told = visitor.post("/desk/sign-in", json=ANNA)
    assert (told.status_code, told.json()["code"]) == (401, "second_factor_missing")
    assert COOKIE not in told.cookies


def test_the_demos_user_has_none_even_where_it_is_demanded(app: Starlette, visitor: TestClient) -> None:
    demands_it(app)
    signed_in(app, DEMO_USER)
    assert password_given(visitor, DEMO_USER).headers["Location"] == "/desk/"


def test_a_municipality_without_a_file_demands_it(app: Starlette, visitor: TestClient) -> None:
    app.state.municipalities = {}
    assert visitor.post("/desk/sign-in", json=ANNA).json()["code"] == "second_factor_missing"


def test_who_has_it_shows_it_where_it_is_demanded_no_more(phone: Phone, visitor: TestClient) -> None:
    assert visitor.post("/desk/sign-in", json=ANNA).json()["code"] == "code_needed"


def test_without_the_password_no_step_opens(app: Starlette, phone: Phone, visitor: TestClient) -> None:
    demands_it(app)
    for path in (CODE, SET_UP):
        for cookies in ({}, {HALF_COOKIE: "x"}):
            stranger = TestClient(app, follow_redirects=False, cookies=cookies)
            assert stranger.get(path, headers=PAGE).headers["Location"] == "/desk/sign-in"
            told = stranger.post(path, data={"code": phone.code()}, headers=PAGE)
            assert (told.status_code, is_in(stranger)) == (401, False)
            assert stranger.post(path, json={"code": phone.code()}).json()["code"] == "sign_in_over"


def test_each_step_is_for_those_who_miss_it(app: Starlette, phone: Phone, visitor: TestClient) -> None:
    password_given(visitor, "anna")
    assert visitor.get(SET_UP, headers=PAGE).headers["Location"] == CODE
    assert visitor.post(SET_UP, data={"code": phone.code()}, headers=PAGE).status_code == 401
    demands_it(app)
    bo = TestClient(app, follow_redirects=False)
    password_given(bo, "bo")
    assert bo.get(CODE, headers=PAGE).headers["Location"] == SET_UP
    assert bo.post(CODE, data={"code": "123456"}, headers=PAGE).status_code == 401


def test_half_a_sign_in_runs_out_and_is_of_its_own_pages_alone(store: Store, phone: Phone, visitor: TestClient) -> None:
    said = password_given(visitor, "anna").headers["Set-Cookie"].lower()
    for part in ("httponly", "samesite=strict", "path=/desk/sign-in", f"max-age={HALF_SECONDS}"):
        assert part in said
    with store.write(THE_TESTS) as work:
        work._connection.execute(update(half_sign_ins).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    assert visitor.post(CODE, data={"code": phone.code()}, headers=PAGE).status_code == 401


def test_somebody_who_was_removed_meanwhile_does_not_come_in(store: Store, phone: Phone, visitor: TestClient) -> None:
    password_given(visitor, "anna")
    with store.write(THE_TESTS) as work:
        work.people.remove_user(user_of(store, "anna"), datetime.now(UTC))
        tables = ("second_factors", "recovery_codes", "half_sign_ins")
        assert [work._connection.execute(select(metadata.tables[name])).all() for name in tables] == [[], [], []]
    assert visitor.post(CODE, data={"code": phone.code()}, headers=PAGE).status_code == 401


def test_another_site_can_send_no_code(phone: Phone, visitor: TestClient) -> None:
    password_given(visitor, "anna")
    answer = visitor.post(CODE, data={"code": phone.code()}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, is_in(visitor)) == (403, False)


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example/desk/", "/desk/../x"])
def test_a_code_leads_to_no_other_site(phone: Phone, visitor: TestClient, elsewhere: str) -> None:
    assert "evil" not in password_given(visitor, "anna", elsewhere).headers["Location"]
    told = visitor.post(CODE, data={"code": phone.code(), "next": elsewhere}, headers=PAGE)
    assert told.headers["Location"] == "/desk/"


def test_guessing_codes_is_slowed_down_at_home_too(app: Starlette, phone: Phone) -> None:
    """Whoever guesses a code has the password; that they come from the town hall does not help them."""
    few = Settings(_env_file=None, sign_in_tries_a_name_an_hour=3, sign_in_tries_a_minute=100)
    app.state.sign_in_tries = SignInTries(few)
    client = TestClient(app)
    assert client.post("/desk/sign-in", json={**ANNA, "code": phone.code()}).status_code == 200
    told = [client.post("/desk/sign-in", json={**ANNA, "code": "1"}).json()["code"] for _ in range(4)]
    assert told == ["wrong_code"] * 3 + ["too_many_codes"]
    right = client.post("/desk/sign-in", json={**ANNA, "code": phone.code(late=1)})
    assert (right.status_code, right.headers["Retry-After"]) == (429, "3600")
    assert client.post("/desk/sign-in", json=ANNA | {"user": "bo"}).status_code == 200


def test_who_guesses_for_weeks_is_stopped_and_that_is_told_in_words(
    store: Store, phone: Phone, visitor: TestClient
) -> None:
    with store.write(THE_TESTS) as work:
        work._connection.execute(update(second_factors).values(wrong_codes=MOST_WRONG_CODES))
    password_given(visitor, "anna")
    told = visitor.post(CODE, data={"code": phone.code()}, headers=PAGE)
    assert (told.status_code, "nulstille dit totrinslogin" in told.text, is_in(visitor)) == (409, True, False)


def test_wrong_codes_count_as_wrong_sign_ins_of_their_address(app: Starlette, phone: Phone) -> None:
    app.state.sign_in_tries = SignInTries(Settings(_env_file=None, sign_in_tries_a_minute=2))
    client = TestClient(app)
    told = [client.post("/desk/sign-in", json={**ANNA, "code": "1"}).json()["code"] for _ in range(3)]
    assert told == ["wrong_code"] * 2 + ["too_many_tries"]


def test_guessing_while_setting_up_is_counted_too(app: Starlette, visitor: TestClient) -> None:
    demands_it(app)
    app.state.sign_in_tries = SignInTries(Settings(_env_file=None, sign_in_tries_a_minute=2))
    password_given(visitor, "anna")
    told = [visitor.post(SET_UP, data={"code": "1"}, headers=PAGE).status_code for _ in range(3)]
    assert told == [401, 401, 429]


@pytest.mark.parametrize("wrong", ["", "abc", "١٢٣٤٥٦", "1" * 60_000, "<b>", "12\x003456"])
def test_whatever_is_typed_is_a_wrong_code(phone: Phone, visitor: TestClient, wrong: str) -> None:
    password_given(visitor, "anna")
    assert visitor.post(CODE, data={"code": wrong}, headers=PAGE).status_code == 401


def test_neither_key_nor_code_stands_in_the_store(store: Store, phone: Phone, app: Starlette) -> None:
    demands_it(app)
    tab = TestClient(app, follow_redirects=False)
    password_given(tab, "bo")
    pending = key_on(tab.get(SET_UP, headers=PAGE).text)
    with store.read(THE_TESTS) as work:
        kept = str([work._connection.execute(select(table)).all() for table in metadata.sorted_tables])
    assert not any(secret in kept for secret in (phone.key, pending, tab.cookies[HALF_COOKIE], *RECOVERY))


def test_a_key_that_was_sealed_with_another_secret_is_told_in_words(
    store: Store, phone: Phone, visitor: TestClient
) -> None:
    sealed = Vault("another secret").encrypt({"key": phone.key})
    with store.write(THE_TESTS) as work:
        work._connection.execute(update(second_factors).values(sealed=sealed))
    password_given(visitor, "anna")
    told = visitor.post(CODE, data={"code": phone.code()}, headers=PAGE)
    assert (told.status_code, "nulstille dit totrinslogin" in told.text) == (409, True)
    assert visitor.post(CODE, data={"code": RECOVERY[5]}, headers=PAGE).status_code == 303


def test_a_lead_resets_it_and_the_colleague_sets_it_up_anew_and_stays_signed_in_elsewhere(
    app: Starlette, store: Store, phone: Phone, bo: TestClient
) -> None:
    demands_it(app)
    elsewhere = TestClient(app)
    elsewhere.post("/desk/sign-in", json={**ANNA, "code": phone.code()}).raise_for_status()
    anna = user_of(store, "anna")
    assert f"/desk/people/{anna.id}/second-factor/reset" in bo.get("/desk/people", headers=PAGE).text
    path = f"/desk/people/{anna.id}/second-factor/reset"
    assert bo.post(path, headers=PAGE).headers["Location"] == "/desk/people"
    assert noted(store)[-1] == ("reset_second_factor", "anna")
    assert is_in(elsewhere)
    assert "second-factor/reset" not in bo.get("/desk/people", headers=PAGE).text
    again = TestClient(app)
    assert again.post("/desk/sign-in", json={**ANNA, "code": RECOVERY[0]}).json()["code"] == "second_factor_missing"
    assert bo.post(path).json()["code"] == "no_second_factor"


def test_nobody_resets_their_own_or_another_towns(app: Starlette, store: Store, phone: Phone, carl: TestClient) -> None:
    anna = TestClient(app)
    anna.headers["X-CSRF-Token"] = anna.post("/desk/sign-in", json={**ANNA, "code": phone.code()}).json()["csrf"]
    path = f"/desk/people/{user_of(store, 'anna').id}/second-factor/reset"
    assert anna.post(path).json()["code"] == "own_second_factor"
    assert carl.post(path).status_code == 404
    assert anna.post("/desk/people/9999999999999/second-factor/reset").status_code == 404
    with store.read(THE_TESTS) as work:
        assert work.second_factors.has(user_of(store, "anna"))


def test_the_whole_application_has_it_too(tmp_path: Path) -> None:
    """The app of these tests is put together by hand."""
    whole = app_of_two_towns(tmp_path, production=True, secret_key="en lang nøgle, som kun denne test kender")
    phone = has_codes(whole.state.store, "anna")
    with TestClient(whole, "https://testserver", follow_redirects=False) as browser:
        said = password_given(browser, "anna").headers["Set-Cookie"].lower()
        assert (f"{HALF_COOKIE}=" in said, "; secure" in said, is_in(browser)) == (True, True, False)
        assert browser.post(CODE, data={"code": "1"}, headers=PAGE).status_code == 401
        answer = browser.post(CODE, data={"code": phone.code()}, headers=PAGE)
        assert (answer.status_code, "; secure" in answer.headers["Set-Cookie"].lower()) == (303, True)
        assert is_in(browser)
        demands_it(whole, THERE)
        told = TestClient(whole).post("/desk/sign-in", json={"user": "carl", "password": PASSWORD})
        assert told.json()["code"] == "second_factor_missing"
