"""What `hjemad bench` makes of its figures, and how it measures."""

import json
import statistics
import time
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from bot.benchmark.beside.bench import this_machine
from bot.benchmark.beside.claims import CLAIMS, FIRST, LONG, PEOPLE
from bot.benchmark.beside.measuring import Found, by_length, in_rounds, messages_a_second, pair_by_pair, work_a_message
from bot.benchmark.beside.page import write_page
from bot.benchmark.beside.servers import BesideError, _StockTalk
from bot.benchmark.beside.stock_model import learnt_from
from bot.benchmark.stock.sides import stock
from bot.settings import ROOT
from bot.supervisor.supervisor import free_port

OURS = Found(
    start=10, training=300, memory=500, accuracy=0.9, message=0.05, work=0.1,
    half=(0.04, 0.06), a_second={1: 10.0, PEOPLE: 60.0}, rounds={1: [9.0, 10.0], PEOPLE: [55.0, 60.0, 62.5]},
    at_turn={FIRST: 0.05, LONG: 0.055},
)  # fmt: skip
STOCK = Found(
    start=60, training=4000, memory=1200, accuracy=0.8, message=0.15, work=0.2,
    half=(0.14, 0.17), a_second={1: 8.0, PEOPLE: 18.0}, rounds={1: [8.0], PEOPLE: [17.0, 18.0]},
    at_turn={FIRST: 0.15, 200: 0.4},
)  # fmt: skip
WORSE = {
    "milliseconds a message": {"message": 0.08},
    "memory of the dialogue server": {"memory": 800},
    "start until the first answer": {"start": 20},
    "training": {"training": 500},
    f"messages a second of {PEOPLE} people": {"a_second": {1: 10.0, PEOPLE: 50.0}},
    "accuracy": {"accuracy": 0.8},
    f"a message after {LONG} to the first": {"at_turn": {FIRST: 0.05, LONG: 0.07}},
}


class Side:
    """Answers after a while, and writes down who asked in what order."""

    def __init__(self, name: str, asked: list[str]) -> None:
        self.name, self.asked, self.spent = name, asked, 0.0

    def talk(self) -> "Side":
        return self

    def say(self, text: str) -> bool:
        self.asked.append(self.name)
        self.spent += 0.25
        time.sleep(0.001)
        return text != "b"

    def work(self) -> float:
        return self.spent


def test_all_that_is_claimed_is_held_by_these_figures() -> None:
    assert [claim.name for claim in CLAIMS if not claim.told(OURS, STOCK)[1]] == []
    assert [claim.name for claim in CLAIMS] == list(WORSE)


@pytest.mark.parametrize("name", WORSE)
def test_what_is_not_held_is_told_of_that_claim_alone(name: str, tmp_path: Path) -> None:
    worse = replace(OURS, **WORSE[name])
    lines = write_page(tmp_path / "bench.html", {"load before": "0.1"}, 100, worse, STOCK, whole=True)
    assert [line.partition(":")[0] for line in lines if line.startswith("NOT HELD")] == [f"NOT HELD {name}"]
    page = (tmp_path / "bench.html").read_text(encoding="utf-8")
    assert page.count("<td>NOT HELD</td>") == 1
    assert page.count("<svg") == 2
    assert "claim nothing" not in page


@pytest.mark.parametrize(("epochs", "whole"), [(1, True), (100, False)])
def test_a_trial_says_that_it_claims_nothing(tmp_path: Path, epochs: int, *, whole: bool) -> None:
    write_page(tmp_path / "bench.html", this_machine(), epochs, OURS, STOCK, whole=whole)
    assert "claim nothing" in (tmp_path / "bench.html").read_text(encoding="utf-8")


def test_who_goes_first_changes_with_each_message() -> None:
    asked = list[str]()
    sides = [Side("ours", asked), Side("stock", asked)]
    found = pair_by_pair(sides, ["a", "b", "c"])  # type: ignore[arg-type] -- what it needs of a server
    assert asked == ["stock", "ours", "ours", "stock", "stock", "ours"]
    assert {name: len(said.seconds) for name, said in found.items()} == {"ours": 3, "stock": 3}
    assert min(min(said.seconds) for said in found.values()) >= 0.001
    assert all(said.answered == [True, False, True] for said in found.values())


def test_work_speed_and_growth_are_of_each_message() -> None:
    side = Side("ours", [])
    assert work_a_message(side, ["a"] * 4) == pytest.approx(0.25)  # type: ignore[arg-type]
    assert 0 < messages_a_second(side, 2, ["a"] * 10) < 2000  # type: ignore[arg-type]
    assert len(side.asked) == 14
    assert list(by_length(side, ["a", "b"], (0, 30))) == [0, 30]  # type: ignore[arg-type]
    assert len(side.asked) == 14 + 40


def test_rounds_take_turns_and_their_median_counts() -> None:
    asked = list[str]()
    sides = {name: Side(name, asked) for name in ("ours", "stock")}
    found = {name: Found() for name in sides}
    in_rounds(sides, found, 2, ["a"] * 4, 3)  # type: ignore[arg-type]
    assert asked == (["ours"] * 4 + ["stock"] * 4) * 3
    assert all(one.a_second[2] == statistics.median(one.rounds[2]) for one in found.values())
    assert all(len(one.rounds[2]) == 3 for one in found.values())


def test_the_page_tells_how_far_the_figures_lie_apart(tmp_path: Path) -> None:
    write_page(tmp_path / "bench.html", this_machine(), 100, OURS, STOCK, whole=True)
    page = (tmp_path / "bench.html").read_text(encoding="utf-8")
    assert "<td>50 (40 to 60)</td><td>150 (140 to 170)</td>" in page
    assert "<td>60.0 (55.0 to 62.5)</td><td>18.0 (17.0 to 18.0)</td>" in page
    assert "rasa==3.6" in page


def test_the_figures_can_be_kept() -> None:
    assert json.loads(json.dumps(asdict(OURS)))["memory"] == 500
    assert {"processors", "memory", "load before"} <= this_machine().keys()


def test_a_side_that_went_away_is_named() -> None:
    with pytest.raises(BesideError, match="stock Rasa no longer answers"):
        _StockTalk(f"http://127.0.0.1:{free_port()}").say("hej")


@pytest.mark.parametrize("file", ["data/nlu/a.yml", "data/rules/a.yml", "data/stories/deep/a.yml", "bot/domain/a.yml"])
def test_stock_learns_anew_when_anything_it_learns_from_is_another(tmp_path: Path, file: str) -> None:
    side, before = stock(100), learnt_from(stock(100), tmp_path)
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text("a: b\n", encoding="utf-8")
    assert learnt_from(side, tmp_path) != before


def test_stock_learns_anew_with_other_policies() -> None:
    side = stock(100)
    fewer = replace(side, config=side.config | {"policies": side.config["policies"][:2]})
    assert learnt_from(fewer, ROOT) != learnt_from(side, ROOT)
