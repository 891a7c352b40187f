"""Who is under 18 without saying "jeg er 15": by what they call themselves, the year of their birth, or their school.

No age of 18 or more is read here: an adult's is believed only where it is stated plainly.
"""

import re
from collections.abc import Iterator
from datetime import date

from bot.casework.ages import OF_AGE
from bot.language.folding import danish_pattern
from bot.language.numbers import CARDINALS, ORDINALS, number_said
from bot.nlu.age_finder import YOUNGEST
from bot.nlu.spans import Span

_LAST_CLASS = 10
_MONTHS = (
    "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
    "|january|february|march|may|june|july|october"
)
_AGE = rf"(?P<age>1[0-7]|{'|'.join(word for word, number in CARDINALS.items() if YOUNGEST <= number < OF_AGE)})\b"
_NO_OTHER_UNIT = r"(?! ?(?:min|timer|dage?|uger?|måned|km|kr|%|[.:/]\d))"
_WHO = r"(?:dreng|pige|fyr|gut|ung|teenager|kvinde|mand|girl|boy|guy|teen)"
_KIN = (
    r"(?:søn|datter|\w*søster|\w*bror|ven|venn?inde|kammerat|kæreste|elev|barn|kusine|fætter|nevø|niece"
    r"|friend|brother|sister|son|daughter|kid|child)"
)


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(danish_pattern(pattern))


_FIRST = r"^\W*(?:(?:hej\w*|hey|hi|hello|davs|halløj|ok|okay)\W+)*"
_START = rf"(?:{_FIRST}|[.!?;,\n(] ?)(?:(?:er|am) (?:en |et |a )?)?"
# "Pige på 15. hun ..." and "dreng på 16 slår mig" are somebody else.
_NOT_ANOTHER = (
    r"(?!(?: år)?(?:\W*(?:og )?(?:hun|han|she|he)\b| (?:i|fra) (?:min|vores) (?:klasse|skole)\b"
    r"| (?:har )?\w+[rt] mig\b))"
)
_END = rf"(?=\W*$|[,.!?;)\n]| (?:her|og|der|som|uden|på|fra|søger|mangler|har|here|and|who|with|from)\b){_NOT_ANOTHER}"
_CALLED = (
    _rule(rf"{_START}{_WHO}(?: på|,| i alderen|,? aged)? {_AGE}{_NO_OTHER_UNIT}{_NOT_ANOTHER}"),
    _rule(rf"{_START}{_AGE}(?:[- ]?årig|[- ]years?[- ]old| ?yo| ?y/o)(?: {_WHO})?\b{_END}"),
    _rule(rf"{_START}{_AGE} år(?: gammel)? {_WHO}\b{_NOT_ANOTHER}"),
    _rule(rf"\b(?:jeg|mig),? (?:er |som )?(?:en |et )?{_AGE}[- ]?årig\b"),
    _rule(rf"\bjeg,? {_AGE} år(?=\W*$|[,.!?;\n]| (?:gammel|og|fra)\b)"),
    _rule(rf"\bvi er (?:\w+ ){{0,2}}(?:piger|drenge|unge|venner|veninder) (?:på|i alderen) {_AGE}{_NO_OTHER_UNIT}"),
    _rule(rf"\b(?:min alder(?: er)?|my age(?: is)?|{_FIRST}(?:alder|age)):? {_AGE}{_NO_OTHER_UNIT}"),
)
_ANOTHER_BEFORE = _rule(rf"(?<!hos )(?<!med )(?<!with )\b(?:min|mit|vores|en|et|my|our|a) (?:\w+ )?{_KIN}\b")

_I_AM = r"\b(?:(?:jeg|i) (?:er|blev|am|was)|i['’]?m)(?: (?:jo|kun|også|selv|faktisk|only))*"
_IN_A_DATE = rf"(?:[\s./-]|\d\d?(?:st|nd|rd|th)?\b|\b(?:i|d|den|in|on|the|{_MONTHS})\b)"
_BORN = (
    _rule(
        rf"(?:{_I_AM} |{_FIRST}(?:er )?)(?:født|born)\b{_IN_A_DATE}*"
        r"(?:\b20|(?<=i )|(?<=in ))(?P<year>\d\d)\b(?![./-]\d)"
    ),
    _rule(rf"(?:{_I_AM} (?:fra )?|{_FIRST}(?:er )?)årgang (?:20)?(?P<year>\d\d)\b"),
    _rule(rf"{_I_AM} (?:fra|en|from) 20(?P<year>\d\d)(?:['’]?er)?\b"),
)

_GO = (
    r"(?:går|er|starter|begynder|skal)(?: (?:jo|kun|lige|nu|stadig|selv|også|først|snart|startet|begyndt|starte"
    r"|begynde|gå))* (?:i|på) (?:en |den )?"
)
_YEARS = "|".join(word for word, number in ORDINALS.items() if number <= _LAST_CLASS)
_SCHOOL = (
    rf"(?:(?:(?<!\d)(?:10|\d)\.? ?|(?:nulte|{_YEARS}) )(?:kla\w*s\w*|kl\b)|(?:[4-9]|10)\.? ?[a-e]\b"
    r"|(?:folke|efter|fri|privat|mellem)skolen?\b|udskolingen\b)"
)
_GOES_TO_SCHOOL = (
    _rule(rf"(?:\bjeg |{_FIRST}(?:jeg )?){_GO}{_SCHOOL}"),
    _rule(r"\b(?:i am|i['’]?m) in (?:the )?(?:(?:\d(?:st|nd|rd|th)|10th) (?:grade|class)|(?:grade|year) (?:10|\d)\b)"),
    _rule(r"\bi (?:go to|am in|attend) (?:primary|elementary|middle|secondary) school\b"),
)
_NOT_AS_A_CHILD = _rule(
    r"\b(?:vuc|fvu|avu|hf|voksen(?:uddannelse|undervisning|skole)\w*|aftenskole\w*|adult education"
    r"|(?:som|jeg er|i am|i['’]?m) (?:\w+ )?(?:\w*lærer|pædagog|vikar|teacher))\b"
)


def looser_own_ages(folded: str, today: date, *, surely: bool = False) -> Iterator[Span]:
    """The ages below 18 that the writer gives for themselves in other words, in a folded text.

    Of a year of birth it is how old its people become this year, or `surely` are, also where that is very young.
    """
    for rule in _CALLED:
        for match in rule.finditer(folded):
            if not _ANOTHER_BEFORE.search(folded[: match.start("age")]):
                yield Span("age", match.start(), match.end(), number_said(match["age"]))
    for match, years in _births(folded, today):
        if (0 if surely else YOUNGEST) <= years < OF_AGE:
            yield Span("age", match.start(), match.end(), years - surely)


def may_be_minor(folded: str, today: date) -> bool:
    """Whether the writer, of whom no age is said, may well be under 18: at school, or 18 at some time of this year."""
    if any(years == OF_AGE for _, years in _births(folded, today)):
        return True
    goes = any(rule.search(folded) for rule in _GOES_TO_SCHOOL)
    return goes and not _NOT_AS_A_CHILD.search(folded)


def _births(folded: str, today: date) -> Iterator[tuple[re.Match[str], int]]:
    """Where a year of birth of this century is told, and how old its people become in the year of `today`."""
    for rule in _BORN:
        for match in rule.finditer(folded):
            yield match, today.year % 100 - int(match["year"])
