"""A young person's own plan, made with the running product."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from tests.support.running import System
from tests.support.young import Young

pytestmark = pytest.mark.system

HOME = "et værelse hvor jeg må have min hund"
SUPPORT = "hjælp til de breve fra kommunen"
NETWORK = "min søster og et menneske der lytter"
OWN = "søge 3 lejligheder om ugen"
ASK = "jeg vil have at de spørger før de ringer til min far"
ANSWERS = (HOME, SUPPORT, NETWORK, OWN, ASK)


@pytest.fixture
def young(system: System) -> Callable[[], Young]:
    return lambda: Young(system.address)


def said(messages: list[dict[str, Any]]) -> str:
    return "\n".join(message["text"] for message in messages)


def plan(young: Young) -> dict[str, str]:
    """The plan as it is shown last: what stands in which part."""
    card = [message for message in young.messages if message["data"].get("plan")][-1]
    return {part["key"]: part["text"] for part in card["data"]["plan"]["parts"]}


def begin(young: Young) -> None:
    young.say("jeg vil lave min plan")


def make(young: Young, *answers: str) -> None:
    begin(young)
    for answer in answers:
        young.say(answer)


@contextmanager
def desk(system: System) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=system.address) as client:
        answer = client.post("/desk/sign-in", json={"user": "demo", "password": system.password})
        assert answer.status_code == 200, answer.text
        yield client


def seen_at_desk(system: System, young: Young) -> str:
    with desk(system) as client:
        page = client.get(f"/desk/conversations/{young.id}", headers={"Accept": "text/html"})
        lists = [client.get(f"/desk/{name}.json").text for name in ("queue", "bookings")]
    assert page.status_code == 200
    return "\n".join([page.text, *lists])


def test_builds_a_plan_step_by_step_and_sees_it_in_her_own_words(young: Callable[[], Young]) -> None:
    one = young()
    make(one, *ANSWERS)
    assert plan(one) == dict(zip(("home", "support", "network", "own", "ask"), ANSWERS, strict=True))
    card = one.messages[-1]
    assert all(answer in card["text"] for answer in ANSWERS), "the text alone reads as the plan"
    assert card["data"]["plan"]["shared"] is False


def test_every_word_of_the_plan_came_from_a_message_of_his(young: Callable[[], Young]) -> None:
    one = young()
    begin(one)
    for step in ("ro og en nøgle!!", "ved ikke", "hvem kan læse det her", "ok", "min bror Ali", "spring over"):
        one.say(step)
    one.tap("Spring over")
    own = "\n".join(message["text"] for message in one.messages if message["sender"] == "young")
    assert plan(one)
    for text in plan(one).values():
        assert text in own.split("\n")


def test_skips_a_part_that_then_stays_empty(young: Callable[[], Young]) -> None:
    one = young()
    begin(one)
    one.tap("Spring over")
    one.say("nej")
    for answer in (NETWORK, OWN, ASK):
        one.say(answer)
    assert set(plan(one)) == {"network", "own", "ask"}


def test_corrects_the_one_before_and_later_one_alone(young: Callable[[], Young]) -> None:
    one = young()
    make(one, "et slot")
    one.say("ret det forrige")
    one.say(HOME)
    for answer in (SUPPORT, NETWORK, OWN, ASK):
        one.say(answer)
    assert plan(one)["home"] == HOME
    one.tap("Ret i min plan")
    one.tap("Det kan jeg selv")
    one.say("ringe til en udlejer på fredag")
    assert plan(one) == dict(zip(("home", "support", "network", "own", "ask"), ANSWERS, strict=True)) | {
        "own": "ringe til en udlejer på fredag"
    }


def test_asks_something_in_the_middle_and_is_led_back(young: Callable[[], Young]) -> None:
    one = young()
    make(one, HOME)
    answer = one.say("hvad er boligstøtte?")
    assert "boligstøtte" in said(answer).lower()
    assert "2 af 5" in said(answer)
    one.say(SUPPORT)
    one.say("vis min plan")
    assert plan(one) == {"home": HOME, "support": SUPPORT}


def test_is_in_danger_in_the_middle_and_no_answer_to_that_is_taken_for_the_plan(young: Callable[[], Young]) -> None:
    one = young()
    make(one, HOME)
    danger = one.say("jeg vil ikke leve mere")
    assert danger[-1]["kind"] == "danger"
    one.say("jeg har det virkelig dårligt")
    one.say("vis min plan")
    assert plan(one) == {"home": HOME}
    one.tap("Skriv videre")
    one.say(SUPPORT)
    one.say("vis min plan")
    assert plan(one) == {"home": HOME, "support": SUPPORT}


def test_seems_unwell_in_the_middle_and_is_asked_how_it_is(young: Callable[[], Young]) -> None:
    one = young()
    make(one, HOME)
    answer = one.say("jeg gider ikke mere")
    assert "2 af 5" not in said(answer)
    assert "3 af 5" not in said(answer)
    one.say("vis min plan")
    assert plan(one) == {"home": HOME}


def test_stops_and_goes_on_later(young: Callable[[], Young]) -> None:
    one = young()
    make(one, HOME)
    one.tap("Stop her")
    assert "boligstøtte" in said(one.say("hvad er boligstøtte")).lower()
    one.say("vis min plan")
    one.tap("Skriv videre")
    one.say(SUPPORT)
    one.tap("Stop her")
    one.tap("Vis min plan")
    assert plan(one) == {"home": HOME, "support": SUPPORT}


def test_a_number_in_the_plan_stays_hidden(young: Callable[[], Young]) -> None:
    one = young()
    make(one, "min mor kan ringes op på 12 34 56 78")
    one.say("vis min plan")
    assert plan(one) == {"home": "min mor kan ringes op på [telefonnummer]"}


def test_without_a_yes_the_desk_sees_no_word_of_it(young: Callable[[], Young], system: System) -> None:
    one = young()
    make(one, *ANSWERS)
    one.tap("Send til boligagenten")
    one.say("nej")
    one.say("jeg vil tale med et menneske")
    seen = seen_at_desk(system, one)
    assert "Min plan (delt af den unge)" not in seen
    assert not any(answer in seen for answer in ANSWERS)


def test_with_a_yes_the_desk_sees_it_until_it_is_taken_back(young: Callable[[], Young], system: System) -> None:
    one = young()
    make(one, *ANSWERS)
    one.tap("Send til boligagenten")
    one.say("ja")
    seen = seen_at_desk(system, one)
    assert "Min plan (delt af den unge)" in seen
    assert all(answer in seen for answer in ANSWERS)
    one.say("vis min plan")
    assert one.messages[-1]["data"]["plan"]["shared"] is True
    one.tap("Tag den tilbage")
    assert not any(answer in seen_at_desk(system, one) for answer in ANSWERS)


def test_books_a_talk_and_sends_the_plan_along(young: Callable[[], Young], system: System) -> None:
    one = young()
    make(one, HOME)
    one.tap("Stop her")
    one.book()
    one.tap("Send min plan med")
    assert HOME not in seen_at_desk(system, one)
    one.tap("Ja, send min plan")
    assert HOME in seen_at_desk(system, one)
    with desk(system) as client:
        assert re.search(rf"{one.id}.*?, med plan", client.get("/desk/bookings", headers={"Accept": "text/html"}).text)


def test_books_a_talk_in_the_middle_of_the_plan(young: Callable[[], Young]) -> None:
    one = young()
    make(one, HOME)
    assert one.book()["data"]["status"] == "active"


def test_erases_the_chat_and_the_plan_with_it(young: Callable[[], Young], system: System) -> None:
    one = young()
    secret = "et kælderrum bag svømmehallen i Ringsted"
    make(one, secret)
    assert one.http.delete(one.path).status_code == 204
    kept = b"".join(file.read_bytes() for file in (system.folder / "var").rglob("*") if file.is_file())
    assert secret.encode() not in kept
