"""The "not" of a polite question, which refuses nothing: "kan jeg ikke komme torsdag?" asks for Thursday."""

from bot.language.folding import compiled

# At the head of a clause only: "torsdag kan jeg ikke" and "så kan jeg ikke torsdag" refuse, and so does "kan jeg ikke
# torsdag, så fredag".
_BEFORE = r"(?:^|[.!?;:\n]|\b(?:hej|hov|øh|øhm|okay|ok|nej|næ|ja|jo|undskyld|men|eller|but|or|hi|hey|sorry))[ ,]*"
_WHO = r"(?:jeg|vi|i|du|man|det|den|der|hun|han|de|(?:min|mit|en) \w+|you|we|it|they|my \w+)"
_POLITE = compiled(
    rf"(?P<before>{_BEFORE}(?:kan|ka|kunne|må|vil|ville|skal|can|could|may) {_WHO} )"
    r"(?P<not>ikke|ikk|ik|not)(?= \w)(?![^.!?\n]*, ?så (?!at\b))"
)
# As long as what they stand for, so that every word keeps its place.
_INSTEAD = {"ikke": "godt", "ikk": "nok", "ik": "da", "not": "pls"}


def without_politeness(folded: str) -> str:
    """A text folded in place, with another word of the same length for each "not" that only asks politely."""
    return _POLITE.sub(lambda found: found["before"] + _INSTEAD[found["not"]], folded)
