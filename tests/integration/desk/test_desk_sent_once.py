"""A caseworker's message that comes twice is stored once, and what only looks like it is not swallowed."""

import re
from uuid import UUID, uuid4

import pytest

from bot.web.chat_api import message_json
from tests.support.desk import PAGE
from tests.support.the_tests import THE_TESTS

ID = "6f1c9f4e-5b1f-4a53-9a6e-2f2d8b1f7c11"


@pytest.fixture
def path(anna, young):
    path = f"/desk/conversations/{young.id}"
    anna.post(f"{path}/claim").raise_for_status()
    return path


@pytest.fixture
def said(store, young):
    def texts():
        with store.read(THE_TESTS) as work:
            return [one.text for one in work.conversations.after(young.id, 0) if one.sender == "caseworker"]

    return texts


def noted(store):
    with store.read(THE_TESTS) as work:
        return [entry.action for entry in work.people.noted("eksempel")].count("say")


def test_the_same_message_again_gives_the_same_answer_and_nothing_twice(anna, store, path, said):
    body = {"text": "Mit kort er 4571 7360 0000 0000. Hej.", "client_id": ID}
    first, again, loud = (anna.post(f"{path}/messages", json=body | {"client_id": id_}) for id_ in (ID, ID, ID.upper()))
    assert first.status_code == 200
    assert again.json() == loud.json() == first.json()
    assert (len(said()), noted(store)) == (1, 1)


def test_a_double_click_on_the_page_s_own_form_sends_once(anna, path, said):
    page = anna.get(path, headers=PAGE).text
    [given] = re.findall(r'name="client_id" value="([^"]+)"', page)
    assert UUID(given) != UUID(re.findall(r'name="client_id" value="([^"]+)"', anna.get(path, headers=PAGE).text)[0])
    for _ in range(2):
        answer = anna.post(f"{path}/messages", data={"text": "Hej.", "client_id": given}, headers=PAGE)
        assert (answer.status_code, answer.headers["Location"]) == (303, path)
    assert said() == ["Hej."]


@pytest.mark.parametrize("more", [{}, {"client_id": ""}])
def test_without_an_id_all_is_as_before(anna, path, said, more):
    for _ in range(2):
        anna.post(f"{path}/messages", json={"text": "Hej."} | more).raise_for_status()
    assert said() == ["Hej.", "Hej."]


def test_another_id_is_another_message(anna, path, said):
    for _ in range(2):
        anna.post(f"{path}/messages", json={"text": "Hej.", "client_id": str(uuid4())}).raise_for_status()
    assert said() == ["Hej.", "Hej."]


def test_other_words_under_the_same_id_are_refused_and_not_lost_in_silence(anna, path, said):
    anna.post(f"{path}/messages", json={"text": "Hej.", "client_id": ID}).raise_for_status()
    answer = anna.post(f"{path}/messages", json={"text": "Hej. Og mere.", "client_id": ID})
    assert (answer.status_code, answer.json()["code"]) == (409, "message_differs")
    assert said() == ["Hej."]


@pytest.mark.parametrize("given", ["x", "1", "x" * 5000, f"{ID}0", "æ" * 32, "²" * 32])
def test_what_is_no_id_is_told_of(anna, path, said, given):
    answer = anna.post(f"{path}/messages", json={"text": "Hej.", "client_id": given})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_client_id")
    assert said() == []


@pytest.mark.parametrize("given", [None, 1, [ID]])
def test_an_id_that_is_no_text_is_bad_json(anna, path, said, given):
    answer = anna.post(f"{path}/messages", json={"text": "Hej.", "client_id": given})
    assert (answer.status_code, answer.json()["code"], said()) == (400, "bad_json", [])


def test_a_retry_after_the_conversation_was_handed_back_hears_that_it_was_sent(anna, path, said):
    body = {"text": "Hej.", "client_id": ID}
    first = anna.post(f"{path}/messages", json=body)
    anna.post(f"{path}/release").raise_for_status()
    assert anna.post(f"{path}/messages", json=body).json() == first.json()
    other = anna.post(f"{path}/messages", json=body | {"client_id": str(uuid4())})
    assert (other.json()["code"], said()) == ("not_holder", ["Hej."])


def test_the_id_of_a_colleague_opens_nothing(anna, bo, carl, young, path, said):
    body = {"text": "Hej.", "client_id": ID}
    anna.post(f"{path}/messages", json=body).raise_for_status()
    assert bo.post(f"{path}/messages", json=body).json()["code"] == "not_holder"
    assert carl.post(f"{path}/messages", json=body).status_code == 404
    young.erases()
    assert anna.post(f"{path}/messages", json=body).status_code == 404


def test_young_people_and_caseworkers_never_take_each_other_s_message_for_their_own(anna, store, young, path, said):
    anna.post(f"{path}/messages", json={"text": "Hej.", "client_id": ID}).raise_for_status()
    with store.read(THE_TESTS) as work:
        assert work.conversations.by_client_id(young.id, ID) is None
        told = message_json(work.conversations.after(young.id, 0)[-1])
    assert (told["text"], told["client_id"]) == ("Hej.", None)
