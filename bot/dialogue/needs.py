"""Several needs in one message: which is answered first, and which are named after it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.language.lookups import LOOKUPS, words_for

SURE_ENOUGH = 0.8
MOST_NAMED = 2
BOOKING = "booking_request"
ABOUT_SOMEBODY_ELSE = "helper_concern"

# The most urgent first: what cannot wait until tomorrow, then how they are, then a home, and the rest.
_URGENCY = (
    "housing_thrown_out|housing_eviction",
    "money_emergency",
    "support_leaving_home_under_18",
    "wellbeing_",
    "housing_",
    "money_",
    "papers_|support_",
    "network_",
    "booking_|handoff_",
)
_CANNOT_WAIT = 3
# Needs even where nothing is asked; anything else that is only told is how it came about.
_TOLD = re.compile(
    r"housing_thrown_out|housing_eviction|money_emergency|money_debt|wellbeing_low_mood|wellbeing_substance_use"
    r"|wellbeing_parent_addiction|network_family_conflict|support_caseworker_problem|booking_request|handoff_request"
)
_ASKS = re.compile(
    r"\?|^\W*(?:og |men |så |eller )*(?:hvordan|hvad|hvor|hvornår|hvem|hvilken?|hvilket|kan|må|skal|har|er|får|findes"
    r"|gælder)\b|\b(?:vil|ville|skulle) (?:jeg )?(?:også |rigtig |bare )*(?:gerne|høre|vide)\b"
    r"|\b(?:mangler|søger|leder (?:også )?efter|hjælp|brug for|i tvivl"
    r"|(?:ved|forstår|aner) (?:jeg )?(?:heller |slet )?ik(?:ke?)?|gad vide|spørge|få styr på"
    r"|skal (?:også )?(?:finde|have|bruge)|også)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model makes of a message or of a clause of it; `likely` are its best two intents."""

    text: str
    intent: str | None
    confidence: float
    sure: bool
    likely: tuple[str, ...] = ()


def need_phrases() -> Mapping[str, str]:
    """Every need that can be named, with its Danish name in "Du skrev også om …". Raises LookupFileError."""
    return words_for(LOOKUPS / "needs.yml")


def may_hold_several(whole: Reading) -> bool:
    """Whether it is worth reading the clauses: never of a crisis, of chat, or of worry about somebody else."""
    return not whole.sure or (whole.intent in need_phrases() and whole.intent != ABOUT_SOMEBODY_ELSE)


def needs_of(whole: Reading, clauses: Sequence[Reading]) -> tuple[str, ...]:
    """The needs, the most urgent first; empty where the message as a whole says better what it means.

    A message that is surely about something keeps it: a clause alone comes before it only when it cannot wait.
    """
    told = list(dict.fromkeys(clause.intent for clause in clauses if clause.intent and _is_need(clause)))
    if not whole.sure:
        return _by_urgency(told) if len(told) > 1 or (told and told[0] in whole.likely) else ()
    others = [intent for intent in told if intent != whole.intent]
    if whole.intent is None or not others:
        return ()
    ordered = _by_urgency([whole.intent, *others])
    if whole.intent == BOOKING and _urgency(ordered[0]) >= _CANNOT_WAIT:
        return (whole.intent, *(intent for intent in ordered if intent != whole.intent))
    return (
        ordered if whole.intent in told or _urgency(ordered[0]) < _CANNOT_WAIT else (whole.intent, *_by_urgency(others))
    )


def _is_need(clause: Reading) -> bool:
    intent = clause.intent or ""
    if not clause.sure or clause.confidence < SURE_ENOUGH or intent not in need_phrases():
        return False
    if intent == ABOUT_SOMEBODY_ELSE:
        return False
    return bool(_TOLD.fullmatch(intent) or _ASKS.search(clause.text))


def _by_urgency(intents: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(intents, key=_urgency))[: 1 + MOST_NAMED]


def _urgency(intent: str) -> int:
    places = (place for place, level in enumerate(_URGENCY) if re.match(level, intent))
    return next(places, len(_URGENCY))
