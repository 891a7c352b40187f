"""The measurement of the desk's queue: what it fills a store with, and that it fails where a page is slow."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.benchmark import databases
from bot.benchmark import queue as measured
from bot.benchmark.commands import benchmarks
from bot.store.store import Store
from tests.support.the_tests import THE_TESTS

QUICK, SLOW = 0.149, 0.150


def looks(page: float) -> dict[str, float]:
    return {"page": page, "list": SLOW, "count": SLOW, "place": SLOW}


@pytest.mark.parametrize(("promised", "others", "code"), [(QUICK, SLOW, 0), (SLOW, QUICK, 1)])
def test_the_measurement_fails_when_a_page_is_slower_than_promised(
    monkeypatch: pytest.MonkeyPatch, promised: float, others: float, code: int
) -> None:
    """Only at the size that the promise is made for; it names the database that is slow."""

    def missing(_folder: str) -> None:
        raise ImportError

    monkeypatch.setattr(databases, "_postgres", missing)
    monkeypatch.setattr(measured, "_filled", lambda _database, size: size)
    monkeypatch.setattr(measured, "_measured", lambda size: looks(promised if size == 10_000 else others))
    done = CliRunner().invoke(benchmarks, ["benchmark-queue"])
    assert done.exit_code == code
    assert ("Slower than promised on SQLite" in done.output) == bool(code)
    assert "10000 wait" in done.output


def test_what_is_measured_is_a_queue_that_the_product_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In danger and calm, with messages that nobody answered, and colleagues who have their own."""
    monkeypatch.setattr(measured, "RUNS", 1)
    filled = measured._filled(f"sqlite:///{tmp_path / 'hjemad.sqlite'}", 120)
    found = measured._measured(filled)
    assert sorted(found) == ["count", "list", "page", "place"]
    assert min(found.values()) > 0
    store = Store(filled.database, measured.KEY)
    with store.read(THE_TESTS) as work:
        line = work.waiting.line("eksempel", datetime.now(UTC))
        assert line.in_all == 120
        assert {one.danger.level for one in line.first} == {0, 1, 2, 3}
        assert line.longest == filled.waits
        assert set(work.waiting.unanswered([one.id for one in line.first]).values()) == {measured.MESSAGES_EACH}
        assert len(work.waiting.held("eksempel")) == measured.COLLEAGUES * measured.HELD_BY_EACH
    store.close()
