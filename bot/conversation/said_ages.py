"""On which side of eighteen a message says for certain that somebody is.

Who is 15 and gets only the lines for adults is worse off than who gets both. So an age of eighteen or more is believed
only where it is stated plainly, and one below also where it is not.
"""

import re
from collections.abc import Iterator
from datetime import date

from bot.casework.ages import OF_AGE, AgeGroup
from bot.conversation.age_spellings import evenly_spelled
from bot.conversation.looser_ages import looser_own_ages, may_be_minor
from bot.language.folding import danish_pattern, fold_in_place
from bot.language.helpers import says_own_age
from bot.language.numbers import CARDINALS
from bot.nlu.age_finder import OLDEST, YOUNGEST, find_age

_WORDS = {fold_in_place(word): number for word, number in CARDINALS.items() if number >= YOUNGEST}
_N = r"(?P<age>\d\d|" + "|".join(_WORDS) + r")\b"
_NO_OTHER_UNIT = (
    r"(?! ?(?:dage?|uger?|måned|mdr|timer?|min|gange?|kr|%|procent|km|kilo|meter|grader|m2|kvm|nætter|steder"
    r"|hours?|days?|weeks?|months?|miles?|times|percent|dkk|euro|[.:/]\d))"
)
_ONLY = r"(?:(?:kun|jo|lige|nu|bare|stadig|først|fyldt|blevet|en|et|only|just|still|now|a|an) )*"
_COMING = r"(?:(?:bliver|fylder|snart|næsten|knap|turns|turning|almost|nearly) )?"


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(danish_pattern(pattern))


_I_AM = r"\b(?:i am|i['’]?m) "
_OWN_IN_ENGLISH = _rule(rf"{_I_AM}{_ONLY}(?P<coming>{_COMING}){_N}{_NO_OTHER_UNIT}")
_OWN_SIDE_IN_ENGLISH = _rule(rf"{_I_AM}{_ONLY}(?:(?P<under>under 18|underage|a minor|not 18)|over 18\b|an adult\b)")
_SOMEBODY = (
    r"\b(?:han|hun|en|he|she|somebody|someone"
    r"|(?:min|mit|mine|en|et|vores|hans|hendes|my|our|a|an|his|her) (?:(?!jeg |i )\w+ ){0,2}?\w+)"
)
_OTHERS = (
    _rule(
        rf"{_SOMEBODY}(?:['’]s| (?:der er|som er|er|på|is|who is|of|aged)|(?= bliver| fylder| turns| turning)) "
        rf"{_ONLY}(?P<coming>{_COMING}){_N}{_NO_OTHER_UNIT}"
    ),
    _rule(rf"(?P<coming>{_COMING})\b{_N}(?:[- ]?årig| år gammel\b|[- ]years?[- ]old|[- ]?yo\b)"),
)
_OTHERS_SIDE = _rule(
    rf"{_SOMEBODY}(?:['’]s)? (?:er|is) {_ONLY}"
    r"(?:(?P<under>under (?:18|atten)\b|mindreårig|ikke (?:fyldt )?18|underage|a minor)"
    r"|over (?:18|atten)\b|myndig|an adult\b)"
)
_I_JUST_SAID = _rule(r"\b(?:(?:jeg|jg) (?:er|bliver|fylder)|i am|i['’]?m)(?: \w+){0,3} ?$")
# Nobody else is named, so it is most likely the writer: enough for an age below eighteen.
_UNNAMED = _rule(rf"^\W*(?:hej\w*\W+)?(?:er|bliver) {_ONLY}{_N}{_NO_OTHER_UNIT}")
_SENTENCE_END = re.compile(r"[.!?;\n]\s")

# What makes of "jeg er 18" something else than somebody's age today.
_PAST = _rule(r"\b(?:var|dengang|da jeg|was|when i)\b")
_DOUBT_BEFORE = _rule(
    r"\b(?:når|hvis|indtil|inden|før|først|snart|næsten|tror\w*|siger?|sagde|sagt|skrev\w*|løj|lyver|løgn|lader|falsk\w*"
    r"|bliver|fylder|ca|cirka|omkring|around|about|when|if|until|till|before|say|says|said|told|tell|think|thinks|thought|pretend|lied|fake|almost"
    r"|nearly|soon|turn\w*)\b"
)
_DOUBT_AFTER = _rule(
    r"^\W*(?:(?:år|gammel|lige|years?|old|først)\W+)*"
    r"(?:om|til|snart|i morgen|i overmorgen|i år|næste|på vente\w*|i kø\w*|in|next|soon|tomorrow|this year)\b"
)
_IN_SOMEBODYS_CARE = _rule(
    r"\b(?:elev\w*|kursist\w*|lærling\w*|mentee|den unge|(?:min|vores) (?:\w+ )?(?:søn|datter|dreng|unge)"
    r"|pupils?|students?|(?:my|our) (?:\w+ )?(?:son|daughter|boy))\b"
)
# Who threw somebody out may be the only one whose age is said.
_MAY_BE_WHO_DID_IT = _rule(
    r"\b(?:kæreste\w*|eks|ekskæreste\w*|min mand|min kone|samlever\w*|forlovede|mor|far|forældre\w*|stedfar|stedmor"
    r"|plejefar|plejemor|mig|boyfriend|girlfriend|husband|wife|partner|ex|mom|mum|dad|mother|father|parents|me"
    r"|har smidt|smed|smider|threw|has thrown|(?:kicks|kicked) (?:him|her|them))\b"
)


def own_age_groups(text: str, today: date) -> set[AgeGroup]:
    """The age groups of which the writer says to be; both where they say two things."""
    text = evenly_spelled(text)
    folded = fold_in_place(text)
    loosely = (_own(folded, span.start, span.end, span.value) for span in looser_own_ages(folded, today))
    found = {*_own_in_danish(text, folded), *_own_in_english(folded), *loosely}
    return {group for group in found if group}


def own_years(text: str, today: date) -> set[int]:
    """The ages in years that the writer gives for themselves, also where it is only likely that they are theirs.

    By a year of birth they may not have had their birthday yet.
    """
    text = evenly_spelled(text)
    folded = fold_in_place(text)
    found = [(span.start, span.value) for span in (*find_age(folded), *looser_own_ages(folded, today, surely=True))]
    found += [
        (match.start(), _number(match["age"]) - bool(match["coming"])) for match in _OWN_IN_ENGLISH.finditer(folded)
    ]
    if unnamed := _UNNAMED.search(folded):
        found.append((unnamed.start(), _number(unnamed["age"])))
    return {age for start, age in found if not _PAST.search(_SENTENCE_END.split(folded[:start])[-1])}


def seems_minor(text: str, today: date) -> bool:
    """Whether a writer who says no age says what makes one below 18 likely, such as their class at school."""
    return may_be_minor(fold_in_place(evenly_spelled(text)), today)


def age_group_of_another(text: str) -> AgeGroup | None:
    """That of the one other young person whose age the message says; None where it says none, or several ages."""
    folded = fold_in_place(evenly_spelled(text))
    ages = set(_ages_of_others(folded))
    if len(ages) != 1:
        return None
    if ages.pop() < OF_AGE:
        return AgeGroup.UNDER_18
    is_plain = not _MAY_BE_WHO_DID_IT.search(folded) and not _DOUBT_BEFORE.search(folded)
    return AgeGroup.ADULT if is_plain else None


def may_be_of_minor(text: str) -> bool:
    """Whether somebody else than the writer is told of who is, or may well be, under 18: a pupil, a child of theirs."""
    folded = fold_in_place(evenly_spelled(text))
    return bool(_IN_SOMEBODYS_CARE.search(folded)) or any(age < OF_AGE for age in _ages_of_others(folded))


def _own_in_danish(text: str, folded: str) -> Iterator[AgeGroup | None]:
    if (unnamed := _UNNAMED.search(folded)) and YOUNGEST <= _number(unnamed["age"]) < OF_AGE:
        yield AgeGroup.UNDER_18
    for span in find_age(folded):
        is_plain = says_own_age(text, span.value) or "myndig" in folded[span.start : span.end]
        yield _own(folded, span.start, span.end, span.value, is_plain=is_plain)


def _own_in_english(folded: str) -> Iterator[AgeGroup | None]:
    for match in _OWN_IN_ENGLISH.finditer(folded):
        age = _number(match["age"]) - bool(match["coming"])
        if YOUNGEST <= age <= OLDEST:
            yield _own(folded, match.start(), match.end(), age)
    for match in _OWN_SIDE_IN_ENGLISH.finditer(folded):
        yield _own(folded, match.start(), match.end(), OF_AGE - bool(match["under"]))


def _own(folded: str, start: int, end: int, age: int, *, is_plain: bool = True) -> AgeGroup | None:
    before = _SENTENCE_END.split(folded[:start])[-1]
    if _PAST.search(before):
        return None
    if age < OF_AGE:
        return AgeGroup.UNDER_18
    in_doubt = _DOUBT_BEFORE.search(before) or _DOUBT_AFTER.search(folded[end:])
    return AgeGroup.ADULT if is_plain and not in_doubt else None


def _ages_of_others(folded: str) -> Iterator[int]:
    for rule in _OTHERS:
        for match in rule.finditer(folded):
            age = _number(match["age"]) - bool(match["coming"])
            if YOUNGEST <= age <= OLDEST and not _I_JUST_SAID.search(folded[: match.start("age")]):
                yield age
    for match in _OTHERS_SIDE.finditer(folded):
        yield OF_AGE - bool(match["under"])


def _number(said: str) -> int:
    return int(said) if said.isdigit() else _WORDS[said]
