"""By the municipality's own sign-in: who it says has a role comes in, and nothing that was forged or used does."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.rights import Access, Role
from bot.settings import Settings
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.store.tables import metadata
from bot.supervisor.supervisor import free_port
from bot.upkeep.roles import Wanted, set_roles
from bot.web.desk.oidc import asking
from bot.web.desk.oidc.attempt import ATTEMPT_SECONDS, opened, sealed
from bot.web.desk.oidc.provider import provider_from
from bot.web.desk.oidc.routes import COOKIE, COOKIE_PATH
from bot.web.desk.sessions import COOKIE as SESSION
from bot.web.desk.tries import AT_PROVIDER_A_MINUTE, SignInTries
from tests.support.agents import add_agents, leaves
from tests.support.desk import PAGE, PASSWORD, desk_app, is_in, signed_in
from tests.support.provider import BACK, ROLES, START, Directory, changed, comes_in, directory, settings_for, starts
from tests.support.second_factors import CODE, has_codes, password_given

CASEWORKER, LEAD, BOLIGAGENT = ROLES
NOT_PROVEN = "Vi kunne ikke bekræfte dit login."

BY_CLAIM: dict[str, Any] = {
    "oidc_municipality": "",
    "oidc_municipality_claim": "cvr",
    "oidc_municipalities": {"11111111": "eksempel", "22222222": "nabo", "33333333": "nowhere"},
    "oidc_roles_claim": "realm_access.roles",
}


@pytest.fixture(scope="module")
def town() -> Iterator[Directory]:
    with directory() as opened_directory:
        opened_directory.knows("mette", given_name="Mette", name="Mette Holm", roles=[CASEWORKER])
        yield opened_directory


@pytest.fixture
def app(store: Store, town: Directory, tmp_path: Path) -> Starlette:
    return desk_app(store, settings_for(town.issuer, tmp_path))


@pytest.fixture
def visitor(app: Starlette) -> TestClient:
    return TestClient(app, follow_redirects=False)


def came(store: Store, municipality: str = "eksempel") -> list[DeskUser]:
    with store.read() as work:
        return [user for user in work.people.users(municipality) if user.name.startswith("oidc-")]


def noted(store: Store) -> list[tuple[bool, str, str | None]]:
    with store.read() as work:
        return [(entry.user is not None, entry.action, entry.subject) for entry in work.people.noted("eksempel")]


def state_of(visitor: TestClient) -> str:
    """Of an attempt that has just begun; of none, where none may begin."""
    led = visitor.get(START).headers.get("Location", "")
    return dict(parse_qsl(urlsplit(led).query)).get("state", "none")


def refused(answer: Response, client: TestClient, words: str, status: int = 401) -> None:
    assert (answer.status_code, words in answer.text, 'role="alert"' in answer.text) == (status, True, True)
    assert SESSION not in answer.cookies
    assert not is_in(client)


def test_who_has_a_role_is_added_the_first_time_and_comes_in(
    visitor: TestClient, town: Directory, store: Store
) -> None:
    answer = comes_in(visitor, town, "mette", "/desk/bookings")
    assert (answer.status_code, is_in(visitor)) == (200, True)
    assert '<meta http-equiv="refresh" content="0;url=/desk/bookings">' in answer.text
    [mette] = came(store)
    assert (mette.shown_name, mette.title, mette.password_hash) == ("Mette", "ungerådgiver", "")
    assert mette.access.roles == {Role.CASEWORKER}
    assert noted(store) == [
        (False, "add_user", mette.name),
        (False, "give_caseworker", mette.name),
        (True, "sign_in", None),
    ]


def test_the_session_is_the_same_as_any_and_the_attempt_is_forgotten(visitor: TestClient, town: Directory) -> None:
    said = [value.lower() for value in comes_in(visitor, town, "mette").headers.get_list("Set-Cookie")]
    [session] = [value for value in said if value.startswith(f"{SESSION}=")]
    [attempt] = [value for value in said if value.startswith(f"{COOKIE}=")]
    assert ("samesite=strict" in session, "httponly" in session) == (True, True)
    assert ("max-age=0" in attempt, COOKIE in visitor.cookies) == (True, False)


def test_the_attempts_cookie_is_short_lived_and_of_its_own_route_alone(visitor: TestClient) -> None:
    said = visitor.get(START).headers["Set-Cookie"].lower()
    for part in ("httponly", "samesite=lax", f"path={COOKIE_PATH};", f"max-age={ATTEMPT_SECONDS}"):
        assert part in said


def test_state_nonce_and_a_challenge_go_along_and_no_secret(
    app: Starlette, visitor: TestClient, town: Directory
) -> None:
    asked = {name: value for name, [value] in parse_qs(urlsplit(starts(visitor)).query).items()}
    vault = app.state.provider.vault
    kept = opened(visitor.cookies[COOKIE], asked["state"], vault, datetime.now(UTC))
    challenge = urlsafe_b64encode(sha256(kept.verifier.encode()).digest()).rstrip(b"=").decode()
    assert (asked["code_challenge"], asked["code_challenge_method"]) == (challenge, "S256")
    assert (asked["nonce"], asked["response_type"], asked["client_id"]) == (kept.nonce, "code", "hjemad")
    assert kept.verifier not in str(asked)
    assert kept.verifier not in visitor.cookies[COOKIE]


def test_the_verifier_and_the_secret_go_to_the_provider_alone(
    visitor: TestClient, town: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[httpx.Request] = []
    send = httpx.AsyncClient.send

    async def seen(self: httpx.AsyncClient, request: httpx.Request, **more: Any) -> httpx.Response:
        answer = await send(self, request, **more)
        sent.append(answer.request)
        return answer

    monkeypatch.setattr(asking.httpx.AsyncClient, "send", seen)
    comes_in(visitor, town, "mette")
    [token] = [request for request in sent if request.method == "POST"]
    given = dict(parse_qsl(token.content.decode()))
    assert len(given["code_verifier"]) >= 43
    assert given["redirect_uri"] == f"http://127.0.0.1:8000{BACK}"
    assert token.headers["Authorization"] == httpx.BasicAuth("hjemad", "a+secret%3A+%2B%25")._auth_header


def test_the_same_person_is_found_again_with_the_roles_of_today(
    visitor: TestClient, app: Starlette, town: Directory, store: Store
) -> None:
    town.knows("liv", given_name="Liv", roles=[CASEWORKER])
    comes_in(visitor, town, "liv")
    town.knows("liv", given_name="Liv", roles=[LEAD, "Noget andet"])
    comes_in(TestClient(app, follow_redirects=False), town, "liv")
    [liv] = came(store)
    assert liv.access.roles == {Role.LEAD}
    assert [action for _, action, _ in noted(store)] == [
        "add_user",
        "give_caseworker",
        "sign_in",
        "give_lead",
        "take_caseworker",
        "sign_in",
    ]
    assert visitor.get("/desk/people").status_code == 200, "also where they were signed in already"


@pytest.mark.parametrize("roles", [[], ["Noget andet"], "before", ["before", 7, None], None, {"x": 1}])
def test_who_has_no_role_is_told_so_and_is_nobody_here(
    visitor: TestClient, town: Directory, store: Store, roles: object
) -> None:
    town.knows("kaj", given_name="Kaj", roles=roles)
    refused(comes_in(visitor, town, "kaj"), visitor, "du har ikke adgang her", 403)
    assert (came(store), noted(store)) == ([], [])


def test_whose_role_is_taken_loses_it_where_they_are_signed_in(
    visitor: TestClient, app: Starlette, town: Directory, store: Store
) -> None:
    town.knows("eva", given_name="Eva", roles=[CASEWORKER])
    comes_in(visitor, town, "eva")
    assert visitor.get("/desk/queue.json").status_code == 200
    town.knows("eva", given_name="Eva", roles=[])
    other = TestClient(app, follow_redirects=False)
    refused(comes_in(other, town, "eva"), other, "du har ikke adgang her", 403)
    assert visitor.get("/desk/queue.json").status_code == 403
    assert noted(store)[-2][1] == "take_caseworker"


def test_who_was_removed_stays_so(visitor: TestClient, town: Directory, store: Store) -> None:
    town.knows("bent", given_name="Bent", roles=[CASEWORKER])
    comes_in(visitor, town, "bent")
    [bent] = came(store)
    with store.write() as work:
        work.people.remove_user(bent, datetime.now(UTC))
    refused(comes_in(visitor, town, "bent"), visitor, "du har ikke adgang her", 403)
    [still] = came(store)
    assert still.removed_at


@pytest.mark.parametrize("removed_in", ["eksempel", "nabo"])
def test_who_was_removed_in_one_town_does_not_come_in_by_another(
    store: Store, town: Directory, tmp_path: Path, removed_in: str
) -> None:
    app = desk_app(store, settings_for(town.issuer, tmp_path, **BY_CLAIM))
    clients = {}
    for cvr, slug in (("11111111", "eksempel"), ("22222222", "nabo")):
        town.knows("kim", given_name="Kim", cvr=cvr, realm_access={"roles": [CASEWORKER]})
        clients[slug] = TestClient(app, follow_redirects=False)
        assert comes_in(clients[slug], town, "kim").status_code == 200
    with store.write() as work:
        work.people.remove_user(came(store, removed_in)[0], datetime.now(UTC))
    late = TestClient(app, follow_redirects=False)
    for cvr in ("11111111", "22222222"):
        town.knows("kim", given_name="Kim", cvr=cvr, realm_access={"roles": [CASEWORKER]})
        refused(comes_in(late, town, "kim"), late, "du har ikke adgang her", 403)
    assert clients["nabo"].get("/desk/queue.json").status_code in (401, 403)


def ida_comes(app: Starlette, town: Directory, store: Store, roles: list[str]) -> DeskUser:
    town.knows("ida", name="Ida Lind", roles=roles)
    comes_in(TestClient(app, follow_redirects=False), town, "ida")
    [ida] = came(store)
    return ida


def test_nobody_is_a_boligagent_by_a_name(app: Starlette, town: Directory, store: Store) -> None:
    """A name is chosen by whoever has it, and the talks of a boligagent are for nobody else."""
    add_agents(store, "Ida Lind")
    ida = ida_comes(app, town, store, [BOLIGAGENT])
    assert (ida.access, ida.title) == (Access(frozenset({Role.BOLIGAGENT}), None), "boligagent")
    assert ida_comes(app, town, store, [BOLIGAGENT]).access.agent is None


@pytest.mark.parametrize("between", [[], [CASEWORKER]])
def test_which_boligagent_somebody_is_stays_also_while_they_are_none(
    app: Starlette, town: Directory, store: Store, between: list[str]
) -> None:
    agent = add_agents(store, "Ida Lind")[-1]
    ida_comes(app, town, store, [BOLIGAGENT])
    set_roles(store, {}, came(store)[0].name, Wanted(["boligagent"], str(agent.id)))
    assert ida_comes(app, town, store, between).access.agent is None
    assert ida_comes(app, town, store, [BOLIGAGENT]).access.agent == agent.id
    leaves(store, agent)
    assert ida_comes(app, town, store, [BOLIGAGENT]).access.agent is None


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"name": ""},
        {"name": 7},
        {"given_name": "  \n ", "name": "x" * 500},
        {"name": "<b>Bo</b>"},
        {"name": "B\x00o\x1f"},
    ],
)
def test_whatever_somebody_is_called_they_come_in(
    visitor: TestClient, town: Directory, store: Store, claims: dict[str, object]
) -> None:
    town.knows("nogen", roles=[CASEWORKER], **claims)
    assert comes_in(visitor, town, "nogen").status_code == 200
    [user] = came(store)
    assert 0 < len(user.shown_name) <= 120
    assert "<b>" not in visitor.get("/desk/", headers=PAGE).text


def test_municipalities_and_nested_roles_are_read_from_claims(store: Store, town: Directory, tmp_path: Path) -> None:
    app = desk_app(store, settings_for(town.issuer, tmp_path, **BY_CLAIM))
    for cvr, status in (("11111111", 200), ("33333333", 403), ("4", 403), ("22222222", 200)):
        town.knows("pia", given_name="Pia", cvr=cvr, realm_access={"roles": [CASEWORKER]})
        assert comes_in(TestClient(app, follow_redirects=False), town, "pia").status_code == status
    [before], [now] = came(store), came(store, "nabo")
    assert (before.access.roles, now.access.roles) == (frozenset(), {Role.CASEWORKER})
    town.knows("pia", given_name="Pia", cvr=["11111111", "22222222"], realm_access={"roles": [CASEWORKER]})
    assert comes_in(TestClient(app, follow_redirects=False), town, "pia").status_code == 403


def test_of_two_tabs_the_first_time_there_is_one_person(app: Starlette, town: Directory, store: Store) -> None:
    town.knows("to", given_name="To", roles=[CASEWORKER])
    tabs = [TestClient(app, follow_redirects=False) for _ in range(2)]
    ways = [town.lets_in(starts(tab), "to") for tab in tabs]
    assert [tab.get(way, headers=PAGE).status_code for tab, way in zip(tabs, ways, strict=True)] == [200, 200]
    assert len(came(store)) == 1


def test_a_forged_state_opens_nothing(visitor: TestClient, town: Directory) -> None:
    way = town.lets_in(starts(visitor), "mette")
    for state in ("", "x", "æ", "\udcff".encode("utf-8", "surrogatepass").decode("latin-1")):
        starts(visitor)
        refused(visitor.get(changed(way, {"state": state}), headers=PAGE), visitor, NOT_PROVEN)


def test_a_way_back_without_the_attempts_cookie_opens_nothing(
    app: Starlette, visitor: TestClient, town: Directory
) -> None:
    """Somebody else's link must not sign a caseworker in as somebody else."""
    way = town.lets_in(starts(visitor), "mette")
    for cookies in ({}, {COOKIE: "x"}, {COOKIE: "gAAAA" + "x" * 200}):
        victim = TestClient(app, follow_redirects=False, cookies=cookies)
        refused(victim.get(way, headers=PAGE), victim, NOT_PROVEN)


def test_an_attempt_that_is_too_old_opens_nothing(app: Starlette, visitor: TestClient, town: Directory) -> None:
    way, vault = town.lets_in(starts(visitor), "mette"), app.state.provider.vault
    state = dict(parse_qsl(urlsplit(way).query))["state"]
    kept = opened(visitor.cookies[COOKIE], state, vault, datetime.now(UTC))
    old = sealed(kept, vault, datetime.now(UTC) - timedelta(seconds=ATTEMPT_SECONDS + 1))
    late = TestClient(app, follow_redirects=False, cookies={COOKIE: old})
    refused(late.get(way, headers=PAGE), late, NOT_PROVEN)


def test_a_code_that_was_used_opens_nothing(app: Starlette, visitor: TestClient, town: Directory) -> None:
    way = town.lets_in(starts(visitor), "mette")
    cookie = visitor.cookies[COOKIE]
    assert visitor.get(way, headers=PAGE).status_code == 200
    thief = TestClient(app, follow_redirects=False, cookies={COOKIE: cookie})
    refused(thief.get(way, headers=PAGE), thief, NOT_PROVEN)


@pytest.mark.parametrize("code", ["", "x", "x" * 5000, "<script>", "a b\n"])
def test_a_code_that_is_none_opens_nothing(visitor: TestClient, town: Directory, code: str) -> None:
    way = town.lets_in(starts(visitor), "mette")
    refused(visitor.get(changed(way, {"code": code}), headers=PAGE), visitor, NOT_PROVEN)


def test_another_nonce_opens_nothing(visitor: TestClient, town: Directory, caplog: pytest.LogCaptureFixture) -> None:
    way = town.lets_in(changed(starts(visitor), {"nonce": "another"}), "mette")
    refused(visitor.get(way, headers=PAGE), visitor, NOT_PROVEN)
    assert "an ID token that does not hold: InvalidClaimError" in caplog.text


def test_a_token_that_has_run_out_opens_nothing(store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with directory(access_token_max_age=timedelta(minutes=-5)) as late:
        late.knows("mette", given_name="Mette", roles=[CASEWORKER])
        visitor = TestClient(desk_app(store, settings_for(late.issuer, tmp_path)), follow_redirects=False)
        refused(comes_in(visitor, late, "mette"), visitor, NOT_PROVEN)
    assert "an ID token that does not hold: ExpiredTokenError" in caplog.text


def test_who_says_no_there_is_led_to_the_sign_in(visitor: TestClient) -> None:
    state = state_of(visitor)
    answer = visitor.get(BACK, params={"error": "access_denied", "state": state}, headers=PAGE)
    refused(answer, visitor, "Du kom ikke ind med kommunens login.")


@pytest.mark.parametrize("error", ["server_error", "temporarily_unavailable", "invalid_scope", "", "<b>"])
def test_its_own_trouble_is_told_as_that(visitor: TestClient, error: str) -> None:
    state = state_of(visitor)
    answer = visitor.get(BACK, params={"error": error, "state": state}, headers=PAGE)
    refused(answer, visitor, "Kommunens login svarer ikke lige nu.", 503)


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example/desk/", "/desk/../x"])
def test_the_way_leads_to_no_other_site(visitor: TestClient, town: Directory, elsewhere: str) -> None:
    assert 'content="0;url=/desk/"' in comes_in(visitor, town, "mette", elsewhere).text


def test_guesses_are_slowed_down(app: Starlette, visitor: TestClient) -> None:
    app.state.sign_in_tries = SignInTries(Settings(_env_file=None, sign_in_tries_a_minute=2))
    for status in (401, 401, 429):
        way = visitor.get(BACK, params={"code": "x", "state": state_of(visitor)}, headers=PAGE)
        assert way.status_code == status


def test_what_anybody_can_send_or_the_provider_gets_wrong_counts_against_nobody(
    app: Starlette, visitor: TestClient
) -> None:
    """A page elsewhere could lock a whole town hall out with pictures of that address."""
    app.state.sign_in_tries = SignInTries(Settings(_env_file=None, sign_in_tries_a_minute=1))
    for _ in range(4):
        assert visitor.get(BACK, params={"code": "x", "state": "x"}, headers=PAGE).status_code == 401
    for error in ("access_denied", "server_error"):
        state = state_of(visitor)
        visitor.get(BACK, params={"error": error, "state": state}, headers=PAGE)
    signed_in(app, "anna")
    starts(visitor)


def test_nobody_makes_us_ask_without_end(visitor: TestClient) -> None:
    told = {visitor.get(START, headers=PAGE).status_code for _ in range(AT_PROVIDER_A_MINUTE)}
    assert told == {303}
    answer = visitor.get(START, headers=PAGE)
    assert (answer.status_code, "Der er prøvet for mange gange." in answer.text) == (429, True)


def test_while_it_is_away_that_is_said_and_the_password_still_opens(store: Store, tmp_path: Path) -> None:
    app = desk_app(store, settings_for(f"http://localhost:{free_port()}", tmp_path))
    visitor = TestClient(app, follow_redirects=False)
    refused(visitor.get(START, headers=PAGE), visitor, "Kommunens login svarer ikke lige nu.", 503)
    signed_in(app, "anna")


@pytest.mark.parametrize("path", ["/jwks", "/oauth2/authorize"])
def test_what_answers_otherwise_is_away(store: Store, town: Directory, tmp_path: Path, path: str) -> None:
    app = desk_app(store, settings_for(town.issuer + path, tmp_path))
    visitor = TestClient(app, follow_redirects=False)
    refused(visitor.get(START, headers=PAGE), visitor, "Kommunens login svarer ikke lige nu.", 503)


def test_where_passwords_are_not_allowed_there_is_one_way_in(store: Store, town: Directory, tmp_path: Path) -> None:
    app = desk_app(store, settings_for(town.issuer, tmp_path, local_sign_in=False))
    visitor = TestClient(app, follow_redirects=False)
    page = visitor.get("/desk/sign-in", headers=PAGE).text
    assert ("Log ind med kommunens login" in page, 'name="password"' in page) == (True, False)
    told = visitor.post("/desk/sign-in", json={"user": "anna", "password": PASSWORD})
    assert (told.status_code, told.json()["code"]) == (403, "no_local_sign_in")
    assert visitor.post("/desk/sign-in", data={"user": "anna", "password": PASSWORD}, headers=PAGE).status_code == 403
    assert comes_in(visitor, town, "mette").status_code == 200


def test_where_passwords_are_allowed_no_more_the_second_steps_are_closed_too(
    store: Store, town: Directory, tmp_path: Path
) -> None:
    phone, settings = has_codes(store, "anna"), settings_for(town.issuer, tmp_path)
    app = desk_app(store, settings)
    visitor = TestClient(app, follow_redirects=False)
    assert password_given(visitor, "anna").status_code == 303
    app.state.settings = settings.model_copy(update={"local_sign_in": False})
    assert visitor.get(CODE, headers=PAGE).headers["Location"] == "/desk/sign-in"
    refused(visitor.post(CODE, data={"code": phone.code()}, headers=PAGE), visitor, "Her logger du ind med", 403)


def test_whoever_came_by_it_cannot_come_by_a_password(visitor: TestClient, town: Directory, store: Store) -> None:
    comes_in(visitor, town, "mette")
    [mette] = came(store)
    for password in ("", PASSWORD):
        told = visitor.post("/desk/sign-in", json={"user": mette.name, "password": password})
        assert told.status_code == 401


def test_signing_out_leads_on_to_signing_out_there(visitor: TestClient, town: Directory) -> None:
    comes_in(visitor, town, "mette")
    csrf = visitor.get("/desk/", headers=PAGE).text.partition('name="csrf" value="')[2].partition('"')[0]
    page = visitor.post("/desk/sign-out", data={"csrf": csrf}, headers=PAGE)
    assert page.status_code == 200
    assert f"{town.issuer}/oauth2/end_session?client_id=hjemad&amp;" in page.text
    assert "post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A8000%2Fdesk%2Fsign-in" in page.text
    assert not is_in(visitor)


def test_signing_out_is_whole_while_the_provider_is_away(
    app: Starlette, visitor: TestClient, town: Directory, tmp_path: Path
) -> None:
    comes_in(visitor, town, "mette")
    csrf = visitor.get("/desk/", headers=PAGE).text.partition('name="csrf" value="')[2].partition('"')[0]
    app.state.provider = provider_from(settings_for(f"http://localhost:{free_port()}", tmp_path))
    answer = visitor.post("/desk/sign-out", data={"csrf": csrf}, headers=PAGE)
    assert (answer.status_code, answer.headers["Location"], is_in(visitor)) == (303, "/desk/sign-in", False)


@pytest.mark.parametrize(("which", "status"), [("all", 200), ("others", 303)])
def test_signing_out_everywhere_leads_there_too(visitor: TestClient, town: Directory, which: str, status: int) -> None:
    comes_in(visitor, town, "mette")
    csrf = visitor.get("/desk/", headers=PAGE).text.partition('name="csrf" value="')[2].partition('"')[0]
    page = visitor.post("/desk/sign-ins/end", data={"csrf": csrf, "which": which}, headers=PAGE)
    assert (page.status_code, f"{town.issuer}/oauth2/end_session?" in page.text) == (status, status == 200)
    assert is_in(visitor) == (status == 303)


def test_whoever_came_by_a_password_is_not_led_there(app: Starlette) -> None:
    anna = signed_in(app, "anna")
    assert anna.post("/desk/sign-out", headers=PAGE).headers["Location"] == "/desk/sign-in"


def test_who_they_are_there_does_not_stand_in_the_store(visitor: TestClient, town: Directory, store: Store) -> None:
    town.knows("a-secret-number", given_name="Ole", email="ole@horsens.example", roles=[CASEWORKER])
    comes_in(visitor, town, "a-secret-number")
    with store.read() as work:
        kept = str([work._connection.execute(select_all).all() for select_all in map(_all, metadata.sorted_tables)])
    assert not any(secret in kept for secret in ("a-secret-number", "ole@horsens", town.issuer))
    assert "Ole" in kept


def test_without_one_the_addresses_lead_to_the_sign_in(stranger_of_none: TestClient) -> None:
    for path in (START, BACK):
        assert stranger_of_none.get(path).headers["Location"] == "/desk/sign-in"
    assert "kommunens login" not in stranger_of_none.get("/desk/sign-in", headers=PAGE).text


@pytest.fixture
def stranger_of_none(store: Store) -> TestClient:
    return TestClient(desk_app(store, Settings(_env_file=None)), follow_redirects=False)


def _all(table: Any) -> Any:
    return table.select()
