"""What a young person can do with a conversation: open it, write, read, be reached, and erase it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import monotonic
from uuid import uuid4

from anyio.to_thread import run_sync

from bot.casework.bookings import Contact
from bot.casework.conversations import Holder, Message
from bot.casework.nudges import ask_for_nudge
from bot.casework.reminders import Address
from bot.casework.signs import NO_SIGNS, Signs
from bot.conversation.agent_names import NOBODY, agents_for
from bot.conversation.answers import level_of
from bot.conversation.arrival import Arrival, Heard, Received, Reception
from bot.conversation.booking_words import with_words
from bot.conversation.contacts import keep_contact
from bot.conversation.erasing import TalksToCome, erase
from bot.conversation.hearing import ChatClosedError, Hearing
from bot.conversation.notices import Notices, queue_topic
from bot.conversation.opening import greeting
from bot.conversation.plan_words import with_plan
from bot.conversation.turns import Turns
from bot.conversation.typed_words import OpensTalk
from bot.conversation.vectors import Vectors
from bot.language.tongue import tongue_of_locale
from bot.metrics import DANGERS, MESSAGES, Stage, timed
from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.store.whose import Town, of_conversation


class UnknownMunicipalityError(Exception):
    """No municipality has this slug, or it was never added to the store."""


class WrongTokenError(Exception):
    """The token does not open this conversation; the same whether it is wrong or the conversation is gone."""


@dataclass(frozen=True)
class Opened:
    """A new conversation; the token is told once and kept as a digest only."""

    id: str
    token: str
    messages: list[Message]


@dataclass(frozen=True)
class State:
    """Who answers, the place in the queue for one who waits, and the signs of a human who answers."""

    holder: Holder
    queue_position: int | None
    signs: Signs = NO_SIGNS


class Conversations:
    """The conversations of this installation. Lives as long as the web process."""

    def __init__(
        self,
        store: Store,
        hearing: Hearing,
        vectors: Vectors,
        turns: Turns,
        notices: Notices,
        municipalities: Mapping[str, Municipality],
    ) -> None:
        self._store = store
        self._hearing = hearing
        self._vectors = vectors
        self._turns = turns
        self._notices = notices
        self._municipalities = municipalities

    async def open(self, municipality: str, locale: str) -> Opened:
        """Begins a conversation with the bot's greeting. Raises ChatClosedError, UnknownMunicipalityError."""
        if not self._hearing.is_open:
            raise ChatClosedError
        return await run_sync(self._open, municipality, locale)

    async def authorize(self, conversation: str, token: str) -> None:
        """Raises WrongTokenError unless the token opens the conversation."""
        if not await run_sync(self._opens, conversation, token):
            raise WrongTokenError

    async def receive(self, conversation: str, arrival: Arrival, opens: OpensTalk | None = None) -> Message:
        """Takes a message in and sees to its answer; the same `client_id` again changes nothing.

        Three words of a talk that are typed in it are given to `opens`.
        Raises ChatClosedError, ConversationNotFoundError, PayloadNotOfferedError.
        """
        reception = self._hearing.reception
        named = arrival.text is not None
        agents = await run_sync(agents_for, self._store, conversation, self._municipalities) if named else NOBODY
        with timed(Stage.HEAR):
            heard = await run_sync(reception.hear, arrival, agents)
        if opens:
            heard = await self._with_words_looked_up(conversation, heard, opens)
        with timed(Stage.KEEP):
            received = await run_sync(self._receive, reception, conversation, heard)
        if received.fresh:
            _count(received.message)
        # Also when it came before: whoever took it in may have died before it could tell.
        self._notices.tell(conversation, queue_topic(received.conversation.municipality))
        if not received.message.answered:
            if received.fresh and heard.meaning is not None:
                self._vectors.keep(received.message, heard.meaning.vector)
            if received.given:
                self._turns.keep_given(received.message, received.given)
            self._turns.start(conversation)
        return received.message

    async def help_unkept(self, arrival: Arrival) -> str | None:
        """As `Reception.help_unkept`. Raises ChatClosedError."""
        return await run_sync(self._hearing.reception.help_unkept, arrival)

    async def messages(self, conversation: str, after: int) -> tuple[list[Message], State]:
        """What is newer than `after`, and who answers now. Raises ConversationNotFoundError."""
        return await run_sync(self._messages, conversation, after)

    async def wait_for_messages(self, conversation: str, after: int, seconds: float) -> tuple[list[Message], State]:
        """As `messages`, but waits up to this long for something new."""
        deadline = monotonic() + seconds
        with self._notices.listen(conversation) as bell:
            found = await self.messages(conversation, after)
            while not found[0] and (left := deadline - monotonic()) > 0:
                await bell.heard(self._notices.patience(left))
                found = await self.messages(conversation, after)
        return found

    async def keep_contact(self, conversation: str, contact: Contact) -> None:
        """Keeps how somebody can be reached, encrypted. Raises ConversationNotFoundError."""
        await run_sync(self._keep_contact, conversation, contact)
        self._notices.tell(conversation)

    async def write_when_taken(self, conversation: str, address: Address) -> None:
        """Writes there when a human takes it. Raises ConversationNotFoundError, NotWaitingError."""
        await run_sync(self._write_when_taken, conversation, address)

    async def erase(self, conversation: str, talks: TalksToCome = TalksToCome.KEEP) -> None:
        """Takes all content away at once. Raises ConversationNotFoundError."""
        erased = await run_sync(erase, self._store, conversation, talks)
        self._turns.forget_given(conversation)
        self._notices.tell(conversation, queue_topic(erased.municipality))

    def _open(self, municipality: str, locale: str) -> Opened:
        if municipality not in self._municipalities:
            raise UnknownMunicipalityError(municipality)
        conversation, token = str(uuid4()), secrets.token_urlsafe(32)
        with self._store.write(Town(municipality)) as work:
            if municipality not in work.people.municipalities():
                raise UnknownMunicipalityError(municipality)
            tongue = tongue_of_locale(locale)
            work.conversations.open(conversation, municipality, tongue.value, token)
            first = greeting(tongue, self._municipalities[municipality].welcome)
            messages = work.conversations.append(work.conversations.get(conversation), [first])
        return Opened(conversation, token, messages)

    def _opens(self, conversation: str, token: str) -> bool:
        with self._store.read(of_conversation(conversation)) as work:
            return work.conversations.opens(conversation, token)

    async def _with_words_looked_up(self, conversation: str, heard: Heard, opens: OpensTalk) -> Heard:
        words = heard.masked.code
        if words is None or not await run_sync(self._may_open, conversation, heard.arrival.client_id):
            return heard
        return replace(heard, opened=await opens(words))

    def _may_open(self, conversation: str, client_id: str) -> bool:
        """Whether words in it are looked up: not again when it is sent again, and not beside a human."""
        with self._store.read(of_conversation(conversation)) as work:
            held = work.conversations.get(conversation).holder is Holder.HUMAN
            return not held and work.conversations.by_client_id(conversation, client_id) is None

    def _receive(self, reception: Reception, conversation: str, heard: Heard) -> Received:
        with self._store.write(of_conversation(conversation)) as work:
            municipality = self._municipalities[work.conversations.get(conversation).municipality]
            return reception.receive(work, conversation, heard, municipality)

    def _messages(self, conversation: str, after: int) -> tuple[list[Message], State]:
        with self._store.read(of_conversation(conversation)) as work:
            # Left on another page: what is still open here must not go on.
            found, last = work.conversations.in_session(conversation)
            # Before the signs: one that a message has ended must not be told after it.
            fresh = work.conversations.after(conversation, after) if last > after else []
            messages, now = with_words(work, fresh), datetime.now(UTC)
            state = State(found.holder, work.waiting.place(found, now), work.signs.of_human(found, now))
            return with_plan(work, conversation, messages), state

    def _write_when_taken(self, conversation: str, address: Address) -> None:
        with self._store.write(of_conversation(conversation)) as work:
            ask_for_nudge(work, work.conversations.lock(conversation), address, datetime.now(UTC))

    def _keep_contact(self, conversation: str, contact: Contact) -> None:
        with self._store.write(of_conversation(conversation)) as work:
            keep_contact(work, work.conversations.lock(conversation), contact)


def _count(message: Message) -> None:
    MESSAGES.inc()
    if level := level_of(message):
        DANGERS.labels(level).inc()
