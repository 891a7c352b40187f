"""What happens in conversations and to talks is counted once, by where it happened, and stays when they are erased."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from bot.casework.after_booking import call_off, note_outcome
from bot.casework.arranging import cancel, move
from bot.casework.bookings import Booking, BookingStatus
from bot.casework.conversations import Draft, Sender
from bot.casework.figures import Figure, Topic
from bot.conversation.absence import Absences
from bot.conversation.check_ins import CHECK_IN
from bot.conversation.dialogue import Said, Turn
from bot.conversation.retention import erase_due
from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.store.tables import conversations, danger_events, desk_sessions, messages
from tests.support.chat_app import last_answer, open_conversation, send, serve, settings
from tests.support.desk import CALM, CONTACT, YoungPerson, add_caseworker, signed_in
from tests.support.figures import counted
from tests.support.running import PASSWORD
from tests.support.the_tests import THE_TESTS

HUMAN = "jeg vil gerne tale med et menneske"
HOPELESS = "jeg vil ikke leve mere"
SAME = str(uuid4())


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """The application without its dialogue server."""
    yield from serve(settings(tmp_path))


@pytest.fixture
def desk(client: TestClient) -> TestClient:
    """A caseworker's browser."""
    return signed_in(client.app, "demo", PASSWORD)


def store_of(client: TestClient) -> Store:
    store: Store = client.app.state.store  # type: ignore[attr-defined]
    return store


def says(client: TestClient, path: str, text: str) -> None:
    last_answer(client, path, send(client, path, text=text))


def does(desk: TestClient, path: str, deed: str, **fields: str) -> None:
    answer = desk.post(f"/desk/conversations/{path.rsplit('/', 1)[1]}/{deed}", json=fields)
    assert answer.is_success, answer.text


def earlier(client: TestClient, minutes: int) -> None:
    """As if all who wait had begun to wait, and all danger had been told of, so long before."""
    with store_of(client).write(THE_TESTS) as work:
        then = datetime.now(UTC) - timedelta(minutes=minutes)
        work._connection.execute(
            update(conversations).values(waiting_since=then).where(conversations.c.holder == "waiting")
        )
        work._connection.execute(update(danger_events).values(at=then).where(danger_events.c.taken_at.is_(None)))


def waits(client: TestClient) -> dict[str, int]:
    return counted(store_of(client), Figure.WAIT)


def dangers(client: TestClient) -> dict[str, int]:
    return counted(store_of(client), Figure.DANGER)


def test_a_conversation_counts_as_one_contact_however_much_is_written(client: TestClient) -> None:
    assert counted(store_of(client)) == {}
    first = open_conversation(client)
    assert counted(store_of(client), Figure.HOUR) == {}, "it was only opened"
    for text in ("hej", "hallo", HOPELESS):
        says(client, first, text)
    second = open_conversation(client)
    says(client, second, "hej")
    assert sum(counted(store_of(client), Figure.HOUR).values()) == 2


def test_the_same_message_sent_twice_counts_once(client: TestClient, path: str) -> None:
    for _ in range(2):
        client.post(f"{path}/messages", json={"client_id": SAME, "text": HOPELESS}).raise_for_status()
    assert sum(counted(store_of(client), Figure.HOUR).values()) == 1
    assert counted(store_of(client), Figure.TOPIC) == {"danger": 1}


def test_danger_is_a_topic_and_without_the_dialogue_the_robot_was_away(client: TestClient, path: str) -> None:
    says(client, path, "hvad er et indskud")
    says(client, path, "hvor søger jeg su")
    assert counted(store_of(client), Figure.UNANSWERED) == {"away": 1}, "once until something else comes"
    says(client, path, HOPELESS)
    says(client, path, "hvad er et indskud")
    assert counted(store_of(client), Figure.UNANSWERED) == {"away": 2}
    assert counted(store_of(client), Figure.TOPIC) == {"danger": 1}


def is_answered(client: TestClient, path: str, said: str, *, sure: bool = True, intent: str = "chat_affirm") -> None:
    """The young person's last message once more, with this of the dialogue: its own words need a model."""
    state, conversation = client.app.state, path.rsplit("/", 1)[1]  # type: ignore[attr-defined]
    with state.store.write(THE_TESTS) as work:
        message = work.conversations.by_client_id(conversation, SAME)
        again = messages.c.conversation == conversation, messages.c.sequence == message.sequence
        work._connection.execute(update(messages).where(*again).values(answered=False))
    state.turns._save(message, Turn(intent, sure, (Said("…", said),), None), "owner")


def test_each_turn_to_another_topic_counts_once(client: TestClient, path: str) -> None:
    sent = client.post(f"{path}/messages", json={"client_id": SAME, "text": "hvad er et indskud"}).json()
    last_answer(client, path, sent["sequence"])
    before = counted(store_of(client), Figure.UNANSWERED)
    for said in ("housing_deposit", "housing_benefit", "money_debt", "chat_thank", "money_debt", "housing_deposit"):
        is_answered(client, path, f"utter_{said}")
    assert counted(store_of(client), Figure.TOPIC) == {Topic.HOME: 2, Topic.MONEY: 1}
    for _ in range(2):
        is_answered(client, path, "utter_ask_meaning", sure=False, intent="money_debt")
    after = counted(store_of(client), Figure.UNANSWERED)
    assert after == before | {Topic.MONEY: 1}
    with store_of(client).write(THE_TESTS) as work:
        work._connection.execute(update(messages).values(created_at=datetime.now(UTC) + timedelta(days=1)))
    is_answered(client, path, "utter_ask_meaning", sure=False, intent="money_debt")
    assert counted(store_of(client), Figure.UNANSWERED) == before | {Topic.MONEY: 2}, "another day"


@pytest.mark.parametrize(("minutes", "step"), [(1, "under_5"), (9, "under_15"), (40, "under_60"), (600, "over_60")])
def test_a_wait_counts_once_somebody_is_there_to_answer(
    client: TestClient, desk: TestClient, path: str, minutes: int, step: str
) -> None:
    says(client, path, HUMAN)
    earlier(client, minutes)
    does(desk, path, "claim")
    does(desk, path, "messages", text="Hej, jeg hedder Demo.")
    assert waits(client) == {}, "whether somebody is still there is not known"
    send(client, path, text="hej Demo")
    send(client, path, text="jeg har brug for hjælp")
    does(desk, path, "release")
    assert waits(client) == {step: 1}


def test_whoever_writes_no_more_when_a_human_comes_has_not_been_reached(
    client: TestClient, desk: TestClient, path: str
) -> None:
    says(client, path, HUMAN)
    does(desk, path, "claim")
    does(desk, path, "release")
    assert waits(client) == {"silent": 1}
    says(client, path, HUMAN)
    does(desk, path, "claim")
    send(client, path, text="nu er jeg her igen")
    assert waits(client) == {"silent": 1, "under_5": 1}, "a second wait is one of its own"


def test_whoever_leaves_while_waiting_counts_once(client: TestClient, desk: TestClient, path: str) -> None:
    says(client, path, HUMAN)
    assert client.delete(f"{path}/session").is_success
    assert waits(client) == {"left": 1}
    does(desk, path, "claim")
    does(desk, path, "release")
    assert waits(client) == {"left": 1}


def test_whoever_leaves_when_a_human_has_come_counts_once(client: TestClient, desk: TestClient, path: str) -> None:
    says(client, path, HUMAN)
    does(desk, path, "claim")
    assert client.delete(f"{path}/session").is_success
    does(desk, path, "release")
    assert waits(client) == {"left": 1}


@pytest.mark.parametrize("claimed", [False, True])
def test_whoever_erases_the_chat_while_waiting_counts_and_the_count_stays(
    client: TestClient, desk: TestClient, path: str, *, claimed: bool
) -> None:
    says(client, path, HUMAN)
    if claimed:
        does(desk, path, "claim")
    before = counted(store_of(client), Figure.HOUR, Figure.UNANSWERED)
    assert client.delete(path).status_code == 204
    assert waits(client) == {"erased": 1}
    assert counted(store_of(client), Figure.HOUR, Figure.UNANSWERED) == before


def test_whoever_erases_a_chat_in_which_nobody_was_waited_for_counts_as_nothing(
    client: TestClient, desk: TestClient, path: str
) -> None:
    says(client, path, HUMAN)
    does(desk, path, "claim")
    send(client, path, text="hej")
    client.delete(path)
    quiet = open_conversation(client)
    says(client, quiet, "hej")
    client.delete(quiet)
    assert waits(client) == {"under_5": 1}


async def test_a_caseworker_who_goes_home_leaves_a_wait_that_goes_on(
    client: TestClient, desk: TestClient, path: str
) -> None:
    says(client, path, HUMAN)
    does(desk, path, "claim")
    state = client.app.state  # type: ignore[attr-defined]
    with state.store.write(THE_TESTS) as work:
        work._connection.execute(desk_sessions.delete())
    Absences(state.store, state.notices, state.municipalities).requeue()
    assert waits(client) == {}
    client.delete(path)
    assert waits(client) == {"erased": 1}


def test_a_wait_that_begins_anew_is_counted_from_then_though_its_place_is_kept(
    client: TestClient, desk: TestClient, path: str
) -> None:
    says(client, path, HUMAN)
    earlier(client, 90)
    does(desk, path, "claim")
    send(client, path, text="hej")
    assert waits(client) == {"over_60": 1}
    state = client.app.state  # type: ignore[attr-defined]
    add_caseworker(state.store, "eksempel", "bo")
    bo = signed_in(client.app, "bo")  # type: ignore[arg-type]
    desk.post("/desk/sign-out")
    assert Absences(state.store, state.notices, state.municipalities).requeue()
    does(bo, path, "claim")
    send(client, path, text="hej igen")
    assert waits(client) == {"over_60": 1, "under_5": 1}


@pytest.mark.parametrize(("minutes", "step"), [(1, "under_5"), (20, "under_60")])
def test_danger_counts_by_how_long_until_a_human_took_it_and_is_no_other_wait(
    client: TestClient, desk: TestClient, path: str, minutes: int, step: str
) -> None:
    for text in (HOPELESS, "jeg vil dø"):
        says(client, path, text)
    earlier(client, minutes)
    assert dangers(client) == {}
    does(desk, path, "claim")
    send(client, path, text="hej")
    does(desk, path, "release")
    assert (dangers(client), waits(client)) == ({step: 1}, {})


@pytest.mark.parametrize("deed", ["messages", "calm", "release", "take-over"])
def test_danger_beside_a_human_counts_when_they_do_something(
    client: TestClient, desk: TestClient, path: str, deed: str
) -> None:
    says(client, path, HUMAN)
    does(desk, path, "claim")
    send(client, path, text=HOPELESS)
    earlier(client, 6)
    does(desk, path, deed, text="Jeg er her.", **CALM)
    assert (dangers(client), waits(client)) == ({"under_15": 1}, {"under_5": 1})


def test_danger_that_nobody_took_counts_when_the_chat_is_erased(client: TestClient, path: str) -> None:
    says(client, path, HOPELESS)
    client.delete(f"{path}/session")
    assert (dangers(client), waits(client)) == ({}, {}), "they are still waited for"
    again = open_conversation(client)
    says(client, again, HOPELESS)
    client.delete(again)
    assert (dangers(client), waits(client)) == ({"nobody": 1}, {})


def test_retention_erases_and_counts_nothing(client: TestClient, desk: TestClient, path: str) -> None:
    says(client, path, HOPELESS)
    does(desk, path, "claim")
    does(desk, path, "release")
    before = counted(store_of(client))
    assert erase_due(store_of(client), {}, datetime.now(UTC) + timedelta(days=200))
    assert counted(store_of(client)) == before


def talk_of(store: Store, municipality: Municipality, in_days: int = 0) -> Booking:
    return YoungPerson(store).books(municipality, CONTACT, in_days=in_days)


def talks(store: Store) -> dict[str, int]:
    return counted(store, Figure.TALK)


def test_a_talk_counts_when_it_is_booked_and_not_when_it_is_moved(store: Store, municipality: Municipality) -> None:
    talk, later = talk_of(store, municipality), talk_of(store, municipality, in_days=2)
    with store.write(THE_TESTS) as work:
        cancel(work, later, datetime.now(UTC))
        move(work, talk, later.starts_at, municipality.rules, datetime.now(UTC))
    assert talks(store) == {"booked": 2, "cancelled": 1}


def test_a_talk_is_cancelled_once_and_one_that_was_called_off_is_called_off(
    store: Store, municipality: Municipality
) -> None:
    own, theirs = talk_of(store, municipality), talk_of(store, municipality, in_days=1)
    now = datetime.now(UTC)
    with store.write(THE_TESTS) as work:
        for _ in range(2):
            own = cancel(work, own, now)
            theirs = call_off(work, theirs, now)
        cancel(work, theirs, now)
    assert talks(store) == {"booked": 2, "called_off": 1, "cancelled": 1}


def test_whether_they_met_counts_as_it_was_noted_last(store: Store, municipality: Municipality) -> None:
    talk = talk_of(store, municipality)
    outcomes = (BookingStatus.MISSED, BookingStatus.MISSED, BookingStatus.MET)
    with store.write(THE_TESTS) as work:
        for outcome in outcomes:
            talk = note_outcome(work, talk, outcome, talk.starts_at)
    assert talks(store) == {"booked": 1, "met": 1}


def test_a_talk_that_stays_or_goes_with_the_chat(client: TestClient, municipality: Municipality) -> None:
    store = store_of(client)
    for kept in ("keep", "cancel"):
        young = YoungPerson(store)
        young.books(municipality, CONTACT)
        key = {"Authorization": f"Bearer {young.token}"}
        client.delete(f"/api/conversations/{young.id}?talks={kept}", headers=key).raise_for_status()
    assert talks(store) == {"booked": 2, "cancelled": 1}


def test_a_no_to_whether_somebody_is_safe_is_danger_while_the_dialogue_is_away(client: TestClient, path: str) -> None:
    with store_of(client).write(THE_TESTS) as work:
        conversation = path.rsplit("/", 1)[1]
        asked = Draft(Sender.BOT, "Er du tryg?", data={CHECK_IN: ["violence"]})
        work.conversations.append(work.conversations.lock(conversation), [asked])
    says(client, path, "nej")
    assert counted(store_of(client), Figure.TOPIC) == {"danger": 1}
    assert counted(store_of(client), Figure.UNANSWERED) == {}
