"""A sign-in ends by itself, by signing out, and in production never begins for the demo's user."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient
from typer.testing import CliRunner

from bot.cli import app as app_of_commands
from bot.municipality.demo import DEMO_USER, DemoInProductionError, refuse_demo
from bot.settings import Settings, load_settings
from bot.store.store import Store
from bot.store.tables import metadata
from bot.supervisor.supervisor import free_port
from bot.web.desk.sessions import COOKIE, FRESH_SECONDS, OpenPages, come_in
from tests.support.desk import PASSWORD, desk_app, signed_in
from tests.support.the_tests import THE_TESTS

SIGN_IN = {"user": DEMO_USER, "password": PASSWORD}


def ends_all_sessions(store: Store, at: datetime) -> None:
    with store.write(THE_TESTS) as work:
        work._connection.execute(metadata.tables["desk_sessions"].update().values(expires_at=at))


def test_a_session_ends_by_itself_though_the_cookie_is_still_sent(store, anna):
    assert anna.get("/desk/queue.json").status_code == 200
    ends_all_sessions(store, datetime.now(UTC) + timedelta(minutes=1))
    assert anna.get("/desk/queue.json").status_code == 200
    ends_all_sessions(store, datetime.now(UTC))
    assert COOKIE in anna.cookies
    assert anna.get("/desk/queue.json").status_code == 401


def test_a_session_lasts_as_long_as_is_set_and_so_does_the_cookie(store):
    client = TestClient(desk_app(store, Settings(_env_file=None, desk_session=3600)))
    answer = client.post("/desk/sign-in", json={"user": "anna", "password": PASSWORD})
    assert "max-age=3600" in answer.headers["Set-Cookie"].lower()
    sessions = metadata.tables["desk_sessions"]
    with store.read(THE_TESTS) as work:
        ends = work._connection.scalar(select(sessions.c.expires_at))
    assert timedelta(minutes=59) < ends - datetime.now(UTC) <= timedelta(hours=1)


def test_signing_in_again_gives_another_token(app):
    first, second = (signed_in(app, "anna") for _ in range(2))
    assert first.cookies[COOKIE] != second.cookies[COOKIE]
    assert first.headers["X-CSRF-Token"] != second.headers["X-CSRF-Token"]


@pytest.mark.parametrize(("production", "status"), [(False, 200), (True, 401)])
def test_nobody_signs_in_as_the_demo_in_production(store, production, status):
    client = TestClient(desk_app(store, Settings(_env_file=None, production=production)))
    assert client.post("/desk/sign-in", json=SIGN_IN).status_code == status


def test_the_cookie_is_secure_in_production(store):
    client = TestClient(desk_app(store, Settings(_env_file=None, production=True)))
    answer = client.post("/desk/sign-in", json={"user": "anna", "password": PASSWORD})
    assert "; secure" in answer.headers["Set-Cookie"].lower()


def test_a_store_with_the_demo_user_is_none_for_production(store, tmp_path):
    with pytest.raises(DemoInProductionError, match="store of its own"):
        refuse_demo(store)
    empty = Store(f"sqlite:///{tmp_path / 'own.sqlite'}", "a key for tests")
    empty.migrate()
    refuse_demo(empty)
    empty.close()


@pytest.mark.parametrize("command", ["run", "web"])
def test_each_server_refuses_such_a_store_in_a_line(store, monkeypatch, command):
    given = {"PRODUCTION": "true", "SECRET_KEY": "Zk3vT9wq-0HxLr7mNpB2cYsUe5dGfJa8", "PORT": str(free_port())}
    for name, value in (given | {"DATABASE_URL": str(store._database.engine.url)}).items():
        monkeypatch.setenv(f"HJEMAD_{name}", value)
    load_settings.cache_clear()
    told = CliRunner().invoke(app_of_commands, [command])
    load_settings.cache_clear()
    assert (told.exit_code, "DemoInProductionError" in told.output) == (1, True)
    assert "Traceback" not in told.output


def test_all_open_pages_of_a_session_look_at_it_once_in_a_moment(store, anna, bo, monkeypatch):
    clock, looks = [100.0], []
    monkeypatch.setattr("bot.web.desk.sessions.monotonic", lambda: clock[0])
    monkeypatch.setattr("bot.web.desk.sessions.come_in", lambda *given, **_: looks.append(given) or come_in(*given))
    pages, (annas, bos) = OpenPages(store), (one.cookies[COOKIE] for one in (anna, bo))
    assert [pages.session(token).user.name for token in (annas, bos, annas, bos)] == ["anna", "bo", "anna", "bo"]
    assert len(looks) == 2
    anna.post("/desk/sign-out")
    assert pages.session(annas)
    clock[0] += FRESH_SECONDS
    assert pages.session(annas) is None
    assert (pages.session(bos).user.name, pages.session(None)) == ("bo", None)
    assert list(pages._looks) == [annas, bos, ""]
