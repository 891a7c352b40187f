"""Writes what is known of models."""

import json
import os
from pathlib import Path
from typing import Any


def write_whole(file: Path, content: Any) -> None:
    """As JSON, whole or not at all: a half-written file would be picked up by whoever reads next."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    fresh.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    fresh.replace(file)
