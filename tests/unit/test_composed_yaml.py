"""What libyaml reads is what YAML's own parser reads, and a fault is told as plainly."""

from pathlib import Path

import pytest
import yaml

from bot.composed_yaml import composed, content_of
from bot.settings import ROOT

FILES = sorted([*(ROOT / "data" / "facts").glob("*.yml"), *(ROOT / "bot" / "domain").glob("*.yml")])


@pytest.mark.parametrize("file", FILES[:6], ids=lambda file: file.name)
def test_the_content_is_the_same(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert content_of(text) == yaml.safe_load(text) == content_of(text.encode())


@pytest.mark.parametrize("read", [content_of, composed])
def test_where_it_is_broken_is_told_by_line_and_text(read: object) -> None:
    with pytest.raises(yaml.MarkedYAMLError) as broken:
        read("a: 1\nb: [2\nc: 3\n")  # type: ignore[operator]
    assert "line 3" in str(broken.value)
    assert "c: 3" in str(broken.value)


def test_nothing_is_no_content() -> None:
    assert content_of("") is None
    assert composed("") is None
