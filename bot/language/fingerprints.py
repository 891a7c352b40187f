"""Whether what was learnt still fits: the code and word lists that it leans on, as one hash."""

import hashlib
import inspect
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType


def fingerprint_of(modules: Iterable[ModuleType], files: Iterable[Path] = ()) -> str:
    """A hash of the modules' source and of the files' content, for a component's `fingerprint_addon`."""
    digest = hashlib.sha256()
    for module in modules:
        digest.update(inspect.getsource(module).encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def encoder_fingerprint() -> str:
    """Another one when the encoder's code is another, and its vectors may be."""
    folder = Path(__file__).parent
    return fingerprint_of((), [folder / "encoder.py", *sorted((folder / "e5").glob("*.py"))])
