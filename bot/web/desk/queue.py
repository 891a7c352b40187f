"""The queue: who waits for a human, whom I talk with, and whom my colleagues talk with."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sse_starlette import ServerSentEvent
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from bot.casework.conversations import Conversation, Holder, Writer
from bot.conversation.desk import DeskConversations
from bot.conversation.notices import Notices, queue_topic
from bot.conversation.sentences import tongue_in
from bot.safety.levels import DangerLevel
from bot.store.people import DeskSession, DeskUser
from bot.web.desk.rendering import page, piece
from bot.web.desk.sessions import find_session, token_of
from bot.web.desk.streams import stream, while_signed_in
from bot.web.desk.words import danger_words, known_beforehand, moment, safe_words, short_name, waited

POLL_SECONDS = 2.0


@dataclass(frozen=True)
class Row:
    """One conversation in the list. `since` and `waited` are empty for one that does not wait.

    `safe`: that they say themselves that they are safe. `known`: what a caseworker should know of who writes before
    taking it. `alarm`: the reader holds it and has not answered since it told of danger.
    """

    id: str
    name: str
    danger_level: int
    danger: str
    safe: str
    known: Sequence[str]
    since: str
    waited: str
    alarm: bool


@dataclass(frozen=True)
class QueueView:
    """The list in its three parts, each in the order in which people are needed."""

    waiting: Sequence[Row]
    mine: Sequence[Row]
    others: Sequence[Row]

    @property
    def needing(self) -> int:
        """How many need a human now: those who wait, and those in danger whom their own caseworker has not answered."""
        return len(self.waiting) + sum(row.alarm for row in self.mine)

    @property
    def dangers(self) -> str:
        """For the page's alarm: who is in danger and needs a human now, each with the level; "-" for nobody."""
        needing = [*self.waiting, *(row for row in self.mine if row.alarm)]
        grave = [f"{row.id}:{row.danger_level}" for row in needing if row.danger_level >= DangerLevel.CLEAR]
        return " ".join(grave) or "-"


def queue_view(
    conversations: Sequence[Conversation], user: DeskUser, now: datetime, alarms: Collection[str] = ()
) -> QueueView:
    """The queue as this user sees it; the order of `conversations` stands."""
    held = [one for one in conversations if one.holder is Holder.HUMAN]
    return QueueView(
        waiting=[_row(one, now) for one in conversations if one.holder is Holder.WAITING],
        mine=[_row(one, now, alarm=one.id in alarms) for one in held if one.held_by == user.id],
        others=[_row(one, now) for one in held if one.held_by != user.id],
    )


async def show_queue(request: Request, session: DeskSession) -> Response:
    """The first page of the desk."""
    queue = await _look(request.app.state.desk, session.user)
    return page(request, "queue.html", queue=queue, waiting_count=queue.needing, dangers=queue.dangers)


async def desk_page(request: Request, session: DeskSession, template: str, **view: Any) -> Response:
    """Any other page, with the number of those who wait in its title."""
    queue = await _look(request.app.state.desk, session.user)
    return page(request, template, waiting_count=queue.needing, dangers=queue.dangers, **view)


async def show_needing(request: Request, session: DeskSession) -> Response:
    """How many wait and who is in danger, for the title and the alarm of pages that hear no stream of the queue."""
    return HTMLResponse(piece("needing_news.html", queue=await _look(request.app.state.desk, session.user)))


async def show_queue_list(request: Request, session: DeskSession) -> Response:
    """The list alone, for pages that hear no stream."""
    return HTMLResponse(_list(await _look(request.app.state.desk, session.user), session))


async def queue_as_json(request: Request, session: DeskSession) -> Response:
    """The queue for programs: those who wait and those who are held."""
    conversations = await request.app.state.desk.queue(session.user)
    return JSONResponse({"conversations": [_as_json(one) for one in conversations]})


async def stream_queue(request: Request, session: DeskSession) -> Response:
    """The list anew, each time it looks different."""
    state = request.app.state
    still_there = partial(find_session, state.store, token_of(request))
    return stream(while_signed_in(queue_events(state.desk, state.notices, session), still_there))


async def queue_events(
    desk: DeskConversations, notices: Notices, session: DeskSession
) -> AsyncIterator[ServerSentEvent | None]:
    """The list whenever it changed, None when it was looked at and had not."""
    shown = ""
    async for _ in notices.changes(queue_topic(session.user.municipality), poll=POLL_SECONDS):
        fresh = _list(await _look(desk, session.user), session)
        yield ServerSentEvent(data=fresh) if fresh != shown else None
        shown = fresh


async def _look(desk: DeskConversations, user: DeskUser) -> QueueView:
    alarms = await desk.unanswered_dangers(user)
    return queue_view(await desk.queue(user), user, datetime.now(UTC), alarms)


def _list(queue: QueueView, session: DeskSession) -> str:
    return piece("queue_news.html", queue=queue, session=session)


def _row(conversation: Conversation, now: datetime, *, alarm: bool = False) -> Row:
    since = conversation.waiting_since
    return Row(
        id=conversation.id,
        name=short_name(conversation.id),
        danger_level=conversation.danger.level,
        danger=danger_words(conversation.danger),
        safe=safe_words(conversation, now),
        known=known_beforehand(conversation),
        since=moment(since, now) if since else "",
        waited=waited(since, now) if since else "",
        alarm=alarm,
    )


def _as_json(conversation: Conversation) -> dict[str, object]:
    since = conversation.waiting_since
    return {
        "id": conversation.id,
        "holder": conversation.holder.value,
        "danger": {"level": conversation.danger.level, "kinds": list(conversation.danger.kinds)},
        "waiting_since": since.isoformat() if since else None,
        "language": tongue_in(conversation).value,
        "writer": (conversation.writer or Writer.YOUNG).value,
        "says_safe": conversation.safe_said_at.isoformat() if conversation.safe_said_at else None,
    }
