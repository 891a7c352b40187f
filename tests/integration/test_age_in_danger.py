"""Where somebody can sleep tonight is told by the age they have said, and never by a guess."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.casework.conversations import Button, Draft, Sender, Writer
from tests.support.chat_app import last_answer, open_conversation, send, serve, settings
from tests.support.the_tests import THE_TESTS

NOWHERE = "jeg har ikke noget sted at sove i nat"
ADULTS, MINORS, BOTH = "adults", "minors", "both"
SHELTER_PAGE = '/housing_shelter{"age_group":"adult"}'


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    yield from serve(settings(tmp_path_factory.mktemp("ages")))


@pytest.fixture
def path(client: TestClient) -> str:
    return open_conversation(client)


def told(client: TestClient, path: str, *texts: str) -> dict[str, Any]:
    """The answer to the last of these messages, which must be a danger message."""
    answer = {}
    for text in texts:
        answer = last_answer(client, path, send(client, path, text=text))
    assert answer["kind"] == "danger", answer
    return answer


def whose_lines(answer: dict[str, Any]) -> str:
    text = answer["text"]
    assert "112" in text
    assert "114" in text
    assert "116 111" in text
    if "herberg" not in text:
        return MINORS
    return BOTH if "under 18" in text else ADULTS


@pytest.mark.parametrize(
    ("messages", "lines"),
    [
        (["jeg er 15 og sidder på stationen, jeg har ikke noget sted at sove i nat"], MINORS),
        (["er 16 og sidder på stationen, har ikke noget sted at sove i nat"], MINORS),
        (["jeg er 15", NOWHERE], MINORS),
        (["dreng 16år", NOWHERE], MINORS),
        (["jeg går i 8. klasse", NOWHERE], BOTH),
        (["jeg går i 10. klasse", "jeg er 19", NOWHERE], ADULTS),
        (["15", NOWHERE], MINORS),
        (["jeg er 19 og har ikke noget sted at sove i nat"], ADULTS),
        (["jeg er 19", "hvad er et indskud", NOWHERE], ADULTS),
        ([NOWHERE], BOTH),
        (["jeg er 19", "nej jeg er 17", NOWHERE], BOTH),
        (["min kæreste er 25 og har smidt mig ud", NOWHERE], BOTH),
        (["jeg bor hos en på 25, han har smidt mig ud, jeg har ikke noget sted at sove i nat"], BOTH),
        (["hvad sker der når jeg er 18", NOWHERE], BOTH),
        (["min ven er 15 og sidder på stationen, han har ikke noget sted at sove i nat"], MINORS),
        (["jeg er 22", "min ven er 15 og sidder på stationen, han har ikke noget sted at sove i nat"], MINORS),
        (["jeg er 22", "min ven har ikke noget sted at sove i nat"], BOTH),
        (["jeg er 15", "min ven har ikke noget sted at sove i nat"], BOTH),
        (["jeg er 22 og min ven på 15 har ikke noget sted at sove i nat"], BOTH),
        (["min ven er 19, han har ikke noget sted at sove i nat"], ADULTS),
        (["min lillebror er 17 og min storebror er 20, de har ingen steder at sove i nat"], BOTH),
        (["I am 15 and I have nowhere to sleep tonight"], MINORS),
        (["I am 19 and I have nowhere to sleep tonight"], ADULTS),
        (["I'm 15", "I have nowhere to sleep tonight"], MINORS),
        (["my friend is 15 and has nowhere to sleep tonight"], MINORS),
    ],
)
def test_the_age_that_was_said_chooses_the_lines(
    client: TestClient, path: str, messages: list[str], lines: str
) -> None:
    assert whose_lines(told(client, path, *messages)) == lines


def test_it_is_about_the_friend_where_it_says_so(client: TestClient, path: str) -> None:
    answer = told(client, path, "min ven er 15 og sidder på stationen, han har ikke noget sted at sove i nat")
    assert "din ven" in answer["text"].casefold()


def test_the_button_of_the_age_counts_as_well(client: TestClient, path: str) -> None:
    store = client.app.state.store  # type: ignore[attr-defined]
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(path.rsplit("/", 1)[1])
        button = Button("18 eller over", SHELTER_PAGE)
        work.conversations.append(found, [Draft(Sender.BOT, "Hvor gammel er du?", buttons=(button,))])
    last_answer(client, path, send(client, path, payload=SHELTER_PAGE))
    assert whose_lines(told(client, path, NOWHERE)) == ADULTS


def test_whoever_presses_that_they_have_no_place_is_known_by_what_they_wrote(client: TestClient, path: str) -> None:
    told(client, path, "jeg er 15, min far slår mig og jeg har ikke noget sted at sove i nat")
    pressed = last_answer(client, path, send(client, path, payload="/crisis_no_shelter_tonight"))
    assert whose_lines(pressed) == MINORS


def test_a_helpers_age_is_not_that_of_the_young(client: TestClient, path: str) -> None:
    with client.app.state.store.write(THE_TESTS) as work:  # type: ignore[attr-defined]
        work.conversations.set_writer(path.rsplit("/", 1)[1], Writer.HELPER)
    assert whose_lines(told(client, path, "jeg er 28", "der er ikke noget sted at sove i nat")) == BOTH


def test_no_age_is_kept_and_only_the_side_of_eighteen(client: TestClient, path: str) -> None:
    told(client, path, "jeg er 19 og har ikke noget sted at sove i nat")
    with client.app.state.store.read(THE_TESTS) as work:  # type: ignore[attr-defined]
        [message] = [m for m in work.conversations.after(path.rsplit("/", 1)[1], 0) if m.sender is Sender.YOUNG]
    assert message.data["adult"] is True
    assert "19" not in str(message.data)


def test_danger_of_another_kind_keeps_its_own_lines(client: TestClient, path: str) -> None:
    answer = told(client, path, "jeg er 15 og min far slår mig")
    assert "dine forældre skal ikke give lov" in answer["text"]
    assert "herberg" not in answer["text"]
