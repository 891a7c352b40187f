"""The bot's turn: every message that wants an answer gets it once, in order, whatever process dies meanwhile."""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from anyio.to_thread import run_sync

from bot.casework.bookings import Contact
from bot.casework.conversations import Conversation, ConversationNotFoundError, Holder, Kind, Message
from bot.casework.talk_questions import ASKS
from bot.conversation.agent_names import NAMES_AGENT
from bot.conversation.answers import Answers, kinds_of, level_of
from bot.conversation.asked_in_news import asked_in_news
from bot.conversation.contacts import keep_for_human
from bot.conversation.dialogue import DialogueClient, DialogueUnavailableError, Turn
from bot.conversation.given_contacts import GivenContacts
from bot.conversation.how_to_erase import erasing_beside_human
from bot.conversation.notices import Notices, queue_topic
from bot.conversation.plan_words import PLAN_QUESTION
from bot.conversation.subjects import subject_of
from bot.conversation.sweeping import sweep
from bot.conversation.talk_news import untold_bookings
from bot.conversation.tally import count_subject
from bot.conversation.vectors import Vectors
from bot.conversation.wording import tongue_of_message
from bot.language.encoder import pack
from bot.metrics import REPLIES, STAGES, UNANSWERED, Stage, Unanswered, timed
from bot.store.database import StoreUnreachableError
from bot.store.store import Store, Work
from bot.store.whose import Across, of_conversation

log = logging.getLogger(__name__)

SWEEP_SECONDS = 2.0


class Turns:
    """Answers messages, one of a conversation at a time, by leases in the store. Lives as long as the web process."""

    def __init__(
        self, store: Store, dialogue: DialogueClient, answers: Answers, vectors: Vectors, notices: Notices, lease: float
    ) -> None:
        self._store = store
        self._dialogue = dialogue
        self._answers = answers
        self._vectors = vectors
        self._notices = notices
        self._lease = lease
        self._given = GivenContacts()
        self._tasks: set[asyncio.Task[None]] = set()

    def keep_given(self, message: Message, contact: Contact) -> None:
        """Holds how the writer of this message can be reached until its answer shows whether a human is called."""
        self._given.keep(message, contact)

    def forget_given(self, conversation: str) -> None:
        """Forgets what is held so of a conversation that was erased."""
        self._given.forget_conversation(conversation)

    def start(self, conversation: str) -> None:
        """Answers in the background what is unanswered in this conversation."""
        task = asyncio.create_task(self.answer(conversation))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def sweep(self) -> None:
        """Takes up, again and again, what a process that died has left; runs until it is cancelled."""
        await sweep(self._take_up, SWEEP_SECONDS, "unanswered messages")

    async def finish(self, seconds: float) -> None:
        """Lets the turns under way end, for this long at most."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    async def answer(self, conversation: str) -> None:
        """Answers until nothing is unanswered; returns at once when another has the lease."""
        owner = uuid4().hex
        while message := await run_sync(self._begin, conversation, owner):
            try:
                while message:
                    message = await self._turn(message, owner)
            except ConversationNotFoundError:
                return  # erased while it was answered
            except BaseException:
                await run_sync(self._give_back, conversation, owner)
                raise
            # One that arrived after the last look and before the lease was given back.
            if not await run_sync(self._waits, conversation):
                return

    async def _take_up(self) -> None:
        self._given.forget_old()
        for conversation in await run_sync(self._abandoned):
            self.start(conversation)

    async def _turn(self, message: Message, owner: str) -> Message | None:
        """The message that is to be answered next; None, and the lease is given back, where there is none."""
        STAGES.labels(Stage.WAIT).observe(_age(message))
        try:
            turn = await self._ask(message)
            with timed(Stage.ANSWER):
                conversation, following = await run_sync(self._save, message, turn, owner)
        except (ConversationNotFoundError, StoreUnreachableError):
            raise
        except Exception as error:  # noqa: BLE001
            # Whatever it is, it would come again with each try, and hold up all that is written after.
            log.error("a turn could not be put into words: %s", type(error).__name__)  # noqa: TRY400 - no texts in logs
            UNANSWERED.labels(Unanswered.BROKEN).inc()
            conversation, following = await run_sync(self._save, message, None, owner)
        REPLIES.observe(_age(message))
        self._given.forget(message)
        self._notices.tell(message.conversation, queue_topic(conversation.municipality))
        return following

    async def _ask(self, message: Message) -> Turn | None:
        if self._dialogue.is_away:
            UNANSWERED.labels(Unanswered.AWAY).inc()
            return None
        metadata: dict[str, Any] = {
            "municipality": message.municipality,
            "sequence": message.sequence,
            "danger_level": level_of(message),
            "danger_kinds": kinds_of(message),
            "language": tongue_of_message(message).value,
            NAMES_AGENT: message.data.get(NAMES_AGENT, False),
            **await run_sync(self._known_before, message),
        }
        try:
            if not message.payload:
                metadata["vector"] = pack(await run_sync(self._vectors.take, message))
            said = {"payload": message.payload} if message.payload else {"text": message.text}
            with timed(Stage.DIALOGUE):
                return await self._dialogue.turn(message.conversation, metadata, **said)
        except DialogueUnavailableError as error:
            UNANSWERED.labels(Unanswered.FAILED).inc()
            log.warning("no answer from the dialogue server: %s", error)
            return None

    def _save(self, message: Message, turn: Turn | None, owner: str) -> tuple[Conversation, Message | None]:
        """In one transaction: what is said to it, and what is to be answered next, for which the lease is kept."""
        with self._store.write(of_conversation(message.conversation)) as work:
            return self._say(work, message, turn), self._go_on(work, message.conversation, owner)

    def _say(self, work: Work, message: Message, turn: Turn | None) -> Conversation:
        conversation, given = work.conversations.lock(message.conversation), self._given.of(message)
        if not work.turns.mark_answered(message, _about(turn, conversation)):
            return conversation
        if turn and turn.writer:
            work.conversations.set_writer(conversation.id, turn.writer)
            conversation = replace(conversation, writer=turn.writer)
        if conversation.holder is Holder.HUMAN:
            # What the bot would say is a human's to say now; what it has booked is a fact.
            told = [*untold_bookings(work, conversation), *erasing_beside_human(work, conversation, message)]
            work.conversations.append(conversation, told)
            if given:
                keep_for_human(work, conversation.id, given)
            return conversation
        drafts = [
            replace(draft, reply_to=message.sequence)
            for draft in self._answers.drafts(work, conversation, message, turn, given)
        ]
        work.conversations.append(conversation, [*drafts[:-1], replace(drafts[-1], final=True)])
        in_danger = bool(level_of(message)) or any(draft.kind is Kind.DANGER for draft in drafts)
        subject = subject_of(turn, in_danger=in_danger)
        count_subject(work, conversation, subject, message.created_at)
        if turn is None and conversation.asks == PLAN_QUESTION and message.payload is None:
            # Nobody can tell any more whether it was an answer.
            work.plans.mark(message, None)
        work.conversations.set_asks(conversation.id, turn.asks if turn else conversation.asks)
        return conversation

    def _known_before(self, message: Message) -> dict[str, Any]:
        """What Rasa may not have heard: it learns of no message of danger, and of no news of a talk."""
        with self._store.read(of_conversation(message.conversation)) as work:
            conversation = work.conversations.get(message.conversation)
            asked = asked_in_news(work, conversation, message)
            return ({} if asked is None else {ASKS: asked}) | {
                # Then a bare "ja" is no answer to what Rasa asked before.
                "interrupted": work.turns.comes_after_another(message),
                "role": conversation.writer,
            }

    def _abandoned(self) -> list[str]:
        with self._store.read(Across("messages without an answer are looked for in every municipality")) as work:
            return work.turns.abandoned()

    def _begin(self, conversation: str, owner: str) -> Message | None:
        """What is to be answered first, by who has the lease from now on; None where another has it, or nothing is."""
        with self._store.write(of_conversation(conversation)) as work:
            return self._go_on(work, conversation, owner)

    def _go_on(self, work: Work, conversation: str, owner: str) -> Message | None:
        if not work.turns.lease(conversation, owner, self._lease):
            return None
        message = work.turns.next_unanswered(conversation)
        if message is None:
            work.turns.give_back(conversation, owner)
        return message

    def _give_back(self, conversation: str, owner: str) -> None:
        with self._store.write(of_conversation(conversation)) as work:
            work.turns.give_back(conversation, owner)

    def _waits(self, conversation: str) -> bool:
        with self._store.read(of_conversation(conversation)) as work:
            return work.turns.next_unanswered(conversation) is not None


def _about(turn: Turn | None, conversation: Conversation) -> str | None:
    """What the message was surely understood as. An answer for the plan is the plan's, whatever it sounds like."""
    return turn.intent or None if turn and turn.sure and conversation.asks != PLAN_QUESTION else None


def _age(message: Message) -> float:
    """Its seconds; none below zero where the clocks of two machines differ."""
    return max((datetime.now(UTC) - message.created_at).total_seconds(), 0.0)
