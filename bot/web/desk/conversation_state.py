"""What stands beside the messages of a conversation: who answers, the danger, what may be read, how to reach them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.casework.bookings import Booking, BookingStatus, Contact
from bot.casework.chat_talks import OPENS_BEFORE
from bot.casework.consent import Shared
from bot.casework.free_times import Way
from bot.casework.plans import LONGEST_TEXT, TITLES
from bot.conversation.disclosure import Disclosed, Opening
from bot.language.danish import spoken_time
from bot.store.people import DeskUser
from bot.web.desk.lowering import LoweringForm, lowered_words, lowering_form
from bot.web.desk.note_view import NoteView, note_view
from bot.web.desk.summary_words import summary_lines
from bot.web.desk.words import (
    ABOUT,
    WAYS,
    WRITERS,
    danger_words,
    handover_words,
    holder_words,
    known_beforehand,
    moment,
    opening_words,
    safe_words,
    short_name,
    why_raised,
)


@dataclass(frozen=True)
class SharedPlan:
    """A young person's plan that they said yes to: titles and their own words, and since when it may be read."""

    parts: tuple[tuple[str, str], ...]
    at: str


@dataclass(frozen=True)
class ConversationState:
    """`contact` is None unless the one who looks may see it; `talk` is the next talk booked in it.

    `talk_about` says whose it is. `begins`: that a talk in this chat can be begun now; `begins_from` is since when
    the next one can be, empty without one. `writer` is what the one who writes is called, `known` what else is
    known of them. `why` tells what raised it, and `safe` that they say they are safe. `plan` is None without the
    young person's yes; `notes` is None where nothing may be read. `handovers` is what was written by who gave it
    away, `noted_until` the number of the last. `may_read` says what is shown of the chat and why; `shared` changes
    with which messages may be read, and why. `lowering` is what its danger can be lowered to, `lowered` tells of each
    time that it was, the newest first. `summary` are its three lines, each with its heading, `reports` tells of each
    time that a concern was reported.
    """

    id: str
    name: str
    danger_level: int
    danger: str
    why: str
    safe: str
    holder: str
    holder_words: str
    writer: str
    known: tuple[str, ...]
    mine: bool
    may_read: str
    shared: str
    contact: Contact | None
    talk: str
    talk_about: str
    begins: bool
    begins_from: str
    plan: SharedPlan | None = None
    handovers: tuple[str, ...] = ()
    noted_until: int = 0
    notes: tuple[NoteView, ...] | None = None
    lowering: LoweringForm | None = None
    lowered: tuple[str, ...] = ()
    summary: tuple[tuple[str, str], ...] = ()
    reports: tuple[str, ...] = ()
    longest_agreed: int = LONGEST_TEXT


def state_of(user: DeskUser, seen: Disclosed) -> ConversationState:
    """The state as this user may see it."""
    now, conversation, talk = datetime.now(UTC), seen.conversation, seen.talk
    writer = WRITERS[conversation.writer]
    return ConversationState(
        id=conversation.id,
        name=short_name(conversation.id),
        danger_level=seen.danger.level,
        danger=danger_words(seen.danger),
        why=why_raised(seen.raised_by) if seen.raised_by else "",
        safe=safe_words(conversation, now),
        holder=conversation.holder.value,
        holder_words=holder_words(conversation, user.id, now),
        writer=writer,
        known=known_beforehand(conversation),
        mine=seen.mine,
        may_read=opening_words(seen.opening, writer),
        shared=_mark(seen.opening),
        contact=seen.contact,
        talk=f"{spoken_time(talk.starts_at)}. {WAYS[talk.way]}." if talk else "",
        talk_about=ABOUT[talk.about] if talk else "",
        begins=seen.begins,
        begins_from=moment(talk.starts_at - OPENS_BEFORE, now) if talk and _is_in_chat(talk) else "",
        plan=_shared(seen),
        handovers=tuple(map(handover_words, seen.handovers)),
        noted_until=max((one.id for one in seen.handovers), default=0),
        notes=None if seen.notes is None else tuple(note_view(note, user.id, now) for note in seen.notes),
        lowering=lowering_form(seen),
        summary=summary_lines(seen, now),
        reports=tuple(f"{one.by_name} har noteret en underretning {moment(one.at, now)}." for one in seen.reports),
        lowered=tuple(lowered_words(one, now) for one in reversed(seen.lowered)),
    )


def _is_in_chat(talk: Booking) -> bool:
    return talk.way is Way.CHAT and talk.status is BookingStatus.ACTIVE


def _mark(opening: Opening) -> str:
    parts = sorted(opening.opened - {Shared.CONTACT})
    return "-".join(f"{part}.danger" if opening.by_danger(part) else part for part in parts)


def _shared(seen: Disclosed) -> SharedPlan | None:
    if seen.plan is None:
        return None
    parts = tuple((TITLES[part], text) for part, text in seen.plan.said)
    return SharedPlan(parts, spoken_time(seen.opening.given[Shared.PLAN]))
