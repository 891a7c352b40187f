"""Writes what is known of models: each file whole or not at all, for a half-written one would be picked up."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bot.training.models.errors import ModelError


def as_json(content: Any) -> str:
    """As it stands in the files beside models."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def write_whole(file: Path, text: str) -> None:
    """Raises ModelError; then nothing of it is left."""
    with ready(file, text):
        pass


@contextmanager
def ready(file: Path, text: str) -> Iterator[None]:
    """Has written it beside the file, whose place it takes when the context ends well. Raises as `write_whole`."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with _told(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(text, encoding="utf-8")
        yield
        with _told(file):
            fresh.replace(file)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ModelError(f"{file} cannot be written: {error.strerror or error}; it is as it was before") from error
