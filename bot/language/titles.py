"""What a Danish title is called in English: of a button, a field or a part of a plan."""

from collections.abc import Mapping

from bot.language.lookups import LOOKUPS, words_for
from bot.language.tongue import Tongue


def english_titles() -> Mapping[str, str]:
    """What a Danish title is in English. Raises LookupFileError."""
    return words_for(LOOKUPS / "titles_in_english.yml")


def title_in(tongue: Tongue, title: str) -> str:
    """The title in that language, in English for one that is neither. Raises LookupFileError.

    One that no table holds stays: a free time is made in the right language.
    """
    return title if tongue is Tongue.DANISH else english_titles().get(title, title)
