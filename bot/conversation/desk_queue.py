"""The queue as one caseworker needs it: as much of it as a page shows, and of the rest how many there are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.casework.consent import OPENING_LEVEL
from bot.casework.conversations import Conversation
from bot.casework.free_times import danish_day, danish_midnight
from bot.casework.handovers import Handover
from bot.casework.presence import Colleague, warned
from bot.casework.rights import Right
from bot.casework.summary import Facts
from bot.casework.waiting import Line, Reader
from bot.conversation.chat_talks import ChatTalk, chat_talks
from bot.conversation.summary import facts_of
from bot.store.people import DeskUser
from bot.store.store import Work

MOST_IN_DANGER = 200
"""So many in danger are told one by one, so that a page notices each who comes; beyond that their number is."""


@dataclass(frozen=True)
class Own:
    """A conversation that somebody has: how many messages came since they looked, and whether it was given to them.

    `goes_back_at`: when their silence gives it back, from when they are to be warned; None before.
    """

    id: str
    new: int
    given: bool
    goes_back_at: datetime | None = None


@dataclass(frozen=True)
class Needing:
    """Who needs a human now: whoever waits, and `alarms`, whom this user has and has not answered since their danger.

    `in_danger` are those of them in danger with their level, MOST_IN_DANGER or a few more, and `unnamed` how many
    are in danger beside these. `own` are all whom this user has.
    """

    count: int
    alarms: Collection[str]
    in_danger: Sequence[tuple[str, int]]
    unnamed: int
    own: Sequence[Own]


@dataclass(frozen=True)
class DeskQueue:
    """Who waits, whom this user has, and whom others have, as many as were asked for.

    `talks` are those in the chat that this user can begin now. Of all who are shown `unanswered` has the number of
    messages to a human that none has answered, `talks_today` when their next talk of today begins. `present` are
    those who may answer and are there now; `handovers` what is written with those this user was given.
    `teams` are what the teams of the municipality are called; `facts` what was written to a human tells without its
    words, none for who may read no conversation.
    """

    line: Line
    mine: Sequence[Conversation]
    others: Sequence[Conversation]
    others_in_all: int
    talks: Sequence[ChatTalk]
    needing: Needing
    unanswered: Mapping[str, int]
    talks_today: Mapping[str, datetime]
    present: Sequence[Colleague]
    handovers: Mapping[str, Sequence[Handover]]
    teams: Mapping[str, str]
    facts: Mapping[str, Facts]


def desk_queue(
    work: Work, user: DeskUser, most: int, now: datetime, teams: Mapping[str, str], patience: timedelta
) -> DeskQueue:
    """The first `most` of those who wait and of those whom others have, and all whom this user has.

    `patience`: how long an answer is waited for.
    """
    line, mine = work.waiting.line(user.municipality, now, most, reader_of(user)), work.waiting.held_by(user.id)
    others = work.waiting.held(user.municipality, but_by=user.id, most=most)
    shown = [one.id for one in (*line.first, *mine, *others)]
    today = danish_day(now)
    return DeskQueue(
        line=line,
        mine=mine,
        others=others,
        others_in_all=len(others) if len(others) < most else work.waiting.count_held(user.municipality, user.id),
        talks=chat_talks(work, user.municipality, now) if user.access.may(Right.ANSWER) else [],
        needing=_needing(work, user, mine, line.in_all, patience),
        unanswered=work.waiting.unanswered(shown),
        facts=facts_of(work, shown) if user.access.may(Right.READ) else {},
        talks_today=work.bookings.talks_of(shown, danish_midnight(today), danish_midnight(today + timedelta(days=1))),
        present=[one for one in work.presence.colleagues(user.municipality, now) if one.present],
        handovers=work.handovers.of([one.id for one in mine]),
        teams=teams,
    )


def needing(work: Work, user: DeskUser, patience: timedelta) -> Needing:
    """Who needs a human now, without the queue."""
    return _needing(work, user, work.waiting.held_by(user.id), _count(work, user), patience)


def reader_of(user: DeskUser) -> Reader | None:
    """Who looks at the queue; None for somebody who answers nobody, and sees all."""
    return Reader(user.team) if user.access.may(Right.ANSWER) else None


def _count(work: Work, user: DeskUser) -> int:
    return work.waiting.count(user.municipality, datetime.now(UTC), reader_of(user))


def _needing(work: Work, user: DeskUser, mine: Sequence[Conversation], waiting: int, patience: timedelta) -> Needing:
    alarms = set(work.waiting.unanswered_dangers(user.id)) if mine else set()
    dangers = [(one.id, one.danger.level) for one in mine if one.id in alarms and one.danger.level >= OPENING_LEVEL]
    in_danger, in_all = work.waiting.in_danger(user.municipality, MOST_IN_DANGER)
    own = _own(work, user, [one.id for one in mine], patience) if mine else []
    return Needing(waiting + len(alarms), alarms, [*dangers, *in_danger], in_all - len(in_danger), own)


def _own(work: Work, user: DeskUser, mine: Sequence[str], patience: timedelta) -> Sequence[Own]:
    news, given, now = work.looks.news(user.id), work.handovers.waiting(mine), datetime.now(UTC)
    goes_back = {
        one: since + patience
        for one, since in work.presence.unanswered_since(mine).items()
        if warned(since, patience, now)
    }
    return [Own(one, news.get(one, 0), one in given, goes_back.get(one)) for one in mine]
