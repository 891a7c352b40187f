"""The whole web application without the dialogue server, which may be away any night."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from starlette.testclient import TestClient

from bot.municipality.demo import seed_demo
from bot.settings import Settings
from bot.supervisor.supervisor import free_port
from bot.web.app import create_app
from tests.support.model import danger_screen
from tests.support.running import PASSWORD


def settings(tmp_path: Path, **more: object) -> Settings:
    fixed = {"var": tmp_path, "dialogue_port": free_port(), "actions_port": free_port(), "database_url": ""}
    return Settings(_env_file=None, **fixed | more)


def serve(chosen: Settings) -> Iterator[TestClient]:
    danger_screen()
    app = create_app(chosen)
    with TestClient(app, raise_server_exceptions=False) as client:
        seed_demo(app.state.store, app.state.municipalities["eksempel"], PASSWORD)
        yield client


def open_conversation(client: TestClient) -> str:
    """The path of a new conversation, whose token the client carries from now on."""
    opened = client.post("/api/conversations", json={"municipality": "eksempel", "locale": "da"}).json()
    client.headers["Authorization"] = f"Bearer {opened['token']}"
    return f"/api/conversations/{opened['id']}"


def send(client: TestClient, path: str, **body: str) -> int:
    response = client.post(f"{path}/messages", json={"client_id": str(uuid4()), **body})
    assert response.status_code == 202, response.text
    sequence: int = response.json()["sequence"]
    return sequence


def last_answer(client: TestClient, path: str, sequence: int) -> dict[str, Any]:
    """The newest message after this one, waited for."""
    answer: dict[str, Any] = client.get(f"{path}/messages", params={"after": sequence, "wait": 20}).json()["messages"][
        -1
    ]
    return answer
