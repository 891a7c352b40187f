"""Whole conversations of those around a young person, against the running product."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.support.running import System
from tests.support.young import CLOCK_TIME, Young

pytestmark = pytest.mark.system

WHOSE = "Er den unge med"


@pytest.fixture
def helper(system: System) -> Callable[[], Young]:
    return lambda: Young(system.address)


def said(messages: list[dict[str, Any]]) -> str:
    return "\n".join(str(message["text"]) for message in messages)


def titles(messages: list[dict[str, Any]]) -> list[str]:
    return [button["title"] for message in messages for button in message["buttons"]]


def offers_times(messages: list[dict[str, Any]]) -> bool:
    return any(CLOCK_TIME.search(title) for title in titles(messages))


def desk(system: System) -> httpx.Client:
    client = httpx.Client(base_url=system.address)
    client.post("/desk/sign-in", json={"user": "demo", "password": system.password}).raise_for_status()
    return client


def at_desk(system: System, conversation: str) -> list[dict[str, Any]]:
    bookings = desk(system).get("/desk/bookings.json").json()["bookings"]
    return [booking for booking in bookings if booking["conversation_id"] == conversation]


def named_at_desk(system: System, conversation: str) -> tuple[str, str]:
    """Who writes, as the queue says it to programs and the page to people."""
    client = desk(system)
    queue = client.get("/desk/queue.json").json()["conversations"]
    page = client.get(f"/desk/conversations/{conversation}", headers={"Accept": "text/html"}).text
    [name] = {name for name in ("Den unge", "Hjælperen") if f"<strong>{name}</strong>" in page}
    return next(one["writer"] for one in queue if one["id"] == conversation), name


def test_a_mother_gets_answers_and_a_time_of_her_own(helper: Callable[[], Young], system: System) -> None:
    mother = helper()
    answer = mother.say("jeg er bekymret for min søn, han sover på sofaer hos venner")
    assert "lyt mere" in said(answer)
    assert "Det handler om mig selv" in titles(answer)
    assert WHOSE in said(mother.say("kan jeg booke en tid"))
    answer = mother.tap("min bekymring")
    assert "Du skal ikke sige, hvem den unge er" in said(answer)
    assert offers_times(answer)
    mother.tap_payload(mother.free_times()[0]["payload"])
    assert [field["label"] for field in mother.last("form")["data"]["fields"]] == ["Dit eget fornavn (hvis du vil)"]
    answer = mother.tap("Ja")
    booking = mother.last("booking")["data"]
    assert booking["about"] == "worry"
    assert "din egen tid" in said(answer)
    [seen] = at_desk(system, mother.id)
    assert (seen["about"], "code" in seen) == ("worry", False)


def test_a_teacher_is_told_of_the_stricter_duty(helper: Callable[[], Young]) -> None:
    teacher = helper()
    teacher.say("jeg er lærer og bekymret for en elev")
    answer = teacher.say("har jeg pligt til at lave en underretning")
    assert "din pligt større" in said(answer)
    assert all(source["url"].startswith("http") for message in answer for source in message["sources"])
    assert any(message["sources"] for message in answer)


def test_together_with_the_young_person_a_helper_books_and_the_words_work(
    helper: Callable[[], Young], system: System
) -> None:
    mother = helper()
    assert WHOSE in said(mother.say("kan jeg booke en tid til min søn"))
    answer = mother.say("ja han har sagt ja")
    assert offers_times(answer)
    mother.tap_payload(mother.free_times()[0]["payload"])
    answer = mother.tap("Ja")
    assert "den unges" in said(answer)
    booking = mother.last("booking")["data"]
    found = mother.http.post("/api/bookings/find", json={"code": booking["code"]}).json()
    assert (found["starts_at"], found["about"]) == (booking["starts_at"], "with_helper")
    assert [seen["about"] for seen in at_desk(system, mother.id)] == ["with_helper"]


def test_a_helper_who_wants_to_read_along_is_told_no(helper: Callable[[], Young]) -> None:
    son = helper()
    son.say("sover lidt hos den ene og lidt hos den anden")
    mother = helper()
    answer = mother.say("kan jeg se hvad min søn har skrevet til jer")
    assert "Nej, du kan ikke læse" in said(answer)
    assert "sover lidt hos den ene" not in mother.texts()
    assert mother.http.get(f"{son.path}/messages?after=0").status_code == 401


def test_a_helper_learns_nothing_of_a_talk_without_the_words(helper: Callable[[], Young]) -> None:
    son = helper()
    booked = son.book()["data"]
    mother = helper()
    mother.say("jeg er bekymret for min søn")
    for question in ("hvornår har min søn tid hos jer", "kan du aflyse min søns tid"):
        answer = said(mother.say(question))
        assert "Jeg kan ikke se, om en anden har en tid" in answer
        assert not CLOCK_TIME.search(answer)
    assert son.http.post("/api/bookings/find", json={"code": booked["code"]}).json()["status"] == "active"


def test_a_friend_of_17_is_still_young_and_the_friends_age_is_not_theirs(helper: Callable[[], Young]) -> None:
    friend = helper()
    friend.say("jeg er 17 og jeg er bekymret for min ven der bor i sin bil")
    assert "116 111" in said(friend.say("hvem kan jeg tale med"))
    friend.say("nej det er mig selv")
    # Their own age is known: nobody asks for it again.
    answer = friend.say("må nogen komme med til mødet")
    assert "fyldt 15 år" in said(answer)


def test_whoever_says_that_it_is_themselves_is_answered_as_that(helper: Callable[[], Young]) -> None:
    one = helper()
    one.say("jeg er bekymret for min ven")
    assert "Så handler det om dig" in said(one.say("nej det er mig selv"))
    assert offers_times(one.say("jeg vil gerne booke en tid"))


def test_the_button_that_it_is_about_oneself_does_the_same(helper: Callable[[], Young]) -> None:
    one = helper()
    one.say("jeg er bekymret for min ven")
    assert "Så handler det om dig" in said(one.tap("Det handler om mig selv"))


def test_a_number_given_for_a_talk_together_is_not_used_for_the_helpers_own(helper: Callable[[], Young]) -> None:
    mother = helper()
    mother.say("kan jeg booke en tid til min søn på telefon")
    mother.tap("Ja")
    mother.tap_payload(mother.free_times()[0]["payload"])
    mother.say("12 34 56 78")
    mother.tap("Ja")
    assert mother.last("booking")["data"]["about"] == "with_helper"
    mother.say("kan jeg booke en tid på telefon")
    mother.tap("min bekymring")
    mother.tap_payload(mother.free_times()[0]["payload"])
    assert "kun dit eget nummer" in mother.texts()


def test_a_mother_whose_son_has_no_bed_tonight_is_shown_what_they_can_do(helper: Callable[[], Young]) -> None:
    mother = helper()
    mother.say("jeg er bekymret for min søn")
    mother.say("min søn er blevet smidt ud af sin kæreste")
    answer = mother.tap("Nej, ikke i nat")
    assert "din ven" in said(answer)
    assert answer[-1]["kind"] == "danger"


def test_a_young_person_is_never_asked_whose_talk_it_is(helper: Callable[[], Young]) -> None:
    young = helper()
    answer = young.say("jeg vil gerne booke en tid")
    assert WHOSE not in said(answer)
    assert offers_times(answer)
    assert young.book()["data"]["about"] == "young"


def test_the_desk_knows_that_a_helper_writes_and_that_it_was_put_right(
    helper: Callable[[], Young], system: System
) -> None:
    one = helper()
    one.say("jeg er bekymret for min søn")
    one.say("jeg vil tale med et menneske")
    assert named_at_desk(system, one.id) == ("helper", "Hjælperen")
    one.say("nej det er mig selv")
    assert named_at_desk(system, one.id) == ("young", "Den unge")


def test_who_begins_with_a_son_in_danger_is_a_helper_to_the_desk_at_once_and_to_the_bot_after(
    helper: Callable[[], Young], system: System
) -> None:
    mother = helper()
    assert mother.say("min søn har taget 40 panodiler")[-1]["kind"] == "danger"
    assert named_at_desk(system, mother.id) == ("helper", "Hjælperen")
    assert "ForældreTelefonen" in said(mother.say("hvem kan jeg tale med"))
    assert named_at_desk(system, mother.id) == ("helper", "Hjælperen")
    mother.say("nej det er mig selv")
    assert named_at_desk(system, mother.id) == ("young", "Den unge")
