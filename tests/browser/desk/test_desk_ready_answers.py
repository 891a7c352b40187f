"""A ready answer is chosen with the keyboard alone; what was typed stays, and nothing is sent by itself."""

import pytest
from playwright.sync_api import expect

from bot.casework.ready_answers import Wording
from bot.municipality.demo import DEMO_ANSWERS
from tests.browser.page_checks import overflow, violations
from tests.support.the_tests import THE_TESTS

pytestmark = pytest.mark.browser

FIRST = next(one for one in DEMO_ANSWERS if one.title.startswith("Et"))


def choose(page, letter="E"):
    page.get_by_label("Fast svar").focus()
    page.keyboard.type(letter)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def test_an_answer_is_put_into_the_field_after_what_was_typed(desk, sign_in, keep):
    page = sign_in()
    desk.somebody_in_each_state(page)
    field, log = page.get_by_label("Din besked"), page.get_by_role("log")
    field.fill("Hej Sofie.")
    choose(page)
    expect(field).to_have_value(f"Hej Sofie.\n\n{FIRST.text}")
    expect(field).to_be_focused()
    expect(log).not_to_contain_text(FIRST.text)
    keep(page, "desk ready answers")
    page.keyboard.type(" Og tak.")
    page.keyboard.press("Control+Enter")
    expect(log).to_contain_text(f"{FIRST.text} Og tak.")
    expect(field).to_have_value("")


def test_an_empty_field_gets_the_answer_alone_and_nothing_chosen_is_said(desk, sign_in):
    page = sign_in()
    desk.somebody_in_each_state(page)
    page.get_by_role("button", name="Sæt ind i feltet").click()
    expect(page.locator("#status")).to_have_text("Vælg et fast svar først.")
    choose(page)
    expect(page.get_by_label("Din besked")).to_have_value(FIRST.text)


def test_an_answer_for_which_there_is_no_room_takes_nothing_away(desk, sign_in):
    page = sign_in()
    desk.somebody_in_each_state(page)
    field = page.get_by_label("Din besked")
    long = "x" * (int(field.get_attribute("data-longest")) - 10)
    field.fill(long)
    choose(page)
    expect(page.locator("#status")).to_contain_text("Der er ikke plads til svaret")
    expect(field).to_have_value(long)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_long_list_is_for_everybody(desk, sign_in, width):
    with desk.store.write(THE_TESTS) as work:
        work.ready_answers.add("eksempel", Wording("W" * 60, "x" * 1000))
    page = sign_in(viewport={"width": width, "height": 800}, color_scheme="dark")
    mine = desk.somebody_in_each_state(page)
    for path in (f"conversations/{mine.id}", "ready-answers", "ready-answers/1"):
        page.goto(f"{desk.address}/desk/{path}")
        assert violations(page) == [], path
        assert overflow(page) == 0, path
