"""An age as it is typed in haste, brought to the one spelling that the rules for ages read."""

import re

from bot.language.folding import fold_in_place

# Not "ten" and "eleven", which are Danish words as well.
_ENGLISH = {
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20,
}  # fmt: skip
_MISSPELT = {"sejsten": 16, "søtten": 17}
_NUMBERS = _ENGLISH | _MISSPELT
_NUMBER = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b", re.IGNORECASE)
_GLUED = re.compile(r"(?<!\d)(\d\d)(?=(?:år|aar|ar)(?:ig)?\b|½|yo\b|y/o\b|yrs?\b|years?\b)", re.IGNORECASE)
_I_IN_DANISH = re.compile(
    r"\b(?:jge|ejg|egj|jgeg|jegg|jeeg|jegh|jeh|jg|jei|jey|jæg|jaeg|jag)(?=,? (?:er|bliver|fylder|blev|går|gaar|gar)\b)"
    r"|\bjeg(?=er (?:kun |jo |lige )?\d\d)",
    re.IGNORECASE,
)
_I_IN_ENGLISH = re.compile(r"\biam\b", re.IGNORECASE)


def evenly_spelled(text: str) -> str:
    """The text with each age apart from its unit, "jeg" and "i am" as they are spelled, English number words in digits.

    Its length may change.
    """
    text = _I_IN_ENGLISH.sub("i am", _I_IN_DANISH.sub(_jeg, text))
    return _NUMBER.sub(lambda match: str(_NUMBERS[match[0].lower()]), _GLUED.sub(r"\1 ", text))


def _jeg(match: re.Match[str]) -> str:
    glued = fold_in_place(match[0]) == "jeg"
    return "jeg " if glued else "jeg"
