"""What Rasa's training cache cannot see by itself: the code and word lists a component leans on."""

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
