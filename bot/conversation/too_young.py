"""Whether a message says that its writer is too young to say yes to that the robot learns from it."""

import re
from datetime import date

from bot.casework.conversations import Message
from bot.casework.learning import YOUNGEST
from bot.conversation.age_spellings import evenly_spelled
from bot.conversation.ages import MINOR, NUMBER_ALONE, SEEMS_MINOR
from bot.conversation.said_ages import own_years
from bot.language.folding import compiled, danish_pattern, fold_in_place
from bot.language.numbers import CARDINALS

_WORDS = "|".join(word for word, number in CARDINALS.items() if number <= YOUNGEST)
_N = rf"(?:1[0-5]|[1-9]|{_WORDS})\b"
_CHILD = r"(?:[4-9]|fire|fem|seks|syv|otte|ni|four|five|six|seven|eight|nine)\b"
_NO_OTHER_UNIT = (
    r"(?! ?(?:dage?|uger?|måned\w*|mdr|timer?|min\w*|gange?|kr\w*|%|procent|km|kilo\w*|meter|grader|nætter"
    r"|steder|mennesker|personer|hours?|days?|weeks?|months?|miles?|times|percent|[.:/]\d))"
)
_JUST = r"(?:(?:jo|kun|lige|nu|bare|stadig|faktisk|altså|også|selv|endnu|only|just|still|now|also) )*"
_I_AM = rf"\b(?:(?:jeg|jg|jeh) er|er jeg|i am|i['’]?m) {_JUST}"
_NOT_YET = r"(?:ikke (?:engang|helt|fyldt|blevet)|ikke endnu|not(?: even| quite| yet)?)"

_BY_THEMSELVES = (
    compiled(rf"{_I_AM}(?:under|below) {_N}{_NO_OTHER_UNIT}"),
    compiled(rf"{_I_AM}{_NOT_YET} {_N}{_NO_OTHER_UNIT}"),
    compiled(rf"{_I_AM}ikke {_N} (?:år )?endnu\b"),
    compiled(
        rf"{_I_AM}{_CHILD}(?: (?:år|years?)\b(?! (?:siden|yngre|ældre|ago|younger|older))|(?=\W*$|[,!?;\n]| og\b))"
    ),
)
_NOBODY_ELSE_NAMED = (
    compiled(rf"^\W*(?:er )?under {_N}(?: år)?\W*$"),
    compiled(rf"^\W*(?:er |har )?(?:endnu )?ikke (?:fyldt|blevet) {_N}(?: år)?(?: endnu)?\W*$"),
)


def says_too_young(message: Message, today: date, *, is_helper: bool) -> bool:
    """Whether it says so, or makes it likely. What a helper says is of others, but where they say "jeg er"."""
    text = fold_in_place(evenly_spelled(message.text))
    if any(rule.search(text) for rule in _BY_THEMSELVES):
        return True
    ages = {age for age in _years(message, today) if age < YOUNGEST}
    if is_helper:
        return any(_says_of_themselves(text, age) for age in ages)
    return bool(ages) or SEEMS_MINOR in message.data or any(rule.search(text) for rule in _NOBODY_ELSE_NAMED)


def _years(message: Message, today: date) -> set[int]:
    # Within a form "14" is an hour, and what is pressed was written by us, unless it was taken for an age then.
    is_none = message.payload or NUMBER_ALONE.fullmatch(message.text)
    return set() if is_none and MINOR not in message.data else own_years(message.text, today)


def _says_of_themselves(text: str, age: int) -> bool:
    # "Snart 14" is 13.
    said = {str(number) for number in (age, age + 1)}
    said |= {fold_in_place(word) for word, number in CARDINALS.items() if str(number) in said}
    numbers = "|".join(sorted(said))
    born = r"(?:født|born|årgang|fra)\b"
    return bool(
        re.search(rf"{_I_AM}(?:\w+ ){{0,2}}(?:{numbers})\b", text)
        or re.search(danish_pattern(rf"\bjeg (?:bliver|fylder) (?:\w+ ){{0,2}}(?:{numbers})\b|{_I_AM}{born}"), text)
    )
