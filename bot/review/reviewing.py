"""What maintainers do with what was found in their municipality: look, split, decide; and what has been decided."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

from bot.casework.free_times import danish_day
from bot.casework.misread import (
    DecidedMeanwhileError,
    Decision,
    FoundMessage,
    Given,
    GroupNotFoundError,
    NothingToSplitError,
    SecondAtDeskError,
    Verdict,
    is_seconded,
    needs_second,
)
from bot.review.costs import cost, weight
from bot.review.decisions import checked, labels
from bot.review.lots import Use, use_of, words_of
from bot.store.people import DeskUser
from bot.store.store import Store, Work
from bot.store.whose import Town

TEACHABLE = (Verdict.CONFIRM, Verdict.CORRECT, Verdict.NOT_OURS)
"""Verdicts that give a text one meaning that there is."""
TO_BE_WRITTEN = (Verdict.NEW, Verdict.SEVERAL)
"""Verdicts that a person must do something about."""


@dataclass(frozen=True)
class Group:
    """Messages that one decision serves, the dearest and newest first."""

    id: str
    messages: Sequence[FoundMessage]
    weight: float

    @property
    def read_as(self) -> str | None:
        return self.messages[0].found.read_as

    @property
    def settled(self) -> Decision | None:
        return self.messages[0].settled

    @property
    def decided_at(self) -> datetime | None:
        return self.messages[0].opinions[-1].at if self.settled else None

    @property
    def undo_by(self) -> int | None:
        return self.messages[0].undo_by

    @property
    def given(self) -> Given | None:
        return self.messages[0].given

    @property
    def is_danger(self) -> bool:
        return any(message.found.is_danger for message in self.messages)


@dataclass(frozen=True)
class Taught:
    """A text and what it was decided to mean; its use was drawn and not chosen."""

    text: str
    decision: Decision
    use: Use


def groups(work: Work, municipality: str, today: date) -> list[Group]:
    """What is to be decided, what weighs most first."""
    made = _groups(work.found.unsettled(municipality), today)
    return sorted(made, key=lambda one: (-one.weight, one.id))


def decided_groups(work: Work, municipality: str, today: date) -> list[Group]:
    """What is decided, the newest first; before that, what somebody would undo."""
    made = _groups(work.found.settled(municipality), today)
    return sorted(made, key=lambda one: (one.undo_by is None, -one.messages[0].opinions[-1].at.timestamp(), one.id))


def group(work: Work, municipality: str, name: str, today: date) -> Group:
    """One group, decided or not. Raises GroupNotFoundError."""
    return _group(name, work.found.group(municipality, name), today)


def decide(
    store: Store, user: DeskUser, name: str, verdict: Verdict, given: Sequence[str], *, by_command: bool = False
) -> bool:
    """Keeps what this maintainer decides on a group; whether it is settled by that.

    Danger is settled when somebody else decides the same. By a command, to which any name can be given, it is only ever
    decided first. Raises GroupNotFoundError, DecidedMeanwhileError, UnknownLabelError, BadDecisionError,
    SecondAtDeskError.
    """
    now = datetime.now(UTC)
    with store.write(Town(user.municipality)) as work:
        found = locked_group(work, user, name)
        decision = checked(verdict, given, found.read_as, labels())
        if found.settled:
            return _again(found, user, decision)
        opinions, two = found.messages[0].opinions, needs_second(found.messages, decision)
        if two and by_command and any(one.by != user.id for one in opinions):
            raise SecondAtDeskError
        work.found.say(found.messages, user.id, decision, now)
        work.people.note(user, "decide_group_by_command" if by_command else "decide_group", name)
        if two and not is_seconded(opinions, user.id, decision):
            return False
        work.found.settle(found.messages, now)
        return True


def split(store: Store, user: DeskUser, name: str, numbers: Collection[int], *, by_command: bool = False) -> str:
    """Makes a group of their own of these messages of a group: its name. No night undoes that.

    Raises GroupNotFoundError, DecidedMeanwhileError, NothingToSplitError.
    """
    with store.write(Town(user.municipality)) as work:
        found = locked_group(work, user, name)
        if found.settled:
            last = found.messages[0].opinions[-1]
            raise DecidedMeanwhileError(last.by, last.decision)
        out = [message for message in found.messages if message.id in numbers]
        if not out or len(out) == len(found.messages):
            raise NothingToSplitError
        own = str(uuid4())
        work.found.move(out, own)
        work.found.move([message for message in found.messages if message not in out], name)
        work.people.note(user, "split_group_by_command" if by_command else "split_group", name)
        return own


def taught(work: Work, municipalities: Collection[str], *, given: bool = False) -> Iterator[Taught]:
    """All that is decided and that nobody would undo, each text with each of its meanings once, in one order.

    Words that somebody left out are left out wherever else they stand, whoever decided what about them there. `given`:
    only what is noted as given out.
    """
    settled = {slug: work.found.settled(slug) for slug in {*work.people.municipalities(), *municipalities}}
    left_out = {
        words_of(one.text)
        for anywhere in settled.values()
        for one in anywhere
        if one.settled and one.settled.verdict is Verdict.LEAVE_OUT
    }
    asked = {
        (one.text, one.settled)
        for slug in municipalities
        for one in settled[slug]
        if one.settled and one.undo_by is None and (is_given(one) or not given)
    }
    decided = {one for one in asked if words_of(one[0]) not in left_out}
    for text, decision in sorted(decided, key=lambda one: (one[0], one[1].verdict, one[1].labels)):
        yield Taught(text, decision, use_of(text))


def is_given(message: FoundMessage) -> bool:
    """Whether what is decided about it has been given out."""
    return bool(message.settled and message.given and message.given.at >= message.opinions[-1].at)


def names_of(work: Work, municipality: str) -> Mapping[int, str]:
    """What those who decided are called."""
    return {user.id: user.shown_name for user in work.people.users(municipality)}


def locked_group(work: Work, user: DeskUser, name: str) -> Group:
    """The group, one user after the other: two who decide at once must hear of each other."""
    work.people.lock(user.municipality)
    messages = work.found.lock_group(user.municipality, name)
    return _group(name, messages, danish_day(datetime.now(UTC)))


def _groups(messages: Sequence[FoundMessage], today: date) -> list[Group]:
    by_group: dict[str, list[FoundMessage]] = defaultdict(list)
    for message in messages:
        by_group[message.found.group].append(message)
    return [_group(name, those, today) for name, those in by_group.items()]


def _group(name: str, messages: Sequence[FoundMessage], today: date) -> Group:
    if not messages:
        raise GroupNotFoundError
    ordered = sorted(messages, key=lambda one: (-one.found.day.toordinal(), -cost(one.found.reasons), one.id))
    return Group(name, ordered, weight([one.found for one in messages], today))


def _again(found: Group, user: DeskUser, decision: Decision) -> bool:
    """A second press of the same button is none; what somebody else has decided is told."""
    opinions = found.messages[0].opinions
    if any(one.by == user.id and one.decision == decision for one in opinions) and found.settled == decision:
        return True
    raise DecidedMeanwhileError(opinions[-1].by, opinions[-1].decision)
