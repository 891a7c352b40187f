"""Production does not start on a secret that anybody could know; a trial does without one."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import ROOT, Settings, SettingsError, load_settings
from bot.supervisor.supervisor import free_port

GOOD = "Zk3vT9wq-0HxLr7mNpB2cYsUe5dGfJa8"
COMMANDS = [
    ["run"],
    ["web"],
    ["seed-demo"],
    ["retention"],
    ["add-municipality", "eksempel"],
    ["add-user", "eksempel", "anna", "--shown-name", "Anna"],
]


def settings(tmp_path: Path, **given: object) -> Settings:
    return Settings(
        var=tmp_path, _env_file=None, **{"production": True, "secret_key": GOOD, "database_url": ""} | given
    )


def test_production_starts_on_secrets_of_its_own(tmp_path: Path) -> None:
    own = "postgresql://hjemad:Zk3vT9wq0HxLr7m@db/hjemad"
    assert settings(tmp_path, database_url=own).key() == GOOD
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"secret_key": ""}, "HJEMAD_SECRET_KEY is not set"),
        ({"secret_key": GOOD[:31]}, "HJEMAD_SECRET_KEY is too easy"),
        ({"secret_key": "a" * 64}, "HJEMAD_SECRET_KEY is too easy"),
        ({"demo_password": "et-langt-demo-kodeord"}, "HJEMAD_DEMO_PASSWORD"),
        ({"database_url": "postgresql://user:password@host/name"}, "HJEMAD_DATABASE_URL"),
        ({"database_url": "postgresql+psycopg://postgres:postgres@db/x"}, "HJEMAD_DATABASE_URL"),
    ],
)
def test_production_refuses_a_default_secret_by_name_and_does_not_repeat_it(
    tmp_path: Path, given: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError, match=named) as error:
        settings(tmp_path, **given).key()
    assert not [value for value in given.values() if value and value in str(error.value)]
    assert list(tmp_path.iterdir()) == []


def test_all_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"HJEMAD_SECRET_KEY.*HJEMAD_DEMO_PASSWORD"):
        settings(tmp_path, secret_key="", demo_password="x").key()


def test_a_trial_makes_its_own_key_once(tmp_path: Path) -> None:
    trial = settings(tmp_path, production=False, secret_key="", demo_password="et-langt-demo-kodeord")
    assert trial.key() == trial.key() != ""
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_no_secret_is_shown_where_settings_are(tmp_path: Path) -> None:
    assert GOOD not in repr(settings(tmp_path))


@pytest.mark.parametrize("seconds", ["59", str(24 * 3600 + 1)])
def test_a_sign_in_lasts_a_day_at_most(monkeypatch: pytest.MonkeyPatch, seconds: str) -> None:
    monkeypatch.setenv("HJEMAD_DESK_SESSION", seconds)
    load_settings.cache_clear()
    with pytest.raises(SettingsError, match="HJEMAD_DESK_SESSION"):
        load_settings()
    load_settings.cache_clear()


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_that_opens_the_store_refuses_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    for name, value in {
        "VAR": str(tmp_path),
        "PRODUCTION": "true",
        "SECRET_KEY": "kort",
        "PORT": str(free_port()),
    }.items():
        monkeypatch.setenv(f"HJEMAD_{name}", value)
    load_settings.cache_clear()
    told = CliRunner().invoke(app, command)
    load_settings.cache_clear()
    assert told.exit_code == 1
    assert "SettingsError" in told.output
    assert "Traceback" not in told.output
    assert not (tmp_path / "hjemad.sqlite").exists()


def test_the_environment_is_read_in_the_settings_and_nowhere_else() -> None:
    reading = re.compile(r"getenv|os\.environ\.get|os\.environ\[[^]]+\](?!\s*=)")
    files = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "actions").rglob("*.py")]
    assert len(files) > 200
    assert [file.name for file in files if reading.search(file.read_text(encoding="utf-8"))] == []
    assert reading.search('key = os.environ["HJEMAD_SECRET_KEY"]')
