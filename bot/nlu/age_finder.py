"""How old the writer is, read from their own words."""

import re
from collections.abc import Iterator

from bot.language.folding import danish_pattern
from bot.language.numbers import CARDINALS
from bot.nlu.spans import Span

YOUNGEST, OLDEST = 10, 30
"""Ages in years that are believed; other numbers are something else."""

_OF_AGE = 18
_WORDS = {word: number for word, number in CARDINALS.items() if number >= YOUNGEST}
_AGE = r"(?P<age>\d\d|" + "|".join(_WORDS) + r")\b"
_NO_OTHER_UNIT = r"(?! ?(?:dage?|uger?|måneder|mdr|timer?|min|minutter|gange|kr|kroner|%|procent|stk|[.:]\d|/\d))"
_FILLER = (
    r"(?: (?:jo|kun|lige|også|faktisk|nu|allerede|altså|ca|ca\.|en|et|ung|fyr|dreng|pige|mand|kvinde|på|i alderen))*"
)


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(danish_pattern(pattern))


_STATED = (
    _rule(rf"\b(?:jeg|jg|jeh) (?:er|blev|har været){_FILLER}(?: fyldt| blevet)? {_AGE}{_NO_OTHER_UNIT}"),
    _rule(rf"\b(?:er|har) (?:lige |netop )?(?:fyldt|blevet) {_AGE}{_NO_OTHER_UNIT}"),
    _rule(rf"\bsom {_AGE}[- ]?årig\b"),
    _rule(rf"^\W*(?:er |på )?{_AGE}(?: ?år(?: gammel)?)?\W*$"),
    _rule(rf"\b{_AGE} år(?: gammel| gl\b| og (?:bor|står|har|mangler|er|hjemløs))"),
)
_COMING = (
    _rule(rf"\b(?:jeg (?:bliver|fylder)|bliver jeg|fylder jeg){_FILLER}(?: snart| først)? {_AGE}{_NO_OTHER_UNIT}"),
    _rule(rf"\bjeg er (?:næsten|snart|knap) {_AGE}{_NO_OTHER_UNIT}"),
)
_MINOR = _rule(
    r"\bjeg er (?:jo |kun |stadig )*(?:under (?:18|atten)|mindreårig|ikke (?:fyldt )?18)\b|^\W*under (?:18|atten)\W*$"
)
_ADULT = _rule(
    r"\bjeg er (?:jo |lige )*(?:over (?:18|atten)|myndig)\b"
    r"|^\W*(?:over (?:18|atten)|18 eller (?:over|derover|ældre))\W*$"
)


def find_age(folded: str) -> Iterator[Span]:
    """The age in years that the writer gives for themselves in a folded text (see `fold_in_place`), if any.

    "snart 18" is 17; "under 18" is 17 and "over 18" is 18, since only the side of eighteen matters to the answers.
    """
    for rule, value in ((_MINOR, _OF_AGE - 1), (_ADULT, _OF_AGE)):
        if match := rule.search(folded):
            yield Span("age", match.start(), match.end(), value)
            return
    for rules, years_until in ((_COMING, 1), (_STATED, 0)):
        for rule in rules:
            if (match := rule.search(folded)) and YOUNGEST <= (age := _number(match.group("age"))) <= OLDEST:
                yield Span("age", *match.span("age"), age - years_until)
                return


def _number(said: str) -> int:
    return int(said) if said.isdigit() else _WORDS[said]
