"""Whether words say that the talk one has is to stay as it is: "nej, behold den jeg har", "lad den bare stå"."""

from bot.language.folding import compiled, fold_in_place

_BEFORE = (
    r"(?:(?:nej|næ|hov|vent|ok|okay|tak|så|ellers|øh|jamen|men|jeg|vi|vil|skal|kan|må|gerne|hellere|alligevel|bare"
    r"|faktisk|nok|no|i|i'll|i'd|we|want to|would|rather|like to|just|please)[ ,.!]+)*"
)
_THE_ONE = (
    r"(?:den|det|tiden|aftalen|snakken|min|mit|the|my|it)(?: (?:gamle|nuværende|gammel|første|old|first|current|own))?"
    r"(?: (?:tid|aftale|snak|one|time|talk|appointment))?"
)
_WE_HAVE = r"(?:jeg|vi|i|we)(?: allerede| already)? (?:har|havde|have|had)"
_I_HAVE = rf"(?: ?,?(?: som)? ?{_WE_HAVE}(?: i forvejen| nu| fået| already)?)?"
_AFTER = r"(?:[ ,]+(?:tak|alligevel|så|i stedet|bare|nu|som den er|som det er|thanks|please|then))*[ .!]*"
_KEEPS = compiled(
    rf"\W*{_BEFORE}"
    rf"(?:(?:behold|beholder|beholde|keep)(?: jeg| vi)?(?: (?:bare|så|nu|hellere|da|just))* {_THE_ONE}{_I_HAVE}"
    rf"|lad(?: os)? (?:den|tiden|det|aftalen)(?: bare)? (?:stå|blive|være)(?: som (?:den|det) er)?"
    rf"|(?:lad os |det |vi |jeg )?(?:blive|bliver) ved (?:den|det){_I_HAVE}"
    rf"|leave it(?: as it is)?){_AFTER}"
)


def keeps_theirs(text: str) -> bool:
    """Whether they say that and nothing else."""
    return bool(_KEEPS.fullmatch(fold_in_place(text.strip())))
