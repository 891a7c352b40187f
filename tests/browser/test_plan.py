"""The plan on a phone of 360 pixels: a card in one's own words, and a sheet with nothing else on it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat_page import open_chat
from tests.support.running import System

pytestmark = [pytest.mark.browser, pytest.mark.system]

HOME = "et værelse hvor jeg må have min hund"
LONG = "hjælp til breve " + "x" * 120


def test_a_plan_is_made_on_a_phone_and_printed_alone(
    page: Page, system: System, keep: Callable[[Page, str], None]
) -> None:
    page.add_init_script("window.print = () => { window.printed = true; }")
    chat = open_chat(page, system.address)
    chat.say("jeg vil lave min plan")
    chat.say(HOME)
    chat.say(LONG)
    keep(page, "plan 1 a question of the plan")
    chat.choose("Min plan")
    card = page.get_by_role("region", name="Min plan")
    expect(card.get_by_role("heading", name="Det er vigtigt for mig i et hjem")).to_be_visible(timeout=30_000)
    expect(card).to_contain_text(HOME)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert card.evaluate("card => card.scrollWidth <= card.clientWidth")
    card.scroll_into_view_if_needed()
    keep(page, "plan 2 the card")

    button = card.get_by_role("button", name="Print eller gem")
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    sheet = page.locator(".plan-sheet")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text(HOME)
    expect(chat.field).to_be_hidden()
    expect(chat.log).to_be_hidden()
    keep(page, "plan 3 on paper")
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(sheet).to_have_count(0)
    expect(chat.field).to_be_visible()
    assert chat.answers.count()
    assert "token" not in page.url
