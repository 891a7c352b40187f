"""Whoever has waited long without a human is told so once, with another way to go: nobody is left in silence."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from anyio.to_thread import run_sync

from bot.casework.consent import OPENING_LEVEL
from bot.casework.conversations import Button, Conversation, ConversationNotFoundError, Draft, Kind, Sender
from bot.casework.talk_questions import BOOK
from bot.conversation.danger import presence_of
from bot.conversation.notices import Notices
from bot.conversation.sentences import Sentence, tongue_in
from bot.conversation.sweeping import sweep
from bot.conversation.wording import spoken
from bot.municipality.towns import Municipality
from bot.safety.replies import Presence
from bot.store.store import Store
from bot.store.whose import Across, of_conversation

LOOK_SECONDS = 15.0

BUSY = Sentence("Det tager længere tid, end vi gerne vil have.", "This takes longer than we would like.")
AWAY = Sentence("Der sidder ingen ved chatten lige nu.", "There is nobody at the chat right now.")
STILL = Sentence("Du står stadig i køen til et menneske.", "You are still in the queue for a human.")
ANOTHER_WAY = Sentence(
    "Du må gerne vente her. Du kan også booke en snak, eller se, hvem der kan hjælpe nu.",
    "You can wait here. You can also book a talk, or see who can help now.",
)
IN_DANGER = Sentence(
    "Er du i fare, så ring 112. Du kan også se, hvem du kan tale med nu.",
    "If you are in danger, call 112. You can also see who you can talk to now.",
)
WHO_HELPS = Sentence("Hvem kan hjælpe mig?", "Who can help me?")
BOOK_A_TALK = Sentence("Book en snak", "Book a talk")
WRITE_THEN = Sentence("Skriv, når nogen er der", "Write to me then")
HELPLINES, WRITE_TO_ME = "/network_helplines", "/handoff_write_to_me"


class LongWaits:
    """Looks for those who have waited long. Lives as long as the web process; several may look at once."""

    def __init__(
        self,
        store: Store,
        notices: Notices,
        towns: Mapping[str, Municipality],
        patience: timedelta,
        *,
        can_write: bool,
    ) -> None:
        """`can_write`: a message can be sent to who asks for one when somebody is there."""
        self._can_write = can_write
        self._store = store
        self._notices = notices
        self._towns = towns
        self._patience = patience

    async def sweep(self) -> None:
        """Looks again and again; runs until it is cancelled."""
        await sweep(self.look, LOOK_SECONDS, "those who have waited long")

    async def look(self) -> None:
        """Tells each who has waited long and was not told. Raises StoreUnreachableError."""
        for conversation in await run_sync(self._tell):
            self._notices.tell(conversation)

    def _tell(self) -> list[str]:
        now = datetime.now(UTC)
        with self._store.read(Across("whoever has waited long is told so, in every municipality")) as work:
            waiting = work.waiting.waiting_long(list(self._towns), now - self._patience)
        return [one for one in waiting if self._told(one, now)]

    def _told(self, conversation: str, now: datetime) -> bool:
        with self._store.write(of_conversation(conversation)) as work:
            try:
                found = work.conversations.lock(conversation)
            except ConversationNotFoundError:
                return False
            # Taken, or told by another process, since they were looked for.
            if not work.queue.tell_long_wait(conversation, now - self._patience, now):
                return False
            if not work.conversations.has_session(conversation):
                return False  # has left for good
            work.conversations.append(found, [self._draft(found, now)])
            return True

    def _draft(self, conversation: Conversation, now: datetime) -> Draft:
        tongue, in_danger = tongue_in(conversation), conversation.danger.level >= OPENING_LEVEL
        away = presence_of(conversation, self._towns[conversation.municipality], now) is Presence.AWAY
        said = (AWAY if away else BUSY).then(STILL).then(IN_DANGER if in_danger else ANOTHER_WAY)
        helps, books = Button(WHO_HELPS.said_in(tongue), HELPLINES), Button(BOOK_A_TALK.said_in(tongue), BOOK)
        writes = (Button(WRITE_THEN.said_in(tongue), WRITE_TO_ME),) if self._can_write else ()
        buttons = (helps, *writes) if in_danger else (helps, *writes, books)
        return Draft(Sender.BOT, said.said_in(tongue), kind=Kind.NOTICE, buttons=buttons, data=spoken(tongue))
