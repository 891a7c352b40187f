"""Where danger would not be heard the chat is closed and says what helps; all that needs no screen is served."""

import logging
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from bot.language.e5.tuning import TuningError
from bot.municipality.demo import seed_demo
from bot.safety.in_service import FOLDER
from bot.served import How
from bot.settings import Settings
from bot.training.models.history import add
from bot.web.app import create_app
from tests.support.chat_app import last_answer, open_conversation, send, settings
from tests.support.danger_models import always, put_real
from tests.support.desk import PAGE, PASSWORD, YoungPerson
from tests.support.model import danger_screen

PAGES = (
    "/",
    "/i-nat",
    "/i-nat?kommune=eksempel",
    "/book?kommune=eksempel",
    "/booking",
    "/privatliv",
    "/chat?municipality=eksempel",
    "/desk/sign-in",
    "/healthz",
)
OPENS = {"municipality": "eksempel", "locale": "da"}


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder for models with none in it."""
    folder = tmp_path / "models"
    folder.mkdir()
    return folder


@contextmanager
def served(tmp_path: Path, models: Path) -> Iterator[TestClient]:
    app = create_app(settings(tmp_path, models=models))
    with TestClient(app) as client:
        seed_demo(app.state.store, app.state.municipalities["eksempel"], PASSWORD)
        yield client


def written(client: TestClient) -> str:
    """The path of a conversation from before, whose token the client carries."""
    young = YoungPerson(client.app.state.store).writes("hej")  # type: ignore[attr-defined]
    client.headers["Authorization"] = f"Bearer {young.token}"
    return f"/api/conversations/{young.id}"


def stale(folder: Path) -> None:
    """As one that other code has made."""
    put_real(folder, "1", always(2), code="other code")
    add(folder, "1", How.PROMOTED)


def changed(folder: Path) -> None:
    """As one whose file somebody has changed."""
    put_real(folder, "1", always(2))
    add(folder, "1", How.PROMOTED)
    always(0).save(folder / "1.npz")


@pytest.mark.parametrize("make", [None, stale, changed])
def test_without_a_classifier_every_page_that_needs_none_is_served_and_the_log_says_why(
    tmp_path: Path, models: Path, make: Callable[[Path], None] | None, caplog: pytest.LogCaptureFixture
) -> None:
    if make:
        make(models / FOLDER)
    with served(tmp_path, models) as client:
        assert {page: client.get(page, headers=PAGE).status_code for page in PAGES} == dict.fromkeys(PAGES, 200)
        ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["screen"], ready.json()["store"]) == (503, "unusable", "ready")
    [told] = [one for one in caplog.records if one.name == "bot.conversation.hearing"]
    assert told.levelno == logging.ERROR
    assert str(models / FOLDER) in told.getMessage()


def test_no_message_is_taken_in_and_whoever_writes_is_told_what_helps(tmp_path: Path, models: Path) -> None:
    with served(tmp_path, models) as client:
        path = written(client)
        body = {"client_id": str(uuid4()), "text": "jeg vil ikke leve mere"}
        for answer in (client.post("/api/conversations", json=OPENS), client.post(f"{path}/messages", json=body)):
            assert (answer.status_code, answer.json()["code"]) == (503, "chat_closed")
            assert "112" in answer.json()["title"]
        before = client.get(f"{path}/messages").json()["messages"]
        assert [message["text"] for message in before] == ["hej"], "what was written is still theirs to read"
        assert client.delete(path).status_code == 204, "and to erase"


def test_a_broken_tuning_or_encoder_closes_the_chat_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    danger_screen()

    def broken() -> None:
        raise TuningError("tuned.npz: no such file")

    monkeypatch.setattr("bot.web.app.danger_reader", broken)
    with served(tmp_path, Settings().models) as client:
        assert client.get("/i-nat").status_code == 200
        assert client.post("/api/conversations", json=OPENS).status_code == 503
    assert "TuningError: tuned.npz" in caplog.text


def test_the_chat_opens_by_itself_when_there_is_a_classifier(
    tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    danger_screen()
    monkeypatch.setattr("bot.conversation.hearing.LOOK_SECONDS", 0.2)
    with served(tmp_path, models) as client:
        assert client.post("/api/conversations", json=OPENS).status_code == 503
        shutil.copytree(Settings().models / FOLDER, models / FOLDER)
        began = time.monotonic()
        while client.get("/readyz").json()["screen"] != "ready":
            assert time.monotonic() - began < 30
            time.sleep(0.2)
        path = open_conversation(client)
        assert last_answer(client, path, send(client, path, text="jeg vil dø"))["kind"] == "danger"
