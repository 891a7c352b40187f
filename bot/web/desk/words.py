"""What the desk calls things, in Danish."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from babel.dates import format_date

from bot.casework.bookings import About, Booking, BookingStatus
from bot.casework.consent import Shared
from bot.casework.conversations import Conversation, Danger, Holder, Message, Sender, Writer
from bot.casework.free_times import DANISH_TIME, Way
from bot.casework.handovers import Handover
from bot.casework.reminders import ReminderState
from bot.conversation.along_words import in_words
from bot.conversation.arrival import REASONS
from bot.conversation.disclosure import Opening
from bot.conversation.sentences import tongue_in
from bot.language.danish import clock, short_time, spoken_time
from bot.language.tongue import Tongue

DANGER_LEVELS = {1: "Vær opmærksom", 2: "Fare", 3: "Akut fare"}
DANGER_KINDS = {
    "suicide": "selvmordstanker",
    "self_harm": "selvskade",
    "violence": "vold",
    "sexual_exploitation": "seksuel udnyttelse",
    "substance": "stoffer eller medicin",
    "threat": "trusler",
    "no_shelter_tonight": "intet sted at sove i nat",
}
WAYS = {Way.OFFICE: "Fremmøde", Way.PHONE: "Telefon", Way.CHAT: "Chat", Way.OUT: "Ude"}
ABOUT = {About.YOUNG: "Ung", About.WITH_HELPER: "Ung og hjælper", About.WORRY: "Bekymring"}
STATUSES = {
    BookingStatus.ACTIVE: "Aftalt",
    BookingStatus.CANCELLED: "Aflyst",
    BookingStatus.CALLED_OFF: "Aflyst af jer",
    BookingStatus.MET: "Mødt",
    BookingStatus.MISSED: "Kom ikke",
}
# Of a reminder that nobody asked for nothing is said.
REMINDERS = {
    ReminderState.WAITING: "Får besked før tiden",
    ReminderState.SENDING: "Besked bliver sendt",
    ReminderState.SENT: "Besked sendt",
    ReminderState.FAILED: "Besked kunne ikke sendes",
    ReminderState.UNCLEAR: "Besked måske sendt",
}
SENDERS = {Sender.BOT: "Robotten", Sender.CASEWORKER: "Medarbejder", Sender.SYSTEM: "Besked i chatten"}
WRITERS = {None: "Den unge", Writer.YOUNG: "Den unge", Writer.HELPER: "Hjælperen"}
# A young person who writes Danish is what everybody expects: only the others are named beforehand.
LANGUAGES = {Tongue.DANISH: "", Tongue.ENGLISH: "Skriver på engelsk", Tongue.OTHER: "Skriver på et andet sprog"}
HELPER = "Hjælper"
_WORD = re.compile(r"\w+")


def short_name(conversation: str) -> str:
    """By what people tell conversations apart: nobody has a name here."""
    return f"Samtale {conversation[:4].upper()}"


def told_apart(people: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """What each is called, by what they type: the name that is shown, with that beside it where colleagues share it."""
    shown = dict(people)
    sharing = Counter(name.casefold() for name in shown.values())
    return {typed: f"{name} ({typed})" if sharing[name.casefold()] > 1 else name for typed, name in shown.items()}


def known_beforehand(conversation: Conversation) -> tuple[str, ...]:
    """What a caseworker should know before taking it: that a helper writes, and a language that is not Danish."""
    helper = HELPER if conversation.writer is Writer.HELPER else ""
    return tuple(filter(None, (helper, LANGUAGES[tongue_in(conversation)])))


def danger_words(danger: Danger) -> str:
    """The level and its kinds, as in "Akut fare: selvmordstanker, vold"; empty without danger."""
    return with_kinds(DANGER_LEVELS[danger.level], danger) if danger.level else ""


def with_kinds(level: str, danger: Danger) -> str:
    """A level, whatever it is called, with the kinds of the danger after it."""
    kinds = ", ".join(DANGER_KINDS.get(kind, kind) for kind in danger.kinds)
    return f"{level}: {kinds}" if kinds else level


def why_raised(message: Message) -> str:
    """Why a message of the young person tells of danger: its own words, or that it sounds so as a whole.

    Empty without danger, for a button, which says it itself, and for a message from before this was kept.
    """
    danger = message.data.get("danger", {})
    if message.payload or REASONS not in danger:
        return ""
    # What is covered for whoever looks has no words to show.
    said = [reason for reason in danger[REASONS] if set(_WORD.findall(reason)) <= set(_WORD.findall(message.text))]
    if danger[REASONS]:
        return f"Ord i beskeden: {', '.join(f'»{reason}«' for reason in _widest(said))}" if said else ""
    kinds = " og ".join(DANGER_KINDS.get(kind, kind) for kind in danger["kinds"][:2])
    return f"Beskeden som helhed lyder som {kinds}."


def _widest(said: Sequence[str]) -> list[str]:
    """Without what stands within another one: it says nothing more."""
    return [one for one in said if not any(one != other and f" {one} " in f" {other} " for other in said)]


def safe_words(conversation: Conversation, now: datetime) -> str:
    """That they say themselves that they are safe, and since when; empty unless they did."""
    said = conversation.safe_said_at
    return f"Siger selv: i sikkerhed ({moment(said, now)})" if said else ""


def number(count: int) -> str:
    """As Danes write it: "10.000"."""
    return f"{count:,}".replace(",", ".")


def waited(since: datetime, now: datetime) -> str:
    """How long somebody has waited: "lige nu", "12 min.", "2 t. 5 min."."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if not minutes:
        return "lige nu"
    hours, rest = divmod(minutes, 60)
    return f"{hours}\N{NO-BREAK SPACE}t. {rest}\N{NO-BREAK SPACE}min." if hours else f"{rest}\N{NO-BREAK SPACE}min."


def moment(at: datetime, now: datetime) -> str:
    """The clock alone today, with the date on any other day."""
    today = at.astimezone(DANISH_TIME).date() == now.astimezone(DANISH_TIME).date()
    return f"kl. {clock(at)}" if today else short_time(at)


def wishes(booking: Booking, agents: Mapping[int, str]) -> str:
    """Whom they have chosen to talk with, and what goes along with the talk; `agents` are the names by number."""
    chosen = agents.get(booking.chosen, "") if booking.chosen else ""
    return ", ".join(filter(None, [f"har valgt {chosen}" if chosen else "", in_words(booking.along)]))


def day_heading(day: date, today: date) -> str:
    """The day in full, as in "I dag, onsdag den 4. november"."""
    spoken = format_date(day, "EEEE 'den' d. MMMM", locale="da")
    return {0: f"I dag, {spoken}", 1: f"I morgen, {spoken}"}.get((day - today).days, spoken.capitalize())


def holder_words(conversation: Conversation, user: int, now: datetime) -> str:
    """Who answers, as the caseworker `user` sees it."""
    if conversation.holder is Holder.HUMAN:
        return "Du har samtalen." if conversation.held_by == user else "En kollega har samtalen."
    if conversation.holder is Holder.WAITING and conversation.waiting_since:
        since = conversation.waiting_since
        return f"Venter på et menneske siden {moment(since, now)} ({waited(since, now)})."
    return "Robotten svarer."


def handover_words(handover: Handover) -> str:
    """Who gave it away and what they wrote, as in "Fra Anna: …"."""
    return f"Fra {handover.by}: {handover.note}" if handover.note else f"{handover.by} har givet samtalen videre."


def opening_words(opening: Opening, writer: str) -> str:
    """What of the chat is shown and why; empty when nothing was written before a human was asked for."""
    if not opening.private:
        return ""
    if opening.by_danger(Shared.TRANSCRIPT):
        return f"Du ser hele chatten, også uden et ja, fordi det ser farligt ud. {writer} har fået det at vide."
    if since := opening.given.get(Shared.TRANSCRIPT):
        return f"Du ser hele chatten. {writer} har sagt ja {spoken_time(since)} og kan tage det tilbage."
    return "Du ser kun det, der er skrevet til et menneske. Det, der er skrevet før, er ikke delt."
