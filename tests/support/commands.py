"""Commands as somebody types them, over a store of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import load_settings

Run = Callable[..., Result]


def run_in(var: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Yields what runs a command, with a standard input `given` to it."""
    monkeypatch.setenv("HJEMAD_VAR", str(var))
    monkeypatch.delenv("HJEMAD_DATABASE_URL", raising=False)
    load_settings.cache_clear()
    yield lambda *command, given="": CliRunner().invoke(app, command, input=given)
    load_settings.cache_clear()
