"""What a caseworker and a young person agreed on is said by the robot when it is handed back, and kept in the plan."""

import pytest
from starlette.testclient import TestClient

from bot.casework.consent import Shared
from bot.casework.conversations import Message, Sender
from bot.casework.plans import LONGEST_TEXT, TITLES, Part, Plan, agree
from bot.store.store import Store
from tests.support.desk import PAGE, YoungPerson
from tests.support.the_tests import THE_TESTS

WORDS = "Anna ringer til boligselskabet tirsdag.\nDu finder dit pas."


def hands_back(client: TestClient, young: YoungPerson, how: str, agreed: str) -> int:
    path = f"/desk/conversations/{young.id}"
    client.post(f"{path}/claim").raise_for_status()
    return client.post(f"{path}/{how}", data={"agreed": agreed}, headers=PAGE).status_code


def messages(store: Store, young: YoungPerson) -> list[Message]:
    with store.read(THE_TESTS) as work:
        return list(work.conversations.after(young.id, 0))


def kept(store: Store, young: YoungPerson) -> dict[Part, str]:
    with store.read(THE_TESTS) as work:
        return dict(work.plans.of(young.id).said)


@pytest.mark.parametrize("how", ["release", "close"])
def test_it_is_said_and_kept(anna: TestClient, young: YoungPerson, store: Store, how: str) -> None:
    assert hands_back(anna, young, how, f"  {WORDS}\r\n") == 303
    said = next(one for one in messages(store, young) if one.text.startswith("I har aftalt"))
    assert said.text == (
        f"I har aftalt det her:\n{WORDS}\n\nDet står også i din plan. Du kan rette det eller slette det der."
    )
    assert said.sender is Sender.BOT
    # Whoever takes the conversation next reads it too.
    assert said.for_human
    assert kept(store, young) == {Part.AGREED: WORDS}


@pytest.mark.parametrize("agreed", ["", " \n ", "\x01"])
@pytest.mark.parametrize("how", ["release", "close"])
def test_where_nothing_was_agreed_nothing_is_said_of_it(
    anna: TestClient, young: YoungPerson, store: Store, how: str, agreed: str
) -> None:
    assert hands_back(anna, young, how, agreed) == 303
    assert not any("aftalt" in one.text for one in messages(store, young))
    assert kept(store, young) == {}


def test_too_long_it_is_refused_and_nothing_is_handed_back(anna: TestClient, young: YoungPerson, store: Store) -> None:
    assert hands_back(anna, young, "release", "a" * (LONGEST_TEXT + 1)) == 422
    path = f"/desk/conversations/{young.id}"
    assert anna.post(f"{path}/messages", json={"text": "jeg er her endnu"}).status_code == 200
    assert kept(store, young) == {}
    assert anna.post(f"{path}/release", data={"agreed": "a" * LONGEST_TEXT}, headers=PAGE).status_code == 303


def test_numbers_that_nobody_needs_are_hidden(anna: TestClient, young: YoungPerson, store: Store) -> None:
    hands_back(anna, young, "close", "Send det med dit cpr 010190-1234")
    assert "010190" not in "".join(one.text for one in messages(store, young))
    assert "010190" not in kept(store, young)[Part.AGREED]


def test_it_goes_behind_what_was_agreed_before_and_leaves_the_young_persons_own_words(
    anna: TestClient, young: YoungPerson, store: Store
) -> None:
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(young.id)
        work.plans.put(found, agree(Plan({Part.HOME: "ro"}), "I taltes ved"))
    hands_back(anna, young, "release", "Vi skrives ved")
    assert kept(store, young) == {Part.HOME: "ro", Part.AGREED: "I taltes ved\nVi skrives ved"}


def test_where_there_is_no_room_the_new_takes_the_place_and_that_is_said(
    anna: TestClient, young: YoungPerson, store: Store
) -> None:
    hands_back(anna, young, "release", "a" * LONGEST_TEXT)
    young.waits()
    hands_back(anna, young, "release", WORDS)
    assert kept(store, young) == {Part.AGREED: WORDS}
    assert "i stedet for det, I aftalte før" in messages(store, young)[-2].text + messages(store, young)[-1].text


def test_the_desk_reads_it_in_the_chat_and_not_in_the_plan_without_a_yes(
    anna: TestClient, bo: TestClient, young: YoungPerson
) -> None:
    hands_back(anna, young, "release", WORDS)
    young.waits()
    page = bo.get(f"/desk/conversations/{young.id}", headers=PAGE).text
    assert "I har aftalt det her:" in page
    assert TITLES[Part.AGREED] not in page
    young.shares(Shared.PLAN)
    assert TITLES[Part.AGREED] in bo.get(f"/desk/conversations/{young.id}", headers=PAGE).text


def test_it_is_said_in_their_language(anna: TestClient, young: YoungPerson, store: Store) -> None:
    young.in_language("en")
    hands_back(anna, young, "close", "I call you on Friday")
    assert any(
        one.text.startswith("You have agreed on this:\nI call you on Friday\n") for one in messages(store, young)
    )


def test_a_plan_of_what_was_agreed_alone_is_not_shown_twice(anna: TestClient, young: YoungPerson, store: Store) -> None:
    hands_back(anna, young, "close", WORDS)
    assert not any("plan" in one.data for one in messages(store, young))


def test_only_who_holds_it_can_agree_on_anything(
    anna: TestClient, bo: TestClient, young: YoungPerson, store: Store
) -> None:
    anna.post(f"/desk/conversations/{young.id}/claim").raise_for_status()
    answer = bo.post(f"/desk/conversations/{young.id}/release", json={"agreed": WORDS})
    assert answer.json()["code"] == "not_holder"
    assert kept(store, young) == {}
