"""People at the desk who were last there some time ago, and what they hold."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from bot.casework.conversations import Conversation, Message
from bot.casework.handoffs import claim
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.store.tables import conversations, desk_sessions, messages
from bot.web.desk.sessions import NewSession, start_session
from tests.support.desk import YoungPerson
from tests.support.the_tests import THE_TESTS


@dataclass(frozen=True)
class AtWork:
    """Somebody who is signed in, once."""

    store: Store
    user: DeskUser
    session: NewSession

    def takes(self, young: YoungPerson) -> None:
        with self.store.write(THE_TESTS) as work:
            claim(work.queue, young.id, self.user.id, datetime.now(UTC))

    def was_seen(self, ago: timedelta) -> None:
        """Shows no sign of life since then."""
        with self.store.write(THE_TESTS) as work:
            own = desk_sessions.c.desk_user == self.user.id
            work._connection.execute(update(desk_sessions).where(own).values(seen_at=datetime.now(UTC) - ago))


def at_work(store: Store, name: str) -> AtWork:
    with store.read(THE_TESTS) as work:
        user = work.people.user(name)
    assert user
    return AtWork(store, user, start_session(store, user, 3600))


def minutes_pass(young: YoungPerson, minutes: int) -> None:
    """All that has happened in the conversation was so much earlier."""
    ago = timedelta(minutes=minutes)
    with young.store.write(THE_TESTS) as work:
        found = work._connection.execute(conversations.select().where(conversations.c.id == young.id)).mappings().one()
        earlier = {
            name: found[name] - ago
            for name in ("waiting_since", "held_since", "waited_since", "back_at")
            if found[name]
        }
        work._connection.execute(update(conversations).where(conversations.c.id == young.id).values(**earlier))
        for message in work.conversations.after(young.id, 0):
            own = (messages.c.conversation == young.id, messages.c.sequence == message.sequence)
            work._connection.execute(update(messages).where(*own).values(created_at=message.created_at - ago))


def now_of(young: YoungPerson) -> tuple[Conversation, Message]:
    """The conversation and its last message."""
    with young.store.read(THE_TESTS) as work:
        return work.conversations.get(young.id), work.conversations.after(young.id, 0)[-1]
