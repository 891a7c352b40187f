"""What may have been misread, as a maintainer reads it: in Danish, and without a way to whoever wrote it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.casework.free_times import danish_day
from bot.casework.misread import Decision, FoundMessage, Given, Reason, Verdict
from bot.language.danish import spoken_date
from bot.review.decisions import labels
from bot.review.reviewing import Group

WHY = {
    Reason.DISAGREES: "Fareskærmen og robotten er ikke enige",
    Reason.SAID_SO: "Der blev skrevet, at robotten ikke forstod",
    Reason.WANTED_HUMAN: "Der blev bedt om et menneske bagefter",
    Reason.ASKED_AGAIN: "Der blev spurgt igen",
    Reason.LEFT: "Der blev ikke skrevet mere",
    Reason.UNSURE: "Robotten var i tvivl",
    Reason.SAMPLE: "Trukket tilfældigt",
}
VERDICTS = {
    Verdict.CONFIRM: "læst rigtigt som {}",
    Verdict.CORRECT: "det betyder {}",
    Verdict.SEVERAL: "det betyder både {}",
    Verdict.NEW: "det betyder noget nyt: {}",
    Verdict.NOT_OURS: "det er ikke noget for robotten",
    Verdict.LEAVE_OUT: "det skal ikke bruges",
}
FIRST = 3
"""Messages of a group that its line in the list shows."""


@dataclass(frozen=True)
class MessageView:
    """One message: its words as they are stored, its day, and why it is looked at."""

    id: int
    text: str
    day: str
    why: str


@dataclass(frozen=True)
class GroupView:
    """A group in words. `told` is what was decided, or what its reader has said of it so far.

    `decided_at` tells one decision from the next. `doubted` says who would undo it; `given` that it was given out, when
    and as what.
    """

    id: str
    read_as: str
    sure: str
    messages: Sequence[MessageView]
    is_danger: bool
    is_begun: bool
    is_settled: bool
    told: Sequence[str]
    decided_at: str
    doubted: str
    given: str

    @property
    def counted(self) -> str:
        count = len(self.messages)
        return "1 besked" if count == 1 else f"{count} beskeder"

    @property
    def first(self) -> Sequence[MessageView]:
        return self.messages[:FIRST]

    @property
    def more(self) -> int:
        return max(0, len(self.messages) - FIRST)


def group_view(group: Group, reader: int, names: Mapping[int, str]) -> GroupView:
    """The group as this maintainer sees it: what a colleague thinks only once they have said what they think."""
    first = group.messages[0]
    has_said = group.settled is not None or any(one.by == reader for one in first.opinions)
    said = [f"{_who(one.by, reader, names)}: {decision_words(one.decision)}" for one in first.opinions]
    return GroupView(
        id=group.id,
        read_as=f"Læst som »{_title(group.read_as)}«" if group.read_as else "Ikke læst som noget",
        sure=f"{first.found.confidence:.0%}".replace("%", " %"),
        messages=[_message(one) for one in group.messages],
        is_danger=group.is_danger,
        is_begun=bool(first.opinions),
        is_settled=group.settled is not None,
        told=said if has_said else [],
        decided_at=group.decided_at.isoformat() if group.decided_at else "",
        doubted=f"{_who(group.undo_by, reader, names)} vil fortryde det" if group.undo_by is not None else "",
        given=_given_out(group.given) if group.given else "",
    )


def decision_words(decision: Decision) -> str:
    """What was decided: "det betyder »Min gæld«"."""
    return VERDICTS[decision.verdict].format(" og ".join(f"»{_title(label)}«" for label in decision.labels))


def choices() -> list[tuple[str, str]]:
    """Every meaning and what it is called, by that."""
    named = ((name, title if title == name else f"{title} ({name})") for name, title in labels().items())
    return sorted(named, key=lambda one: one[1].casefold())


def _message(message: FoundMessage) -> MessageView:
    found = message.found
    why = ". ".join(WHY[reason] for reason in found.reasons)
    return MessageView(message.id, message.text, spoken_date(found.day), why)


def _given_out(given: Given) -> str:
    meant = " og ".join(f"»{_title(label)}« ({label})" for label in given.labels)
    return f"{spoken_date(danish_day(given.at))} som {meant}"


def _title(label: str | None) -> str:
    return labels().get(label or "", label or "")


def _who(user: int, reader: int, names: Mapping[int, str]) -> str:
    return "Du" if user == reader else names.get(user, "En kollega")
