"""A number in the very message that calls a human reaches that human: by its danger, or because it asks for one."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from bot.casework.bookings import Contact
from bot.casework.consent import Shared, take_back
from bot.casework.conversations import Draft, Message, Sender, Writer
from bot.casework.handoffs import ask_for_human, claim
from bot.conversation import given_contacts
from bot.conversation.answers import Answers
from bot.conversation.arrival import Arrival, Received, Reception
from bot.conversation.contacts import keep_contact
from bot.conversation.dialogue import Said, Turn
from bot.conversation.disclosure import disclose
from bot.conversation.given_contacts import GivenContacts
from bot.conversation.hidden import HIDDEN, TOLD
from bot.municipality.towns import load_municipalities
from bot.safety.reader import danger_reader
from bot.safety.replies_by_tongue import shipped_replies_by_tongue
from bot.safety.screen import shipped_screen
from bot.store.store import Store
from tests.support.chat_app import last_answer, open_conversation, send, serve, settings
from tests.support.on_call import taken_by_a_human
from tests.support.the_tests import THE_TESTS

NUMBER = "20 30 40 50"
DYING = f"jeg vil dø. ring til mig på {NUMBER}"
HANDED = Said("Jeg har sagt det til kommunen.", custom={"kind": "handoff", "fresh": True})


def arrives(store: Store, conversation: str, text: str, asks: str | None = None) -> Received:
    reception = Reception(shipped_screen(), shipped_replies_by_tongue(), danger_reader())
    with store.write(THE_TESTS) as work:
        work.conversations.set_asks(conversation, asks)
        heard = reception.hear(Arrival(str(uuid4()), text))
        return reception.receive(work, conversation, heard, load_municipalities()["eksempel"])


def kept(store: Store, conversation: str) -> Contact:
    with store.read(THE_TESTS) as work:
        return work.conversations.contact(conversation)


def seen_by_who_takes_it(store: Store, conversation: str) -> Contact | None:
    """What the caseworker who holds the conversation sees; what danger opens is not counted."""
    with store.write(THE_TESTS) as work:
        user = work.people.user("demo")
        assert user
        claim(work.queue, conversation, user.id, datetime.now(UTC))
        work.conversations.calm(conversation)
        return disclose(work, user, work.conversations.get(conversation)).contact


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        (DYING, Contact(phone=NUMBER)),
        ("min far slår mig. skriv til ida@eksempel.example", Contact(email="ida@eksempel.example")),
        (f"min far slår mig. ring til min mor, hendes nummer er {NUMBER}", Contact(phone=NUMBER)),
        (f"min ven vil dø. hans nummer er {NUMBER}", Contact(phone=NUMBER)),
    ],
)
def test_a_number_in_the_message_of_danger_is_kept_and_shared_and_no_surprise(
    store: Store, conversation: str, text: str, contact: Contact
) -> None:
    message = arrives(store, conversation, text).message
    assert "[" in message.text
    assert message.data.get(HIDDEN) is None
    assert seen_by_who_takes_it(store, conversation) == contact


@pytest.mark.parametrize(
    "text", [f"min far slår mig, hans nummer er {NUMBER}", f"min eks vil dræbe mig. skriver fra {NUMBER}"]
)
def test_the_number_of_who_is_feared_is_not_kept_as_the_one_to_call(store: Store, conversation: str, text: str) -> None:
    received = arrives(store, conversation, text)
    assert received.message.data["danger"]["level"] >= 2
    assert (received.message.data[HIDDEN], received.given) == (["phone"], None)
    assert kept(store, conversation) == Contact()


def test_a_helper_in_danger_of_another_tells_whose_number_to_call(store: Store, conversation: str) -> None:
    with store.write(THE_TESTS) as work:
        work.conversations.set_writer(conversation, Writer.HELPER)
    arrives(store, conversation, f"hun vil tage sit eget liv. hendes nummer er {NUMBER}")
    assert kept(store, conversation).phone == NUMBER


def test_what_was_taken_back_is_not_shared_by_danger_but_only_open_by_it(store: Store, conversation: str) -> None:
    with store.write(THE_TESTS) as work:
        ask_for_human(work.queue, conversation, datetime.now(UTC), 0)
        waiting = work.conversations.lock(conversation)
        keep_contact(work, waiting, Contact(phone="87654321"))
        take_back(work.consents, waiting, Shared.CONTACT, datetime.now(UTC))
    arrives(store, conversation, DYING)
    assert kept(store, conversation).phone == NUMBER
    assert seen_by_who_takes_it(store, conversation) is None


def test_a_number_of_a_form_that_danger_came_into_stays_for_the_booking(store: Store, conversation: str) -> None:
    arrives(store, conversation, DYING, asks="booking_contact")
    assert kept(store, conversation).phone == NUMBER
    with store.read(THE_TESTS) as work:
        assert work.consents.of(conversation) == {}


def answered(store: Store, received: Received, turn: Turn | None) -> list[Draft]:
    said = Answers(shipped_replies_by_tongue(), load_municipalities(), "https://hjemad.example/book")
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(received.conversation.id)
        drafts = said.drafts(work, found, received.message, turn, received.given)
        work.conversations.append(found, drafts)
    return drafts


def handed_over(store: Store, conversation: str, message: Message) -> Turn:
    """What Rasa's actions do before their turn is told."""
    with store.write(THE_TESTS) as work:
        ask_for_human(work.queue, conversation, datetime.now(UTC), message.sequence)
    return Turn("handoff_request", sure=True, said=(HANDED,), asks=None)


def test_a_number_in_the_message_that_asks_for_a_human_is_kept_and_shared(store: Store, conversation: str) -> None:
    """Whatever words it asks in: it is known by its answer."""
    received = arrives(store, conversation, f"kan en fra kommunen ringe til mig på {NUMBER}")
    assert kept(store, conversation) == Contact()
    drafts = answered(store, received, handed_over(store, conversation, received.message))
    assert [draft for draft in drafts if TOLD in draft.data or "kontakt" in str(draft.buttons)] == []
    assert seen_by_who_takes_it(store, conversation) == Contact(phone=NUMBER)


def test_it_is_not_told_later_that_such_a_number_was_hidden(store: Store, conversation: str) -> None:
    received = arrives(store, conversation, f"ring til mig på {NUMBER}, jeg bor på Nørregade 12")
    [first, *_] = answered(store, received, handed_over(store, conversation, received.message))
    assert "skjult adressen," in first.text


def test_a_number_in_any_other_message_is_hidden_and_told_of_and_kept_nowhere(store: Store, conversation: str) -> None:
    received = arrives(store, conversation, f"mit nummer er {NUMBER}. hvad er boligstøtte")
    calm = Turn("housing_benefit", sure=True, said=(Said("Du kan søge det.", "utter_housing_benefit"),), asks=None)
    [draft] = answered(store, received, calm)
    assert "skjult telefonnummeret," in draft.text
    assert kept(store, conversation) == Contact()


def test_a_number_that_was_lost_on_the_way_is_told_of_as_hidden(store: Store, conversation: str) -> None:
    """Its process died, or another one answers."""
    received = arrives(store, conversation, f"ring til mig på {NUMBER}")
    lost = Received(received.message, received.conversation, fresh=True)
    assert "skjult telefonnummeret," in answered(store, lost, handed_over(store, conversation, lost.message))[0].text


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    yield from serve(settings(tmp_path))


def test_while_rasa_is_away_too_who_asks_for_a_human_is_called_back(client: TestClient) -> None:
    path = open_conversation(client)
    store: Store = client.app.state.store  # type: ignore[attr-defined]
    last_answer(client, path, send(client, path, text=f"jeg vil tale med et menneske, ring til mig på {NUMBER}"))
    assert client.get(f"{path}/consent").json()["contact"]["shared"] is True
    told = client.get(f"{path}/messages").json()["messages"]
    assert [one for one in told if one["data"].get(TOLD)] == []
    assert seen_by_who_takes_it(store, path.rpartition("/")[2]) == Contact(phone=NUMBER)


def test_what_a_message_gave_is_forgotten_with_its_turn(client: TestClient) -> None:
    path = open_conversation(client)
    for text in (f"mit nummer er {NUMBER}", f"jeg vil tale med et menneske, ring til mig på {NUMBER}"):
        last_answer(client, path, send(client, path, text=text))
        client.portal.call(client.app.state.turns.finish, 10)  # type: ignore[attr-defined]
        assert client.app.state.turns._given._kept == {}  # type: ignore[attr-defined]


def test_a_human_who_came_before_the_answer_gets_it(client: TestClient) -> None:
    path = open_conversation(client)
    conversation = path.rpartition("/")[2]
    state = client.app.state  # type: ignore[attr-defined]
    with state.store.write(THE_TESTS) as work:
        found = work.conversations.lock(conversation)
        [asks] = work.conversations.append(found, [Draft(Sender.YOUNG, "ring til mig", answered=False)])
    state.turns.keep_given(asks, Contact(phone=NUMBER))
    taken_by_a_human(state.store, conversation)
    client.portal.call(state.turns.answer, conversation)  # type: ignore[union-attr]
    assert kept(state.store, conversation).phone == NUMBER
    assert state.turns._given.of(asks) is None


def test_erasing_forgets_it_at_once(client: TestClient) -> None:
    path = open_conversation(client)
    turns = client.app.state.turns  # type: ignore[attr-defined]
    asks = message(path.rpartition("/")[2], 2)
    turns.keep_given(asks, Contact(phone=NUMBER))
    assert client.delete(path).is_success
    assert turns._given.of(asks) is None


def message(conversation: str, sequence: int) -> Message:
    now = datetime.now(UTC)
    return Message(Sender.YOUNG, "", conversation=conversation, municipality="a", sequence=sequence, created_at=now)


def test_what_is_held_is_forgotten_with_its_conversation_and_with_time(monkeypatch: pytest.MonkeyPatch) -> None:
    held = GivenContacts()
    for one in (message("a", 1), message("a", 2), message("b", 1)):
        held.keep(one, Contact(phone=NUMBER))
    held.forget_conversation("a")
    assert [held.of(message("a", 1)), held.of(message("b", 1))] == [None, Contact(phone=NUMBER)]
    held.forget_old()
    assert held.of(message("b", 1))
    monkeypatch.setattr(given_contacts, "LONGEST_SECONDS", -1.0)
    held.forget_old()
    assert held.of(message("b", 1)) is None
