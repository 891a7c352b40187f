"""What maintainers do with what was found, and what is taken in as the web process takes it in."""

from uuid import uuid4

from sqlalchemy import func, select

from bot.casework.conversations import Draft, Sender
from bot.casework.misread import Verdict
from bot.casework.rights import Role
from bot.conversation.arrival import Arrival, Received, Reception
from bot.municipality.towns import load_municipalities
from bot.review.reviewing import decide
from bot.safety.reader import danger_reader
from bot.safety.replies_by_tongue import shipped_replies_by_tongue
from bot.safety.screen import shipped_screen
from bot.store.people import DeskUser
from bot.store.review_tables import found_messages, found_opinions
from bot.store.store import Store
from tests.support.desk import YoungPerson, add_caseworker
from tests.support.the_tests import THE_TESTS


def maintainer(store: Store, name: str, municipality: str = "eksempel") -> DeskUser:
    add_caseworker(store, municipality, name, [Role.MAINTAINER])
    with store.read(THE_TESTS) as work:
        user = work.people.user(name)
    assert user
    return user


def rows(store: Store) -> list[int]:
    with store.read(THE_TESTS) as work:
        counts = [
            work._connection.scalar(select(func.count()).select_from(t)) for t in (found_messages, found_opinions)
        ]
    return [count or 0 for count in counts]


def noted(store: Store) -> list[str]:
    with store.read(THE_TESTS) as work:
        return [entry.action for entry in work.people.noted("eksempel") if entry.action.endswith("_group")]


def arrives(store: Store, young: YoungPerson, text: str) -> Received:
    """Takes this in as the web process does."""
    reception = Reception(shipped_screen(), shipped_replies_by_tongue(), danger_reader())
    with store.write(THE_TESTS) as work:
        heard = reception.hear(Arrival(str(uuid4()), text))
        return reception.receive(work, young.id, heard, load_municipalities()["eksempel"])


def answers(store: Store, to: Received) -> None:
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(to.conversation.id)
        work.conversations.append(found, [Draft(Sender.BOT, "Ja.", final=True, reply_to=to.message.sequence)])


def corrects(store: Store, user: DeskUser, name: str, label: str = "money_debt") -> bool:
    return decide(store, user, name, Verdict.CORRECT, [label])
