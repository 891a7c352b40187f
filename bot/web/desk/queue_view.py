"""The queue as its page shows it: rows with the reasons why somebody stands where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.casework.bookings import Booking
from bot.casework.conversations import Conversation
from bot.casework.presence import Colleague
from bot.casework.waiting import Line, has_waited_long
from bot.conversation.desk_queue import DeskQueue, Needing
from bot.language.danish import clock
from bot.web.desk.overdue import goes_back_words
from bot.web.desk.own_view import mark_of
from bot.web.desk.summary_words import wants
from bot.web.desk.words import (
    danger_words,
    handover_words,
    known_beforehand,
    moment,
    number,
    safe_words,
    short_name,
    waited,
)

# The message that asks for a human is in every row that waits: what is told is who has written again.
TOLD_FROM = 2


@dataclass(frozen=True)
class Row:
    """One conversation in the list. `since` and `waited` are empty for one that does not wait.

    `why`: what beside danger makes it urgent. `safe`: that they say themselves that they are safe. `known`: what a
    caseworker should know of who writes before taking it. `alarm`: the reader holds it and has not answered since
    it told of danger. `handovers`: who gave it to the reader, and what they wrote. `new`: what is new in one that
    the reader has, and `goes_back` that their silence is about to give it back. `wants`: the first line of what is
    known of it; empty for who may read no conversation.
    """

    id: str
    name: str
    danger_level: int
    danger: str
    why: Sequence[str]
    safe: str
    known: Sequence[str]
    since: str
    waited: str
    alarm: bool
    handovers: Sequence[str]
    new: str
    wants: str = ""
    goes_back: str = ""


@dataclass(frozen=True)
class TalkRow:
    """A talk in the chat that can be begun now: its conversation, as in "kl. 11.00–11.30", and who holds it."""

    conversation: Row
    time: str
    agent: str


@dataclass(frozen=True)
class Rest:
    """Of a part of the list what is not shown: how many are, how many there are in all, and the first that is not.

    `next` is how many to show next; None for a list that is as long as a page may be.
    """

    shown: str
    in_all: str
    first: str
    next: int | None


@dataclass(frozen=True)
class QueueView:
    """The list in its parts, each in the order in which people are needed, and what two of them leave out.

    `present` says who is at the desk now, and how many they are.
    """

    waiting: Sequence[Row]
    mine: Sequence[Row]
    others: Sequence[Row]
    talks: Sequence[TalkRow]
    waiting_rest: Rest | None
    others_rest: Rest | None
    present: str


def queue_view(queue: DeskQueue, shown: int, following: int | None, now: datetime) -> QueueView:
    """The first `shown` of each list, of which `queue` has one more; a button then shows `following`."""
    waiting, others = queue.line.first, queue.others
    return QueueView(
        waiting=[_row(one, queue, now) for one in waiting[:shown]],
        mine=[_row(one, queue, now) for one in queue.mine],
        others=[_row(one, queue, now) for one in others[:shown]],
        talks=[TalkRow(_row(one.conversation, queue, now), _hours(one.talk), one.agent) for one in queue.talks],
        waiting_rest=_rest(waiting, queue.line.in_all, shown, following),
        others_rest=_rest(others, queue.others_in_all, shown, following),
        present=_present(queue.present),
    )


def dangers_told(needing: Needing) -> str:
    """For the page's alarm: who is in danger and needs a human now, each with the level, as in "id:3 id:2".

    At the end how many more they are than are named, as in "+:12"; "-" for nobody.
    """
    named = [f"{conversation}:{level}" for conversation, level in needing.in_danger]
    return " ".join([*named, *([f"+:{needing.unnamed}"] if needing.unnamed else [])]) or "-"


def _present(colleagues: Sequence[Colleague]) -> str:
    names = ", ".join(one.shown_name for one in colleagues)
    return f"Ved skrivebordet nu ({number(len(colleagues))}): {names}" if names else "Ingen er ved skrivebordet nu."


def _hours(talk: Booking) -> str:
    return f"kl. {clock(talk.starts_at)}–{clock(talk.ends_at)}"


def _rest(found: Sequence[Conversation], in_all: int, shown: int, following: int | None) -> Rest | None:
    return Rest(number(shown), number(in_all), found[shown].id, following) if len(found) > shown else None


def _row(conversation: Conversation, queue: DeskQueue, now: datetime) -> Row:
    since = conversation.waiting_since
    own = next((one for one in queue.needing.own if one.id == conversation.id), None)
    return Row(
        id=conversation.id,
        name=short_name(conversation.id),
        danger_level=conversation.danger.level,
        danger=danger_words(conversation.danger),
        why=[
            *_team(conversation, queue),
            *_wait(conversation, queue.line, now),
            *_unanswered(conversation, queue),
            *_talk(conversation, queue),
        ],
        safe=safe_words(conversation, now),
        known=known_beforehand(conversation),
        since=moment(since, now) if since else "",
        waited=waited(since, now) if since else "",
        alarm=conversation.id in queue.needing.alarms,
        handovers=[handover_words(one) for one in queue.handovers.get(conversation.id, ())],
        new=mark_of(own) if own else "",
        goes_back=goes_back_words(own.goes_back_at, now) if own else "",
        wants=wants(conversation, queue.facts[conversation.id]) if conversation.id in queue.facts else "",
    )


def _team(conversation: Conversation, queue: DeskQueue) -> list[str]:
    named = queue.teams.get(conversation.team or "")
    return [f"Givet til {named}"] if named else []


def _wait(conversation: Conversation, line: Line, now: datetime) -> list[str]:
    if conversation.id == line.longest and line.in_all > 1:
        return ["Rykket frem: har ventet længst" if line.moved_up else "Har ventet længst"]
    return ["Har ventet længe"] if has_waited_long(conversation, now) else []


def _unanswered(conversation: Conversation, queue: DeskQueue) -> list[str]:
    count = queue.unanswered.get(conversation.id, 0)
    if count < (TOLD_FROM if conversation.waiting_since else 1):
        return []
    return ["1 besked venter på svar" if count == 1 else f"{number(count)} beskeder venter på svar"]


def _talk(conversation: Conversation, queue: DeskQueue) -> list[str]:
    starts_at = queue.talks_today.get(conversation.id)
    return [f"Aftale i dag kl. {clock(starts_at)}"] if starts_at else []
