"""What a caseworker takes out of a conversation: a copy for the journal, and that they report a concern."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from anyio.to_thread import run_sync

from bot.casework.conversations import Conversation, Message
from bot.casework.journal import TAKEN, Chosen, ChosenGoneError, NothingChosenError
from bot.casework.notes import Note
from bot.casework.plans import Plan
from bot.casework.readers import CHAT, PLAN, READ_BY
from bot.casework.reports import REPORT, NotConfirmedError, ReportNotAllowedError
from bot.conversation.disclosure import Disclosed, disclose, is_open
from bot.conversation.notices import Notices
from bot.conversation.own_conversations import own
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.store.whose import Town

SECOND_CLICK = timedelta(minutes=1)


@dataclass(frozen=True)
class Taken:
    """What was ticked and may be read."""

    conversation: Conversation
    messages: Sequence[Message]
    notes: Sequence[Note]
    plan: Plan | None


class DeskJournal:
    """Both are noted in the audit log, and no word of either. Lives as long as the web process."""

    def __init__(self, store: Store, notices: Notices) -> None:
        self._store = store
        self._notices = notices

    async def take(self, user: DeskUser, conversation: str, chosen: Chosen) -> Taken:
        """Noted as "journal:12", with how many messages. Raises ConversationNotFoundError, NothingChosenError,
        ChosenGoneError.
        """
        return await run_sync(self._take, user, conversation, chosen)

    async def report(self, user: DeskUser, conversation: str, *, confirmed: bool) -> None:
        """Notes that one is being made; a second click notes nothing.

        Raises ConversationNotFoundError, ReportNotAllowedError, NotConfirmedError.
        """
        await run_sync(self._report, user, conversation, confirmed)
        self._notices.tell(conversation)

    def _take(self, user: DeskUser, conversation: str, chosen: Chosen) -> Taken:
        with self._store.write(Town(user.municipality)) as work:
            seen = disclose(work, user, own(work, user, conversation, lock=True))
            if chosen.is_empty:
                raise NothingChosenError
            taken = _taken(seen, chosen)
            work.people.note(user, f"{TAKEN}:{len(taken.messages)}", conversation)
            parts = {CHAT: bool(taken.messages), PLAN: taken.plan is not None}
            for action in seen.reads():
                if parts.get(READ_BY[action]):
                    # Its young person is told of who has read, and this is how it was.
                    work.people.note(user, action, conversation)
            return taken

    def _report(self, user: DeskUser, conversation: str, confirmed: bool) -> None:  # noqa: FBT001 -- as it is passed on
        with self._store.write(Town(user.municipality)) as work:
            if not is_open(work, own(work, user, conversation, lock=True)):
                raise ReportNotAllowedError
            if not confirmed:
                raise NotConfirmedError
            if REPORT not in work.people.noted_since(user, conversation, datetime.now(UTC) - SECOND_CLICK):
                work.people.note(user, REPORT, conversation)


def _taken(seen: Disclosed, chosen: Chosen) -> Taken:
    messages = [one for one in seen.messages if chosen.every or one.sequence in chosen.messages]
    notes = [one for one in seen.notes or () if one.id in chosen.notes and not one.is_struck]
    plan = seen.plan if chosen.plan else None
    if {one.sequence for one in messages} < chosen.messages or len(notes) < len(chosen.notes):
        raise ChosenGoneError
    if (chosen.plan and plan is None) or (chosen.every and not messages):
        raise ChosenGoneError
    return Taken(seen.conversation, messages, notes, plan)
