"""The web process runs with the packages of its own group, which is a part of all."""

import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

from bot.settings import ROOT
from tests.support.model import danger_screen

MEANT_FOR_OTHERS = ("rasa", "rasa_sdk", "sanic", "tensorflow", "keras", "spacy", "sklearn", "scipy", "matplotlib")
SERVES = """
import sys
sys.modules |= dict.fromkeys({others!r})  # Importing one of them fails from now on.
from uuid import uuid4
from starlette.testclient import TestClient
from bot.municipality.demo import seed_demo
from bot.settings import load_settings
from bot.web.app import create_app

app = create_app(load_settings())
with TestClient(app) as client:
    seed_demo(app.state.store, app.state.municipalities["eksempel"], "et-langt-demo-kodeord")
    opened = client.post("/api/conversations", json={{"municipality": "eksempel", "locale": "da"}}).json()
    client.headers["Authorization"] = f"Bearer {{opened['token']}}"
    path = f"/api/conversations/{{opened['id']}}/messages"
    for text in ("hvad er boligstøtte", "jeg vil have en tid i morgen", "jeg har taget 40 panodiler"):
        assert client.post(path, json={{"client_id": str(uuid4()), "text": text}}).status_code == 202
    found = client.get(path).json()["messages"]
    assert any(message["kind"] == "danger" for message in found), found
    assert client.get("/book").status_code == client.get("/desk/sign-in").status_code == 200
"""


def groups() -> tuple[set[str], set[str]]:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return set(told["project"]["dependencies"]), set(told["dependency-groups"]["web"])


def test_its_group_is_a_part_of_all_by_the_same_versions() -> None:
    everything, web = groups()
    assert web < everything
    names = {Requirement(one).name for one in web}
    assert names.isdisjoint({"rasa", "rasa-sdk", "tensorflow-cpu", "spacy", "scikit-learn", "scipy"})


def test_it_hears_danger_and_serves_its_pages_without_the_packages_of_the_others(tmp_path: Path) -> None:
    danger_screen()
    given = {"HJEMAD_VAR": str(tmp_path), "PATH": "", "PYTHONPATH": str(ROOT)}
    code = SERVES.format(others=MEANT_FOR_OTHERS)
    done = subprocess.run(
        [sys.executable, "-c", code], env=given, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
