"""The way out, and where passwords are not allowed or there is no sign-in but them."""

from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.settings import Settings
from bot.store.store import Store
from bot.store.tables import metadata
from bot.supervisor.supervisor import free_port
from bot.web.desk.oidc.provider import provider_from
from tests.support.desk import PAGE, PASSWORD, desk_app, is_in, signed_in
from tests.support.provider import BACK, CASEWORKER, START, Directory, came, comes_in, refused, settings_for
from tests.support.second_factors import CODE, has_codes, password_given
from tests.support.the_tests import THE_TESTS


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
    with store.read(THE_TESTS) as work:
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
