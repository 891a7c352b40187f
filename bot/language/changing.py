"""Whether words ask for a talk otherwise: moved ("flyt den"), held another way ("hellere på telefon"), one more."""

import re

from bot.language.folding import compiled, fold_in_place

_BEFORE = (
    r"(?:(?:ja|nej|ok|okay|tak|så|øh|men|jeg|vi|du|vil|skal|kan|må|gerne|hellere|bare|please|i|i'd|you|can|like to"
    r"|would|just|rather)[ ,.!]+)*"
)
_THE_ONE = r"(?:den|det|tiden|aftalen|snakken|min|mit)(?: (?:gamle|første|anden|sidste))?(?: (?:tid|aftale|snak))?"
_I_HAVE = r"(?:,? (?:som )?(?:jeg|vi) (?:allerede )?har(?: allerede| i forvejen)?)?"
_AFTER = r"(?:[ ,]+(?:tak|så|i stedet|for|bare|nu|please|instead))*[ .!]*"
_MOVES = compiled(
    rf"\W*{_BEFORE}(?:(?:flyt|flytte|flyttes|ryk|rykke|rykkes)(?: bare| så)?(?: {_THE_ONE}{_I_HAVE})?"
    rf"|{_THE_ONE}{_I_HAVE} (?:skal|må|kan)(?: gerne| godt| bare)? (?:flyttes|rykkes)"
    rf"|move (?:it|mine|my (?:talk|time|appointment)|that one|the one i have)){_AFTER}"
)
_ONE_MORE = compiled(
    r"\W*(?:(?:ja|nej|ok|okay|tak|jeg|vil|skal|kan|må|gerne|bare|have|ha|få|book|booke|bestille|den|og|yes|i|i'd|want"
    r"|like|to|please|book)[ ,.]+)*"
    r"(?:endnu en(?: tid| snak)?|en(?: ny)?(?: tid| snak| samtale)? (?:til|mere|oveni)|en ekstra(?: tid| snak)?"
    r"|begge(?: to| dele)?|another one|one more(?: talk| time)?|a second one|both(?: of them)?)"
    r"(?: tak| gerne| please)*[ .!]*"
)
_INSTEAD = re.compile(r"\b(?:hellere|i ?stedet|rather|instead)\b", re.IGNORECASE)
_ASKS_FOR = compiled(
    r"\b(?:kan|ku|kunne|må|can|could)\b[^.?!]{0,50}\b(?:være|mødes|ses|komme hjem|tages?|holdes|klares"
    r"|foregå|skrive|tale|snakke|meet|talk|be)\b|\bfrem ?for\b"
)


def moves_theirs(text: str) -> bool:
    """Whether they say that it is to be moved, and nothing else."""
    return bool(_MOVES.fullmatch(fold_in_place(text.strip())))


def wants_one_more(text: str) -> bool:
    """Whether they say that one more is wanted beside it, and nothing else."""
    return bool(_ONE_MORE.fullmatch(fold_in_place(text.strip())))


def says_instead(text: str) -> bool:
    """Whether something is asked for in the place of something else."""
    return bool(_INSTEAD.search(text))


def asks_for_a_way(text: str) -> bool:
    """Whether they ask to talk in the way that they name: "skal jeg ringe først?" only names one."""
    return says_instead(text) or bool(_ASKS_FOR.search(fold_in_place(text)))
