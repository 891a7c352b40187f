"""The desk shows a plan with the young person's yes, notes who read it, and shows no word of it without."""

from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from bot.casework.consent import Shared, give
from bot.casework.conversations import Danger, Draft, Sender
from bot.casework.plans import Part, Plan, say, take_out
from bot.conversation.plan_words import COVER
from bot.store.store import Store
from tests.support.desk import PAGE, YoungPerson, news
from tests.support.the_tests import THE_TESTS

WORDS = "ro og en dør jeg kan låse"


@pytest.fixture
def plan(store: Store, young: YoungPerson) -> Plan:
    """A plan that is not shared."""
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(young.id)
        message = work.conversations.append(found, [Draft(Sender.YOUNG, WORDS)])[0]
        made = say(Plan(), Part.HOME, message)
        work.plans.put(found, made)
        work.plans.mark(message, Part.HOME)
    return made


def share(store: Store, young: YoungPerson) -> None:
    with store.write(THE_TESTS) as work:
        moment = datetime(2026, 12, 2, 10, tzinfo=UTC)
        give(work.consents, work.conversations.lock(young.id), Shared.PLAN, moment)


def shown(client: TestClient, young: YoungPerson) -> str:
    return client.get(f"/desk/conversations/{young.id}", headers=PAGE).text


def actions(store: Store) -> list[str]:
    with store.read(THE_TESTS) as work:
        return [entry.action for entry in work.people.noted("eksempel")]


def test_without_a_yes_no_word_is_shown_and_nothing_is_noted(
    anna: TestClient, young: YoungPerson, store: Store, plan: Plan
) -> None:
    page = shown(anna, young) + news(anna, young)
    assert WORDS not in page
    assert COVER in page
    assert "jeg sover hos en ven" in page
    assert "read_plan" not in actions(store)


def test_with_a_yes_it_is_shown_with_the_time_and_the_reading_is_noted(
    anna: TestClient, young: YoungPerson, store: Store, plan: Plan
) -> None:
    share(store, young)
    page = shown(anna, young)
    assert "Min plan (delt af den unge)" in page
    assert "onsdag den 2. december" in page
    assert page.count(WORDS) == 2, "in the plan, and in the message it came from"
    assert "read_plan" in actions(store)


def test_a_yes_uncovers_only_what_stands_in_the_plan(
    anna: TestClient, young: YoungPerson, store: Store, plan: Plan
) -> None:
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(young.id)
        message = work.conversations.append(found, [Draft(Sender.YOUNG, "min søster og min træner")])[0]
        work.plans.mark(message, Part.NETWORK)
        left = say(take_out(plan, Part.HOME), Part.NETWORK, message)
        work.plans.put(found, left)
    share(store, young)
    page = shown(anna, young)
    assert "min søster og min træner" in page
    assert WORDS not in page


def test_a_plan_that_is_shared_while_somebody_follows_is_noted_as_read(
    anna: TestClient, young: YoungPerson, store: Store, plan: Plan
) -> None:
    shown(anna, young)
    assert "read_plan" not in actions(store)
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(young.id)
        work.conversations.append(found, [Draft(Sender.YOUNG, "ja, send den")])
    share(store, young)
    assert "Min plan (delt af den unge)" in news(anna, young)
    assert "read_plan" in actions(store)


def test_what_may_be_an_answer_is_covered_before_anybody_has_read_it(
    anna: TestClient, young: YoungPerson, store: Store
) -> None:
    with store.write(THE_TESTS) as work:
        work.conversations.set_asks(young.id, "plan_answer")
        work.conversations.append(work.conversations.lock(young.id), [Draft(Sender.YOUNG, WORDS, answered=False)])
    assert WORDS not in shown(anna, young)


def test_danger_is_never_covered(anna: TestClient, young: YoungPerson, store: Store) -> None:
    with store.write(THE_TESTS) as work:
        work.conversations.set_asks(young.id, "plan_answer")
    young.writes("jeg vil ikke leve mere", Danger(3, ("suicide",)))
    assert "jeg vil ikke leve mere" in shown(anna, young)


def test_the_plan_of_another_municipality_is_not_there(carl: TestClient, young: YoungPerson, plan: Plan) -> None:
    assert carl.get(f"/desk/conversations/{young.id}", headers=PAGE).status_code == 404
