"""At level 1 too, who writes about somebody else is asked about them, and not how they are themselves."""

import pytest

from bot.casework.conversations import Draft, Kind, Message, Sender, Writer
from bot.conversation.arrival import Arrival, Reception
from bot.conversation.check_ins import ABOUT_ANOTHER
from bot.conversation.dialogue import Said, Turn
from bot.municipality.towns import load_municipalities
from bot.safety.reader import danger_reader
from bot.safety.replies import shipped_replies
from bot.safety.replies_by_tongue import shipped_replies_by_tongue
from bot.safety.screen import shipped_screen
from bot.store.store import Store
from tests.integration.test_turns import QUESTION, TIRED, answers, turn, writes
from tests.support.the_tests import THE_TESTS


def of_a_friend(store: Store, conversation: str, text: str, kind: str = "suicide") -> Message:
    data = {"danger": {"level": 1, "kinds": [kind], ABOUT_ANOTHER: True}}
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(conversation)
        return work.conversations.append(found, [Draft(Sender.YOUNG, text, data=data)])[0]


@pytest.mark.parametrize("said", [None, turn(QUESTION), turn(Said("", custom={"kind": "check_in"}))])
def test_who_writes_about_a_friend_is_asked_about_the_friend(
    store: Store, conversation: str, said: Turn | None
) -> None:
    """Without the dialogue, beside its answer, and where it asks itself."""
    asked = answers(store, of_a_friend(store, conversation, "min ven orker ikke mere"), said)[0]
    assert asked.text == shipped_replies().check_in(("suicide",), about_another=True).text


def test_a_helper_is_asked_about_the_young_person_without_the_dialogue_too(store: Store, conversation: str) -> None:
    message = writes(store, conversation, "hun orker ikke mere", TIRED)
    with store.write(THE_TESTS) as work:
        work.conversations.set_writer(conversation, Writer.HELPER)
    asked = answers(store, message, None)[0]
    assert asked.text == shipped_replies().check_in(("suicide",), about_another=True).text


def test_who_was_asked_about_a_friend_is_asked_when_it_is_themselves(store: Store, conversation: str) -> None:
    asked = answers(store, of_a_friend(store, conversation, "min ven orker ikke mere"), None)
    with store.write(THE_TESTS) as work:
        work.conversations.append(work.conversations.lock(conversation), asked)
    themselves = writes(store, conversation, "jeg orker heller ikke mere", TIRED)
    assert answers(store, themselves, None)[0].text == shipped_replies().check_in(("suicide",)).text
    again = of_a_friend(store, conversation, "min ven orker ikke mere")
    assert "?" not in answers(store, again, None)[0].text


def test_no_bed_for_a_friend_is_answered_in_words_for_a_friend(store: Store, conversation: str) -> None:
    asked = answers(store, of_a_friend(store, conversation, "min ven flytter rundt", "no_shelter_tonight"), None)
    with store.write(THE_TESTS) as work:
        work.conversations.append(work.conversations.lock(conversation), asked)
    said = answers(store, writes(store, conversation, "nej"), turn(Said("Helt i orden."), intent="chat_deny"))[0]
    assert (said.kind, said.data["level"]) == (Kind.DANGER, 2)
    assert "din ven" in said.text


@pytest.mark.parametrize(("text", "of_another"), [("min ven orker ikke mere", True), ("jeg orker ikke mere", False)])
def test_it_is_kept_with_the_message_whom_it_is_about(
    store: Store, conversation: str, text: str, *, of_another: bool
) -> None:
    reception = Reception(shipped_screen(), shipped_replies_by_tongue(), danger_reader())
    town = load_municipalities()["eksempel"]
    with store.write(THE_TESTS) as work:
        message = reception.receive(work, conversation, reception.hear(Arrival("1", text)), town).message
    assert message.data["danger"]["level"] == 1
    assert (ABOUT_ANOTHER in message.data["danger"]) is of_another
