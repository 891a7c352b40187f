"""The classifier of the danger screen stays as it is when the dialogue model is trained on other data."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.console import Console

from bot.safety.classifier import CLASSIFIER, DangerClassifier
from bot.safety.graded import SHIPPED_MESSAGES, GradedError, messages_of
from bot.safety.in_service import in_service
from bot.safety.levels import KINDS
from bot.served import steps
from bot.settings import ROOT
from bot.training import danger, train
from bot.training.danger import fits
from bot.training.danger_models import making, promotion
from bot.training.danger_models.checks import FEWEST_OF_A_KIND
from bot.training.danger_models.gates import ASKED, Record, judged
from bot.training.danger_models.heard import Heard, Hearing, held_out_dangers
from bot.training.danger_models.making import KEPT, keep_with_code, model_of_today
from bot.training.danger_models.promotion import promote, rollback, serving
from bot.training.danger_models.telling import see_to_danger
from bot.training.danger_models.versions import read_sidecar, remembered
from bot.training.models.trained import Stories, sha256_of
from bot.training.progress import unwatched
from bot.training.train import Examined, train_model
from tests.support.danger_models import always, heard_otherwise, heard_well
from tests.support.small_checkout import small_checkout

MESSAGE = '- {text: "jeg vil dø", level: 2, kinds: [suicide]}\n'


class Learning:
    """In the place of learning and measuring: how often it was done, and what the next one hears."""

    def __init__(self) -> None:
        self.times = 0
        self.heard: tuple[Heard, ...] = heard_well()

    def learn(self, _messages: object, learnt_from: str) -> DangerClassifier:
        self.times += 1
        return always(2, learnt_from)

    def hearing(self, *_: object) -> Hearing:
        return Hearing(self.heard, 2.0)


@pytest.fixture
def learning(monkeypatch: pytest.MonkeyPatch) -> Learning:
    learning = Learning()
    monkeypatch.setattr(danger, "learn", learning.learn)
    monkeypatch.setattr(making, "hearing", learning.hearing)
    monkeypatch.setattr(promotion, "held_out_dangers", dict)
    return learning


@pytest.fixture
def checkout(tmp_path: Path, learning: Learning, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small checkout in which neither the dialogue nor the classifier takes its time to learn."""

    def rasa_train(workshop: Path, _root: Path) -> Path:
        (workshop / "model.tar.gz").write_bytes(b"a model")
        return workshop / "model.tar.gz"

    monkeypatch.setattr(train, "_encode", lambda *_: None)
    monkeypatch.setattr(train, "_rasa_train", rasa_train)
    examined = Examined(SimpleNamespace(figures={}, predictions=()), Stories(0, ()), 1.0, None)  # type: ignore[arg-type]
    monkeypatch.setattr(train, "_examine", lambda *_: examined)
    monkeypatch.setattr(train, "as_markdown", lambda *_: "")
    monkeypatch.setattr(train, "write_page", lambda *_: None)
    root = small_checkout(tmp_path)
    messages(root).mkdir(parents=True)
    more_messages(root, "messages:\n")
    for kind in KINDS:
        for number in range(FEWEST_OF_A_KIND):
            more_messages(root, f'- {{text: "{kind} {number}", level: 2, kinds: [{kind}]}}\n')
    yield root
    assert not list((root / "models").rglob(".training-*")), "nothing half done is left"


def messages(root: Path) -> Path:
    return root / "data" / "safety" / "messages"


def more_messages(root: Path, more: str) -> None:
    with (messages(root) / "few.yml").open("a", encoding="utf-8") as open_file:
        open_file.write(more)


def see_to(root: Path) -> str:
    """What is told of it: nothing where what serves fits."""
    told = StringIO()
    see_to_danger(Console(file=told, width=200), root / "models", messages(root))
    return told.getvalue()


def test_a_first_one_is_learnt_once_and_serves(checkout: Path, learning: Learning) -> None:
    assert "is in service" in see_to(checkout)
    assert see_to(checkout) == ""
    assert learning.times == 1
    assert in_service(checkout / "models").name == serving(checkout / "models/danger").name


def test_the_one_kept_with_the_messages_is_taken_while_it_fits_them(
    checkout: Path, learning: Learning, monkeypatch: pytest.MonkeyPatch
) -> None:
    see_to(checkout)
    first = serving(checkout / "models/danger")
    keep_with_code(first, messages(checkout).parent)
    (checkout / "models").rename(checkout / "models of before")
    monkeypatch.setattr(making, "hearing", lambda *_: pytest.fail("a first start must not wait for measuring"))
    assert "is in service" in see_to(checkout)
    again = serving(checkout / "models/danger")
    assert (again.name, again.sha256, again.heard, learning.times) == (first.name, first.sha256, first.heard, 1)


def test_what_was_learnt_before_there_were_versions_becomes_one(checkout: Path, learning: Learning) -> None:
    see_to(checkout)
    models = checkout / "models"
    before = models / CLASSIFIER
    before.write_bytes(in_service(models).file.read_bytes())
    (models / "danger").rename(checkout / "gone")
    assert "is in service" in see_to(checkout)
    assert (learning.times, before.exists()) == (1, False)
    assert in_service(models).sha256


def test_training_the_dialogue_on_other_data_leaves_the_danger_classifier_as_it_is(checkout: Path) -> None:
    see_to(checkout)
    file = in_service(checkout / "models").file
    before = file.read_bytes(), file.stat().st_mtime_ns
    for name, more in (("data/nlu/all.yml", "    - noget helt andet\n"), ("bot/domain/all.yml", "# other\n")):
        (checkout / name).write_text((checkout / name).read_text(encoding="utf-8") + more, encoding="utf-8")
    train_model(checkout / "models", unwatched, checkout)
    assert len(list((checkout / "models").glob("*.tar.gz"))) == 1
    assert see_to(checkout) == ""
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


def test_another_message_of_danger_has_it_learn_again_and_the_one_before_can_come_back(
    checkout: Path, learning: Learning
) -> None:
    see_to(checkout)
    first = in_service(checkout / "models").name
    more_messages(checkout, MESSAGE.replace("dø", "ikke leve"))
    assert "is in service" in see_to(checkout)
    second = in_service(checkout / "models").name
    assert (learning.times, second != first) == (2, True)
    assert rollback(checkout / "models/danger").name == first
    told = see_to(checkout)
    assert f"{second} has learnt from the messages of danger of today, and {first} is in service" in told
    assert (learning.times, in_service(checkout / "models").name) == (2, first), "only a person takes it again"


def test_what_is_worse_is_told_and_not_taken_nor_learnt_again(checkout: Path, learning: Learning) -> None:
    see_to(checkout)
    first = in_service(checkout / "models").name
    learning.heard = heard_otherwise(heard_well(), lambda one: "threat" in one.kinds, 12, found=0)
    more_messages(checkout, MESSAGE.replace("dø", "ikke leve"))
    told = see_to(checkout)
    assert "kind threat" in told
    assert f"{first} goes on" in told
    assert f"{first} is in service" in see_to(checkout)
    assert (learning.times, in_service(checkout / "models").name) == (2, first)


def test_what_does_not_reach_the_bars_is_not_taken_though_nothing_serves(checkout: Path, learning: Learning) -> None:
    learning.heard = heard_otherwise(heard_well(), lambda one: "threat" in one.kinds, 40, found=0)
    assert "the chat stays closed" in see_to(checkout)
    assert (steps(checkout / "models/danger"), len(remembered(checkout / "models/danger"))) == ([], 1)


def test_a_changed_file_in_service_is_told_and_learnt_anew(checkout: Path, learning: Learning) -> None:
    see_to(checkout)
    first = in_service(checkout / "models")
    more_messages(checkout, MESSAGE.replace("dø", "ikke leve"))
    see_to(checkout)
    second = in_service(checkout / "models")
    always(0).save(second.file)
    assert in_service(checkout / "models") == first
    told = see_to(checkout)
    assert "is not the file that was learnt" in told
    assert learning.times == 3
    assert in_service(checkout / "models").sha256 == second.sha256


KILLED = """
import os, signal, sys
from pathlib import Path
from bot.training import danger
from bot.training.danger_models import heard, making, versions
from tests.support.danger_models import always, heard_well

root, when = Path(sys.argv[1]), sys.argv[2]
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
danger.learn = lambda _, learnt_from: always(2, learnt_from)
making.hearing = lambda *_: heard.Hearing(heard_well(), 2.0)
if when == "while learning":
    danger.learn = die
elif when == "while the file is written":
    danger.DangerClassifier.save = lambda _, file: (file.write_bytes(b"half"), die())
else:
    versions.write_sidecar = die
making.model_of_today(root / "models", lambda *_: None, root / "data/safety/messages")
"""


@pytest.mark.parametrize("when", ["while learning", "while the file is written", "before it is known of"])
def test_one_that_is_killed_leaves_nothing_that_could_serve(checkout: Path, learning: Learning, when: str) -> None:
    see_to(checkout)
    before = in_service(checkout / "models")
    more_messages(checkout, MESSAGE.replace("dø", "ikke leve"))
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(checkout), when], cwd=ROOT, env=os.environ, capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert in_service(checkout / "models") == before
    assert [one.name for one in remembered(checkout / "models/danger")] == [before.name]
    assert "is in service" in see_to(checkout), "and the next one comes to its end"
    assert in_service(checkout / "models") != before


def test_a_full_disk_leaves_the_one_in_service(
    checkout: Path, learning: Learning, monkeypatch: pytest.MonkeyPatch
) -> None:
    see_to(checkout)
    before = in_service(checkout / "models")
    more_messages(checkout, MESSAGE.replace("dø", "ikke leve"))

    files = sorted((checkout / "models/danger").iterdir())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("danger.DangerClassifier.save", "danger_models.versions.write_sidecar"):
        with monkeypatch.context() as patched:
            patched.setattr(f"bot.training.{name}", full)
            with pytest.raises(train.TrainingError, match="No space left"):
                see_to(checkout)
        assert in_service(checkout / "models") == before
        assert sorted((checkout / "models/danger").iterdir()) == files


def test_the_one_kept_with_this_code_fits_its_messages_and_what_is_known_of_it_lies_beside() -> None:
    kept = SHIPPED_MESSAGES.parent / CLASSIFIER
    assert fits(kept), "run `hjemad keep-danger` and commit what it wrote"
    known = read_sidecar(SHIPPED_MESSAGES.parent / KEPT, SHIPPED_MESSAGES.parent)
    assert known.sha256 == sha256_of(kept)
    record = Record(known, known.heard)
    assert [one for one in judged(record, [], [], None, {}) if not one.passed] == []
    assert {one.message for one in known.heard} == set(held_out_dangers())
    assert len({asked.gate for asked in ASKED}) == len(ASKED)


def test_nothing_is_learnt_from_what_is_held_out() -> None:
    learnt = {
        " ".join(one.text.lower().split()) for file in SHIPPED_MESSAGES.glob("*.yml") for one in messages_of(file)
    }
    assert not [key for key, one in held_out_dangers().items() if " ".join(one.text.lower().split()) in learnt]


def test_messages_of_which_none_tells_of_a_kind_are_not_learnt_from(checkout: Path, learning: Learning) -> None:
    see_to(checkout)
    before = in_service(checkout / "models")
    file = messages(checkout) / "few.yml"
    kept = [line for line in file.read_text(encoding="utf-8").splitlines() if "threat" not in line]
    file.write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(GradedError, match=r"10 are the least: threat \(0\)"):
        see_to(checkout)
    assert (learning.times, in_service(checkout / "models")) == (1, before)


def test_one_that_is_there_is_not_learnt_again(checkout: Path, learning: Learning) -> None:
    model, fresh = model_of_today(checkout / "models", unwatched, messages(checkout))
    assert (fresh, steps(checkout / "models/danger")) == (True, []), "learning puts nothing into service"
    assert model_of_today(checkout / "models", unwatched, messages(checkout)) == (model, False)
    assert promote(checkout / "models/danger").model.name == model.name
    assert learning.times == 1
