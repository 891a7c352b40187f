"""While Rasa is away, a "nej" to whether somebody is safe still brings a human, and a "ja" is heard as one."""

import pytest

from bot.casework.conversations import Danger, Draft, Holder, Kind, Writer
from bot.safety.replies import shipped_replies
from bot.store.store import Store
from tests.integration.test_turns import CALM_ANSWER, QUESTION, answers, turn, writes
from tests.support.the_tests import THE_TESTS

BROKEN = shipped_replies().without_model("https://hjemad.example/book").text
WELL = shipped_replies().well().text


def asked(store: Store, conversation: str, kind: str, asks: str | None = None) -> None:
    """A message of level 1 of this kind, answered by the check-in alone: Rasa is away."""
    message = writes(store, conversation, "det er slemt herhjemme", Danger(1, (kind,)), answered=True)
    said = answers(store, message, None)
    assert [draft.text for draft in said] == [shipped_replies().check_in((kind,)).text]
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(conversation)
        work.conversations.append(found, said)
        work.conversations.set_asks(conversation, asks)


def said_to(store: Store, conversation: str, text: str) -> Draft:
    [said] = answers(store, writes(store, conversation, text), None)
    return said


@pytest.mark.parametrize("kind", ["violence", "threat", "no_shelter_tonight"])
@pytest.mark.parametrize("no", ["nej", "Neeej!", "nææh", "nje", "det har jeg ikk", "nej, det er jeg ikke :(", "👎"])
def test_a_no_to_whether_they_are_safe_brings_a_human(store: Store, conversation: str, kind: str, no: str) -> None:
    asked(store, conversation, kind)
    said = said_to(store, conversation, no)
    assert (said.kind, said.data["level"], said.data["kinds"]) == (Kind.DANGER, 2, [kind])
    with store.read(THE_TESTS) as work:
        found = work.conversations.get(conversation)
    assert (found.danger.level, found.holder) == (2, Holder.WAITING)


def test_also_where_a_form_had_asked_before_rasa_went_away(store: Store, conversation: str) -> None:
    asked(store, conversation, "no_shelter_tonight", asks="booking_time")
    assert said_to(store, conversation, "nej").kind is Kind.DANGER


def test_not_where_the_question_of_a_form_stands_under_it(store: Store, conversation: str) -> None:
    message = writes(store, conversation, "kl 10, men han råber", Danger(1, ("violence",)), answered=True)
    both = answers(store, message, turn(QUESTION, asks="booking_confirmed"))
    with store.write(THE_TESTS) as work:
        work.conversations.append(work.conversations.lock(conversation), both)
        work.conversations.set_asks(conversation, "booking_confirmed")
    assert said_to(store, conversation, "nej").text == BROKEN


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("violence", "nej tak"),
        ("violence", "nå"),
        ("violence", "nej jeg ville spørge om noget andet"),
        ("suicide", "nej"),
        ("suicide", "ja"),
    ],
)
def test_what_is_no_answer_to_it_is_not_taken_for_one(store: Store, conversation: str, kind: str, text: str) -> None:
    asked(store, conversation, kind)
    assert said_to(store, conversation, text).text == BROKEN


@pytest.mark.parametrize("yes", ["ja", "Jaaa", "ja det har jeg", "jep", "yes", "👍"])
@pytest.mark.parametrize("kind", ["violence", "threat", "no_shelter_tonight"])
def test_a_yes_is_heard_and_raises_nothing(store: Store, conversation: str, kind: str, yes: str) -> None:
    asked(store, conversation, kind)
    assert said_to(store, conversation, yes).text == WELL
    with store.read(THE_TESTS) as work:
        assert work.conversations.get(conversation).holder is Holder.BOT


@pytest.mark.parametrize("text", ["ja", "nej"])
def test_a_word_that_answers_no_check_in_is_none(store: Store, conversation: str, text: str) -> None:
    assert said_to(store, conversation, text).text == BROKEN
    asked(store, conversation, "violence")
    first = answers(store, writes(store, conversation, "hvad er en boligagent"), turn(CALM_ANSWER))
    with store.write(THE_TESTS) as work:
        work.conversations.append(work.conversations.lock(conversation), first)
    assert said_to(store, conversation, text).text == BROKEN


def test_a_helpers_no_is_not_taken_for_the_young_persons(store: Store, conversation: str) -> None:
    asked(store, conversation, "no_shelter_tonight")
    with store.write(THE_TESTS) as work:
        work.conversations.set_writer(conversation, Writer.HELPER)
    assert said_to(store, conversation, "nej").text == BROKEN
