"""The chat page for those who read no Danish, on a phone: its own words, and the voice of a screen reader."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat_page import ChatPage, open_chat
from tests.support.running import System

pytestmark = [pytest.mark.browser, pytest.mark.system]


@pytest.fixture
def chat(page: Page, system: System) -> ChatPage:
    return open_chat(page, system.address)


def languages(chat: ChatPage) -> list[str | None]:
    """The languages of the parts of the newest answer."""
    return [part.get_attribute("lang") for part in chat.answers.last.locator(".part").all()]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_booking_in_english_is_shown_in_english(chat: ChatPage, page: Page, keep: Callable[..., None]) -> None:
    chat.say("hello, can I book a talk with someone please")
    assert languages(chat) == ["en"]
    expect(chat.field).to_have_attribute("placeholder", "Write here")
    page.locator(".reply").first.click()
    page.get_by_role("button", name="Yes, book it").click()
    card = page.locator(".booking").last
    expect(card).to_have_attribute("lang", "en")
    expect(card.get_by_role("heading")).to_have_text("Your talk")
    expect(card).to_contain_text("Your three words")
    assert fits(page)
    keep(page, "a booking in English")


def test_a_plan_in_english_is_a_card_with_english_headings_and_the_own_words_apart(
    chat: ChatPage, page: Page, keep: Callable[..., None]
) -> None:
    page.add_init_script("window.print = () => {}")
    page.reload()
    chat.wait_until_open()
    chat.say("I want to make my own plan")
    chat.say("et værelse med en hund")
    chat.say("English please")
    chat.say("show my plan")
    card = page.get_by_role("region", name="My plan")
    expect(card).to_have_attribute("lang", "en")
    heading = card.get_by_role("heading", name="Important to me in a home")
    expect(heading).to_be_visible(timeout=30_000)
    own = card.locator(".as-written")
    expect(own).to_have_text("et værelse med en hund")
    expect(own).to_have_attribute("lang", "")
    expect(card).to_contain_text("The housing agent cannot see the plan.")
    card.get_by_role("button", name="Print or save").click()
    expect(page.locator(".plan-sheet h1")).to_have_text("My plan")
    assert fits(page)
    keep(page, "a plan in English")


def test_another_language_is_read_aloud_in_two_voices(chat: ChatPage, page: Page, keep: Callable[..., None]) -> None:
    chat.say("أحتاج مكان للنوم")
    assert languages(chat) == ["en", "da"]
    expect(chat.own.last.locator("p")).to_have_attribute("dir", "auto")
    expect(chat.own.last.locator("p")).to_have_attribute("lang", "")
    expect(page.locator(".reply").first).to_contain_text("Talk to a human")
    assert fits(page)
    keep(page, "a human first in another language")


def test_a_page_in_english_opens_the_chat_in_english(page: Page, system: System) -> None:
    page.goto(f"{system.address}/chat?municipality=eksempel&locale=en")
    chat = ChatPage(page).wait_until_open()
    assert languages(chat) == ["en"]
    expect(page.locator("#holder")).to_have_text("Robot: You are writing with a robot.")


def test_danish_is_as_it_was(chat: ChatPage) -> None:
    chat.say("jeg er done with everything og har ikke et sted at bo")
    assert languages(chat) == []
    expect(chat.field).to_have_attribute("placeholder", "Skriv her")
