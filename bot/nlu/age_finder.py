"""How old the writer is, read from their own words."""

import re
from collections.abc import Iterator

from bot.casework.ages import OF_AGE
from bot.language.folding import danish_pattern
from bot.language.numbers import CARDINALS
from bot.nlu.spans import Span

YOUNGEST, OLDEST = 10, 30
"""Ages in years that are believed; other numbers are something else."""

_MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_WORDS = {word: number for word, number in CARDINALS.items() if number >= YOUNGEST}
_AGE = r"(?P<age>\d\d|" + "|".join(_WORDS) + r")\b"
_NO_OTHER_UNIT = (
    r"(?! ?(?:dage?|uger?|måneder|mdr|timer?|min|minutter|gange?|kr|kroner|%|procent|stk|km|kilometer|meter|nætter"
    r"|(?:forskellige |andre )?(?:steder|mennesker|personer|venner|søskende|skoler|plejefamilier|hjem)\b"
    r"|[.:]\d|/\d))"
)
_FILLER = (
    r"(?: (?:jo|kun|lige|også|faktisk|nu|allerede|altså|ca|ca\.|en|et|ung|fyr|dreng|pige|mand|kvinde|på|i alderen))*"
)


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(danish_pattern(pattern))


_SOON = (
    r"(?= (?:om (?:en|et|få|nogle|\w+) (?:dage?|uger?|måned(?:er)?|mdr|år)\b|om lidt"
    r"|til (?:næste|sommer|vinter|jul|nytår)"
    rf"|(?:til|i|på) (?:{_MONTHS}|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)|i (?:morgen|næste|overmorgen)))"
)

_STATED = (
    _rule(rf"\b(?:jeg|jg|jeh) (?:er|blev){_FILLER}(?: fyldt| blevet)? {_AGE}{_NO_OTHER_UNIT}"),
    _rule(rf"\b(?:er|har) (?:lige |netop )?(?:fyldt|blevet) {_AGE}{_NO_OTHER_UNIT}"),
    _rule(rf"\bsom {_AGE}[- ]?årig\b"),
    _rule(rf"^\W*(?:er |på )?{_AGE}(?: ?år(?: gammel)?)?\W*$"),
    _rule(rf"\b{_AGE} år(?: gammel| gl\b| og (?:bor|står|har|mangler|er|hjemløs))"),
)
_COMING = (
    _rule(rf"\b(?:bliver|fylder)(?: jeg)?{_FILLER}(?: snart| først)? {_AGE}{_NO_OTHER_UNIT}"),
    _rule(rf"\ber (?:næsten|snart|knap) {_AGE}{_NO_OTHER_UNIT}"),
    _rule(rf"\b(?:jeg|jg|jeh) er{_FILLER} {_AGE}(?: år)?{_SOON}"),
)
_SENTENCE = re.compile(r"[.!?;\n]\s")
_SUBJECT = _rule(
    r"\b(?:(?P<writer>jeg|jg|jeh)|han|hun|de|vi|du|man|der"
    r"|(?:min|mit|mine|hans|hendes|vores|en|et) (?:(?!og |men |som )\w+ ){1,2}"
    r"(?=er|har|bor|blev|bliver|fylder|går|kom))\b"
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
    for rule, value in ((_MINOR, OF_AGE - 1), (_ADULT, OF_AGE)):
        if match := rule.search(folded):
            yield Span("age", match.start(), match.end(), value)
            return
    for rules, years_until in ((_COMING, 1), (_STATED, 0)):
        for rule in rules:
            match = rule.search(folded)
            if (
                match
                and not _is_of_another(folded[: match.start("age")])
                and YOUNGEST <= (age := _number(match.group("age"))) <= OLDEST
            ):
                yield Span("age", *match.span("age"), age - years_until)
                return


def _is_of_another(before: str) -> bool:
    """Whether the sentence that comes to the age is about somebody else: "min kæreste bor hos mig og er ..."."""
    sentence = _SENTENCE.split(before)[-1]
    subjects = list(_SUBJECT.finditer(sentence))
    return bool(subjects) and not subjects[-1].group("writer")


def _number(said: str) -> int:
    return int(said) if said.isdigit() else _WORDS[said]
