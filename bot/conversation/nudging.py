"""Tells whoever asked for it, by a message to their phone or mailbox, that a human has taken their conversation."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from anyio.to_thread import run_sync

from bot.casework.conversations import Conversation, ConversationNotFoundError, Holder
from bot.casework.nudges import next_try
from bot.casework.reminders import Address
from bot.conversation.desk_work import notice
from bot.conversation.notices import Notices
from bot.conversation.post import Post, PostError
from bot.conversation.reminding import now_in_utc
from bot.conversation.sentences import Sentence, tongue_in
from bot.conversation.sweeping import sweep
from bot.store.nudges import Nudge
from bot.store.store import Store
from bot.store.vault import VaultError
from bot.store.whose import Across, Town

log = logging.getLogger(__name__)

LOOK_SECONDS = 3.0

# Whoever else sees the phone must not learn from it what it is about, nor with whom.
NUDGE = Sentence("Du har et svar. Åbn siden, hvor du skrev.", "You have an answer. Open the page where you wrote.")
SENT = Sentence(
    "Der er sendt en besked om, at der er svar her. Adressen er slettet igen.",
    "A message was sent that there is an answer here. The address is deleted again.",
)
NOT_SENT = Sentence(
    "Beskeden om svar her kunne ikke sendes. Adressen er slettet igen.",
    "The message that there is an answer here could not be sent. The address is deleted again.",
)
PERHAPS_SENT = Sentence(
    "Beskeden om svar her blev måske ikke sendt. Adressen er slettet igen.",
    "The message that there is an answer here was perhaps not sent. The address is deleted again.",
)


class Nudging:
    """Lives as long as the web process; several may run beside each other.

    Each is marked before it is sent: where a process dies in between, it is not sent again, for it may have arrived.
    """

    def __init__(self, store: Store, post: Post, notices: Notices, clock: Callable[[], datetime] = now_in_utc) -> None:
        self._store = store
        self._post = post
        self._notices = notices
        self._now = clock

    async def sweep(self) -> None:
        """Looks again and again; runs until it is cancelled."""
        await sweep(self.look, LOOK_SECONDS, "those who asked to be told that a human is there")

    async def look(self) -> None:
        """Sends everything that is due, once. Raises StoreUnreachableError."""
        unclear, due = await run_sync(self._due)
        self._notices.tell(*unclear)
        for nudge in due:
            if await run_sync(self._try, nudge):
                self._notices.tell(nudge.conversation)

    def _due(self) -> tuple[Sequence[str], Sequence[Nudge]]:
        """The conversations in which it is told that one may have been sent, and what is to be sent now."""
        with self._store.read(Across("what is due is sent for every municipality")) as work:
            due, is_untidy = work.nudges.due(self._now()), work.nudges.is_untidy(self._now())
        if not is_untidy:
            return [], due
        with self._store.write(Across("what is due is sent for every municipality")) as work:
            unclear = work.nudges.tidy(self._now())
            for one in unclear:
                log.error("a message that a human is there may or may not have been sent: a process died meanwhile")
                notice(work, work.conversations.get(one), PERHAPS_SENT)
            return unclear, work.nudges.due(self._now())

    def _try(self, nudge: Nudge) -> bool:
        """Whether something is new in the conversation."""
        try:
            with self._store.write(Town(nudge.municipality)) as work:
                conversation = work.conversations.lock(nudge.conversation)
                if conversation.holder is not Holder.HUMAN:
                    return False  # they have gone since
                address = work.nudges.begin(nudge, self._now())
        except ConversationNotFoundError:
            return False  # erased since it was looked for
        except VaultError as error:
            return self._failed(nudge, error, None)
        return address is not None and self._send(nudge, conversation, address)

    def _send(self, nudge: Nudge, conversation: Conversation, address: Address) -> bool:
        try:
            self._post.send(address, NUDGE.said_in(tongue_in(conversation)))
        except PostError as error:
            return self._failed(nudge, error, next_try(nudge.tries + 1, self._now()))
        return self._end(nudge, SENT)

    def _failed(self, nudge: Nudge, error: Exception, until: datetime | None) -> bool:
        rest = "it is tried again" if until else "NOBODY WAS TOLD, and it is not tried any more"
        log.error("a message that a human is there, in %s, was %s; %s", nudge.municipality, error, rest)
        if until is None:
            return self._end(nudge, NOT_SENT)
        with self._store.write(Town(nudge.municipality)) as work:
            work.nudges.put_off(nudge, until)
        return False

    def _end(self, nudge: Nudge, said: Sentence) -> bool:
        """Forgets where it went; both sides are told what became of it, unless the conversation is gone."""
        with self._store.write(Town(nudge.municipality)) as work:
            try:
                notice(work, work.conversations.lock(nudge.conversation), said)
            except ConversationNotFoundError:
                return False
            work.nudges.forget(nudge.conversation)
        return True
