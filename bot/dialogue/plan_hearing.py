"""What typed words mean for the young person's own plan: while it is written they are its answers, word for word."""

import re
from typing import Any

from bot.casework.meanings import CRISIS
from bot.dialogue import plan_hearing_in_english as english
from bot.dialogue.understanding import LANGUAGE, STOP, meaning
from bot.language.tongue import Tongue
from bot.nlu.typed_commands import FALLBACK, as_not_understood

PLAN_FORM = "plan_form"
PLAN_STEP = "plan_step"
HANDOFF = "handoff_request"
NO_BED = "crisis_no_shelter_tonight"
YES = "chat_affirm"
# Said in so few words and so surely, these are about the chat and no part of a plan.
ABOUT_THE_CHAT = frozenset(
    {
        "chat_goodbye",
        "chat_explain_simpler",
        "chat_frustrated",
        "chat_speak_english",
        "chat_who_reads_this",
        "chat_delete_my_data",
        "chat_are_you_human",
        STOP,
    }
)
MOST_WORDS_ABOUT_THE_CHAT = 6
SURELY = 0.9
NO_QUESTIONS = frozenset({YES, "chat_deny", "booking_inform", FALLBACK, None})

_POLITE = r"(?:(?:nej|ja|ok|okay|øh|hov|men|jeg|vil|gerne|kan|må|du|skal|lige|bare|please|pls)[ ,.]+)*"
_END = r"(?:[ ,]+(?:tak|lige|nu|igen|her|pls|please))*[\s.!?]*"


def _said(*ways: str) -> re.Pattern[str]:
    return re.compile(rf"\A\s*{_POLITE}(?:{'|'.join(ways)}){_END}\Z", re.IGNORECASE)


_SKIPS = _said(
    r"nej",
    r"nej tak",
    r"næ+h?",
    r"nope",
    r"nix",
    r"(?:det )?(?:ved|aner)(?: det)?(?: jeg)?(?: det)?(?: sgu)? ik(?:ke?)?(?: endnu| lige)?",
    r"ingen ide[éer]*",
    r"spring(?:er)?(?: den| det)?(?: her)? over",
    r"skip",
    r"pas",
    r"videre",
    r"næste(?: spørgsmål)?",
    r"(?:vil|vil jeg|gider|har lyst til)(?: det)? ik(?:ke?)?(?: at)? (?:svare|sige(?: det)?)(?: på det)?",
)
_BACK = _said(
    r"(?:gå )?tilbage",
    r"ret(?:te)? (?:det|den) (?:forrige|sidste|før|jeg skrev)",
    r"ret(?:te)?",
    r"fortryd",
    r"(?:det )?(?:forrige|sidste) (?:var forkert|skal rettes)",
)
_PLAN = r"(?:hele )?(?:min(?: egen)? plan|planen)"
_WRITTEN = r"(?:det|hvad)(?:,? jeg)?(?: har)? (?:skrev|skrevet)(?: ned)?"
_SHOWS = _said(
    rf"(?:vis|se|åbn|læse?|få lov (?:til )?at se)(?: mig)? (?:{_PLAN}|{_WRITTEN} i {_PLAN})",
)
_SHOWS_SO_FAR = _said(rf"(?:vis|se|læse?)(?: mig)? (?:den|{_WRITTEN})")
_STARTS = _said(
    rf"(?:lave?|skrive?|starte?|begynde?)(?: på)?(?: at (?:lave|skrive))?(?: i| på)? {_PLAN}",
    rf"(?:fortsæt(?:te)?|skrive? videre|gå videre)(?: med| på| i)? {_PLAN}",
)
_SENDS = _said(rf"(?:sende?|dele?)(?: så)? {_PLAN}(?: (?:til|med) (?:boligagenten|kommunen|agenten))?")
_TAKES_BACK = _said(rf"tage? {_PLAN} tilbage", rf"dele? ik(?:ke?)? {_PLAN}(?: mere| længere)?")
_AGREES = _said(
    r"ja+", r"jo", r"jep", r"yes", r"ok(?:ay|ej)?", r"fint", r"super", r"tak", r"mange tak", r"hej", r"hejsa", r"klar"
)
_STOPS = _said(
    r"stop(?: her| nu)?",
    r"hold pause",
    r"pause",
    r"afslut",
    r"ikke mere(?: nu)?",
    r"(?:glem|drop) det",
    r"(?:måske )?senere",
    r"ikke(?: lige)? nu",
    r"en anden (?:gang|dag)",
)
# "Et menneske der lytter" is a wish for support, "jeg vil tale med et menneske" a wish for now.
_ASKS_FOR_HUMAN = re.compile(
    r"\b(?:tale|snakke|skrive|chatte|snak|tal) med (?:et (?:rigtigt )?menneske|en (?:rigtig )?(?:person|medarbejder))"
    r"|^\W*(?:et )?(?:rigtigt )?menneske(?: tak)?\W*$",
    re.IGNORECASE,
)
_BOOKS = re.compile(r"\b(?:book|bestil)\w*\b", re.IGNORECASE)
# "Hvor kan jeg …" asks; "hvor jeg kan …" goes on with a sentence.
_ASKS = re.compile(
    r"\W*(?:hv(?:em|ad|or|ornår|ordan|orfor|ilke[nt]?\s+\w+)\s+"
    r"(?:er|kan|må|skal|bliver|har|får|læser|ser|betyder|sker|gør|koster|hedder|mener|handler|gælder|bestemmer)"
    r"|(?:kan|må|skal|er|har|får|bliver|ved|gælder|koster)\s+(?:jeg|du|man|i|det|de|den|der|min|mine|mit|kommunen|nogen))"
    r"\b",
    re.IGNORECASE,
)


def heard_in_plan(parsed: dict[str, Any], *, dangerous: bool) -> dict[str, Any]:
    """The same, of words typed while the plan form is open: an answer, unless they are clearly something else.

    What the screen or the model finds dangerous is never an answer. Questions and wishes about the chat keep their
    intent; those that the model is not sure of are the young person's own words for the plan.
    """
    text = parsed["text"]
    if dangerous:
        return as_not_understood(parsed)
    if (parsed["intent"]["name"] or "").startswith(CRISIS) and not _only_tells_of_a_home(parsed):
        return parsed
    if clear := _clearly(text):
        return clear
    return parsed if _is_about_something_else(parsed) else _plan_step("said", text)


def heard_of_plan(text: str) -> dict[str, Any] | None:
    """What words do with the plan wherever they are typed, None for all others: "vis min plan", "send min plan"."""
    found = next((step for pattern, step in _STEPS if pattern.fullmatch(text)), None)
    return _plan_step(found, text) if found else None


def _clearly(text: str) -> dict[str, Any] | None:
    """What a few words mean in the middle of the plan, whatever the model takes them for."""
    step = next((step for pattern, step in _STEPS_HERE if pattern.fullmatch(text)), None)
    if step:
        return _plan_step(step, text)
    intent = next((intent for pattern, intent in _INTENTS_HERE if pattern.search(text)), None)
    return meaning(intent, text) if intent else heard_of_plan(text)


def _only_tells_of_a_home(parsed: dict[str, Any]) -> bool:
    """Whether English words that the model takes for no bed tonight are a wish for a home."""
    is_english = parsed.get("metadata", {}).get(LANGUAGE) == Tongue.ENGLISH
    return is_english and parsed["intent"]["name"] == NO_BED and not english.TELLS_OF_NO_BED.search(parsed["text"])


def _is_about_something_else(parsed: dict[str, Any]) -> bool:
    text, intent, confidence = parsed["text"], parsed["intent"]["name"], float(parsed["intent"]["confidence"])
    if intent in NO_QUESTIONS:
        return False
    if text.rstrip().endswith("?") or (_asks(text) and confidence >= SURELY):
        return intent != STOP
    few = len(text.split()) <= MOST_WORDS_ABOUT_THE_CHAT
    if intent in ABOUT_THE_CHAT and few and confidence >= SURELY:
        return True
    return intent == "booking_request" and bool(_BOOKS.search(text))


def _asks(text: str) -> bool:
    return bool(_ASKS.match(text) or english.ASKS.match(text))


_STEPS = (
    (_STARTS, "start"),
    (_SENDS, "send"),
    (_TAKES_BACK, "take_back"),
    (_SHOWS, "show"),
    (english.STARTS, "start"),
    (english.SENDS, "send"),
    (english.TAKES_BACK, "take_back"),
    (english.SHOWS, "show"),
)
_STEPS_HERE = (
    (_SKIPS, "skip"),
    (_BACK, "back"),
    (_SHOWS_SO_FAR, "show"),
    (english.SKIPS, "skip"),
    (english.BACK, "back"),
    (english.SHOWS_SO_FAR, "show"),
)
_INTENTS_HERE = (
    (_STOPS, STOP),
    (english.STOPS, STOP),
    (_AGREES, YES),
    (english.AGREES, YES),
    (_ASKS_FOR_HUMAN, HANDOFF),
    (english.ASKS_FOR_HUMAN, HANDOFF),
)


def _plan_step(step: str, text: str) -> dict[str, Any]:
    return meaning(PLAN_STEP, text) | {"entities": [{"entity": "step", "value": step}]}
