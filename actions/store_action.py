"""The frame of every action that reads or writes the store."""

import asyncio
import logging
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.store.database import StoreUnreachableError

logger = logging.getLogger(__name__)

Events = list[dict[str, Any]]


class StoreAction(Action, ABC):
    """Runs `act` in a thread of its own, so that one who waits for the store holds nobody else up."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:  # noqa: ARG002 -- rasa-sdk's signature
        """What `act` gives, or kind words and `without_store` when the store cannot be reached."""
        try:
            return await asyncio.to_thread(self.act, dispatcher, tracker)
        except StoreUnreachableError as error:
            logger.warning("%s: %s", self.name(), error)
            return self.without_store(dispatcher, tracker)

    @abstractmethod
    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Says what there is to say and returns Rasa's events. May raise StoreUnreachableError."""

    def without_store(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:  # noqa: ARG002 -- for those that override it
        """Events that leave the conversation where it was."""
        dispatcher.utter_message(response="utter_store_unreachable")
        return []
