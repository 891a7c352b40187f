"""Whole conversations against the running product, each named after what a person does in it."""

from collections.abc import Callable

import pytest

from tests.support.running import System
from tests.support.young import CLOCK_TIME, Young

pytestmark = pytest.mark.system


@pytest.fixture
def young(system: System) -> Callable[[], Young]:
    return lambda: Young(system.address)


def said(messages: list[dict[str, object]]) -> str:
    return "\n".join(str(message["text"]) for message in messages)


def test_sleeps_at_friends_and_is_counted_in_without_being_called_homeless(young: Callable[[], Young]) -> None:
    one = young()
    answer = one.say("sover lidt hos den ene og lidt hos den anden")
    assert "hjemløs" not in said(answer).lower()
    assert "tæller" in said(answer)
    assert all(source["url"].startswith("http") for message in answer for source in message["sources"])
    assert any(message["sources"] for message in answer)


def test_books_the_first_time_and_finds_it_by_the_three_words(young: Callable[[], Young]) -> None:
    one = young()
    booking = one.book()["data"]
    found = one.http.post("/api/bookings/find", json={"code": booking["code"]})
    assert found.json()["starts_at"] == booking["starts_at"]


def test_the_first_answer_to_a_booking_request_offers_free_times(young: Callable[[], Young]) -> None:
    one = young()
    one.say("kan jeg få en tid hos boligagenten")
    assert len(one.free_times()) >= 3


def test_asks_about_deposit_in_the_middle_of_booking_and_is_led_back(young: Callable[[], Young]) -> None:
    one = young()
    one.say("jeg vil gerne booke en tid")
    answer = one.say("hvad er et indskud egentlig?")
    assert "indskud" in said(answer).lower()
    assert any(CLOCK_TIME.search(button["title"]) for message in answer for button in message["buttons"])


def test_changes_her_mind_and_forgets_the_booking(young: Callable[[], Young]) -> None:
    one = young()
    one.say("jeg vil gerne booke en tid")
    one.say("glem det")
    answer = one.say("hvad er boligstøtte")
    assert "boligstøtte" in said(answer).lower()
    assert not any(CLOCK_TIME.search(button["title"]) for message in answer for button in message["buttons"])


def test_wants_the_phone_instead_and_types_the_number_into_the_chat(young: Callable[[], Young]) -> None:
    one = young()
    one.say("jeg vil gerne booke en tid")
    one.tap("telefon")
    one.tap_payload(one.free_times()[0]["payload"])
    one.say("12 34 56 78")
    one.tap("Ja")
    assert one.last("booking")["data"]["way"] == "phone"
    assert "12 34 56 78" not in one.texts()


def test_gives_the_number_in_the_field_and_it_never_enters_the_talk(young: Callable[[], Young]) -> None:
    one = young()
    one.say("jeg vil gerne snakke med boligagenten i telefon")
    one.tap_payload(one.free_times()[0]["payload"])
    form = one.last("form")
    assert "phone" in [field["name"] for field in form["data"]["fields"]]
    assert one.contact(phone="12345678", first_name="Sofie").status_code == 204
    one.tap("Gem")
    one.tap("Ja")
    assert one.last("booking")["data"]["status"] == "active"
    assert "12345678" not in one.texts()
    assert "Sofie" not in one.texts()


def test_says_another_day_when_asked_to_confirm(young: Callable[[], Young]) -> None:
    one = young()
    one.say("jeg vil gerne booke en tid")
    one.tap_payload(one.free_times()[0]["payload"])
    answer = one.say("nej hellere på torsdag")
    assert any(message["text"].startswith("Dit ønske: torsdag den ") for message in answer)
    times = [button["title"] for message in answer for button in message["buttons"] if "kl." in button["title"]]
    assert times
    assert all(title.startswith("tors.") for title in times)


def test_moves_the_booking_and_then_cancels_it(young: Callable[[], Young]) -> None:
    one = young()
    first = one.book()["data"]
    one.say("kan jeg flytte min tid")
    one.tap_payload(one.free_times()[1]["payload"])
    one.tap("Ja")
    moved = one.last("booking")["data"]
    assert (moved["code"], moved["starts_at"] != first["starts_at"]) == (first["code"], True)
    one.say("jeg vil gerne aflyse min tid")
    one.tap("Ja")
    assert one.last("booking")["data"]["status"] == "cancelled"


def test_asks_for_a_human_and_goes_on_asking_while_waiting(young: Callable[[], Young]) -> None:
    one = young()
    one.say("jeg vil tale med et menneske")
    assert one.holder() == "waiting"
    assert "boligstøtte" in said(one.say("hvad er boligstøtte")).lower()


def test_asks_to_be_called_and_gives_the_number_in_the_same_words(young: Callable[[], Young]) -> None:
    one = young()
    answer = one.say("kan en fra kommunen ringe til mig på 20 30 40 50")
    assert one.holder() == "waiting"
    assert "skjult" not in said(answer)
    assert one.http.get(f"{one.path}/consent").json()["contact"]["shared"] is True


def test_is_in_danger_in_the_middle_of_booking(young: Callable[[], Young]) -> None:
    one = young()
    one.say("jeg vil gerne booke en tid")
    answer = one.say("jeg vil ikke leve mere")
    assert answer[-1]["kind"] == "danger"
    assert answer[-1]["data"]["level"] >= 2
    assert one.holder() == "waiting"
    assert one.say("hvad er boligstøtte")[-1]["kind"] != "danger"


@pytest.mark.parametrize(
    "text", ["/restart", "/booking_request", "😀😀😀", "مرحبا كيف الحال", "<script>alert(1)</script>", "////"]
)
def test_writes_something_odd_and_is_answered(young: Callable[[], Young], text: str) -> None:
    one = young()
    answer = one.say(text)
    assert answer[-1]["final"]
    assert said(answer)
    assert not any(CLOCK_TIME.search(button["title"]) for message in answer for button in message["buttons"])


def test_tells_a_cpr_number_that_is_neither_kept_nor_repeated(young: Callable[[], Young], system: System) -> None:
    one = young()
    one.say("mit cpr er 010190-1234, kan I finde min sag")
    assert "010190" not in one.texts()
    kept = b"".join(file.read_bytes() for file in (system.folder / "var").rglob("*") if file.is_file())
    assert b"010190-1234" not in kept


def test_is_not_understood_and_is_asked_what_is_meant(young: Callable[[], Young]) -> None:
    one = young()
    answer = one.say("qwrtp zxcvb")
    assert any(message["buttons"] for message in answer)


def test_is_not_understood_twice_and_is_offered_a_human(young: Callable[[], Young]) -> None:
    one = young()
    one.say("qwrtp zxcvb")
    answer = one.say("vbnm hjkl dfgh")
    payloads = [button["payload"] for message in answer for button in message["buttons"]]
    assert "/handoff_request" in payloads


def test_tells_the_age_once_and_gets_the_answer_for_it(young: Callable[[], Young]) -> None:
    one = young()
    one.say("kan jeg bo på herberg")
    under_18 = said(one.tap("under 18"))
    assert "18" in under_18
    again = one.say("kan jeg bo på et herberg?")
    assert not any("under 18" in button["title"] for message in again for button in message["buttons"])
    assert "underretning" in under_18, "once, what anonymous means to somebody under 18"
    assert under_18.endswith(said(again))


def test_erases_the_chat_and_nothing_answers_any_more(young: Callable[[], Young]) -> None:
    one = young()
    one.say("hej")
    assert one.http.delete(one.path).status_code == 204
    assert one.http.get(f"{one.path}/messages").status_code == 401
