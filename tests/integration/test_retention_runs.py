"""Retention as it runs: by itself in the web process, and by the command."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from bot.cli import app
from bot.municipality.demo import seed_demo
from bot.municipality.towns import load_municipalities
from bot.settings import load_settings
from bot.store.store import Store
from bot.store.tables import metadata
from bot.web.app import create_app
from tests.support.chat_app import settings
from tests.support.desk import YoungPerson
from tests.support.model import danger_screen
from tests.support.running import PASSWORD
from tests.support.the_tests import THE_TESTS

SECRET = "jeg sover i skuret bag biblioteket"
KEY = "a key for tests"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'hjemad.sqlite'}", KEY)
    opened.migrate()
    seed_demo(opened, load_municipalities()["eksempel"], PASSWORD)
    yield opened
    opened.close()


@pytest.fixture
def aged(store: Store) -> YoungPerson:
    """Whose chat began two years ago."""
    young = YoungPerson(store).writes(SECRET)
    with store.write(THE_TESTS) as work:
        for name in ("messages", "conversations"):
            then = datetime.now(UTC) - timedelta(days=730)
            work._connection.execute(metadata.tables[name].update().values(created_at=then))
    return young


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CliRunner]:
    monkeypatch.setenv("HJEMAD_VAR", str(tmp_path))
    monkeypatch.setenv("HJEMAD_SECRET_KEY", KEY)
    monkeypatch.delenv("HJEMAD_DATABASE_URL", raising=False)
    load_settings.cache_clear()
    yield CliRunner()
    load_settings.cache_clear()


def test_the_web_process_erases_by_itself(tmp_path: Path, store: Store, aged: YoungPerson) -> None:
    danger_screen()
    fresh = YoungPerson(store).writes("hej")
    with TestClient(create_app(settings(tmp_path))):
        until = monotonic() + 30
        while aged.stands and monotonic() < until:
            sleep(0.05)
    assert not aged.stands
    assert fresh.stands


def test_the_command_counts_first_and_erases_then(store: Store, aged: YoungPerson, command: CliRunner) -> None:
    YoungPerson(store).writes("hej")
    counted = command.invoke(app, ["retention", "--dry-run"])
    assert (counted.exit_code, "would be erased" in counted.output) == (0, True)
    assert aged.stands
    erased = command.invoke(app, ["retention"])
    assert erased.exit_code == 0, erased.output
    assert "eksempel" in erased.output
    assert "none of that happened" in erased.output
    assert not aged.stands
    for output in (counted.output, erased.output):
        assert SECRET not in output
        assert aged.id not in output
    assert "Nothing has been kept" in command.invoke(app, ["retention"]).output


def test_the_command_names_how_many_wait_for_a_human(store: Store, aged: YoungPerson, command: CliRunner) -> None:
    aged.waits()
    told = command.invoke(app, ["retention"])
    assert "eksempel: 1 kept for longer" in told.output
    assert aged.stands


def test_a_store_that_is_away_is_told_in_a_line(command: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMAD_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none?connect_timeout=1")
    load_settings.cache_clear()
    told = command.invoke(app, ["retention"])
    assert (told.exit_code, "Traceback" in told.output) == (1, False)
