"""A web process that runs hears with the classifier of danger that is put into service, and never with none."""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from starlette.testclient import TestClient

from bot.municipality.demo import seed_demo
from bot.safety.classifier import ClassifierError, DangerClassifier
from bot.safety.in_service import FOLDER, Watch, in_service
from bot.served import IN_SERVICE, How
from bot.training.danger_models.promotion import promote, rollback
from bot.training.models.history import add
from bot.web.app import create_app
from tests.support.chat_app import last_answer, open_conversation, send, settings
from tests.support.danger_models import always, put_real
from tests.support.desk import PASSWORD

HARMLESS = "jeg glæder mig til at se min kusine på lørdag"


def serves(folder: Path, name: str, level: int, **told: object) -> None:
    """One that takes every message for a danger of that level."""
    put_real(folder, name, always(level), **told)
    add(folder, name, How.PROMOTED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With one in service that takes nothing for danger."""
    folder = tmp_path / "models" / FOLDER
    serves(folder, "calm", 0)
    return folder


@pytest.fixture
def client(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr("bot.conversation.hearing.LOOK_SECONDS", 0.1)
    app = create_app(settings(tmp_path, models=folder.parent))
    with TestClient(app) as client:
        seed_demo(app.state.store, app.state.municipalities["eksempel"], PASSWORD)
        yield client


def alarms(client: TestClient, path: str) -> bool:
    return last_answer(client, path, send(client, path, text=HARMLESS))["kind"] == "danger"


def until(client: TestClient, path: str, *, alarming: bool) -> None:
    began = time.monotonic()
    while alarms(client, path) is not alarming:
        assert time.monotonic() - began < 20
        time.sleep(0.1)


def looks_again(caplog: pytest.LogCaptureFixture, words: str) -> None:
    """Waits until the log says so."""
    began = time.monotonic()
    while words not in caplog.text:
        assert time.monotonic() - began < 20, caplog.text
        time.sleep(0.05)


def test_a_running_process_takes_the_next_one_and_the_one_before_again(client: TestClient, folder: Path) -> None:
    path = open_conversation(client)
    assert not alarms(client, path)
    serves(folder, "loud", 3)
    until(client, path, alarming=True)
    assert rollback(folder).name == "calm"
    until(client, path, alarming=False)


def test_whatever_is_done_to_the_files_the_one_before_goes_on(
    client: TestClient, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = open_conversation(client)
    serves(folder, "loud", 3)
    until(client, path, alarming=True)

    put_real(folder, "changed", always(0))
    (folder / "changed.npz").write_bytes((folder / "changed.npz").read_bytes()[:-1] + b"x")
    add(folder, "changed", How.PROMOTED)
    looks_again(caplog, "changed.npz is not the file that was learnt")
    assert alarms(client, path)

    serves(folder, "newer", 0, code="other code")
    looks_again(caplog, "newer.npz was made by other code")
    assert alarms(client, path)

    (folder / "loud.npz").unlink()
    (folder / IN_SERVICE).write_text('{"history": [', encoding="utf-8")
    looks_again(caplog, "goes on with the danger screen before")
    assert alarms(client, path), "what it has in memory needs no file"
    assert client.get("/readyz").json()["screen"] == "ready"


def test_one_that_starts_passes_over_a_changed_file(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    serves(folder, "loud", 3)
    always(1).save(folder / "loud.npz")
    with caplog.at_level(logging.ERROR):
        assert Watch(folder.parent)().name == "calm"
    assert "loud.npz is not the file that was learnt" in caplog.text


def test_while_one_is_put_into_service_after_another_there_is_always_one(folder: Path) -> None:
    """As fast as can be, and as two processes do it: one reads whatever the other has just written."""
    done = Event()

    def reads() -> int:
        times = 0
        while not done.is_set() or not times:
            DangerClassifier.load(in_service(folder.parent).file)
            times += 1
        return times

    with ThreadPoolExecutor(1) as reader:
        times = reader.submit(reads)
        try:
            for number in range(8):
                serves(folder, f"{number}", number % 4)
        finally:
            done.set()
    assert times.result() > 0
    assert in_service(folder.parent).name == "7"


def test_without_any_nothing_is_made_up(tmp_path: Path) -> None:
    with pytest.raises(ClassifierError, match="hjemad train"):
        in_service(tmp_path)


def test_two_who_promote_at_once_do_it_one_after_another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.training.danger_models.promotion.held_out_dangers", dict)
    for name in ("a", "b"):
        put_real(folder, name, always(0))
    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(lambda name: promote(folder, name).model.name, ("a", "b")))
    assert taken == ["a", "b"]
    assert in_service(folder.parent).name in taken
