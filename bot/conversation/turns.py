"""The bot's turn: every message that wants an answer gets it once, in order, whatever process dies meanwhile."""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from anyio.to_thread import run_sync

from bot.casework.conversations import Conversation, ConversationNotFoundError, Danger, Draft, Holder, Message
from bot.casework.handoffs import ask_for_human
from bot.conversation.dialogue import DialogueClient, DialogueUnavailableError, Said, Turn
from bot.conversation.notices import Notices, queue_topic
from bot.conversation.wording import from_booking, from_reply, from_said
from bot.language.encoder import Encoder, pack
from bot.safety.replies import Replies
from bot.store.database import StoreUnreachableError
from bot.store.store import Store, Work

log = logging.getLogger(__name__)

SWEEP_SECONDS = 2.0
HANDOFF = "handoff_request"
HANDED_OVER = "handoff"
CRISIS = "crisis_"
# After a check-in these say the same again, or something beside the point.
SAID_BY_CHECK_IN = ("crisis_", "wellbeing_low_mood", "chat_", "nlu_fallback")


class Turns:
    """Answers messages, one of a conversation at a time, by leases in the store. Lives as long as the web process."""

    def __init__(
        self, store: Store, dialogue: DialogueClient, replies: Replies, encoder: Encoder, notices: Notices, lease: float
    ) -> None:
        self._store = store
        self._dialogue = dialogue
        self._replies = replies
        self._encoder = encoder
        self._notices = notices
        self._lease = lease
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, conversation: str) -> None:
        """Answers in the background what is unanswered in this conversation."""
        task = asyncio.create_task(self.answer(conversation))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def sweep(self) -> None:
        """Takes up, again and again, what a process that died has left; runs until it is cancelled."""
        while True:
            try:
                for conversation in await run_sync(self._abandoned):
                    self.start(conversation)
            except StoreUnreachableError as error:
                log.warning("store unreachable while looking for unanswered messages: %s", error)
            await asyncio.sleep(SWEEP_SECONDS)

    async def finish(self, seconds: float) -> None:
        """Lets the turns under way end, for this long at most."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    async def answer(self, conversation: str) -> None:
        """Answers until nothing is unanswered; returns at once when another has the lease."""
        owner = uuid4().hex
        while await run_sync(self._take, conversation, owner):
            try:
                while message := await run_sync(self._next, conversation, owner):
                    await self._turn(message)
            except ConversationNotFoundError:
                return  # erased while it was answered
            finally:
                await run_sync(self._give_back, conversation, owner)
            # One that arrived after the last look and before the lease was given back.
            if not await run_sync(self._waits, conversation):
                return

    async def _turn(self, message: Message) -> None:
        turn = await self._ask(message)
        conversation = await run_sync(self._save, message, turn)
        self._notices.tell(message.conversation, queue_topic(conversation.municipality))

    async def _ask(self, message: Message) -> Turn | None:
        metadata: dict[str, Any] = {"danger_level": _level(message), "municipality": message.municipality}
        try:
            if message.payload:
                return await self._dialogue.turn(message.conversation, metadata, payload=message.payload)
            vectors = await run_sync(self._encoder.encode, [message.text])
            metadata["vector"] = pack(vectors[0])
            return await self._dialogue.turn(message.conversation, metadata, text=message.text)
        except DialogueUnavailableError as error:
            log.warning("no answer from the dialogue server: %s", error)
            return None

    def _save(self, message: Message, turn: Turn | None) -> Conversation:
        with self._store.write() as work:
            conversation = work.conversations.lock(message.conversation)
            if not work.turns.mark_answered(message) or conversation.holder is Holder.HUMAN:
                return conversation
            drafts = [
                replace(draft, reply_to=message.sequence) for draft in self._drafts(work, conversation, message, turn)
            ]
            work.conversations.append(conversation, [*drafts[:-1], replace(drafts[-1], final=True)])
            work.conversations.set_asks(conversation.id, turn.asks if turn else conversation.asks)
            return conversation

    def _drafts(self, work: Work, conversation: Conversation, message: Message, turn: Turn | None) -> list[Draft]:
        answer = [self._draft(work, conversation, said, turn) for said in turn.said] if turn else []
        if _wants_human(message, turn) and not _handed_over(turn):
            ask_for_human(work.queue, conversation.id, datetime.now(UTC))
            answer = [from_reply(self._replies.human_called())]
        if _level(message):
            danger = message.data["danger"]
            check_in = from_reply(self._replies.check_in(tuple(danger["kinds"])))
            beside = turn is None or turn.intent.startswith(SAID_BY_CHECK_IN)
            return [check_in] if beside else [check_in, *answer]
        return answer or [from_reply(self._replies.without_model())]

    def _draft(self, work: Work, conversation: Conversation, said: Said, turn: Turn) -> Draft:
        match said.custom.get("kind"):
            case "booking":
                booking = work.bookings.by_id(said.custom["booking"])
                return from_booking(booking, said.text) if booking else from_said(said)
            case "check_in":
                kinds = (turn.intent.removeprefix(CRISIS),)
                work.conversations.raise_danger(conversation, Danger(1, kinds))
                return from_reply(self._replies.check_in(kinds))
            case _:
                return from_said(said)

    def _abandoned(self) -> list[str]:
        with self._store.read() as work:
            return work.turns.abandoned()

    def _take(self, conversation: str, owner: str) -> bool:
        with self._store.write() as work:
            return work.turns.lease(conversation, owner, self._lease)

    def _next(self, conversation: str, owner: str) -> Message | None:
        with self._store.write() as work:
            work.turns.lease(conversation, owner, self._lease)
            return work.turns.next_unanswered(conversation)

    def _give_back(self, conversation: str, owner: str) -> None:
        with self._store.write() as work:
            work.turns.give_back(conversation, owner)

    def _waits(self, conversation: str) -> bool:
        with self._store.read() as work:
            return work.turns.next_unanswered(conversation) is not None


def _wants_human(message: Message, turn: Turn | None) -> bool:
    """Whether a human was asked for; without the model only the button and the word itself tell."""
    if turn:
        return turn.intent == HANDOFF
    return message.payload == f"/{HANDOFF}" or "menneske" in message.text.casefold()


def _handed_over(turn: Turn | None) -> bool:
    """Whether the action that brings a human ran; it cannot while the actions are down."""
    return turn is not None and any(said.custom.get("kind") == HANDED_OVER for said in turn.said)


def _level(message: Message) -> int:
    level: int = message.data.get("danger", {}).get("level", 0)
    return level
