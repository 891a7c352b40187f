"""The dialogue server starts whole or not at all: Rasa itself would go on in memory without a word."""

from pathlib import Path

import pytest

from bot.dialogue import launch
from bot.dialogue.launch import DialogueError, load_agent
from bot.settings import Settings

GIVEN = launch.ENDPOINTS.read_text(encoding="utf-8")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    given = Settings(var=tmp_path)
    monkeypatch.setattr("bot.dialogue.tracker_store.load_settings", lambda: given)
    return given


def endpoints(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder / "endpoints.yml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(launch, "ENDPOINTS", file)


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        (GIVEN.replace("StoredTrackers", "NoSuchClass"), "tracker_store"),
        (GIVEN.replace("bot.dialogue.tracker_store", "bot.no_such_module"), "tracker_store"),
        (GIVEN.replace("tracker_store:\n  type: bot.dialogue.tracker_store.StoredTrackers", ""), "tracker_store"),
        (GIVEN.replace("answers.Answers", "answers.NoSuchClass"), "nlg"),
        (GIVEN.replace("nlg:\n  type: bot.dialogue.answers.Answers", ""), "nlg"),
    ],
)
def test_a_class_that_cannot_be_loaded_stops_the_start(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str, key: str
) -> None:
    assert wrong != GIVEN
    endpoints(tmp_path, wrong, monkeypatch)
    with pytest.raises(DialogueError, match=key):
        load_agent(settings, tmp_path / "any.tar.gz")


def test_a_model_that_is_not_there_stops_the_start(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(DialogueError, match=r"missing\.tar\.gz"):
        load_agent(settings, tmp_path / "missing.tar.gz")


def test_a_model_that_is_no_model_stops_the_start(settings: Settings, tmp_path: Path) -> None:
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"not an archive")
    with pytest.raises(DialogueError, match=r"broken\.tar\.gz"):
        load_agent(settings, broken)


def test_another_channel_in_the_credentials_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "credentials.yml"
    file.write_text("rest:\n", encoding="utf-8")
    monkeypatch.setattr(launch, "CREDENTIALS", file)
    with pytest.raises(DialogueError, match="HjemadChannel"):
        launch._channels()
