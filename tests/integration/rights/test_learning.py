"""Whether the robot may learn from a chat: a yes of its own, of who is old enough, and never a caseworker's key."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from starlette.testclient import TestClient

from bot.casework.conversations import Writer
from bot.casework.misread import Found, Reason
from bot.review.finding import talk_of
from tests.support.chat_app import last_answer, send
from tests.support.own_chat import HOPELESS, HUMAN, PARTS, SECRET, at_desk, claim, store_of
from tests.support.the_tests import THE_TESTS

NO = {"offered": True, "given": False, "since": None}


def decide(client: TestClient, path: str, given: bool) -> dict[str, object]:  # noqa: FBT001
    answer = client.put(f"{path}/learning", json={"given": given})
    assert answer.status_code == 200, answer.text
    told: dict[str, object] = answer.json()
    return told


def history(client: TestClient, path: str) -> list[bool]:
    with store_of(client).read(THE_TESTS) as work:
        return [change.given for change in work.learning.history(path.rsplit("/", 1)[1])]


def test_it_is_no_until_somebody_says_yes_and_can_be_taken_back(client: TestClient, path: str) -> None:
    assert client.get(f"{path}/learning").json() == NO
    given = decide(client, path, given=True)
    assert (given["given"], given["since"] is not None) == (True, True)
    assert decide(client, path, given=True) == given, "a second yes changes nothing"
    assert decide(client, path, given=False) == NO
    assert decide(client, path, given=False) == NO
    assert history(client, path) == [True, False]


def test_it_opens_nothing_to_a_caseworker_and_is_none_of_what_is_shared(
    client: TestClient, desk: TestClient, asked: str
) -> None:
    before = at_desk(desk, asked)
    decide(client, asked, given=True)
    assert at_desk(desk, asked) == before
    assert SECRET not in before
    consent = client.get(f"{asked}/consent").json()
    assert set(consent) == set(PARTS)
    assert not any(part["shared"] for part in consent.values())


def test_what_was_shared_says_nothing_of_learning(client: TestClient, asked: str) -> None:
    client.put(f"{asked}/consent", json={"transcript": True}).raise_for_status()
    assert client.get(f"{asked}/learning").json() == NO


@pytest.mark.parametrize(
    "text",
    [
        "jeg er 14",
        "er 13 og sover ude",
        "I am 14 and sleep outside",
        "jeg går i 7. klasse",
        "jeg er under 15",
        "er ikke fyldt 15 endnu",
        "jeg er 9 år",
        "jeg er født i {year}",
    ],
)
def test_nobody_below_fifteen_is_asked_and_a_yes_is_refused(client: TestClient, path: str, text: str) -> None:
    last_answer(client, path, send(client, path, text=text.format(year=datetime.now(UTC).year - 15)))
    assert client.get(f"{path}/learning").json() == NO | {"offered": False}
    answer = client.put(f"{path}/learning", json={"given": True})
    assert (answer.status_code, answer.json()["code"]) == (409, "learning_not_offered")
    assert history(client, path) == []


@pytest.mark.parametrize("text", ["jeg er 15", "jeg er under 18", "jeg var 12, da jeg kom på institution", "jeg er 19"])
def test_whoever_may_be_fifteen_is_asked(client: TestClient, path: str, text: str) -> None:
    last_answer(client, path, send(client, path, text=text))
    assert client.get(f"{path}/learning").json() == NO


def test_who_says_so_after_a_yes_can_still_take_it_back(client: TestClient, path: str) -> None:
    decide(client, path, given=True)
    last_answer(client, path, send(client, path, text="jeg er 14"))
    told = client.get(f"{path}/learning").json()
    assert (told["offered"], told["given"]) == (False, True)
    assert decide(client, path, given=False) == NO | {"offered": False}


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("min datter er 14", True),
        ("hun er ikke fyldt 15", True),
        ("pige på 13 har brug for hjælp", True),
        ("jeg er 13 og min veninde sover ude", False),
        ("jeg er under 15 og min bror er smidt ud", False),
    ],
)
def test_a_helper_writes_of_somebody_elses_age_but_where_it_is_their_own(
    client: TestClient,
    path: str,
    text: str,
    offered: bool,  # noqa: FBT001
) -> None:
    with store_of(client).write(THE_TESTS) as work:
        work.conversations.set_writer(path.rsplit("/", 1)[1], Writer.HELPER)
    last_answer(client, path, send(client, path, text=text))
    assert client.get(f"{path}/learning").json() == NO | {"offered": offered}


def test_a_town_that_does_not_learn_asks_nobody(client: TestClient, path: str) -> None:
    towns = client.app.state.municipalities  # type: ignore[attr-defined]
    towns["eksempel"] = replace(towns["eksempel"], learns=False)
    assert client.get(f"{path}/learning").json() == NO | {"offered": False}
    assert client.put(f"{path}/learning", json={"given": True}).status_code == 409


def test_every_yes_and_each_that_was_taken_back_stands_in_the_export(client: TestClient, path: str) -> None:
    assert "Så lærer robotten ikke af din chat." in client.get(f"{path}/export").text
    for given in (True, False):
        decide(client, path, given)
    page = client.get(f"{path}/export").text
    assert page.index("Du sagde ja ") < page.index("Du tog dit ja tilbage ")
    assert "Du har ikke sagt ja til at dele noget." in page


def test_what_was_found_stands_in_the_export(client: TestClient, path: str) -> None:
    last_answer(client, path, send(client, path, text="bolig nu <b>"))
    decide(client, path, given=True)
    store, number = store_of(client), path.rsplit("/", 1)[1]
    found = Found(2, date(2026, 11, 30), (Reason.UNSURE,), "housing_find_home", 0.4, 0, "a group")
    with store.write(THE_TESTS) as work:
        work.found.put(work.conversations.lock(number), [found])
    learning = client.get(f"{path}/export").text.partition("Må vi lære af det?")[2].partition("<h2>")[0]
    assert "bolig nu &lt;b&gt;" in learning
    assert "læst som: Et sted at bo" in learning


@pytest.mark.parametrize("body", [{}, {"given": "ja"}, {"given": None}, {"given": 1}, {"given": True, "x": 1}])
def test_what_is_no_answer_is_refused(client: TestClient, path: str, body: dict[str, object]) -> None:
    assert client.put(f"{path}/learning", json=body).status_code == 422
    assert history(client, path) == []


def test_after_an_erasure_there_is_nothing_to_say_yes_to(client: TestClient, path: str) -> None:
    decide(client, path, given=True)
    assert client.delete(path).status_code == 204
    assert client.put(f"{path}/learning", json={"given": True}).status_code == 401
    assert history(client, path) == []


def test_what_the_robot_answered_may_be_read_and_what_was_written_to_that_human_may_not(
    client: TestClient, desk: TestClient, path: str
) -> None:
    last_answer(client, path, send(client, path, text=SECRET))
    last_answer(client, path, send(client, path, text=HUMAN))
    claim(desk, path)
    for text in ("er du der?", HOPELESS):
        send(client, path, text=text)
    with store_of(client).read(THE_TESTS) as work:
        number = path.rsplit("/", 1)[1]
        steps = talk_of(work.conversations.get(number), work.conversations.after(number, 0)).steps
    assert [(step.text, step.reads) for step in steps] == [
        (SECRET, True),
        (HUMAN, True),
        ("er du der?", False),
        (HOPELESS, False),
    ]
