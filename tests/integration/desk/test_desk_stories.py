"""The page on which a conversation becomes a story: what a maintainer sees of it, and who sees nothing any more."""

from dataclasses import replace

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.rights import Role
from bot.conversation.learning import Learning
from bot.store.store import Store
from tests.support.desk import PAGE
from tests.support.review import group_of
from tests.support.roles import person
from tests.support.stories import SECRETS, WORDS, found_in, meant, talks, told_by
from tests.support.the_tests import THE_TESTS
from tests.support.visible_text import visible_text

PATH = "/desk/stories"


@pytest.fixture
def vera(app: Starlette) -> TestClient:
    return person(app, [Role.MAINTAINER], name="vera")


def page(client: TestClient, number: int | str, query: str = "") -> Response:
    return client.get(f"{PATH}/{number}{query}", headers=PAGE)


def text_in(answer: Response) -> str:
    """What stands in the field."""
    return answer.text.split("<textarea")[1].split(">\n", 1)[1].split("</textarea>")[0]


def test_the_steps_stand_beside_the_skeleton_and_nothing_tells_whose(store: Store, vera: TestClient) -> None:
    answer = page(vera, told_by(store))
    assert answer.status_code == 200
    seen = " ".join(visible_text(answer).split())
    for step in (
        "Den unge mente chat_greet",
        "Robotten svarer utter_chat_greet",
        "Den unge mente »Book en snak« booking_request",
        "Robotten går til formularen booking_form",
        "Robotten venter på svar i formularen booking_form",
    ):
        assert step in seen, step
    assert not any(secret in answer.text for secret in (*SECRETS, WORDS, "action_listen"))
    assert text_in(answer).replace("&#39;", "'") == (
        "version: &#34;3.1&#34;\n\nstories:\n- story: chat_greet, then booking_request\n  steps:\n"
        "  - intent: chat_greet\n  - action: utter_chat_greet\n  - intent: booking_request\n"
        "  - action: booking_form\n  - active_loop: booking_form\n"
    )


def test_a_rule_begins_with_the_last_turn(store: Store, vera: TestClient) -> None:
    text = text_in(page(vera, told_by(store), "?slags=regel"))
    assert "rules:\n- rule: booking_request\n  steps:\n  - intent: booking_request\n" in text
    assert "chat_greet" not in text


def test_a_group_leads_to_the_conversation_of_each_of_its_messages(store: Store, vera: TestClient) -> None:
    number, other = found_in(store, talks(store), talks(store))
    group = vera.get(f"/desk/retraining/{group_of(store, WORDS)}", headers=PAGE).text
    for one in (number, other):
        assert f'href="{PATH}/{one}"' in group


def test_that_somebody_looked_is_noted_without_whose_it_was(store: Store, vera: TestClient) -> None:
    page(vera, told_by(store))
    with store.read(THE_TESTS) as work:
        last = work.people.noted("eksempel")[-1]
    assert (last.action, last.subject) == ("read_found", None)


def test_what_is_gone_may_not_be_read_or_never_was_there_is_told_kindly(
    app: Starlette, store: Store, vera: TestClient
) -> None:
    erased, taken_back, of_others = talks(store), talks(store), told_by(store, town="nabo")
    gone = found_in(store, erased, taken_back)
    for number in gone:
        assert page(vera, number).status_code == 200
    erased.erases()
    Learning(store, app.state.municipalities)._decide(taken_back.id, given=False)
    for number in (*gone, of_others, 999, "0", "x", "9" * 5000, "%00", "²"):
        answer = page(vera, number)
        assert (answer.status_code, "Samtalen er her ikke mere." in answer.text) == (404, True), number
        assert "chat_greet" not in answer.text


def test_where_a_town_learns_no_more_nothing_is_shown(app: Starlette, store: Store, vera: TestClient) -> None:
    number, towns = told_by(store), app.state.municipalities
    towns["eksempel"] = replace(towns["eksempel"], learns=False)
    answer = page(vera, number)
    assert (answer.status_code, "chat_greet" in answer.text) == (404, False)


def test_a_conversation_in_which_nobody_says_anything_gives_no_story(store: Store, vera: TestClient) -> None:
    answer = page(vera, told_by(store, ()))
    assert (answer.status_code, "Vælg en anden besked" in answer.text) == (409, True)


def test_names_are_shown_as_text(store: Store, vera: TestClient) -> None:
    answer = page(vera, told_by(store, [meant("<b>hej</b>")]))
    assert (answer.status_code, "<b>hej" in answer.text) == (200, False)
    assert "The intent &lt;b&gt;hej&lt;/b&gt; is not in the domain any more." in answer.text
