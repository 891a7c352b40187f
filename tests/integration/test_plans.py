"""A plan in the store, on SQLite and on PostgreSQL: sealed, one a conversation, gone with it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.casework.consent import Shared, give, take_back
from bot.casework.conversations import Draft, Message, Sender
from bot.casework.plans import Part, Plan, say
from bot.conversation.dialogue import Said
from bot.conversation.plan_words import with_plan
from bot.conversation.wording import from_plan_card
from bot.language.tongue import Tongue
from bot.store.plans import PLAN_PART
from bot.store.store import Store
from bot.store.tables import plans
from tests.support.the_tests import THE_TESTS

WORDS = "et værelse hvor jeg må have min hund"


@pytest.fixture
def written(store: Store) -> Message:
    """A message of a young person."""
    with store.write(THE_TESTS) as work:
        work.conversations.open("one", "eksempel", "da", "token")
        return work.conversations.append(work.conversations.lock("one"), [Draft(Sender.YOUNG, WORDS)])[0]


def keep(store: Store, plan: Plan) -> None:
    with store.write(THE_TESTS) as work:
        work.plans.put(work.conversations.lock("one"), plan)


def kept(store: Store) -> Plan:
    with store.read(THE_TESTS) as work:
        return work.plans.of("one")


def test_it_comes_back_as_it_was_kept_and_is_sealed_meanwhile(store: Store, written: Message) -> None:
    plan = say(Plan(), Part.HOME, written)
    keep(store, plan)
    assert kept(store) == plan
    with store._database.read() as connection:
        (sealed,) = connection.scalars(select(plans.c.sealed))
    assert WORDS.encode() not in sealed


def test_one_conversation_has_one_plan_and_another_has_its_own(store: Store, written: Message) -> None:
    keep(store, say(Plan(), Part.HOME, written))
    keep(store, say(Plan(), Part.OWN, written))
    assert kept(store).said == [(Part.OWN, WORDS)]
    with store.read(THE_TESTS) as work:
        assert work.plans.of("another") == Plan()


def test_only_shared_plans_are_named_as_such(store: Store, written: Message) -> None:
    keep(store, say(Plan(), Part.HOME, written))
    for change, expected in ((give, {"one"}), (take_back, set())):
        with store.write(THE_TESTS) as work:
            change(work.consents, work.conversations.lock("one"), Shared.PLAN, datetime.now(UTC))
            assert work.consents.sharing(Shared.PLAN, ["one", "another"]) == expected


def test_a_message_is_marked_and_keeps_what_else_is_known_of_it(store: Store, written: Message) -> None:
    with store.write(THE_TESTS) as work:
        work.plans.mark(written, Part.HOME)
    with store.read(THE_TESTS) as work:
        found = work.plans.answer("one", written.sequence)
    assert found
    assert (found.text, found.data[PLAN_PART]) == (WORDS, "home")


def test_it_goes_with_the_conversation(store: Store, written: Message) -> None:
    keep(store, say(Plan(), Part.HOME, written))
    with store.write(THE_TESTS) as work:
        work.conversations.erase("one")
    with store._database.read() as connection:
        assert connection.scalars(select(plans.c.conversation)).all() == []
    assert kept(store) == Plan()


def card(store: Store, tongue: Tongue) -> Message:
    """A plan as the young person is shown it in this language."""
    shown = from_plan_card(Said("Here is your plan.", tongue=tongue))
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock("one")
        return with_plan(work, "one", work.conversations.append(found, [shown]))[0]


@pytest.mark.parametrize(
    ("tongue", "heading"),
    [
        (Tongue.DANISH, "Det er vigtigt for mig i et hjem"),
        (Tongue.ENGLISH, "Important to me in a home"),
        (Tongue.OTHER, "Important to me in a home"),
    ],
)
def test_its_headings_are_shown_in_the_language_of_the_message_and_its_words_as_they_are(
    store: Store, written: Message, tongue: Tongue, heading: str
) -> None:
    keep(store, say(Plan(), Part.HOME, written))
    shown = card(store, tongue)
    assert shown.data["plan"]["parts"] == [{"key": "home", "title": heading, "text": WORDS}]
    assert f"{heading}:\n{WORDS}" in shown.text
    assert shown.data.get("language", "da") == tongue


def test_an_emptied_plan_says_so_in_the_language_of_the_message(store: Store, written: Message) -> None:
    keep(store, Plan())
    assert "Der står ikke noget" in card(store, Tongue.DANISH).text
    assert card(store, Tongue.ENGLISH).text == "There is nothing in your plan right now."
    assert all(part in card(store, Tongue.OTHER).text for part in ("There is nothing", "Der står ikke noget"))
