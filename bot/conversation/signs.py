"""Signs between a young person and whoever has their conversation: that one types, and what one has seen. ADR 0030."""

from datetime import UTC, datetime

from anyio.to_thread import run_sync

from bot.casework.conversations import Holder
from bot.casework.signs import NoSuchMessageError, Told
from bot.conversation.notices import Notices
from bot.conversation.own_conversations import held
from bot.conversation.sweeping import sweep
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.store.whose import Across, Town, of_conversation

LOOK_SECONDS = 10.0


class SignsBetween:
    """Takes the signs of both sides. Lives as long as the web process. Nothing of them is logged."""

    def __init__(self, store: Store, notices: Notices) -> None:
        self._store = store
        self._notices = notices

    async def of_young(self, conversation: str, told: Told) -> None:
        """What their page tells; while no human has the conversation nothing is kept of it.

        Raises ConversationNotFoundError.
        """
        if await run_sync(self._of_young, conversation, told):
            self._notices.tell(conversation)

    async def types(self, user: DeskUser, conversation: str, after: int | None = None) -> None:
        """Its holder types; `after` as the young person's page tells it.

        Raises ConversationNotFoundError, NotHolderError, NoSuchMessageError.
        """
        await run_sync(self._types, user, conversation, after)
        self._notices.tell(conversation)

    async def looks(self, user: DeskUser, conversation: str, seen: int) -> None:
        """Its holder has the message of that number on screen.

        Raises ConversationNotFoundError, NotHolderError, NoSuchMessageError.
        """
        await run_sync(self._looks, user, conversation, seen)
        self._notices.tell(conversation)

    async def sweep(self) -> None:
        """Takes away again and again what holds no more; runs until it is cancelled."""
        await sweep(self.look, LOOK_SECONDS, "signs of typing that are over")

    async def look(self) -> None:
        """Takes it away once."""
        await run_sync(self._forget)

    def _of_young(self, conversation: str, told: Told) -> bool:
        with self._store.read(of_conversation(conversation)) as work:
            # Of most chats nothing is to be kept: nobody who writes needs to wait for that.
            if work.conversations.get(conversation).holder is not Holder.HUMAN:
                return False
        with self._store.write(of_conversation(conversation)) as work:
            found = work.conversations.lock(conversation)
            if found.holder is not Holder.HUMAN:
                return False
            work.signs.keep(found, told, datetime.now(UTC))
        return True

    def _types(self, user: DeskUser, conversation: str, after: int | None) -> None:
        with self._store.write(Town(user.municipality)) as work:
            found = held(work, user, conversation)
            if after is not None and after < 0:
                raise NoSuchMessageError
            work.signs.human_types(found, datetime.now(UTC), after)

    def _looks(self, user: DeskUser, conversation: str, seen: int) -> None:
        with self._store.write(Town(user.municipality)) as work:
            found = held(work, user, conversation)
            if seen < 1:
                raise NoSuchMessageError
            work.looks.keep(found, user.id, seen)

    def _forget(self) -> None:
        with self._store.read(Across("signs that are over are forgotten in every municipality")) as work:
            if not work.signs.any_over(datetime.now(UTC)):
                return
        with self._store.write(Across("signs that are over are forgotten in every municipality")) as work:
            work.signs.forget_over(datetime.now(UTC))
