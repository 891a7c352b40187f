"""What one message says about a booking, whatever else it says."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from rasa_sdk import Tracker

from actions.booking_about import about_said
from actions.booking_slots import ABOUT, CONFIRMED, CONTACT, TIME
from actions.english_answers import as_danish_answer
from actions.meeting_place import HIDDEN, meeting_place_said, names_none
from bot.casework.bookings import About
from bot.casework.free_times import Way
from bot.language.changing import says_instead
from bot.language.time_wish import TimeWish

YES = "chat_affirm"
NO = "chat_deny"
INFORM = "booking_inform"
MOVE = "booking_reschedule"
AGAIN = ("booking_request", MOVE)
# "Kan det være på telefon på torsdag?" is a question by its intent and an answer by what it names.
PRACTICAL = "booking_practical"
# A message of another intent is a question: the times in it are not an answer to ours.
ANSWERS = frozenset({YES, NO, INFORM, *AGAIN, PRACTICAL, "nlu_fallback"})

# "Hellere på telefon" corrects, whatever the rest of the message is taken for. Nothing that matters more is overheard.
MATTERS_MORE = re.compile(r"crisis_\w+|handoff_\w+|chat_stop|booking_cancel")

# "Skal jeg ringe først?" asks, though it names a way.
_CHOOSES_WAY = re.compile(
    r"\b(?:(?:på|paa|pa|over|i) (?:telefonen|telefon|tlf|mobilen|mobil|chatten|chat)|telefonisk|hellere|i ?stedet"
    r"|frem ?for|by phone|in person|rather|instead)\b",
    re.IGNORECASE,
)

_PLACES = {
    "første|foerste|øverste|ene|en|et|1|first": 0,
    "anden|andet|to|2|second": 1,
    "tredje|tre|3|third": 2,
    "fjerde|fire|4|fourth": 3,
    "sidste|nederste|bagerste|last": -1,
}
_BEFORE = (
    r"(?:(?:ja|jo|ok|okay|nice|fedt|fint|super|perfekt|så|bare|jeg|vi|tager|tar|vælger|siger|vil|gerne|have|ha|helst|tag"
    r"|yes|i'll take)[ ,.!]+)*"
)
_AFTER = r"(?:[ ,]+(?:tid|tak|så|af dem|der|du skrev|er fin|er god|passer|passer mig|lyder godt|one|please))*[ .!]*"

_HARDLY_ANYTHING = frozenset(
    {"ja", "jo", "nej", "ok", "okay", "så", "bare", "helst", "gerne", "tak", "jeg", "kan", "det", "er", "mig"}
    | {"passer", "fint", "fin", "godt"}
    | {
        "i",
        "can",
        "do",
        "is",
        "good",
        "works",
        "for",
        "me",
        "please",
        "maybe",
        "would",
        "be",
        "best",
        "yes",
        "it",
        "on",
    }
)
_NUMBER = re.compile(r"(\d{1,2})[ .!]*")
_OFFICE_HOURS = range(8, 18)
_MORE = re.compile(
    r"(?:(?:ja|nej|ok|okay|tak|kan|må|du|jeg|i|har|er|der|vis|se|få|have|ha|mig|os|nogle|nogen|lidt|gerne|vil"
    r"|hellere)[ ,]+)*"
    r"(?:(?:flere|andre|(?:de )?næste)(?: ledige)?(?: tider| dage| muligheder| tidspunkter)?"
    r"|en anden (?:tid|dag)|et andet tidspunkt)"
    r"(?: tak| i stedet| end de her| end dem)*[ .!?]*",
    re.IGNORECASE,
)
_NONE_OF_THEM = re.compile(
    r"(?:(?:nej|næ|nope|nah|øh|desværre|tak|men|ja)[ ,.]+)*"
    r"(?:nej|ingen(?: af (?:dem|de|tiderne)(?: her| der)?)?(?: passer| dur| duer| går)?(?: mig)?"
    r"|(?:ingenting|intet) (?:passer|dur|duer|går)(?: mig)?"
    r"|(?:det|de|den|tiderne)(?: her| der)?(?: tider)? (?:passer|dur|duer|går)"
    r"(?: mig| slet| desværre)* ik(?:ke?)?(?: mig)?"
    r"|(?:det er )?(?:mig )?(?:lige ?meget|ligegyldigt)(?: for mig| med mig)?)(?: tak)?[ .!]*",
    re.IGNORECASE,
)

# "Vil helst ikke give mit nummer" is a no to the question for it, whatever else it sounds like.
_NO_NUMBER = re.compile(
    r"\b(?:(?:helst|vil|gider|tør|ønsker|har)(?: \w+){0,2} ikk?(?:e?)|(?:har )?(?:ikke|ik|intet|ingen))"
    r"(?: \w+){0,4} (?:nummer|nr|telefonnummer|mobilnummer|telefon|tlf|mobil)\b[ .!]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class BookingAnswer:
    """The parts of a message that answer a question of the form; what it does not say is None."""

    intent: str | None
    way: Way | None = None
    time: datetime | None = None
    wish: TimeWish | None = None
    page: int | None = None
    place_in_list: int | None = None
    contact_given: bool = False
    meeting_place: str | None = None
    about: About | None = None


def answer_of(tracker: Tracker) -> BookingAnswer:
    """The latest message, read as an answer."""
    message = tracker.latest_message
    intent, text = message.get("intent", {}).get("name"), as_danish_answer(message.get("text") or "")
    if short := _short_answer(text.strip(), tracker):
        return short
    said = {entity["entity"]: entity.get("value") for entity in message.get("entities", ())}
    if about := _about(tracker, intent or "", text, said):
        return BookingAnswer(intent, about=about)
    if place := meeting_place_said(tracker, intent or "", text, said):
        if names_none(place):
            return BookingAnswer(NO)
        # Where something is hidden, only the field can take it.
        return BookingAnswer(intent, contact_given=True, meeting_place=None if HIDDEN in place else place)
    if not _is_answer(intent, text) and not _is_time_alone(tracker):
        return BookingAnswer(intent)
    in_list = place_in_list(text)
    return BookingAnswer(
        intent,
        way=_way(said) if intent != PRACTICAL or _chooses_way(said, text) else None,
        time=_moment(said.get("booking_time")),
        # "Den anden" alone is the second of those shown, not the second of the month.
        wish=TimeWish.from_dict(said["time_wish"]) if said.get("time_wish") and in_list is None else None,
        page=said.get("booking_page"),
        place_in_list=in_list,
        contact_given=bool(said.get("contact_given")),
    )


def _about(tracker: Tracker, intent: str, text: str, said: dict[str, Any]) -> About | None:
    """Whose talk it is, by a button or in words to that question. Nothing that matters more is overheard."""
    if named := said.get(ABOUT):
        return About(named) if named in set(About) else None
    if tracker.get_slot("requested_slot") != ABOUT or MATTERS_MORE.fullmatch(intent):
        return None
    return {YES: About.WITH_HELPER, NO: About.WORRY}.get(intent) or about_said(text)


def _short_answer(text: str, tracker: Tracker) -> BookingAnswer | None:
    """What a few words say to the question that is open, whatever the model takes them for."""
    asks = tracker.get_slot("requested_slot")
    if _MORE.fullmatch(text):
        return BookingAnswer(INFORM, page=int(tracker.get_slot("booking_page") or 0) + 1 if asks == TIME else 0)
    if asks == TIME and _NONE_OF_THEM.fullmatch(text):
        return BookingAnswer(NO)
    if asks == CONTACT and _NO_NUMBER.search(text):
        return BookingAnswer(NO)
    number = _NUMBER.fullmatch(text) if asks in {TIME, CONFIRMED} else None
    if number is None:
        return None
    shown = len(tracker.get_slot("booking_offered") or ()) if asks == TIME else 0
    return _numbered(int(number.group(1)), shown)


def _numbered(number: int, shown: int) -> BookingAnswer:
    """Reads "2" as the second of the times shown, "14" as an hour of the office."""
    if 1 <= number <= shown:
        return BookingAnswer(INFORM, place_in_list=number - 1)
    return BookingAnswer(INFORM, wish=TimeWish(exact=time(number)) if number in _OFFICE_HOURS else None)


def _is_time_alone(tracker: Tracker) -> bool:
    """Whether a time is asked for and the message says one, or its place in the list, and hardly anything else."""
    message = tracker.latest_message
    intent, text = message.get("intent", {}).get("name") or "", message.get("text") or ""
    if tracker.get_slot("requested_slot") != TIME or intent.startswith("crisis_"):
        return False
    spans = [entity for entity in message.get("entities", ()) if entity["entity"] == "time_wish" and "end" in entity]
    rests = [re.findall(r"\w+", (text[: span["start"]] + " " + text[span["end"] :]).lower()) for span in spans]
    return place_in_list(as_danish_answer(text)) is not None or any(_HARDLY_ANYTHING.issuperset(rest) for rest in rests)


def _way(said: dict[str, Any]) -> Way | None:
    named = said.get("booking_way") or said.get("way")
    return Way(named) if named in set(Way) else None


def _chooses_way(said: dict[str, Any], text: str) -> bool:
    """Whether a question about what is practical chooses. Nobody asks what it is to meet somewhere else."""
    return bool(_CHOOSES_WAY.search(text) or said.get("booking_way")) or _way(said) is Way.OUT


def _moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def _is_answer(intent: str | None, text: str) -> bool:
    if intent in ANSWERS:
        return True
    return says_instead(text) and not MATTERS_MORE.fullmatch(intent or "")


def place_in_list(text: str) -> int | None:
    """The place in a list when the message says nothing else."""
    return next((place for pattern, place in _PLACE_PATTERNS if pattern.fullmatch(text.strip())), None)


_PLACE_PATTERNS = [
    (re.compile(rf"{_BEFORE}(?:(?:den|det|nummer|nr\.?|the) )?(?:{words})\.?{_AFTER}", re.IGNORECASE), place)
    for words, place in _PLACES.items()
]
