"""What a caseworker can do with a conversation: read it, take it, write in it, hand it back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from anyio.to_thread import run_sync

from bot.casework.conversations import (
    AlreadyClaimedError,
    Conversation,
    Danger,
    Holder,
    Message,
)
from bot.casework.handoffs import claim, release, take_over
from bot.casework.lowering import Wish, decided
from bot.casework.presence import Patience
from bot.casework.readers import READ_REASONS
from bot.conversation.chat_talks import ChatTalk, chat_talks
from bot.conversation.closing import goodbye, keep_agreed
from bot.conversation.desk_queue import DeskQueue, Needing, desk_queue, needing, reader_of
from bot.conversation.desk_sending import send
from bot.conversation.desk_work import notice, take_danger
from bot.conversation.disclosure import Disclosed, disclose
from bot.conversation.notices import Notices, queue_topic
from bot.conversation.own_conversations import held, own
from bot.conversation.sentences import GONE, HANDED_BACK, TAKEN
from bot.conversation.tally import count_claim, count_handed_back
from bot.municipality.towns import Municipality
from bot.privacy.mask import NEEDED_BY_NOBODY, mask
from bot.store.people import DeskUser
from bot.store.store import Store, Work
from bot.store.whose import Town

MOMENT = timedelta(minutes=5)
"""A page that is followed, or that asks again and again, is noted once in this time."""


class DeskConversations:
    """Conversations as the desk of one municipality sees them; all else does not exist for it."""

    def __init__(
        self,
        store: Store,
        notices: Notices,
        towns: Mapping[str, Municipality] | None = None,
        patience: Patience | None = None,
    ) -> None:
        """Without `towns` no team has a name. `patience`: how long who holds a conversation is waited for."""
        self._store = store
        self._notices = notices
        self._towns = towns or {}
        self._patience = (patience or Patience()).unanswered

    async def queue(self, user: DeskUser, most: int | None = None) -> list[Conversation]:
        """Who waits, in the order in which they are to be taken, and then who is held: so many of each, or all."""
        return await run_sync(self._queue, user, most)

    async def look(self, user: DeskUser, most: int) -> DeskQueue:
        """The queue as far as a page shows it: `most` of those who wait, and of those whom others have."""
        return await run_sync(self._look, user, most)

    async def needing(self, user: DeskUser) -> Needing:
        """Who needs a human now, without the queue."""
        return await run_sync(self._needing, user)

    async def read(self, user: DeskUser, conversation: str) -> Disclosed:
        """All that this caseworker may see. Raises ConversationNotFoundError. Is noted in the audit log."""
        return await run_sync(self._read, user, conversation)

    async def newer(self, user: DeskUser, conversation: str, after: int) -> Disclosed:
        """What came since a look that was noted. Raises ConversationNotFoundError."""
        return await run_sync(self._newer, user, conversation, after)

    async def raised_by(self, user: DeskUser, conversation: str) -> Message | None:
        """The message that raised it. Raises ConversationNotFoundError. Is noted in the audit log."""
        return await run_sync(self._raised_by, user, conversation)

    async def note(self, user: DeskUser, conversation: str, actions: Sequence[str]) -> None:
        """Adds acts on a conversation to the audit log, but for those noted a moment ago.

        Raises ConversationNotFoundError.
        """
        await run_sync(self._note, user, conversation, actions)

    async def chat_talks(self, user: DeskUser) -> Sequence[ChatTalk]:
        """The talks in the chat that can be begun now, while the bot answers there, soonest first."""
        return await run_sync(self._chat_talks, user)

    async def claim(self, user: DeskUser, conversation: str) -> None:
        """Takes one that waits, or that has a talk in the chat now.

        Raises ConversationNotFoundError, AlreadyClaimedError.
        """
        await run_sync(self._claim, user, conversation)
        self._tell(user, conversation)

    async def say(self, user: DeskUser, conversation: str, text: str, client_id: UUID | None = None) -> Message:
        """CPR, card and account numbers are hidden in it; the same `client_id` again changes nothing.

        Raises ConversationNotFoundError, NotHolderError, MessageDiffersError.
        """
        message = await run_sync(self._say, user, conversation, text, client_id)
        self._tell(user, conversation)
        return message

    async def take_over(self, user: DeskUser, conversation: str) -> None:
        """For when a colleague cannot go on. Raises ConversationNotFoundError, NotHeldError."""
        await run_sync(self._take_over, user, conversation)
        self._tell(user, conversation)

    async def calm(self, user: DeskUser, conversation: str, wish: Wish) -> Danger:
        """Lowers the danger for a reason; what is left of it.

        Raises ConversationNotFoundError, NotHolderError, BadLoweringError, NotLowerError, DangerRoseError.
        """
        left = await run_sync(self._calm, user, conversation, wish)
        self._tell(user, conversation)
        return left

    async def release(self, user: DeskUser, conversation: str, agreed: str = "") -> None:
        """Hands it back to the bot, which says what was `agreed` and keeps it in the plan.

        Raises ConversationNotFoundError, NotHolderError, TextTooLongError.
        """
        await run_sync(self._release, user, conversation, agreed)
        self._tell(user, conversation)

    async def close(self, user: DeskUser, conversation: str, agreed: str = "") -> None:
        """Does the same and says goodbye; nothing is erased.

        Raises ConversationNotFoundError, NotHolderError, TextTooLongError.
        """
        await run_sync(self._close, user, conversation, agreed)
        self._tell(user, conversation)

    def _tell(self, user: DeskUser, conversation: str) -> None:
        self._notices.tell(conversation, queue_topic(user.municipality))

    def _queue(self, user: DeskUser, most: int | None) -> list[Conversation]:
        with self._store.read(Town(user.municipality)) as work:
            line = work.waiting.line(user.municipality, datetime.now(UTC), most, reader_of(user))
            return [*line.first, *work.waiting.held(user.municipality, most=most)]

    def _look(self, user: DeskUser, most: int) -> DeskQueue:
        with self._store.read(Town(user.municipality)) as work:
            town = self._towns.get(user.municipality)
            return desk_queue(work, user, most, datetime.now(UTC), town.teams if town else {}, self._patience)

    def _needing(self, user: DeskUser) -> Needing:
        with self._store.read(Town(user.municipality)) as work:
            return needing(work, user, self._patience)

    def _read(self, user: DeskUser, conversation: str) -> Disclosed:
        with self._store.write(Town(user.municipality)) as work:
            seen = disclose(work, user, own(work, user, conversation, lock=True))
            for action in seen.reads() or ["open"]:
                work.people.note(user, action, conversation)
            return seen

    def _raised_by(self, user: DeskUser, conversation: str) -> Message | None:
        with self._store.write(Town(user.municipality)) as work:
            seen = disclose(work, user, own(work, user, conversation, lock=True))
            if seen.raised_by:
                work.people.note(user, READ_REASONS, conversation)
            return seen.raised_by

    def _newer(self, user: DeskUser, conversation: str, after: int) -> Disclosed:
        with self._store.read(Town(user.municipality)) as work:
            return disclose(work, user, own(work, user, conversation), after)

    def _note(self, user: DeskUser, conversation: str, actions: Sequence[str]) -> None:
        with self._store.write(Town(user.municipality)) as work:
            # Locked, so that nothing is noted of what was just erased.
            own(work, user, conversation, lock=True)
            lately = work.people.noted_since(user, conversation, datetime.now(UTC) - MOMENT)
            for action in actions:
                if action not in lately:
                    work.people.note(user, action, conversation)

    def _chat_talks(self, user: DeskUser) -> Sequence[ChatTalk]:
        with self._store.read(Town(user.municipality)) as work:
            return chat_talks(work, user.municipality, datetime.now(UTC))

    def _claim(self, user: DeskUser, conversation: str) -> None:
        with self._store.read(Town(user.municipality)) as work:
            # Of many who press at once all but one come too late: they need not wait for each other to hear it.
            if own(work, user, conversation).holder is Holder.HUMAN:
                raise AlreadyClaimedError
        with self._store.write(Town(user.municipality)) as work:
            found = own(work, user, conversation, lock=True)
            claim(work.queue, conversation, user.id, datetime.now(UTC))
            count_claim(work, found, work.dangers.take(conversation, user.id), datetime.now(UTC))
            work.people.note(user, "claim", conversation)
            notice(work, found, TAKEN, name=user.shown_name)
            if found.holder is Holder.BOT and not work.conversations.has_session(conversation):
                # Of whoever left while they waited, or with a human, it was told then.
                notice(work, found, GONE)

    def _take_over(self, user: DeskUser, conversation: str) -> None:
        with self._store.write(Town(user.municipality)) as work:
            found = own(work, user, conversation, lock=True)
            take_over(work.queue, conversation, user.id)
            take_danger(work, user, found)
            work.people.note(user, "take_over", conversation)
            if found.held_by != user.id:
                notice(work, found, TAKEN, name=user.shown_name)

    def _calm(self, user: DeskUser, conversation: str, wish: Wish) -> Danger:
        with self._store.write(Town(user.municipality)) as work:
            found = held(work, user, conversation)
            decision = decided(wish, found, work.dangers.newest(conversation))
            if decision is None:
                return found.danger
            work.conversations.calm(conversation, decision.level)
            words = mask(decision.words, NEEDED_BY_NOBODY).text
            work.lowerings.add(found, replace(decision, words=words), user.id, datetime.now(UTC))
            take_danger(work, user, found)
            work.people.note(user, "calm", conversation)
            return work.conversations.get(conversation).danger

    def _say(self, user: DeskUser, conversation: str, text: str, client_id: UUID | None) -> Message:
        with self._store.write(Town(user.municipality)) as work:
            return send(work, user, conversation, text, client_id)

    def _release(self, user: DeskUser, conversation: str, agreed: str) -> None:
        with self._store.write(Town(user.municipality)) as work:
            found = held(work, user, conversation)
            # Before it is the bot's again, so that whoever handed it back can read what was said.
            keep_agreed(work, found, agreed)
            _hand_back(work, user, found)
            work.people.note(user, "release", conversation)
            notice(work, found, HANDED_BACK)

    def _close(self, user: DeskUser, conversation: str, agreed: str) -> None:
        with self._store.write(Town(user.municipality)) as work:
            found = held(work, user, conversation)
            keep_agreed(work, found, agreed)
            work.conversations.append(found, goodbye(work, found))
            _hand_back(work, user, found)
            work.people.note(user, "close", conversation)


def _hand_back(work: Work, user: DeskUser, found: Conversation) -> None:
    release(work.queue, found.id, user.id)
    # Nobody is there any more to take note of it.
    work.handovers.forget(found.id)
    work.looks.forget(found.id)
    take_danger(work, user, found)
    count_handed_back(work, found, datetime.now(UTC))
