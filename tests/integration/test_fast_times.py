"""Free times stay fast: the index they are read by, and the measurement that fails when they are slow."""

import io
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from sqlalchemy import event
from typer.testing import CliRunner

from bot.benchmark import databases
from bot.benchmark import free_times as measured
from bot.benchmark.commands import benchmarks
from bot.benchmark.promises import TooSlowError
from bot.casework.arranging import taken_ahead
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.reminders import NOON
from tests.support.the_tests import THE_TESTS

QUICK, SLOW = 0.0499, 0.05


def test_what_is_taken_is_read_by_its_index(tmp_path: Path, municipality: Municipality) -> None:
    store, asked = Store(f"sqlite:///{tmp_path / 'hjemad.sqlite'}", "a key for tests"), []

    def keep(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    store.migrate()
    with store.read(THE_TESTS) as work:
        event.listen(work._connection, "before_cursor_execute", keep)
        taken_ahead(work, "eksempel", municipality.rules, NOON)
        [(statement, parameters)] = asked
        plan = work._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    store.close()
    assert "ix_bookings_municipality_starts_at (municipality=? AND starts_at>? AND starts_at<?)" in plan[0].detail


@pytest.fixture
def only_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where only what the product needs is installed."""

    def missing(_folder: str) -> None:
        raise ImportError

    monkeypatch.setattr(databases, "_postgres", missing)


@pytest.mark.usefixtures("only_sqlite")
@pytest.mark.parametrize(("promised", "others", "code"), [(QUICK, SLOW, 0), (SLOW, QUICK, 1)])
def test_the_measurement_fails_when_it_is_slower_than_promised(
    monkeypatch: pytest.MonkeyPatch, promised: float, others: float, code: int
) -> None:
    """Only at the size that the promise is made for."""

    def times(_database: str, size: int) -> Any:
        return repeat((promised if size == 5_000 else others, 0.001), 3)

    monkeypatch.setattr(measured, "_times", times)
    assert CliRunner().invoke(benchmarks, ["benchmark-times"]).exit_code == code


def test_what_is_measured_has_pauses_and_days_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def look(work: Any, slug: str, _way: object, rules: Any, now: Any) -> None:
        agents = work.agents.of(slug, NOON.date())
        seen.append((len(agents), len(taken_ahead(work, slug, rules, now)), all(agent.days for agent in agents)))
        assert rules.pauses

    monkeypatch.setattr(measured, "free_times", look)
    times = list(measured._times(f"sqlite:///{tmp_path / 'hjemad.sqlite'}", 60))
    assert set(seen) == {(measured.AGENTS, 60, True)}
    assert len(times) == measured.RUNS


@pytest.mark.usefixtures("only_sqlite")
def test_the_measurement_names_the_database_that_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measured, "_times", lambda *_: repeat((SLOW, 0.001), 3))
    with pytest.raises(TooSlowError, match="SQLite"):
        measured.measure_free_times(Console(file=io.StringIO()))
