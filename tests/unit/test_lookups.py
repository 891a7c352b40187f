"""Files of words are read once, and a broken one is told with its name."""

from pathlib import Path

import pytest

from bot.language.lookups import LookupFileError, words_for


def test_a_file_tells_the_words_for_each_name(tmp_path: Path) -> None:
    file = tmp_path / "words.yml"
    file.write_text("money_debt: gæld\nchat_greet: null\n", encoding="utf-8")
    assert words_for(file) == {"money_debt": "gæld", "chat_greet": None}


@pytest.mark.parametrize("content", [None, "a: [", "- gæld", ""])
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "broken.yml"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(LookupFileError, match=r"broken\.yml"):
        words_for(file)
