"""A whole training on a small checkout: from files to a model that understands, with its report."""

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.safety.screen import shipped_screen
from bot.settings import ROOT
from bot.teaching.held_out_file import with_messages
from bot.training import train
from bot.training.evaluate import Evaluation, evaluate
from bot.training.files import DataError
from bot.training.gathered import FROM_CONVERSATIONS
from bot.training.held_out import held_out
from bot.training.models.errors import ModelError
from bot.training.models.fits import code_digest
from bot.training.models.predictions import predictions_of
from bot.training.models.trained import Stories, TrainedModel, models
from bot.training.parse import parse_lines
from bot.training.reporting.real import Real, real_of
from bot.training.train import TrainingError, train_model
from bot.training.understanding import Understanding
from tests.support.model import danger_screen, found_by_the_classifier_alone
from tests.support.predictions import MODEL
from tests.support.small_checkout import RULES, STORIES, TOPICS, small_checkout
from tests.support.teaching import DAY

TOPICS_IN_ORDER = ("chat_greet", "booking_request", "housing_couch_surfing")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return small_checkout(tmp_path)


Trained = tuple[TrainedModel, Evaluation, list[tuple[str, int, int]]]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trained]:
    root = small_checkout(tmp_path_factory.mktemp("checkout"))
    real = with_messages(None, FROM_CONVERSATIONS, [("chat_greet", "goddag i stuen"), ("chat_greet", "dav alle")], DAY)
    (root / FROM_CONVERSATIONS).write_bytes(real)
    told: list[tuple[str, int, int]] = []
    before = Path.cwd()
    # Rasa keeps its training cache where it is started.
    os.chdir(root)
    yield *train_model(root / "models", lambda step, done=0, of=0: told.append((step, done, of)), root), told
    os.chdir(before)


def test_a_training_leaves_a_model_its_report_and_nothing_else(trained: Trained) -> None:
    model, _, _ = trained
    names = {file.name for file in model.archive.parent.iterdir()}
    assert names == {model.archive.name} | {
        f"{model.name}{end}" for end in (".json", ".predictions.json", ".real.json", ".md", ".html")
    }
    assert models(model.archive.parent) == [model]
    assert model.code == code_digest()
    assert 0 < model.seconds < 300


def test_its_progress_is_told_to_the_end(trained: Trained) -> None:
    *_, told = trained
    steps = list(dict.fromkeys(step for step, _, _ in told))
    assert steps[0] == "Checking the data"
    assert steps[-2:] == ["Reading the held-out messages", "Running the test stories"]
    # What is new to encode depends on what was encoded on this machine before.
    ended = {(step, done) for step, done, of in told if done == of > 0 and step != "Encoding what is new"}
    assert ended == {(steps[-2], 6), (steps[-1], 1)}


def test_the_model_understands_what_it_was_not_trained_on(trained: Trained) -> None:
    _, evaluation, _ = trained
    assert evaluation.messages == 6
    assert evaluation.figures.accuracy >= 5 / 6


def test_all_that_a_model_is_judged_by_is_kept_with_it(trained: Trained) -> None:
    model, evaluation, _ = trained
    assert predictions_of(model) == evaluation.predictions
    assert [one.label for one in evaluation.predictions] == [intent for intent in TOPICS_IN_ORDER for _ in range(2)]
    assert model.stories == Stories(1, ())
    assert model.size == model.archive.stat().st_size
    assert 0 < model.pace < 1000
    report = (model.archive.parent / f"{model.name}.md").read_text(encoding="utf-8")
    for made_from in (model.code, model.data, model.held_out, f"| seed | {model.seed} |", model.sha256):
        assert made_from in report
    real = real_of(model)
    assert real
    assert (real.version, real.messages) == (1, 2)
    assert "2 held-out messages out of conversations (version 1 of 2026-11-30)" in report


def test_an_evaluation_of_the_archive_gives_the_same_figures(trained: Trained) -> None:
    model, evaluation, _ = trained
    root = model.archive.parent.parent
    assert evaluate(Understanding(model.archive), held_out(root)) == evaluation


def test_each_line_is_parsed_into_what_programs_read(trained: Trained) -> None:
    model, _, _ = trained
    lines = [
        "jeg sover på en sofa\n",
        "/restart\n",
        "\n",
        "jeg vil gerne booke en tid på torsdag kl. halv tre, jeg er 17\n",
    ]
    sofa, command, empty, booking = parse_lines(lines, model.archive, shipped_screen())
    assert (sofa["intent"], sofa["text"]) == ("housing_couch_surfing", "jeg sover på en sofa")
    assert set(sofa) == {"text", "intent", "confidence", "sure", "ranking", "entities", "danger"}
    assert (command["text"], command["sure"]) == ("/restart", False)
    assert empty["sure"] is False
    assert booking["intent"] == "booking_request"
    assert {entity["entity"] for entity in booking["entities"]} == {"age", "time_wish"}
    for parsed in (sofa, command, empty, booking):
        assert {name for name, _ in parsed["ranking"]} == set(TOPICS)
        assert parsed["danger"] == {"level": 0, "kinds": []}


def test_danger_is_told_whatever_the_model_thinks(trained: Trained) -> None:
    model, _, _ = trained
    (parsed,) = parse_lines(["jeg vil dø"], model.archive, shipped_screen())
    assert parsed["danger"]["level"] >= 2
    assert "suicide" in parsed["danger"]["kinds"]


def test_a_line_is_screened_by_its_meaning_too(trained: Trained) -> None:
    model, *_ = trained
    alone = found_by_the_classifier_alone()
    (parsed,) = parse_lines([alone.text], model.archive, danger_screen())
    assert parsed["danger"]["level"] >= 2


def test_broken_data_is_named_and_leaves_nothing_behind(checkout: Path) -> None:
    file = checkout / "data" / "nlu" / "all.yml"
    file.write_text('version: "3.1"\nnlu:\n- intent: [oops\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"data/nlu/all\.yml, line \d"):
        train_model(checkout / "models", lambda *_: None, checkout)
    assert not (checkout / "models").exists()


def test_a_disk_that_is_full_leaves_nothing_behind(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.chdir(checkout)
    monkeypatch.setattr(train, "write_sidecar", full)
    with pytest.raises(TrainingError, match="No space left on device"):
        train_model(checkout / "models", lambda *_: None, checkout)
    assert list((checkout / "models").iterdir()) == []


@pytest.mark.parametrize("broken", [ModelError("no"), KeyboardInterrupt()], ids=["a fault", "Ctrl-C"])
@pytest.mark.parametrize("at", ["write_predictions", "as_markdown", "write_sidecar"])
def test_what_ends_while_a_model_is_put_in_place_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str, broken: BaseException
) -> None:
    def ends(*_: object) -> None:
        raise broken

    fresh = tmp_path / "workshop.tar.gz"
    fresh.write_bytes(b"a model")
    for name in ("as_markdown", "write_sidecar"):
        monkeypatch.setattr(train, name, lambda *_: "told")
    monkeypatch.setattr(train, at, ends)
    archive = tmp_path / "models" / "1.tar.gz"
    archive.parent.mkdir()
    real = Real(1, "2026-11-30", 12, MODEL.figures)
    examined = train.Examined(Evaluation(0, MODEL.figures, (), ()), MODEL.stories, 1.0, real)
    with pytest.raises(type(broken)):
        train._kept(replace(MODEL, archive=archive), fresh, examined)
    assert list(archive.parent.iterdir()) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from bot.training import train
def killed(*_): os.kill(os.getpid(), signal.SIGKILL)
train._examine = killed
train.train_model(Path(sys.argv[1], "models"), lambda *_: None, Path(sys.argv[1]))
"""


def test_a_training_that_is_killed_leaves_no_model_and_the_next_one_clears_up(checkout: Path) -> None:
    folder = checkout / "models"
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(checkout)],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    assert [left.name[:10] for left in folder.iterdir()] == [".training-"]
    assert models(folder) == []
    with train.workshop_in(folder) as workshop:
        assert list(folder.iterdir()) == [workshop]
    assert list(folder.iterdir()) == []


def test_rules_that_contradict_each_other_are_refused(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    opposite = RULES.replace("rule: greet", "rule: listen").replace("action: utter_greet", "action: action_listen")
    (checkout / "data" / "rules" / "opposite.yml").write_text(opposite, encoding="utf-8")
    with pytest.raises(DataError, match=r"opposite\.yml, line 3"):
        train_model(checkout / "models", lambda *_: None, checkout)
    assert not (checkout / "models").exists()


def test_a_story_with_an_unknown_slot_does_not_end_the_process(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    unknown = STORIES.replace(
        "  - action: utter_greet\n", "  - slot_was_set:\n    - shoe_size: 42\n  - action: utter_greet\n"
    )
    (checkout / "data" / "stories" / "all.yml").write_text(unknown, encoding="utf-8")
    with pytest.raises(TrainingError):
        train_model(checkout / "models", lambda *_: None, checkout)
    assert list((checkout / "models").iterdir()) == []


PARSE = (
    "import json, sys; from pathlib import Path; from bot.safety.screen import shipped_screen\n"
    "from bot.training.parse import parse_lines\n"
    "for parsed in parse_lines(sys.stdin, Path(sys.argv[1]), shipped_screen()): print(json.dumps(parsed))"
)


def test_nothing_but_results_is_written_to_standard_output(trained: Trained) -> None:
    # In a process of its own: whoever has trained before has made Rasa quiet already.
    command = [sys.executable, "-c", PARSE, str(trained[0].archive)]
    done = subprocess.run(
        command, input="jeg hedder Aminata\nhej\n", capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == ["jeg hedder Aminata", "hej"]
    assert "Aminata" not in done.stderr
