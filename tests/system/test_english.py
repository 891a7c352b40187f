"""Those who write no Danish, against the running product: English, another language, and Danes with English words."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from bot.language.both import HUMAN_IN_BOTH
from tests.support.running import System
from tests.support.young import Young

pytestmark = pytest.mark.system

ENGLISH_TIME = re.compile(r"^(?:Mon|Tue|Wed|Thu|Fri) \d{1,2} \w{3,4}, \d{2}:\d{2}$")
DANISH = re.compile(r"\b(?:jeg|ikke|og|du|dig|til|hvad|kan|med)\b", re.IGNORECASE)


@pytest.fixture
def young(system: System) -> Callable[..., Young]:
    return lambda locale="da": Young(system.address, locale=locale)


def said(messages: list[dict[str, Any]]) -> str:
    return "\n".join(message["text"] for message in messages)


def titles(messages: list[dict[str, Any]]) -> list[str]:
    return [button["title"] for message in messages for button in message["buttons"]]


def payloads(messages: list[dict[str, Any]]) -> list[str]:
    return [button["payload"] for message in messages for button in message["buttons"]]


def is_english(messages: list[dict[str, Any]]) -> bool:
    shown = said(messages) + "\n" + "\n".join(titles(messages))
    # What the menu and the town call a thing is Danish in every language.
    shown = re.sub(r"\"[^\"]+\"|\([^)]*\)|Lev Uden Vold", "", shown)
    return not DANISH.search(shown) and all(message["data"].get("language") == "en" for message in messages)


def english_times(one: Young) -> list[dict[str, str]]:
    """The free times in the newest message that has any."""
    for message in reversed(one.messages):
        if times := [button for button in message["buttons"] if ENGLISH_TIME.search(button["title"])]:
            return times
    raise AssertionError(one.texts())


def test_a_page_in_english_greets_in_english(young: Callable[..., Young]) -> None:
    one = young("en")
    assert is_english(one.messages)
    assert is_english(one.say("ok"))


def test_the_danish_greeting_says_that_english_works(young: Callable[..., Young]) -> None:
    assert "You can write in English." in said(young().messages)


def test_no_place_tonight_in_english(young: Callable[..., Young]) -> None:
    one = young()
    answer = one.say("I have nowhere to sleep tonight, please help")
    assert (answer[-1]["kind"], answer[-1]["data"]["kinds"]) == ("danger", ["no_shelter_tonight"])
    assert is_english(answer)
    assert all(number in said(answer) for number in ("114", "116 111", "112"))
    assert one.holder() == "waiting"


def test_in_danger_in_english_and_goes_on_in_english(young: Callable[..., Young]) -> None:
    one = young()
    answer = one.say("my boyfriend hits me and I am scared to go home")
    assert answer[-1]["kind"] == "danger"
    assert is_english(answer)
    assert "1888" in said(answer)
    assert is_english(one.say("is this anonymous?"))


def test_books_a_talk_moves_it_and_cancels_it_in_english(young: Callable[..., Young]) -> None:
    one = young()
    assert is_english(one.say("hello, I would like to book a talk with someone"))
    assert len(english_times(one)) >= 3
    assert is_english(one.say("Thursday afternoon please"))
    assert all(button["title"].startswith("Thu") for button in english_times(one))
    assert is_english(one.say("the second one"))
    assert is_english(one.tap("Yes, book it"))
    booked = one.last("booking")["data"]
    assert booked["status"] == "active"
    assert len(booked["code"].split("-")) == 3
    assert is_english(one.say("when is my appointment?"))
    assert is_english(one.say("can I move my appointment to another day"))
    assert is_english(one.tap_payload(english_times(one)[0]["payload"]))
    assert is_english(one.tap("Yes, move it"))
    assert one.last("booking")["data"]["starts_at"] != booked["starts_at"]
    assert is_english(one.say("I need to cancel my appointment"))
    assert is_english(one.tap("Yes, cancel it"))
    assert one.last("booking")["data"]["status"] == "cancelled"


def test_wants_to_be_called_in_english(young: Callable[..., Young]) -> None:
    one = young()
    one.say("can I get an appointment this week please")
    assert is_english(one.tap("By phone"))
    assert is_english(one.tap_payload(english_times(one)[0]["payload"]))
    assert [field["label"] for field in one.last("form")["data"]["fields"]] == [
        "Phone number",
        "First name (if you like)",
    ]
    one.contact(phone="12345678")
    assert is_english(one.tap("Save and go on"))
    assert is_english(one.tap("Yes, book it"))
    assert one.last("booking")["data"]["way"] == "phone"


HOME = "a quiet room where I can keep my dog"
SUPPORT = "someone who reads the letters with me"
OWN = "call one landlord on Friday"
ASK = "they must ask before they call my dad"


def plan(one: Young) -> dict[str, str]:
    """The plan as it is shown last: heading and words of each part."""
    card = [message for message in one.messages if message["data"].get("plan")][-1]
    return {part["title"]: part["text"] for part in card["data"]["plan"]["parts"]}


def at_desk(system: System, one: Young) -> tuple[dict[str, Any], str]:
    """The conversation in the queue, and its page."""
    with httpx.Client(base_url=system.address) as client:
        signed_in = client.post("/desk/sign-in", json={"user": "demo", "password": system.password})
        signed_in.raise_for_status()
        queue = client.get("/desk/queue.json").json()["conversations"]
        page = client.get(f"/desk/conversations/{one.id}", headers={"Accept": "text/html"}).text
    return next(row for row in queue if row["id"] == one.id), page


def write_a_plan(one: Young) -> None:
    """The five steps: one is gone back to, one skipped, a question put in between, and the last put off."""
    answer = one.say("hello, I want to make my own plan")
    assert is_english(answer)
    assert "1 of 5: What is important to you in a home?" in said(answer)
    assert titles(answer) == ["Skip", "Stop here"]
    answer = one.say("a room with a lock")
    assert is_english(answer)
    assert "I have written it down. 2 of 5: " in said(answer)
    answer = one.say("back")
    assert 'under "Important to me in a home"' in said(answer)
    assert titles(answer) == ["Keep it as it is", "Delete what is there", "Stop here"]
    one.say(HOME)
    one.say(SUPPORT)
    answer = one.say("skip this one")
    assert "That is fine. 4 of 5: " in said(answer)
    answer = one.say("who can read this?")
    assert is_english(answer)
    assert "4 of 5: " in said(answer)
    one.say(OWN)
    answer = one.say("later")
    assert is_english(answer)
    assert "5 of 5" not in said(answer)


def test_makes_a_plan_in_english_that_the_desk_reads_under_danish_headings(
    young: Callable[..., Young], system: System
) -> None:
    one = young()
    write_a_plan(one)
    answer = one.say("show my plan")
    assert is_english(answer)
    assert titles(answer) == ["Go on writing", "Change my plan", "Send to the housing agent"]
    one.tap("Go on writing")
    assert is_english(one.say(ASK))
    assert plan(one) == {
        "Important to me in a home": HOME,
        "I would like help with": SUPPORT,
        "What I can do myself": OWN,
        "Ask me about this first": ASK,
    }
    assert is_english(one.tap("Send to the housing agent"))
    assert is_english(one.say("yes"))
    one.say("I want to talk to a human please")
    row, page = at_desk(system, one)
    assert row["language"] == "en"
    assert "Skriver på engelsk" in page
    assert "Det er vigtigt for mig i et hjem" in page
    assert not any(heading in page for heading in ("<h3>Important", "<h3>I would", "<h3>What I", "<h3>Ask"))
    # In the plan; the messages it came from were written to the robot and are not shared.
    assert all(page.count(words) == 1 for words in (HOME, SUPPORT, OWN, ASK))
    assert is_english(one.say("take my plan back"))
    assert HOME not in at_desk(system, one)[1]


def test_changes_one_part_of_the_plan_in_english(young: Callable[..., Young]) -> None:
    one = young("en")
    one.say("I want to make a plan")
    one.say(HOME)
    one.say("stop for now")
    one.tap("Show my plan")
    answer = one.tap("Change my plan")
    assert is_english(answer)
    answer = one.tap("What I can do myself")
    assert "of 5" not in said(answer)
    one.say(OWN)
    assert plan(one) == {"Important to me in a home": HOME, "What I can do myself": OWN}


def test_the_plan_in_a_third_language_is_put_in_both(young: Callable[..., Young]) -> None:
    one = young()
    one.say("أحتاج مكان للنوم")
    answer = one.say("show my plan")
    english, danish = said(answer).split("\n\n")
    assert (not DANISH.search(english), bool(DANISH.search(danish))) == (True, True)
    assert titles(answer)[0] == HUMAN_IN_BOTH


def test_what_the_plan_is_about_is_told_in_english_and_yes_begins_it(young: Callable[..., Young]) -> None:
    one = young("en")
    answer = one.say("what is a handleplan?")
    assert is_english(answer)
    assert "1 of 5: " in said(one.say("yes please"))


def test_the_desk_follows_the_language_as_it_changes(young: Callable[..., Young], system: System) -> None:
    one = young()
    one.say("jeg vil tale med et menneske")
    row, page = at_desk(system, one)
    assert (row["language"], "Skriver på" in page) == ("da", False)
    one.say("sorry, I do not understand Danish, can we write in English?")
    assert at_desk(system, one)[0]["language"] == "en"
    one.say("أحتاج مكان للنوم")
    row, page = at_desk(system, one)
    assert (row["language"], "Skriver på et andet sprog" in page) == ("other", True)
    one.say("dansk tak")
    assert at_desk(system, one)[0]["language"] == "da"


def test_asks_for_a_human_in_english(young: Callable[..., Young]) -> None:
    one = young()
    answer = one.say("I want to talk to a real human please")
    assert is_english(answer)
    assert one.holder() == "waiting"


def test_a_topic_with_danish_details_is_met_with_the_core(young: Callable[..., Young]) -> None:
    one = young()
    one.say("hello, do you speak english?")
    answer = one.tap_payload("/booking_request")
    assert is_english(answer)
    answer = one.say("what is indskud and who can give me a loan for the deposit")
    assert is_english(answer)


@pytest.mark.parametrize("text", ["أحتاج مكان للنوم", "мені потрібна допомога з житлом", "ሓገዝ የድልየኒ ኣሎ"])
def test_another_language_meets_a_human_first_in_english_and_danish(young: Callable[..., Young], text: str) -> None:
    one = young()
    answer = one.say(text)
    assert titles(answer)[0] == HUMAN_IN_BOTH
    assert answer[-1]["data"]["language"] == "other"
    english, danish = said(answer).split("\n\n")
    assert not DANISH.search(english)
    assert DANISH.search(danish)
    one.tap(HUMAN_IN_BOTH)
    assert one.holder() == "waiting"


def test_danger_in_another_language_is_answered_in_both(young: Callable[..., Young]) -> None:
    one = young("ar")
    assert titles(one.messages)[0] == HUMAN_IN_BOTH
    answer = one.tap("Where can I sleep tonight?")
    assert answer[-1]["kind"] == "danger"
    english, danish = said(answer).split("\n\n")
    assert "114" in english
    assert "114" in danish


@pytest.mark.parametrize(
    "text",
    [
        "jeg er done with everything",
        "omg jeg har literally no place to stay lige nu",
        "kan jeg cancel min tid please",
        "yes",
        "ok nice thx",
    ],
)
def test_danish_with_english_words_stays_danish(young: Callable[..., Young], text: str) -> None:
    one = young()
    answer = one.say(text)
    assert DANISH.search(said(answer))
    assert not any("language" in message["data"] for message in answer)


@pytest.mark.parametrize("text", ["dansk tak", "Danish please", "jeg vil hellere skrive på dansk, hvad er boligstøtte"])
def test_danish_comes_back(young: Callable[..., Young], text: str) -> None:
    one = young()
    assert is_english(one.say("hello, who can help me here?"))
    answer = one.say(text)
    assert DANISH.search(said(answer))
    assert not any("language" in message["data"] for message in answer)
    assert not any("language" in message["data"] for message in one.say("tak"))
