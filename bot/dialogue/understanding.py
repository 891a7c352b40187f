"""What a message means, before the dialogue begins: a button's payload as it stands, typed words through the model."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from bot.casework.ages import OF_AGE
from bot.casework.along import Ask
from bot.casework.meanings import CRISIS
from bot.dialogue.needs import ABOUT_SOMEBODY_ELSE
from bot.language.along import said_along
from bot.language.changing import moves_theirs, says_instead, wants_one_more
from bot.language.helpers import says_own_age
from bot.language.keeping import keeps_theirs
from bot.language.reminding import asks_to_be_reminded
from bot.nlu.typed_commands import FALLBACK, NEVER_A_COMMAND, as_not_understood

SAYS_NOTHING_ELSE = (CRISIS, "wellbeing_low_mood", "chat_")
YES = "chat_affirm"
ANSWERS = (YES, "chat_deny")
BOOKING_FORM = "booking_form"
STOP = "chat_stop"
CHAT = "chat_"
BOOKING_ANSWER = "booking_inform"
PRACTICAL = "booking_practical"
REQUEST = "booking_request"
RESCHEDULE = "booking_reschedule"
ABOUT_THE_TALK_ITSELF = (REQUEST, RESCHEDULE, "booking_cancel", "booking_status")
AGE = "age"
TOWN = "municipality"
LANGUAGE = "language"
SAID_OF_A_BOOKING = frozenset({"time_wish", "way", "booking_time", "booking_way", "booking_page", "contact_given"})
WISHES_FOR_A_TIME = frozenset({REQUEST, "booking_inform", RESCHEDULE})
NOTHING_TO_ASK_AGAIN = (CHAT, "booking_", "handoff_", FALLBACK)
MOST_WORDS_OF_AN_AGE = 5

_PAYLOAD = re.compile(r"/(?P<intent>\w+)\s*(?P<entities>\{.*\})?", re.DOTALL)
_NUMBER_ALONE = re.compile(r"\W*(?:på )?\w+\W*", re.IGNORECASE)
_STOPS = re.compile(
    r"\W*(?:(?:nej|hov|øh|undskyld|ok|okay|men|tak|ellers)[ ,.]+)*(?:"
    r"(?:jeg )?(?:har )?(?:fortrudt|fortryder|ombestemt mig|skiftet mening)(?: det| alligevel| nu)*"
    r"|jeg (?:vil|skal|gider|ønsker|har lyst til)(?: alligevel| bare| slet| nu| så| faktisk)* ik(?:ke?)?"
    r"(?: alligevel| at)* (?:have|ha|booke|bestille|bruge)(?: nogen| en| et)?(?: tid| snak| samtale| møde| aftale)"
    r"(?: alligevel| nu| mere| længere| hos jer)*"
    r"|(?:jeg )?gider ik(?:ke?)?(?: det| mere| alligevel)+"
    r"|(?:glem|drop)(?: bare)? (?:det|den|tiden)(?: igen| alligevel)?"
    r"(?:[ ,.]+(?:jeg (?:finder|klarer|ordner)|så (?:finder|klarer|ordner) jeg)(?: det)?(?: nok)? selv(?: ud af det)?)?"
    r"|(?:sorry[, ]+)?i(?: have|'ve|ve)? (?:changed my mind|regret(?: it)?)|never ?mind|forget (?:about )?(?:it|this)"
    r"|i (?:do not|don'?t) (?:want|need) (?:a|an|any|the|this) (?:talk|time|appointment|meeting|booking)(?: any ?more)?"
    r")\W*(?:tak|undskyld|alligevel|thanks|thank you|sorry)?\W*",
    re.IGNORECASE,
)


class PayloadError(ValueError):
    """A payload is no command of this bot; the message says why, without its values."""


@dataclass(frozen=True)
class Understood:
    """The best real intent and whether the model is sure enough to act on it."""

    intent: str | None
    confidence: float
    sure: bool


def meaning(intent: str, text: str = "") -> dict[str, Any]:
    """Parse data that means this and nothing else."""
    best = {"name": intent, "confidence": 1.0}
    return {"text": text, "intent": best, "intent_ranking": [best], "entities": []}


def with_danger(parsed: dict[str, Any], metadata: dict[str, Any], *, in_form: bool) -> dict[str, Any]:
    """The same, but what the screen found a little dangerous and the model found nothing in is a crisis of that kind.

    Then Rasa checks in itself, and knows what a "nej" is the answer to. A clear answer to a form is left alone.
    """
    kinds, intent = metadata.get("danger_kinds") or (), parsed["intent"]["name"]
    if not metadata.get("danger_level") or not kinds or not _says_nothing_else(intent, in_form=in_form):
        return parsed
    return parsed | {"intent": {"name": f"{CRISIS}{kinds[0]}", "confidence": 1.0}}


def _says_nothing_else(intent: str | None, *, in_form: bool) -> bool:
    if intent in ANSWERS:
        return not in_form
    return intent is None or intent == FALLBACK or intent.startswith(SAYS_NOTHING_ELSE)


def parse_payload(payload: str, intents: Collection[str]) -> dict[str, Any]:
    """Rasa's parse data of `/intent{"entity": value}`. Raises PayloadError for anything but a known intent."""
    match = _PAYLOAD.fullmatch(payload.strip())
    if match is None:
        raise PayloadError("payload: expected /intent or /intent{json}")
    intent = match["intent"]
    if intent not in intents or intent in NEVER_A_COMMAND:
        raise PayloadError(f"payload: no intent {intent!r}")
    entities = [{"entity": name, "value": value} for name, value in _entities(match["entities"]).items()]
    return meaning(intent, payload.strip()) | {"entities": entities}


def heard_in_booking(
    parsed: dict[str, Any], *, moves: bool = False, beside: bool = False, confirms: bool = False
) -> dict[str, Any]:
    """The same, of words typed while the booking form is open; `moves`: for a talk that is being moved.

    `confirms`: it is asked whether to book the time that was chosen, and "ja, en tid til" is a yes.

    `beside`: it was asked whether the talk they have is to be moved, or one more is wanted. Who has changed their mind,
    or keeps the talk they have, is let go, whatever the model takes the words for, and "17" alone is an hour or a place
    in the list, and no age.
    """
    text = parsed["text"]
    if _STOPS.fullmatch(text) or ((moves or beside) and keeps_theirs(text)):
        return parsed | meaning(STOP, text)
    if beside and not moves and (moves_theirs(text) or wants_one_more(text)):
        more = YES if confirms else REQUEST
        return parsed | meaning(RESCHEDULE if moves_theirs(text) else more, text)
    if not _NUMBER_ALONE.fullmatch(text):
        return parsed
    return parsed | {"entities": [entity for entity in parsed["entities"] if entity["entity"] != AGE]}


def heard_outside_booking(parsed: dict[str, Any], before: str | None, topic: str | None = None) -> dict[str, Any]:
    """The same, of words typed while no form is open; `before` is what the message before was about.

    An age or a town and nothing else belongs to the question before it, or else to the last `topic`. An answer without
    a time or a way begins no booking, and a time that is wished for does, even where the model cannot tell a new one
    from another one.
    """
    intent, named = parsed["intent"]["name"], {entity["entity"] for entity in parsed["entities"]}
    if intent not in (BOOKING_ANSWER, FALLBACK) and not (intent or "").startswith(CHAT):
        return parsed
    if named and named <= {AGE, TOWN} and len(parsed["text"].split()) <= MOST_WORDS_OF_AN_AGE:
        again = before if _can_be_asked_again(before) else topic
        if again:
            return parsed | {"intent": {"name": again, "confidence": 1.0}}
    if intent == BOOKING_ANSWER and not named & SAID_OF_A_BOOKING:
        return as_not_understood(parsed) | {"entities": parsed["entities"]}
    likeliest = _likeliest(parsed, 2)
    if intent == FALLBACK and named & SAID_OF_A_BOOKING and likeliest and WISHES_FOR_A_TIME.issuperset(likeliest):
        # Between a new time and another time nobody needs to be asked: whoever has none gets a new one.
        return parsed | {"intent": {"name": likeliest[0], "confidence": 1.0}}
    return parsed


def heard_of_a_talk(parsed: dict[str, Any]) -> dict[str, Any]:
    """The same, of words typed right after a talk was told of: "min mor kommer med" is about that talk."""
    intent, named = parsed["intent"]["name"] or "", {entity["entity"] for entity in parsed["entities"]}
    wants_more = intent.startswith((CRISIS, "handoff_")) or intent in ABOUT_THE_TALK_ITSELF
    said = said_along(parsed["text"])
    # "Min mor vil ikke" and "jeg klarer det selv" may be about anything.
    about_it = said.along or said.dropped - {Ask.COMPANION}
    if wants_more or named & SAID_OF_A_BOOKING or not about_it:
        return parsed
    return parsed | {"intent": {"name": PRACTICAL, "confidence": 1.0}}


def heard_of_another_way(parsed: dict[str, Any], *, after_a_talk: bool) -> dict[str, Any]:
    """The same, but who would rather talk another way ("hellere på telefon") wants the talk they have held so.

    Who has none gets one. `after_a_talk`: one was just told of, and what is about no talk by its intent then is, too.
    """
    intent, named = parsed["intent"]["name"] or "", {entity["entity"] for entity in parsed["entities"]}
    may_be = intent == BOOKING_ANSWER or (after_a_talk and intent.startswith((CHAT, FALLBACK)))
    if not may_be or "way" not in named or not says_instead(parsed["text"]):
        return parsed
    return parsed | {"intent": {"name": RESCHEDULE, "confidence": 1.0}}


def heard_of_a_reminder(parsed: dict[str, Any], *, after_a_talk: bool) -> dict[str, Any]:
    """The same, but who asks for a message before the talk asks about it; `after_a_talk`: one was just told of."""
    asks = asks_to_be_reminded(parsed["text"], of_what_was_told=after_a_talk)
    if not asks or (parsed["intent"]["name"] or "").startswith(CRISIS):
        return parsed
    # "Dagen før" is when to write, and no time for a talk.
    rest = [entity for entity in parsed["entities"] if entity["entity"] not in SAID_OF_A_BOOKING]
    return parsed | {"intent": {"name": PRACTICAL, "confidence": 1.0}, "entities": rest}


def heard_of_an_agent(parsed: dict[str, Any]) -> dict[str, Any]:
    """The same, but who asks for an agent by name, as `names_agent` of the metadata says, wants a talk with that one.

    The model knows no names: to it "jeg vil tale med Mette" may as well be about a sister. It is heard as a wish for
    another time is: who has a talk moves it, and who has none gets one.
    """
    intent = parsed["intent"]["name"] or ""
    wants_more = intent.startswith((CRISIS, "handoff_")) or intent in ABOUT_THE_TALK_ITSELF
    if wants_more or intent == BOOKING_ANSWER or not parsed["metadata"].get("names_agent"):
        return parsed
    return parsed | {"intent": {"name": RESCHEDULE, "confidence": 1.0}}


def _likeliest(parsed: dict[str, Any], count: int) -> list[str]:
    real = [one["name"] for one in parsed.get("intent_ranking", ()) if one["name"] != FALLBACK]
    return real[:count]


def _can_be_asked_again(intent: str | None) -> bool:
    return bool(intent) and not str(intent).startswith(NOTHING_TO_ASK_AGAIN)


def with_age_group(parsed: dict[str, Any], *, helper: bool = False) -> dict[str, Any]:
    """The same, with the age group that the one age in it tells, unless it is somebody else's.

    Of what a `helper` writes only "jeg er 17" is their own age.
    """
    ages = [entity["value"] for entity in parsed["entities"] if entity["entity"] == AGE]
    if len(ages) != 1 or not isinstance(ages[0], int):
        return parsed
    helps = helper or parsed["intent"]["name"] == ABOUT_SOMEBODY_ELSE
    if helps and not says_own_age(parsed.get("text") or "", ages[0]):
        return parsed
    group = "adult" if ages[0] >= OF_AGE else "under_18"
    return parsed | {"entities": [*parsed["entities"], {"entity": "age_group", "value": group}]}


def with_language(parsed: dict[str, Any], metadata: dict[str, Any]) -> dict[str, Any]:
    """The same, with the language of the conversation that the web process tells, so that the slot holds it."""
    told = [{"entity": LANGUAGE, "value": metadata[LANGUAGE]}] if metadata.get(LANGUAGE) else []
    return parsed | {"entities": [*parsed["entities"], *told]}


def understood(parsed: dict[str, Any]) -> Understood:
    """What to tell the caller about the parse: real intents only, the fallback is `sure=False`."""
    sure = parsed["intent"]["name"] != FALLBACK and parsed["intent"]["name"] is not None
    ranking = [parsed["intent"], *parsed.get("intent_ranking", ())]
    best = next((one for one in ranking if one["name"] not in (FALLBACK, None)), None)
    return Understood(best["name"], float(best["confidence"]), sure) if best else Understood(None, 0.0, sure=False)


def _entities(text: str | None) -> dict[str, Any]:
    try:
        entities = json.loads(text or "{}")
    except json.JSONDecodeError as error:
        raise PayloadError(f"payload: no JSON at character {error.pos}") from error
    return dict(entities)
