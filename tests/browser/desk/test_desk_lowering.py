"""A danger is lowered with the keyboard alone, and nothing that was being written is lost by it."""

import pytest
from playwright.sync_api import expect

from bot.casework.conversations import Danger
from tests.browser.page_checks import overflow, violations

pytestmark = pytest.mark.browser


@pytest.fixture
def anna(desk, sign_in):
    """She has a conversation in acute danger."""
    page = sign_in("anna")
    young = desk.young().writes("jeg er bange for ham", Danger(3, ("violence",))).waits()
    page.goto(f"{desk.address}/desk/conversations/{young.id}")
    page.get_by_role("button", name="Tag samtalen").click()
    expect(page.get_by_label("Din besked")).to_be_visible()
    page.wait_for_load_state()
    page.young = young
    return page


def test_a_danger_is_lowered_with_the_keyboard_and_what_is_written_stays(anna, keep):
    anna.get_by_label("Din besked").fill("Godt, du skriver")
    anna.locator("summary", has_text="Sæt faren ned").focus()
    anna.keyboard.press("Enter")
    for letter in ("F", "A"):
        anna.keyboard.press("Tab")
        anna.keyboard.type(letter)
    anna.keyboard.press("Tab")
    anna.keyboard.type("Hendes mor er hos hende")
    anna.keyboard.press("Tab")
    anna.keyboard.press("Enter")
    expect(anna.locator("#state")).to_contain_text("»Akut fare« blev til »Fare«")
    expect(anna.locator("#state")).to_contain_text("Andet: Hendes mor er hos hende")
    expect(anna.locator("#status")).to_have_text("Faren er sat ned.")
    expect(anna.locator("#state")).to_be_focused()
    expect(anna.get_by_label("Din besked")).to_have_value("Godt, du skriver")
    keep(anna, "desk lowered")


def test_a_message_of_danger_that_comes_meanwhile_brings_a_new_form(anna):
    anna.locator("summary", has_text="Sæt faren ned").click()
    anna.get_by_label("Ned til").select_option("0")
    anna.young.writes("hej")
    expect(anna.get_by_role("log")).to_contain_text("hej")
    expect(anna.get_by_label("Ned til")).to_have_value("0")
    anna.young.writes("han er her", Danger(3, ("violence",)))
    expect(anna.get_by_role("log")).to_contain_text("han er her")
    expect(anna.get_by_label("Ned til")).to_be_hidden()
    anna.locator("summary", has_text="Sæt faren ned").click()
    expect(anna.get_by_label("Ned til")).to_have_value("")


def test_what_is_missing_is_said_and_the_form_stays_open(anna):
    anna.locator("summary", has_text="Sæt faren ned").click()
    anna.get_by_label("Ned til").select_option("1")
    anna.get_by_label("Hvorfor?").select_option("other")
    anna.get_by_role("button", name="Sæt faren ned").click()
    expect(anna.locator("#status")).to_contain_text("Vælger du Andet, så skriv hvorfor")
    expect(anna.get_by_label("Ned til")).to_have_value("1")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_form_is_for_everybody(anna, keep, width):
    anna.set_viewport_size({"width": width, "height": 900})
    anna.locator("summary", has_text="Sæt faren ned").click()
    assert violations(anna) == []
    assert overflow(anna) == 0
    keep(anna, f"desk lowering {width}")
