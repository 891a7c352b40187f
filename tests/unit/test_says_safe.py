"""What is heard as "I am safe" after a danger, and what only looks like it."""

from pathlib import Path
from shutil import copytree

import pytest

from bot.safety.pattern_files import PatternError
from bot.safety.patterns import SHIPPED_PATTERNS
from bot.safety.says_safe import load_safe_words, shipped_safe_words
from bot.training.files import read_yaml

EXAMPLES = read_yaml(Path(__file__).parents[1] / "examples" / "says_safe.yml")
TONIGHT = ("no_shelter_tonight",)


@pytest.mark.parametrize("text", EXAMPLES["safe"])
@pytest.mark.parametrize("kind", ["violence", "no_shelter_tonight"])
def test_who_says_that_they_are_safe_is_heard(text: str, kind: str) -> None:
    assert shipped_safe_words().hears(text, (kind,))


@pytest.mark.parametrize("text", EXAMPLES["indoors"])
def test_a_place_for_the_night_is_safety_where_there_was_none_and_nowhere_else(text: str) -> None:
    words = shipped_safe_words()
    assert words.hears(text, TONIGHT)
    assert not words.hears(text, ("no_shelter_tonight", "suicide"))
    assert not words.hears(text, ("violence",))
    assert not words.hears(text, ())


@pytest.mark.parametrize("text", EXAMPLES["helper"])
def test_of_a_helper_it_counts_that_the_young_person_is_safe(text: str) -> None:
    words = shipped_safe_words()
    assert words.hears(text, ("violence",), helper=True)
    assert not words.hears(text, ("violence",))


@pytest.mark.parametrize("text", EXAMPLES["not_safe"])
@pytest.mark.parametrize("helper", [True, False])
def test_what_says_something_else_is_not_heard_as_safety(text: str, *, helper: bool) -> None:
    assert not shipped_safe_words().hears(text, TONIGHT, helper=helper)


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    folder = copytree(SHIPPED_PATTERNS, tmp_path / "safety")
    file = folder / "says_safe.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("vi er (kommet)?", "vi er (kommet"), encoding="utf-8")
    with pytest.raises(PatternError, match=r"says_safe\.yml, linje \d+"):
        load_safe_words(folder)
