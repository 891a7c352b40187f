"""What an intent is called on a button."""

from collections.abc import Mapping

from bot.language.lookups import LOOKUPS, words_for


def intent_titles() -> Mapping[str, str | None]:
    """Every intent with its short Danish title; None for one that is never offered as a meaning.

    Raises LookupFileError.
    """
    return words_for(LOOKUPS / "intent_titles.yml")
