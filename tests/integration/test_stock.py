"""Rasa's own components beside ours, both trained and measured for real on a small checkout."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from bot.benchmark.stock import comparison
from bot.benchmark.stock.comparison import LINES, Line, compare_with_stock
from bot.benchmark.stock.measured import SideError, measured
from bot.benchmark.stock.sides import Side, ours, stock
from bot.settings import load_settings
from tests.support.small_checkout import small_checkout

# Rasa's own components take minutes to learn, and change with its version alone.
pytestmark = pytest.mark.soak


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A `var` of this test's own; settings are read once a process."""
    monkeypatch.setenv("HJEMAD_VAR", str(tmp_path / "var"))
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


def test_both_sides_are_trained_and_told_as_ratios(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "ROOT", small_checkout(tmp_path))
    console = Console(record=True, width=140)
    compare_with_stock(console, epochs=2)
    names = {file.parent.name.split("-")[0] for file in tmp_path.glob("var/benchmark/*/train.json")}
    assert names == {"ours", "stock"}
    for file in tmp_path.glob("var/benchmark/*/train.json"):
        trained = json.loads(file.read_text(encoding="utf-8"))
        # No more work fits into the seconds than the processors can do in them.
        assert 0 < trained["train_work"] <= 1.2 * (os.cpu_count() or 1) * trained["train_seconds"]
    said = console.export_text()
    assert all(line.title in said for line in LINES)
    assert "Rasa's own, 2 epochs" in said
    assert "Behind in: " in said or "Ahead in all of them." in said


def test_a_ratio_above_one_is_always_for_ours() -> None:
    our, their = {"figure": 4.0}, {"figure": 2.0}
    assert Line("figure", "accuracy", "{}", more_is_better=True).ratio(our, their) == 2
    assert Line("figure", "seconds", "{}").ratio(our, their) == 0.5


def test_other_settings_or_other_utterances_make_another_model(tmp_path: Path) -> None:
    root = small_checkout(tmp_path)
    before = {side.name: side.digest(root) for side in (ours(), stock(2))}
    assert stock(3).digest(root) != before["stock"]
    file = root / "data" / "nlu" / "all.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("hejsa", "hejsasa"), encoding="utf-8")
    assert {side.name: side.digest(root) for side in (ours(), stock(2))}.items().isdisjoint(before.items())


def test_a_side_that_cannot_be_trained_is_named(tmp_path: Path) -> None:
    broken = Side("broken", {"recipe": "default.v1", "language": "da", "pipeline": [{"name": "NoSuchComponent"}]}, "")
    with pytest.raises(SideError, match="broken"):
        measured(broken, small_checkout(tmp_path))
