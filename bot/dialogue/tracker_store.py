"""Keeps Rasa's trackers in our own store, so that they end with the conversation."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

from bot.casework.conversations import ConversationNotFoundError
from bot.dialogue.fence import must_be_open
from bot.dialogue.tracker_document import from_document, to_document
from bot.settings import load_settings
from bot.store.store import Store
from bot.store.whose import Across, of_conversation


class StoredTrackers(TrackerStore):
    """Rasa's tracker store over ours: one short document a conversation, none for an erased one.

    Named in endpoints.yml; Rasa gives `host`, `event_broker` and the keys of that file. Raises StoreUnreachableError
    on every use without a store.
    """

    def __init__(
        self,
        domain: Domain | None,
        host: str | None = None,  # noqa: ARG002 -- Rasa passes it
        event_broker: EventBroker | None = None,
        store: Store | None = None,
        **_keys: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        self._store = store or _store_of_settings()
        self._read_in_turn: ContextVar[dict[str, DialogueStateTracker] | None] = ContextVar("read", default=None)

    @contextmanager
    def one_turn(self) -> Iterator[None]:
        """Within it each conversation is read once: whoever asks again is given the same tracker, as it is by now.

        A conversation has one turn at a time, by its lease in the store, so that nobody else changes it meanwhile.
        """
        token = self._read_in_turn.set({})
        try:
            yield
        finally:
            self._read_in_turn.reset(token)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Replaces what was kept. Does nothing for a conversation that does not exist, or no longer does.

        Raises TurnOverError for a turn that has hung until another was taken for its message.
        """
        if (read := self._read_in_turn.get()) is not None:
            read[tracker.sender_id] = tracker
        document = to_document(tracker, self.domain)
        await asyncio.to_thread(self._put, tracker.sender_id, document)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as it was saved, None for a new one."""
        read = self._read_in_turn.get()
        if read is not None and sender_id in read:
            return read[sender_id]
        document = await asyncio.to_thread(self._get, sender_id)
        if document is None:
            return None
        tracker = DialogueStateTracker.from_events(sender_id, from_document(document), slots=self.domain.slots)
        if read is not None:
            read[sender_id] = tracker
        return tracker

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:  # noqa: FBT001, FBT002 -- Rasa's signature
        """A new tracker, not yet saved: that is done once, when the turn ends."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    def must_be_open(self) -> None:
        """Raises TurnOverError where the message of this turn wants no answer any more."""
        with self._store.read(Across("the turn under way is asked for, by its own number")) as work:
            must_be_open(work)

    def _put(self, conversation: str, document: str) -> None:
        with self._store.write(of_conversation(conversation)) as work:
            try:
                work.conversations.lock(conversation)
            except ConversationNotFoundError:
                return
            must_be_open(work)
            work.trackers.put(conversation, document)

    def _get(self, conversation: str) -> str | None:
        with self._store.read(of_conversation(conversation)) as work:
            return work.trackers.get(conversation)


def _store_of_settings() -> Store:
    settings = load_settings()
    return Store(settings.store_url, settings.key())
