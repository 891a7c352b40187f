"""The two that are compared: our components and Rasa's default ones, each trained on the same utterances."""

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from bot.composed_yaml import content_of
from bot.settings import ROOT
from bot.training.data import NLU
from bot.training.files import digest_of
from bot.training.models.fits import code_digest

STOCK = Path(__file__).with_name("stock.yml")
STOCK_PACKAGES = ("rasa", "tensorflow-cpu", "numpy")


@dataclass(frozen=True)
class Side:
    """Components by name and settings; `made_with` tells which code gives them their meaning."""

    name: str
    config: dict[str, Any]
    made_with: str

    def digest(self, root: Path) -> str:
        """Another one when a training on the utterances of `root` would give another model."""
        settings = yaml.safe_dump(self.config["pipeline"])
        learnt_from = digest_of(sorted((root / NLU).glob("*.yml")))
        return hashlib.sha256(f"{settings} {self.made_with} {learnt_from}".encode()).hexdigest()[:12]


def ours() -> Side:
    """What `config.yml` names."""
    return Side("ours", _read(ROOT / "config.yml"), code_digest())


def stock(epochs: int) -> Side:
    """What Rasa takes when a project names nothing, with so many epochs for whatever learns in epochs."""
    config = _read(STOCK)
    for component in (*config["pipeline"], *config["policies"]):
        if "epochs" in component:
            component["epochs"] = epochs
    return Side("stock", config, stock_versions())


def stock_versions() -> str:
    """Which packages give stock Rasa's components their meaning."""
    return " ".join(f"{package}=={version(package)}" for package in STOCK_PACKAGES)


def _read(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = content_of(file.read_text(encoding="utf-8"))
    return content
