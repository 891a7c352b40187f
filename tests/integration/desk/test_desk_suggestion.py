"""The robot's draft is for whoever holds the conversation, never in danger, and never of what they may not read."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from bot.casework.conversations import Danger, Draft, Sender
from bot.conversation.arrival import Arrival, Reception
from bot.conversation.dialogue import DialogueClient
from bot.conversation.suggesting import TRIED, Suggestions, without_questions
from bot.language.encoder import sentence_encoder
from bot.municipality.towns import load_municipalities
from bot.safety.reader import danger_reader
from bot.safety.replies_by_tongue import shipped_replies_by_tongue
from bot.safety.screen import shipped_screen
from bot.supervisor.supervisor import free_port
from tests.support.desk import CALM, YoungPerson
from tests.support.dialogue import always
from tests.support.model import danger_screen, found_by_the_classifier_alone
from tests.support.the_tests import THE_TESTS


@pytest.fixture
def app(app):
    """The dialogue server is away: all that is asked here is decided before it, or without it."""
    nobody = DialogueClient(always(f"http://127.0.0.1:{free_port()}"), 1.0)
    app.state.suggestions = Suggestions(app.state.store, nobody, sentence_encoder)
    return app


def suggested(client, young):
    return client.get(f"/desk/conversations/{young.id}/suggestion")


def code(client, young):
    return suggested(client, young).json()["code"]


def newest(store, young):
    with store.read(THE_TESTS) as work:
        return work.dangers.newest(young.id)


def claims(client, young):
    client.post(f"/desk/conversations/{young.id}/claim").raise_for_status()


def test_only_who_holds_the_conversation_is_given_one(anna, bo, carl, young):
    assert code(anna, young) == "not_holder"
    claims(anna, young)
    assert code(bo, young) == "not_holder"
    assert suggested(carl, young).status_code == 404
    assert code(anna, young) == "suggestion_away"


def test_what_is_closed_to_the_desk_asks_for_nothing(anna, store):
    """It was written to the robot, before anybody asked for a human."""
    young = YoungPerson(store).writes("hvad er et indskud?")
    with store.write(THE_TESTS) as work:
        work.queue.enqueue(young.id, datetime.now(UTC), asked_in=99)
    claims(anna, young)
    assert code(anna, young) == "nothing_asked"


@pytest.mark.parametrize("level", [1, 2, 3])
def test_in_danger_a_human_writes(anna, young, level):
    young.writes("jeg kan ikke mere", Danger(level, ("suicide",)))
    claims(anna, young)
    answer = suggested(anna, young)
    assert (answer.status_code, answer.json()["code"]) == (409, "suggestion_in_danger")
    assert answer.json()["title"] == "Der kan være fare på færde. Her skriver du selv."


def test_danger_that_was_lowered_is_still_in_what_nobody_has_answered(anna, store, young):
    young.writes("jeg kan ikke mere", Danger(2, ("suicide",)))
    claims(anna, young)
    calm = CALM | {"seen": str(newest(store, young))}
    anna.post(f"/desk/conversations/{young.id}/calm", json=calm).raise_for_status()
    assert code(anna, young) == "suggestion_in_danger"


@pytest.mark.parametrize("pieces_after", [0, 1, TRIED + 1])
def test_what_the_classifier_alone_hears_is_danger_also_in_an_older_piece(anna, store, young, pieces_after):
    """No pattern has a word for it, and it may stand before those pieces that a draft is tried for."""
    claims(anna, young)
    heard = found_by_the_classifier_alone()
    assert not shipped_screen().assess(heard.text).level
    arrives(store, young, heard.text)
    for _ in range(pieces_after):
        arrives(store, young, "hvad er et indskud?")
    assert code(anna, young) == "suggestion_in_danger"
    # A human has lowered it for the queue: nobody has answered it for all that.
    calm = CALM | {"seen": str(newest(store, young))}
    anna.post(f"/desk/conversations/{young.id}/calm", json=calm).raise_for_status()
    with store.read(THE_TESTS) as work:
        assert work.conversations.get(young.id).danger.level == 0
    assert code(anna, young) == "suggestion_in_danger"
    anna.post(f"/desk/conversations/{young.id}/messages", json={"text": "Jeg er her."}).raise_for_status()
    arrives(store, young, "hvad er et indskud?")
    assert code(anna, young) == "suggestion_away", "what a human has answered stands in no draft's way"


def arrives(store, young, text):
    """Through the whole reception, as it is served."""
    reception = Reception(danger_screen(), shipped_replies_by_tongue(), danger_reader())
    with store.write(THE_TESTS) as work:
        reception.receive(
            work, young.id, reception.hear(Arrival(str(uuid4()), text)), load_municipalities()["eksempel"]
        )


def test_what_was_answered_is_not_answered_again(anna, young):
    claims(anna, young)
    young.writes("hvad er et indskud?")
    assert code(anna, young) == "suggestion_away"
    anna.post(f"/desk/conversations/{young.id}/messages", json={"text": "Det er penge."}).raise_for_status()
    assert code(anna, young) == "nothing_asked"
    young.writes("tak, og hvad er boligstøtte?")
    answer = suggested(anna, young)
    assert (answer.status_code, answer.json()["code"]) == (409, "suggestion_away")


def test_buttons_and_what_the_robot_has_answered_are_no_questions(anna, store, young):
    claims(anna, young)
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(young.id)
        button = Draft(Sender.YOUNG, "Del min plan", payload='/consent_step{"step": "share_plan"}')
        asked = work.conversations.append(found, [button, Draft(Sender.YOUNG, "hvad er et indskud?")])[-1]
        mine = [one for one in work.conversations.after(young.id, 0) if one.sender is Sender.YOUNG]
        answers = [Draft(Sender.BOT, "…", reply_to=one.sequence) for one in mine if one.payload is None]
        assert asked in mine
        work.conversations.append(found, answers)
    assert code(anna, young) == "nothing_asked"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Et indskud er penge. Du kan låne dem.\nVil du have hjælp til at søge?",
            "Et indskud er penge. Du kan låne dem.",
        ),
        ("Du kan låne dem. Vil du? Eller skal vi vente?", "Du kan låne dem."),
        ("Ved du, hvad det er? Det er penge.", "Ved du, hvad det er? Det er penge."),
        ("Det er penge.", "Det er penge."),
    ],
)
def test_the_questions_that_end_an_answer_are_left_out(text, told):
    assert without_questions(text) == told


def test_an_erased_conversation_is_not_there(anna, young):
    claims(anna, young)
    young.erases()
    assert suggested(anna, young).status_code == 404
