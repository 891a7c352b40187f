"""What caseworkers write to each other about a conversation, each as a line of the audit log without the words."""

from datetime import UTC, datetime, timedelta

from anyio.to_thread import run_sync

from bot.casework.conversations import Conversation, ConversationNotFoundError
from bot.casework.notes import Note, NoteNotAllowedError, NoteNotFoundError, checked, corrected
from bot.conversation.disclosure import is_open
from bot.conversation.notices import Notices
from bot.conversation.own_conversations import own
from bot.privacy.mask import NEEDED_BY_NOBODY, mask
from bot.store.people import DeskUser
from bot.store.store import Store, Work
from bot.store.whose import Town

# The same words again so soon are a second press, or a retry after a line that was cut.
SECOND_CLICK = timedelta(minutes=1)


class DeskNotes:
    """CPR, card and account numbers are hidden in them as in a message. Lives as long as the web process."""

    def __init__(self, store: Store, notices: Notices) -> None:
        self._store = store
        self._notices = notices

    async def add(self, user: DeskUser, conversation: str, text: str) -> None:
        """Raises ConversationNotFoundError, NoteNotAllowedError, BadNoteError."""
        await run_sync(self._add, user, conversation, text)
        self._notices.tell(conversation)

    async def correct(self, user: DeskUser, number: int, text: str, seen: int) -> str:
        """`seen`: the revision that is corrected. The id of its conversation.

        Raises NoteNotFoundError, NotAuthorError, NoteChangedError, BadNoteError.
        """
        conversation = await run_sync(self._correct, user, number, text, seen)
        self._notices.tell(conversation)
        return conversation

    async def strike(self, user: DeskUser, number: int, seen: int) -> str:
        """Its words are gone at once. Raises NoteNotFoundError, NotAuthorError, NoteChangedError."""
        conversation = await run_sync(self._correct, user, number, None, seen)
        self._notices.tell(conversation)
        return conversation

    def _add(self, user: DeskUser, conversation: str, text: str) -> None:
        with self._store.write(Town(user.municipality)) as work:
            found = own(work, user, conversation, lock=True)
            if not is_open(work, found):
                raise NoteNotAllowedError
            words, now = _masked(text), datetime.now(UTC)
            if any(_is_second_click(note, user, words, now) for note in work.notes.of(conversation)):
                return
            work.notes.add(found, user.id, words, now)
            work.people.note(user, "note", conversation)

    def _correct(self, user: DeskUser, number: int, text: str | None, seen: int) -> str:
        with self._store.write(Town(user.municipality)) as work:
            found = _locked(work, user, work.notes.get(number))
            # Only now nobody else changes it.
            note, words = work.notes.get(number), None if text is None else _masked(text)
            work.notes.change(corrected(note, user.id, words, seen, datetime.now(UTC)))
            work.people.note(user, "strike_note" if text is None else "correct_note", found.id)
            return found.id


def _is_second_click(note: Note, user: DeskUser, words: str, now: datetime) -> bool:
    return note.author == user.id and note.text == words and note.written_at > now - SECOND_CLICK


def _masked(text: str) -> str:
    return mask(checked(text), NEEDED_BY_NOBODY).text


def _locked(work: Work, user: DeskUser, note: Note) -> Conversation:
    """The conversation of a note that this caseworker may read. Raises NoteNotFoundError."""
    try:
        found = own(work, user, note.conversation, lock=True)
    except ConversationNotFoundError:
        raise NoteNotFoundError from None
    if not is_open(work, found):
        raise NoteNotFoundError
    return found
