"""The classifier of the danger screen stays as it is when the dialogue model is trained on other data."""

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.safety.classifier import CLASSIFIER, ClassifierError, DangerClassifier
from bot.safety.graded import SHIPPED_MESSAGES
from bot.settings import Settings
from bot.training import danger, train
from bot.training.danger import fits, see_to_danger_classifier
from bot.training.models.trained import Stories
from bot.training.train import Examined, train_model
from tests.support.small_checkout import small_checkout

MESSAGE = '- {text: "jeg vil dø", level: 2, kinds: [suicide]}\n'


@dataclass
class Learnt:
    """In the place of a classifier: what it was learnt from is all that its file holds."""

    learnt_from: str

    def save(self, file: Path) -> None:
        file.write_text(self.learnt_from, encoding="utf-8")

    @staticmethod
    def load(file: Path) -> "Learnt":
        if not file.exists():
            raise ClassifierError
        return Learnt(file.read_text(encoding="utf-8"))


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small checkout in which neither the dialogue nor the classifier takes its time to learn."""

    def rasa_train(workshop: Path, _root: Path) -> Path:
        (workshop / "model.tar.gz").write_bytes(b"a model")
        return workshop / "model.tar.gz"

    monkeypatch.setattr(danger, "DangerClassifier", Learnt)
    monkeypatch.setattr(danger, "learn", lambda _messages, learnt_from: Learnt(learnt_from))
    monkeypatch.setattr(train, "_encode", lambda *_: None)
    monkeypatch.setattr(train, "_rasa_train", rasa_train)
    examined = Examined(SimpleNamespace(figures={}, predictions=()), Stories(0, ()), 1.0, None)  # type: ignore[arg-type]
    monkeypatch.setattr(train, "_examine", lambda *_: examined)
    monkeypatch.setattr(train, "as_markdown", lambda *_: "")
    monkeypatch.setattr(train, "write_page", lambda *_: None)
    root = small_checkout(tmp_path)
    (root / "data" / "safety" / "messages").mkdir(parents=True)
    written(root / "data" / "safety" / "messages" / "few.yml", f"messages:\n{MESSAGE}")
    return root


def written(file: Path, more: str) -> None:
    with file.open("a", encoding="utf-8") as open_file:
        open_file.write(more)


def see_to(root: Path) -> list[str]:
    """What is told of the learning: nothing where the classifier fits."""
    told: list[str] = []
    messages = root / "data" / "safety" / "messages"
    see_to_danger_classifier(root / "models", lambda step, _done=0, _of=0: told.append(step), messages)
    return told


def test_the_one_kept_with_the_messages_is_taken_while_it_fits_them(checkout: Path) -> None:
    see_to(checkout)
    learnt, kept = checkout / "models" / CLASSIFIER, checkout / "data" / "safety" / CLASSIFIER
    learnt.rename(kept)
    assert see_to(checkout) == []
    assert learnt.read_bytes() == kept.read_bytes()
    written(checkout / "data" / "safety" / "messages" / "few.yml", MESSAGE.replace("jeg", "han"))
    assert see_to(checkout) == ["Learning what is danger"]


def test_the_command_keeps_the_one_in_service_with_the_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[tuple[str, Path]] = []
    monkeypatch.setattr(DangerClassifier, "save", lambda self, file: written.append((self.learnt_from, file)))
    result = CliRunner().invoke(app, ["keep-danger"])
    in_service = DangerClassifier.load(Settings().models / CLASSIFIER)
    assert (result.exit_code, written) == (0, [(in_service.learnt_from, SHIPPED_MESSAGES.parent / CLASSIFIER)])


def test_the_one_kept_with_this_code_fits_its_messages() -> None:
    assert fits(SHIPPED_MESSAGES.parent / CLASSIFIER), "run `hjemad keep-danger` and commit what it wrote"


def test_training_the_dialogue_on_other_data_leaves_the_danger_classifier_as_it_is(checkout: Path) -> None:
    assert see_to(checkout) == ["Learning what is danger"]
    file = checkout / "models" / CLASSIFIER
    before = file.read_bytes(), file.stat().st_mtime_ns
    written(checkout / "data" / "nlu" / "all.yml", "    - noget helt andet\n")
    written(checkout / "bot" / "domain" / "all.yml", "# other\n")
    train_model(checkout / "models", lambda *_: None, checkout)
    assert len(list((checkout / "models").glob("*.tar.gz"))) == 1
    assert see_to(checkout) == []
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


def test_another_message_of_danger_has_it_learn_again(checkout: Path) -> None:
    see_to(checkout)
    written(checkout / "data" / "safety" / "messages" / "few.yml", MESSAGE.replace("dø", "ikke leve"))
    assert see_to(checkout) == ["Learning what is danger"]
