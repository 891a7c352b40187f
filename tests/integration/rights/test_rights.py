"""A young person's rights over their own conversation: who has read it, what is shared, all of it, and its end."""

from asyncio import run

import pytest
from starlette.testclient import TestClient

from bot.casework.conversations import ConversationNotFoundError
from tests.support.chat_app import last_answer, open_conversation, send
from tests.support.desk import CALM
from tests.support.own_chat import (
    HOPELESS,
    HUMAN,
    PARTS,
    PHONE,
    SECRET,
    at_desk,
    claim,
    decide,
    press,
    store_of,
    writes_a_plan,
)
from tests.support.the_tests import THE_TESTS


def test_who_asks_for_a_human_is_asked_what_may_be_seen(client: TestClient, asked: str) -> None:
    state = client.get(f"{asked}/messages").json()
    question = next(m for m in state["messages"] if m["data"].get("consent"))
    assert state["holder"] == "waiting"
    assert "Du kan altid tage det tilbage." in question["text"]
    assert [button["title"] for button in question["buttons"]] == ["Del chatten fra før"]
    finals = [m for m in state["messages"] if m["final"]]
    assert len(finals) == len([m for m in state["messages"] if m["sender"] == "young"])


def test_who_asks_at_once_has_nothing_to_be_asked_about(client: TestClient, path: str) -> None:
    last_answer(client, path, send(client, path, text=HUMAN))
    messages = client.get(f"{path}/messages").json()["messages"]
    assert not any(message["data"].get("consent") for message in messages)


def test_without_a_yes_the_desk_sees_what_was_written_to_a_human_and_says_so(
    client: TestClient, desk: TestClient, asked: str
) -> None:
    last_answer(client, asked, send(client, asked, text="er der nogen?"))
    page = at_desk(desk, asked)
    assert SECRET not in page
    assert HUMAN in page
    assert "er der nogen?" in page
    assert "Det, der er skrevet før, er ikke delt." in page
    claim(desk, asked)
    assert "Du har samtalen." in at_desk(desk, asked)


def test_a_yes_opens_the_chat_and_taking_it_back_closes_it(client: TestClient, desk: TestClient, asked: str) -> None:
    answer = press(client, asked, "Del chatten fra før")
    assert "hele chatten" in str(answer["text"])
    assert answer["final"] is True
    assert SECRET in at_desk(desk, asked)
    answer = press(client, asked, "Tag chatten tilbage")
    assert "taget tilbage" in str(answer["text"])
    assert SECRET not in at_desk(desk, asked)


def test_who_takes_it_back_in_danger_is_told_that_it_stays_open_until_then(
    client: TestClient, desk: TestClient, asked: str
) -> None:
    press(client, asked, "Del chatten fra før")
    last_answer(client, asked, send(client, asked, text=HOPELESS))
    answer = press(client, asked, "Tag chatten tilbage")
    assert "så de må stadig læse det" in str(answer["text"])
    assert SECRET in at_desk(desk, asked)
    claim(desk, asked)
    desk.post(f"/desk/conversations/{asked.rsplit('/', 1)[1]}/calm", json=CALM).raise_for_status()
    assert SECRET not in at_desk(desk, asked)


def test_while_a_human_answers_a_press_is_told_in_a_notice(client: TestClient, desk: TestClient, asked: str) -> None:
    claim(desk, asked)
    answer = press(client, asked, "Del chatten fra før")
    assert (answer["sender"], answer["kind"], answer["final"]) == ("system", "notice", False)
    assert SECRET in at_desk(desk, asked)


def test_each_part_is_shared_alone_from_the_menu_too(client: TestClient, desk: TestClient, path: str) -> None:
    writes_a_plan(client, path, "en dør jeg kan låse")
    assert client.put(f"{path}/contact", json={"phone": PHONE}).status_code == 204
    last_answer(client, path, send(client, path, text=HUMAN))
    claim(desk, path)
    seen = {"transcript": "Du ser hele chatten", "plan": "Min plan (delt af den unge)", "contact": PHONE}
    assert not any(words in at_desk(desk, path) for words in seen.values())
    for part, words in seen.items():
        consent = decide(client, path, **{part: True})
        assert [name for name in PARTS if consent[name]["shared"]] == [part]
        page = at_desk(desk, path)
        assert [name for name in PARTS if seen[name] in page] == [part], words
        decide(client, path, **{part: False})
    assert not any(words in at_desk(desk, path) for words in seen.values())


def test_what_is_not_there_cannot_be_shared(client: TestClient, path: str) -> None:
    answer = client.put(f"{path}/consent", json={"plan": True})
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_share")
    assert client.put(f"{path}/consent", json={"journal": True}).status_code == 422
    assert client.put(f"{path}/consent", json={"plan": "ja"}).status_code == 422


def test_a_number_that_is_told_to_a_human_is_for_them(client: TestClient, desk: TestClient, asked: str) -> None:
    claim(desk, asked)
    send(client, asked, text=f"ring til mig på {PHONE}")
    assert PHONE in at_desk(desk, asked)
    assert client.get(f"{asked}/consent").json()["contact"]["shared"] is True


def test_in_danger_a_caseworker_may_read_and_the_young_person_is_told_at_once(
    client: TestClient, desk: TestClient, path: str
) -> None:
    last_answer(client, path, send(client, path, text=SECRET))
    answer = last_answer(client, path, send(client, path, text=HOPELESS))
    assert answer["kind"] == "danger"
    assert "må de læse hele chatten og se din kontakt uden at spørge dig først" in str(answer["text"])
    page = at_desk(desk, path)
    assert SECRET in page
    assert "fordi det ser farligt ud" in page
    [reading] = client.get(f"{path}/readers").json()["readers"]
    assert reading["in_danger"] is True
    number = path.rsplit("/", 1)[1]
    claim(desk, path)
    desk.post(f"/desk/conversations/{number}/calm", json=CALM).raise_for_status()
    calm = at_desk(desk, path)
    assert SECRET not in calm
    assert HOPELESS in calm


def test_in_danger_nobody_is_asked_what_may_be_seen(client: TestClient, desk: TestClient, path: str) -> None:
    for text in (SECRET, HOPELESS):
        last_answer(client, path, send(client, path, text=text))
    claim(desk, path)
    desk.post(f"/desk/conversations/{path.rsplit('/', 1)[1]}/release").raise_for_status()
    last_answer(client, path, send(client, path, text=HUMAN))
    state = client.get(f"{path}/messages").json()
    assert state["holder"] == "waiting"
    assert not any(message["data"].get("consent") for message in state["messages"])


def test_what_was_written_to_a_human_needs_no_danger_to_be_read(
    client: TestClient, desk: TestClient, path: str
) -> None:
    last_answer(client, path, send(client, path, text=HOPELESS))
    at_desk(desk, path)
    [reading] = client.get(f"{path}/readers").json()["readers"]
    assert reading["in_danger"] is False


def test_words_that_only_sounded_hard_are_as_private_as_their_message(
    client: TestClient, desk: TestClient, path: str
) -> None:
    for text in ("det hele er ligegyldigt", HUMAN):
        last_answer(client, path, send(client, path, text=text))
    reasons = f"/desk/conversations/{path.rsplit('/', 1)[1]}/reasons"
    assert "ligegyldigt" not in at_desk(desk, path) + desk.get(reasons).text
    decide(client, path, transcript=True)
    assert "ligegyldigt" in desk.get(reasons).text


def test_readers_are_told_by_role_and_time_and_never_by_name(client: TestClient, desk: TestClient, asked: str) -> None:
    assert client.get(f"{asked}/readers").json() == {"readers": []}
    at_desk(desk, asked)
    at_desk(desk, asked)
    answer = client.get(f"{asked}/readers")
    [reading] = answer.json()["readers"]
    assert (reading["title"], reading["read"], reading["in_danger"]) == ("Boligagent", ["chat"], False)
    assert reading["first_at"] <= reading["last_at"]
    assert "demo" not in answer.text.casefold()


def test_who_opens_a_page_on_which_nothing_is_shared_has_read_nothing(
    client: TestClient, desk: TestClient, path: str
) -> None:
    last_answer(client, path, send(client, path, text=SECRET))
    assert SECRET not in at_desk(desk, path)
    assert client.get(f"{path}/readers").json() == {"readers": []}


def test_what_was_read_stays_known_after_an_erasure_without_a_way_back(
    client: TestClient, desk: TestClient, asked: str
) -> None:
    at_desk(desk, asked)
    number = asked.rsplit("/", 1)[1]
    assert client.delete(asked).status_code == 204
    with store_of(client).read(THE_TESTS) as work:
        noted = work.people.noted("eksempel")
    assert "read" in [entry.action for entry in noted]
    assert number not in [entry.subject for entry in noted]


@pytest.mark.parametrize(
    ("method", "what"),
    [
        ("GET", "readers"),
        ("GET", "consent"),
        ("PUT", "consent"),
        ("GET", "export"),
        ("DELETE", "session"),
    ],
)
def test_nobody_else_is_told(client: TestClient, path: str, method: str, what: str) -> None:
    for header in ({"Authorization": "Bearer another"}, {"Authorization": ""}):
        answer = client.request(method, f"{path}/{what}", headers=header)
        assert (answer.status_code, answer.json()["code"]) == (401, "wrong_token")


def test_after_the_session_has_ended_its_token_opens_nothing(client: TestClient, desk: TestClient, asked: str) -> None:
    assert client.delete(f"{asked}/session").status_code == 204
    assert client.get(f"{asked}/messages").status_code == 401
    assert client.get(f"{asked}/export").status_code == 401
    assert "Chatten er lukket herfra." in at_desk(desk, asked)


def test_a_page_that_is_still_open_is_told_nothing_after_the_session_has_ended(client: TestClient, asked: str) -> None:
    assert client.delete(f"{asked}/session").status_code == 204
    with pytest.raises(ConversationNotFoundError):
        run(client.app.state.conversations.messages(asked.rsplit("/", 1)[1], 0))  # type: ignore[attr-defined]


def test_the_question_is_put_in_english_too(client: TestClient) -> None:
    path = open_conversation(client)
    last_answer(client, path, send(client, path, text="hello, what is a deposit when you rent a room"))
    press(client, path, "Talk to a human")
    answer = press(client, path, "Share the chat from before")
    assert "whole chat" in str(answer["text"])
    assert "Take the chat back" in [button["title"] for button in answer["buttons"]]  # type: ignore[attr-defined]
