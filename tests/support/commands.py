"""Commands as somebody types them, over a store of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import load_settings
from bot.store.store import Store
from tests.support.the_tests import THE_TESTS

Run = Callable[..., Result]


def run_in(var: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Yields what runs a command, with a standard input `given` to it."""
    monkeypatch.setenv("HJEMAD_VAR", str(var))
    monkeypatch.delenv("HJEMAD_DATABASE_URL", raising=False)
    load_settings.cache_clear()
    yield lambda *command, given="": CliRunner().invoke(app, command, input=given)
    load_settings.cache_clear()


def audit_log() -> list[tuple[str, str | None]]:
    """What is noted of the town of these commands, each with what it is about."""
    settings = load_settings()
    store = Store(settings.store_url, settings.key())
    with store.read(THE_TESTS) as work:
        found = [(entry.action, entry.subject) for entry in work.people.noted("eksempel")]
    store.close()
    return found


def said(output: str) -> str:
    """Without the breaks that the width of a terminal makes."""
    return " ".join(output.split())
