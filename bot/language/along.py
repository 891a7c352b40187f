"""What a message asks for to go along with a talk: a woman, an interpreter, company, room for a wheelchair.

In doubt nothing is read: what was not read can be said again, and what nobody asked for would be told to a stranger.
"""

import re
from dataclasses import dataclass, field

from bot.casework.along import Along, Ask
from bot.language.along_rules import asks, drops
from bot.language.folding import fold_in_place
from bot.language.languages import language_in
from bot.language.politeness import without_politeness

_NOT_THIS = re.compile(r"\b(?:ikke|ikk|ik|not) \w+", re.IGNORECASE)
_EITHER = frozenset({Ask.WOMAN, Ask.MAN})


@dataclass(frozen=True)
class Said:
    """What a message asks for, and what it takes back."""

    along: Along = field(default_factory=Along)
    dropped: frozenset[Ask] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.along or self.dropped)

    def after(self, before: Along) -> "Said":
        """The same, but taking back only what was asked for."""
        return Said(self.along, self.dropped & before.asks)


def said_along(text: str) -> Said:
    """What these words ask for along with the talk. Raises LookupFileError."""
    folded = without_politeness(fold_in_place(text))
    dropped = frozenset(ask for ask, pattern in drops() if pattern.search(folded))
    asked = frozenset(ask for ask, pattern in asks() if pattern.search(folded)) - dropped
    if asked >= _EITHER:
        # "En mand eller en kvinde, det er lige meget" asks for neither.
        asked -= _EITHER
    return Said(Along(asked, language_in(_NOT_THIS.sub("", text)) if Ask.INTERPRETER in asked else ""), dropped)
