"""Words for times with one slip of the finger in them: "undtawen", "tirsdqg", "eftermiddga"."""

import re
from functools import cache

from bot.casework.slips import Slips
from bot.language.folding import fold_in_place
from bot.language.lookups import LOOKUPS, words_for

WORDS = LOOKUPS / "time_words.yml"

_SHORTEST = 5


def without_a_slip(word: str) -> str | None:
    """The one word for a time that a folded word is but for a slip; None where it is another word, or may be two."""
    if len(word) < _SHORTEST or word in _others():
        return None
    near = _slips().near(word)
    return next(iter(near)) if len(near) == 1 and word not in near else None


UNKNOWN = re.compile(rf"(?<!\w)[^\W\d_]{{{_SHORTEST},}}(?!\w)")
"""What may be one: a word of letters, long enough that a slip leaves it known."""


@cache
def _slips() -> Slips:
    return Slips(map(fold_in_place, words_for(WORDS)))


@cache
def _others() -> frozenset[str]:
    """Words and names of their own that are a slip away from one for a time."""
    return frozenset(fold_in_place(word) for words in words_for(WORDS).values() for word in words)
