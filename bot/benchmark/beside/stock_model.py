"""The model of stock Rasa: trained once on all our data, and kept by what it was trained on."""

import hashlib
import subprocess
import sys
import time
from pathlib import Path

import yaml

from bot.benchmark.beside.servers import BesideError, quiet_rasa
from bot.benchmark.stock.sides import Side, stock
from bot.settings import ROOT, load_settings
from bot.training.files import digest_of

_DATA = ("nlu", "rules", "stories")


def trained_stock(epochs: int) -> tuple[Path, float]:
    """Rasa's default components and policies, trained on all our data, and the seconds that took.

    Kept under `var` by what it was trained on, and trained once. Raises BesideError.
    """
    side = stock(epochs)
    folder = load_settings().var / "benchmark" / f"whole-{learnt_from(side, ROOT)}-{epochs}"
    archive, took = folder / "stock.tar.gz", folder / "seconds"
    if not took.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.yml").write_text(yaml.safe_dump(side.config, sort_keys=False), encoding="utf-8")
        data = [str(ROOT / "data" / name) for name in _DATA]
        domain = str(ROOT / "bot" / "domain")
        words = ["--config", "config.yml", "--domain", domain, "--out", str(folder), "--data", *data]
        began = time.perf_counter()
        # What a training that was broken off left in its cache would be missing from the seconds.
        named = ["--fixed-model-name", "stock", "--force"]
        command = [sys.executable, "-m", "rasa", "train", *words, *named]
        done = subprocess.run(command, cwd=folder, env=quiet_rasa(), stdout=sys.stderr, check=False)  # noqa: S603
        if done.returncode or not archive.is_file():
            raise BesideError(f"stock Rasa could not be trained: its command ended with {done.returncode}")
        took.write_text(str(time.perf_counter() - began), encoding="utf-8")
    return archive, float(took.read_text(encoding="utf-8"))


def learnt_from(side: Side, root: Path) -> str:
    """Another digest when its components, policies, or anything that it learns from below `root` is another."""
    settings = yaml.safe_dump(side.config)
    folders = (*(root / "data" / name for name in _DATA), root / "bot" / "domain")
    read = [digest_of(sorted(folder.rglob("*.yml"))) for folder in folders]
    return hashlib.sha256(f"{settings} {side.made_with} {read}".encode()).hexdigest()[:12]
