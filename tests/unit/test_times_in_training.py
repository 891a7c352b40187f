"""The training cache knows everything that wishes for a time are read with."""

import shutil
from pathlib import Path

import pytest

from bot.nlu import entities
from bot.nlu.entities import DanishEntityExtractor


@pytest.mark.parametrize("file", ["clock.py", "tongue.py", "tongue_danish.txt", "lookups.py"])
def test_a_change_of_any_file_of_the_language_is_seen(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = DanishEntityExtractor.fingerprint_addon({})
    monkeypatch.setattr(entities, "LANGUAGE", shutil.copytree(entities.LANGUAGE, tmp_path / "language"))
    assert DanishEntityExtractor.fingerprint_addon({}) == before
    with (entities.LANGUAGE / file).open("a", encoding="utf-8") as changed:
        changed.write("# more\n")
    assert DanishEntityExtractor.fingerprint_addon({}) != before
