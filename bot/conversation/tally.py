"""Counts what happens in conversations, in the transaction in which it happens. Whoever counts holds its lock."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.casework.consent import OPENING_LEVEL
from bot.casework.conversations import Conversation, Holder, Message
from bot.casework.figures import AGAIN, NOBODY_CAME, Cell, Figure, GivenUp, Mark, stretch_of, waited
from bot.casework.free_times import danish_day
from bot.store.store import Work

Untaken = Sequence[tuple[int, datetime]]
"""The level of each danger that nobody had taken, and when it was told."""
_UNSEEN = Mark()


def count_message(work: Work, conversation: Conversation, message: Message) -> None:
    """A message of the young person: the first of all, or the first after a human came."""
    mark, now = work.figures.mark(conversation.id), message.created_at
    if mark is None:
        work.figures.count(conversation.municipality, stretch_of(now), now)
        work.figures.set_mark(conversation.id, conversation.municipality, _UNSEEN)
    elif mark.waited and conversation.holder is Holder.HUMAN:
        _end_wait(work, conversation, mark, mark.waited, now)


def count_subject(work: Work, conversation: Conversation, subject: Cell | None, now: datetime) -> None:
    """What a message was about, when it is another subject than the one before, or another day."""
    if subject is None:
        return
    mark = work.figures.mark(conversation.id) or _UNSEEN
    if mark.subject == (name := f"{subject.figure}:{subject.part}:{danish_day(now)}"):
        return
    work.figures.count(conversation.municipality, subject, now)
    work.figures.set_mark(conversation.id, conversation.municipality, replace(mark, subject=name))


def count_claim(work: Work, before: Conversation, untaken: Untaken, now: datetime) -> None:
    """A human took it who was waited for. `before`: as it was then. How it went on is not known yet."""
    mark = work.figures.mark(before.id) or _UNSEEN
    danger = count_danger_taken(work, before, untaken, now)
    since = before.back_at if mark.waited == AGAIN else before.waiting_since
    if danger or since is None or mark.waited == GivenUp.LEFT:
        ended = "" if mark.waited in (AGAIN, GivenUp.LEFT) else mark.waited
    else:
        ended = waited(since, now)
    if ended != mark.waited:
        work.figures.set_mark(before.id, before.municipality, replace(mark, waited=ended))


def count_danger_taken(work: Work, conversation: Conversation, untaken: Untaken, now: datetime) -> bool:
    """A human did something for the first time since danger of level 2 or 3 was told of; False when there was none."""
    told = [at for level, at in untaken if level >= OPENING_LEVEL]
    if told:
        work.figures.count(conversation.municipality, Cell(Figure.DANGER, waited(min(told), now)), now)
    return bool(told)


def count_handed_back(work: Work, conversation: Conversation, now: datetime) -> None:
    """A human gave it back: whoever has not written meanwhile was there no more."""
    mark = work.figures.mark(conversation.id)
    if mark and mark.waited:
        _end_wait(work, conversation, mark, GivenUp.SILENT, now)


def count_left_alone(work: Work, conversation: Conversation) -> None:
    """The human has gone, and it waits again: what is not told of the wait before goes on, else another one begins."""
    mark = work.figures.mark(conversation.id) or _UNSEEN
    waits = "" if mark.waited else AGAIN
    work.figures.set_mark(conversation.id, conversation.municipality, replace(mark, waited=waits))


def count_left(work: Work, conversation: Conversation, now: datetime) -> None:
    """The young person left by the quick exit. Whoever is in danger is still waited for, and counted when taken."""
    mark = work.figures.mark(conversation.id)
    if mark is None or not _waits(work, conversation, mark):
        return
    work.figures.count(conversation.municipality, Cell(Figure.WAIT, GivenUp.LEFT), now)
    stays = GivenUp.LEFT if conversation.holder is Holder.WAITING else ""
    work.figures.set_mark(conversation.id, conversation.municipality, replace(mark, waited=stays))


def count_erased(work: Work, conversation: Conversation, now: datetime) -> None:
    """It is about to be erased by the young person."""
    mark = work.figures.mark(conversation.id) or _UNSEEN
    if any(level >= OPENING_LEVEL for level, _ in work.dangers.untaken(conversation.id)):
        work.figures.count(conversation.municipality, Cell(Figure.DANGER, NOBODY_CAME), now)
    elif _waits(work, conversation, mark):
        work.figures.count(conversation.municipality, Cell(Figure.WAIT, GivenUp.ERASED), now)


def _waits(work: Work, conversation: Conversation, mark: Mark) -> bool:
    """Whether a wait is under way or has ended without a word yet, and is no danger's."""
    if conversation.holder is Holder.WAITING:
        danger = any(level >= OPENING_LEVEL for level, _ in work.dangers.untaken(conversation.id))
        return mark.waited != GivenUp.LEFT and not danger
    return conversation.holder is Holder.HUMAN and bool(mark.waited)


def _end_wait(work: Work, conversation: Conversation, mark: Mark, part: str, now: datetime) -> None:
    work.figures.count(conversation.municipality, Cell(Figure.WAIT, part), now)
    work.figures.set_mark(conversation.id, conversation.municipality, replace(mark, waited=""))
