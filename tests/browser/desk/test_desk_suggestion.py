"""Where the robot has no draft that is said, the keyboard stays where it was, and what was typed stays as it was.

That a draft comes into the field, from the running robot, is in the whole way at the desk.
"""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def asks(page):
    button = page.get_by_role("button", name="Foreslå et svar")
    button.focus()
    page.keyboard.press("Enter")
    return button


def test_nothing_to_answer_is_said_and_takes_nothing(desk, sign_in):
    page = sign_in()
    desk.somebody_in_each_state(page)
    field = page.get_by_label("Din besked")
    field.fill("Hej Sofie")
    page.keyboard.press("Control+Enter")
    expect(field).to_have_value("")
    field.fill("Jeg er her")
    button = asks(page)
    expect(page.locator("#status")).to_have_text("Der er ikke noget nyt at svare på.")
    expect(button).to_be_focused()
    expect(field).to_have_value("Jeg er her")


def test_a_robot_that_is_away_is_no_riddle(desk, sign_in):
    page = sign_in()
    young = desk.somebody_in_each_state(page)
    young.writes("hvad er et indskud?")
    expect(page.get_by_role("log")).to_contain_text("hvad er et indskud?")
    button = asks(page)
    expect(page.locator("#status")).to_have_text("Robotten svarer ikke lige nu. Prøv igen om lidt.")
    expect(button).to_be_focused()
    expect(page.get_by_label("Din besked")).to_have_value("")


def test_a_line_that_is_cut_is_told(desk, sign_in):
    page = sign_in()
    desk.somebody_in_each_state(page)
    page.route("**/suggestion", lambda route: route.abort())
    asks(page)
    expect(page.locator("#status")).to_have_text("Vi kunne ikke få fat i robotten. Tjek forbindelsen, og prøv igen.")
