"""One conversation at the desk: who may take it, write in it and see what."""

from dataclasses import replace

import pytest

from bot.casework.consent import Shared
from bot.casework.conversations import Danger, Writer
from bot.conversation.absence import Absences
from bot.conversation.notices import Notices
from bot.conversation.sentences import LEFT
from bot.municipality.towns import Municipality
from tests.support.desk import CALM, CONTACT, PAGE, news
from tests.support.the_tests import THE_TESTS


def test_claim_write_and_hand_back(anna, store, young):
    path = f"/desk/conversations/{young.id}"
    assert anna.post(f"{path}/claim").json() == {"id": young.id, "holder": "human"}
    said = anna.post(f"{path}/messages", json={"text": "Hej, jeg er Anna."})
    assert said.status_code == 200
    assert "Hej, jeg er Anna." in anna.get(path, headers=PAGE).text
    assert anna.post(f"{path}/release").json() == {"id": young.id, "holder": "bot"}
    with store.read(THE_TESTS) as work:
        last = work.conversations.after(young.id, said.json()["sequence"] - 1)[0]
    assert (last.sender, last.text) == ("caseworker", "Hej, jeg er Anna.")


def test_each_message_bears_the_name_of_who_writes(anna, young):
    path = f"/desk/conversations/{young.id}"
    young.hears("Hej.")
    page = anna.get(path, headers=PAGE).text + news(anna, young)
    assert ("<strong>Den unge</strong>" in page, "Hjælper" in page) == (True, False)
    young.is_a(Writer.HELPER)
    for page in (anna.get(path, headers=PAGE).text, news(anna, young)):
        assert "<strong>Hjælperen</strong>" in page
        assert "<strong>Robotten</strong>" in page
        assert "den unge" not in page.lower()
        assert "og hjælperen får at vide" in page


def test_the_page_of_a_conversation_says_its_language_before_it_is_claimed(anna, young):
    path = f"/desk/conversations/{young.id}"
    assert "Skriver på" not in anna.get(path, headers=PAGE).text
    young.in_language("en")
    assert "Skriver på engelsk" in anna.get(path, headers=PAGE).text
    assert "Skriver på engelsk" in news(anna, young)


def test_a_second_claim_is_told_no(anna, bo, young):
    path = f"/desk/conversations/{young.id}/claim"
    assert anna.post(path).status_code == 200
    for client in (anna, bo):
        answer = client.post(path)
        assert (answer.status_code, answer.json()["code"]) == (409, "already_claimed")
    page = bo.post(path, data={"csrf": bo.headers["X-CSRF-Token"]}, headers=PAGE)
    assert page.status_code == 409
    assert "En kollega har allerede taget samtalen." in page.text


def test_a_double_click_on_claim_leads_to_the_conversation(anna, young):
    path = f"/desk/conversations/{young.id}/claim"
    assert [anna.post(path, headers=PAGE).status_code for _ in range(2)] == [303, 303]


def test_only_the_holder_writes_and_hands_back(anna, bo, young):
    path = f"/desk/conversations/{young.id}"
    assert bo.post(f"{path}/messages", json={"text": "hej"}).status_code == 409
    anna.post(f"{path}/claim")
    assert bo.post(f"{path}/messages", json={"text": "hej"}).json()["code"] == "not_holder"
    assert bo.post(f"{path}/release").json()["code"] == "not_holder"


@pytest.mark.parametrize(("text", "code"), [("  \n ", "empty_message"), ("x" * 4001, "message_too_long")])
def test_a_message_has_something_to_say_and_an_end(anna, young, text, code):
    anna.post(f"/desk/conversations/{young.id}/claim")
    answer = anna.post(f"/desk/conversations/{young.id}/messages", json={"text": text})
    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize("what", ["", "/news", "/events", "/claim", "/messages", "/release"])
def test_another_municipality_s_conversation_does_not_exist(carl, young, what):
    post = what in ("/claim", "/messages", "/release")
    for conversation in (young.id, "ukendt"):
        path = f"/desk/conversations/{conversation}{what}"
        answer = carl.post(path, json={"text": "hej"}) if post else carl.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "conversation_not_found")
    assert carl.get("/desk/queue.json").json() == {"conversations": []}


def test_a_conversation_that_was_erased_a_second_ago(anna, young):
    anna.post(f"/desk/conversations/{young.id}/claim")
    young.erases()
    answer = anna.post(f"/desk/conversations/{young.id}/messages", json={"text": "hej"})
    assert answer.status_code == 404
    page = anna.get(f"/desk/conversations/{young.id}", headers=PAGE)
    assert page.status_code == 404
    assert "Samtalen findes ikke mere." in page.text


def test_what_a_young_person_writes_is_text_and_never_html(anna, young):
    young.writes("<script>alert(1)</script><hx-partial hx-target='body'>x</hx-partial><b hx-get='/x'>b</b>")
    for page in (anna.get(f"/desk/conversations/{young.id}", headers=PAGE).text, news(anna, young)):
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;hx-partial" in page
        assert "<script>alert" not in page
        assert "<b hx-get" not in page


@pytest.mark.parametrize("after", ["-1", "x", "9" * 30, "²", ""])
def test_a_strange_number_to_go_on_from_means_the_beginning(anna, young, after):
    assert 'data-sequence="1"' in anna.get(f"/desk/conversations/{young.id}/news?after={after}").text


def test_how_to_reach_somebody_is_shown_to_the_holder_alone(anna, bo, young):
    young.can_be_reached(CONTACT).shares(Shared.CONTACT)
    path = f"/desk/conversations/{young.id}"
    assert "12345678" not in anna.get(path, headers=PAGE).text
    anna.post(f"{path}/claim")
    assert "12345678" in anna.get(path, headers=PAGE).text
    assert "12345678" not in bo.get(path, headers=PAGE).text
    assert "12345678" not in news(bo, young)


def test_the_booking_code_is_nowhere_at_the_desk(anna, young, municipality: Municipality):
    booking = young.books(municipality, CONTACT)
    young.writes(f"koden er {booking.code.replace('-', ' ').upper()} ikke?").hears(f"Ja: {booking.code}.")
    anna.post(f"/desk/conversations/{young.id}/claim")
    seen = "".join(
        [
            anna.get(f"/desk/conversations/{young.id}", headers=PAGE).text,
            news(anna, young),
            news(anna, young, after=2),
            anna.get("/desk/bookings", headers=PAGE).text,
            anna.get("/desk/bookings.json").text,
            anna.get("/desk/queue.json").text,
        ]
    ).casefold()
    assert booking.code not in seen
    assert booking.code.replace("-", " ") not in seen
    assert seen.count("[kode]") == 6
    assert "aftalt:" in seen


@pytest.mark.parametrize(
    "typed",
    [
        "skov lampe pære",
        "PAERE, lmape og skof",
        "pære - lampee - skov - pære",
        "lampe1skov2pære",
        "lampe_skov_pære",
        "lempe skou pere",
    ],
)
def test_the_booking_code_is_covered_in_whatever_order_and_with_slips(anna, store, young, municipality, typed):
    booking = young.books(municipality, CONTACT)
    with store.write(THE_TESTS) as work:
        work.bookings.change(replace(booking, code="lampe-skov-pære"))
    young.hears(f"Du skrev {typed.replace(' og', '')}, og ikke lampe eller skov")
    anna.post(f"/desk/conversations/{young.id}/claim")
    seen = anna.get(f"/desk/conversations/{young.id}", headers=PAGE).text
    assert "Du skrev [kode], og ikke lampe eller skov" in seen


def test_a_colleague_takes_over_and_the_young_person_is_told(anna, bo, store, young):
    path = f"/desk/conversations/{young.id}"
    assert bo.post(f"{path}/take-over").json()["code"] == "not_held"
    anna.post(f"{path}/claim")
    assert "Overtag samtalen" in bo.get(path, headers=PAGE).text
    assert bo.post(f"{path}/take-over").json() == {"id": young.id, "holder": "human"}
    assert anna.post(f"{path}/messages", json={"text": "hej"}).json()["code"] == "not_holder"
    assert bo.post(f"{path}/messages", json={"text": "hej"}).status_code == 200
    with store.read(THE_TESTS) as work:
        texts = [message.text for message in work.conversations.after(young.id, 0)]
    assert "Nu skriver du med et menneske: Bo." in texts


def test_only_the_holder_says_that_the_danger_is_over(anna, bo, store, young):
    young.writes("jeg er bange", Danger(3, ("violence",)))
    path = f"/desk/conversations/{young.id}"
    anna.post(f"{path}/claim")
    assert bo.post(f"{path}/calm", json=CALM).json()["code"] == "not_holder"
    assert anna.post(f"{path}/calm", json=CALM).json()["danger"] == {"level": 0, "kinds": []}
    with store.read(THE_TESTS) as work:
        assert work.conversations.get(young.id).danger == Danger()


async def test_whom_a_caseworker_left_alone_waits_again_and_is_told(anna, store, young):
    anna.post(f"/desk/conversations/{young.id}/claim")
    absences = Absences(store, Notices(), {})
    await absences.look()
    with store.read(THE_TESTS) as work:
        assert work.conversations.get(young.id).holder == "human", "she is still signed in"
    anna.post("/desk/sign-out")
    await absences.look()
    with store.read(THE_TESTS) as work:
        found, last = work.conversations.get(young.id), work.conversations.after(young.id, 0)[-1]
    assert (found.holder, found.held_by, last.text) == ("waiting", None, LEFT.danish)
