"""What those who run Hjemad read and copy names settings, commands and paths that there are."""

import configparser
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr
from typer.main import get_command

from bot.benchmark.sizes import HEALTH
from bot.cli import app
from bot.settings import ROOT, Settings
from bot.web.health import health_routes

DEPLOY = sorted(file for file in (ROOT / "deploy").rglob("*") if file.is_file())
RUNNING = sorted((ROOT / "docs" / "running").glob("*.md"))
SETTINGS = {f"HJEMAD_{name.upper()}": field for name, field in Settings.model_fields.items()}
ROW = re.compile(r"^\| `(HJEMAD_\w+)` \| (.*?) \|", re.MULTILINE)
GROUPS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]


def content(name: str) -> Any:
    return list(yaml.safe_load_all((ROOT / "deploy" / name).read_text(encoding="utf-8")))


def probes(node: Any) -> Iterator[tuple[str, int]]:
    """Every path and port that a cluster asks."""
    if isinstance(node, dict):
        if "httpGet" in node:
            yield node["httpGet"]["path"], node["httpGet"]["port"]
        for value in node.values():
            yield from probes(value)
    elif isinstance(node, list):
        for value in node:
            yield from probes(value)


@pytest.mark.parametrize("file", [*DEPLOY, *RUNNING], ids=lambda file: file.name)
def test_every_variable_is_a_setting_and_every_command_is_there(file: Path) -> None:
    text, commands = file.read_text(encoding="utf-8"), get_command(app).commands  # type: ignore[attr-defined]
    assert set(re.findall(r"HJEMAD_[A-Z_]*[A-Z]", text)) <= SETTINGS.keys()
    called = re.findall(
        r"(?:^|HJEMAD_\S+ |`|-m bot\.cli |bot\.cli, ?|bot\.cli\", \")hjemad ([a-z-]+)", text, re.MULTILINE
    )
    called += re.findall(r"bot\.cli(?:\"?, \"?| )([a-z-]+)", text)
    assert set(called) <= commands.keys()


def test_the_table_has_every_setting_once_with_its_default() -> None:
    told = ROW.findall((ROOT / "docs" / "running" / "settings.md").read_text(encoding="utf-8"))
    assert sorted(name for name, _ in told) == sorted(SETTINGS)
    for name, default in told:
        assert default.startswith("`") == (default == shown(SETTINGS[name].default)), (name, default)


def shown(default: object) -> str:
    """As the table has it; what is empty is told in words there."""
    if isinstance(default, SecretStr) or default in ("", {}):
        return ""
    if isinstance(default, Path):
        return f"`{default.relative_to(ROOT)}`"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def test_what_a_cluster_asks_is_answered_there() -> None:
    asked = set(probes(content("cluster/roles.yaml")))
    web = {route.path for route in health_routes}  # type: ignore[attr-defined]
    assert asked == {(HEALTH["web"], 8000), (HEALTH["dialogue"], 5005), (HEALTH["actions"], 5055)}
    assert HEALTH["web"] in web


def test_each_role_has_an_image_a_service_and_a_unit() -> None:
    images = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    [compose] = content("compose.yaml")
    for role in HEALTH:
        assert f" AS {role}\n" in images
        assert compose["services"][role]["build"]["target"] == role
        unit = configparser.ConfigParser(strict=False, interpolation=None)
        unit.optionxform = str  # type: ignore[assignment, method-assign]
        unit.read(ROOT / "deploy" / "systemd" / f"hjemad-{role}.service", encoding="utf-8")
        service = unit["Service"]
        assert service["ExecStart"].endswith(f" {role}")
        # All else is shut to it.
        assert f"HJEMAD_VAR=/var/lib/{service['StateDirectory']}" in service["Environment"].split()
    assert set(re.findall(r"--only-group (\w+)", images)) <= GROUPS.keys()


def test_no_secret_and_nothing_that_people_wrote_is_sent_to_who_builds_an_image() -> None:
    kept_back = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".env", "deploy/.env", str(SETTINGS["HJEMAD_VAR"].default.relative_to(ROOT))} <= set(kept_back)


def test_only_web_has_a_door_to_the_outside() -> None:
    [compose] = content("compose.yaml")
    open_to = {name for name, service in compose["services"].items() if service.get("ports")}
    assert open_to == {"web"}
    assert compose["networks"]["inside"]["internal"]


@pytest.mark.parametrize("group", ["web", "actions"])
def test_what_a_role_installs_is_what_the_whole_installs(group: str) -> None:
    """In the same versions: what was tested together is served together."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert set(GROUPS[group]) <= set(project)
    assert not {"rasa==3.6.21", "tensorflow-cpu==2.12.0"} & set(GROUPS[group])
