"""The chat API: what the widget uses, and anybody may."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from typing import Any

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.casework.bookings import BookingNotFoundError, Contact
from bot.casework.conversations import ConversationNotFoundError, Message, Sender
from bot.conversation.arrival import Arrival
from bot.conversation.erasing import TalksToCome
from bot.conversation.notices import SELDOM_SECONDS, Notices, spread
from bot.conversation.sentences import TOO_MANY_WORDS, UNKNOWN_WORDS
from bot.conversation.service import Conversations, State, WrongTokenError
from bot.conversation.talks import Talks
from bot.conversation.typed_words import Opened
from bot.store.database import StoreUnreachableError
from bot.web.addresses import read_address
from bot.web.bodies import WRONG_FIELDS, ContactDetails, NewConversation, NewMessage, read_body, without_nul
from bot.web.limits import TOO_MANY, code_try, count_writing
from bot.web.problems import STORE_AWAY, Problem, without_trace
from bot.web.security import address_of

LONGEST_WAIT = 25.0
PING_SECONDS = 15
# Any sequence that the store can count to.
SEQUENCE = re.compile(r"[0-9]{1,9}")
# Control characters alone are no message.
SEEN = re.compile(r"[^\s\x00-\x1f\x85]")
SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]+)?(e-[0-9]{1,3})?")
# How soon somebody who waits learns that their place in the queue is another: what happens to others changes it, and of
# that nobody tells them. A look costs some two milliseconds, and a hundred may wait.
PLACE_SECONDS = 5.0
# How long the store may take to keep a message: less than the chat page waits before it says that nobody answers.
STORE_SECONDS = 12.0

EMPTY = Problem(422, "empty_message", "Skriv noget først.")
TOO_LONG = Problem(422, "message_too_long", "Beskeden er for lang. Del den op i flere. Er det akut, så ring 112.")
BAD_NUMBER = Problem(422, "invalid_number", "Tallet i adressen kan ikke bruges.")
BAD_TALKS = Problem(422, "invalid_talks", "Vi kan ikke læse, om tiden skal aflyses. Intet er slettet.")


async def open_conversation(request: Request) -> Response:
    """POST /api/conversations."""
    if not request.app.state.limits.conversations.hit(address_of(request)):
        raise TOO_MANY
    body = await read_body(request, NewConversation)
    opened = await _conversations(request).open(body.municipality, body.locale)
    messages = [message_json(message) for message in opened.messages]
    return JSONResponse({"id": opened.id, "token": opened.token, "messages": messages}, 201)


async def post_message(request: Request) -> Response:
    """POST /api/conversations/{id}/messages.

    Whoever tells of danger while the store is away, or does not answer, is told at once where to call.
    """
    keeping = asyncio.create_task(_keep_message(request))
    # A store that answers too late has kept it: whoever sends it again sends the same one.
    keeping.add_done_callback(lambda kept: kept.cancelled() or kept.exception())
    try:
        return await asyncio.wait_for(asyncio.shield(keeping), STORE_SECONDS)
    except (TimeoutError, StoreUnreachableError):
        arrival = await _arrival(request)
        told = await _conversations(request).help_unkept(arrival)
        raise replace(STORE_AWAY, title=told or STORE_AWAY.title) from None


async def _keep_message(request: Request) -> Response:
    conversation = await authorized(request)
    count_writing(request, conversation)
    arrival = await _arrival(request)
    message = await _conversations(request).receive(conversation, arrival, partial(_open_by_words, request))
    return JSONResponse({"sequence": message.sequence}, 202)


async def _arrival(request: Request) -> Arrival:
    body = await read_body(request, NewMessage)
    text = (body.text or "").strip()
    if bool(SEEN.search(text)) == bool(body.payload):
        raise EMPTY
    if len(text) > request.app.state.settings.message_length:
        raise TOO_LONG
    return Arrival(str(body.client_id), text or None, body.payload)


async def get_messages(request: Request) -> Response:
    """GET /api/conversations/{id}/messages?after=N&wait=S."""
    conversation = await authorized(request)
    after, wait = _after(request), _wait(request)
    messages, state = await _conversations(request).wait_for_messages(conversation, after, wait)
    return JSONResponse({"messages": [message_json(message) for message in messages], **state_json(state)})


async def stream(request: Request) -> Response:
    """GET /api/conversations/{id}/stream: messages as they come, `state` and `signs` events when those change."""
    conversation = await authorized(request)
    last = request.headers.get("last-event-id", "")
    after = int(last) if SEQUENCE.fullmatch(last) else _after(request)
    events = _events(request, conversation, after)
    return EventSourceResponse(events, ping=PING_SECONDS, headers={"X-Accel-Buffering": "no"})


async def put_contact(request: Request) -> Response:
    """PUT /api/conversations/{id}/contact."""
    conversation = await authorized(request)
    count_writing(request, conversation)
    body = await read_body(request, ContactDetails)
    if body.write_to:
        await _write_when_taken(request, conversation, body.write_to)
    contact = Contact(body.first_name, body.phone, body.email, body.meeting_place)
    if contact != Contact() or not body.write_to:
        await _conversations(request).keep_contact(conversation, contact)
    return Response(status_code=204)


async def _write_when_taken(request: Request, conversation: str, to: str) -> None:
    address = read_address(to, request.app.state.post.channels)
    if address is None:
        raise Problem(422, "invalid_write_to", WRONG_FIELDS["write_to"])
    await _conversations(request).write_when_taken(conversation, address)


async def erase_conversation(request: Request) -> Response:
    """DELETE /api/conversations/{id}?talks=keep|cancel."""
    conversation = await authorized(request)
    await _conversations(request).erase(conversation, _talks(request))
    return Response(status_code=204)


def message_json(message: Message) -> dict[str, Any]:
    """A message as the contract has it."""
    return {
        "sequence": message.sequence,
        "sender": message.sender,
        "kind": message.kind,
        "text": message.text,
        "buttons": [vars(button) for button in message.buttons],
        "sources": list(message.sources),
        "data": message.data,
        "final": message.final,
        "reply_to": message.reply_to,
        "client_id": message.client_id if message.sender is Sender.YOUNG else None,
        "created_at": message.created_at.isoformat(),
    }


def state_json(state: State) -> dict[str, Any]:
    """Who answers, the place in the queue, and the signs of a human who answers."""
    signs = {"typing": state.signs.typing, "seen": state.signs.seen}
    return {"holder": state.holder, "queue_position": state.queue_position, "signs": signs}


async def _events(request: Request, conversation: str, after: int) -> AsyncIterator[ServerSentEvent]:
    notices: Notices = request.app.state.notices
    last: State | None = None
    with notices.listen(conversation) as bell:
        while True:
            try:
                messages, state = await _conversations(request).messages(conversation, after)
            except ConversationNotFoundError:
                return
            for message in messages:
                after = message.sequence
                yield ServerSentEvent(json.dumps(message_json(message)), event="message", id=str(message.sequence))
            if state != last:
                # Signs come anew also while somebody goes on typing: a page shows that no longer than it hears of it.
                only_signs = last is not None and replace(last, signs=state.signs) == state
                yield ServerSentEvent(json.dumps(state_json(state)), event="signs" if only_signs else "state")
                last = state
            # A thousand pages that wait for nothing must cost next to nothing: each wakes only when it is told.
            seconds = SELDOM_SECONDS if state.queue_position is None else PLACE_SECONDS
            await bell.heard(notices.patience(spread(seconds)))


def _conversations(request: Request) -> Conversations:
    conversations: Conversations = request.app.state.conversations
    return conversations


async def authorized(request: Request) -> str:
    """The id of the conversation whose token the caller carries. Raises WrongTokenError."""
    conversation = without_nul(request.path_params["id"])
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise WrongTokenError
    await _conversations(request).authorize(conversation, token)
    return conversation


async def _open_by_words(request: Request, words: str) -> Opened:
    """Refused in words: the message itself may be about anything, and is taken in."""
    try:
        async with code_try(request):
            talks: Talks = request.app.state.talks
            return await talks.find(words)
    except BookingNotFoundError:
        return UNKNOWN_WORDS
    except Problem as problem:
        without_trace(problem)
        return TOO_MANY_WORDS


def _after(request: Request) -> int:
    given = request.query_params.get("after", "0")
    if not SEQUENCE.fullmatch(given):
        raise BAD_NUMBER
    return int(given)


def _talks(request: Request) -> TalksToCome:
    if request.query_params.keys() - {"talks"}:
        # Not "talk=cancel" read as keeping it: what is erased is gone.
        raise BAD_TALKS
    try:
        return TalksToCome(request.query_params.get("talks", TalksToCome.KEEP))
    except ValueError as error:
        raise BAD_TALKS from error


def _wait(request: Request) -> float:
    given = request.query_params.get("wait", "0")
    if not SECONDS.fullmatch(given):
        raise BAD_NUMBER
    return min(float(given), LONGEST_WAIT)


chat_api_routes: list[BaseRoute] = [
    Route("/api/conversations", open_conversation, methods=["POST"]),
    Route("/api/conversations/{id}", erase_conversation, methods=["DELETE"]),
    Route("/api/conversations/{id}/messages", post_message, methods=["POST"]),
    Route("/api/conversations/{id}/messages", get_messages, methods=["GET"]),
    Route("/api/conversations/{id}/stream", stream, methods=["GET"]),
    Route("/api/conversations/{id}/contact", put_contact, methods=["PUT"]),
]
