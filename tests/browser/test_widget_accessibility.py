"""The widget for those who use a keyboard, a screen reader, large text or a small screen."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chat_page import ChatPage, launcher, open_chat, open_widget
from tests.browser.page_checks import violations

pytestmark = [pytest.mark.browser, pytest.mark.system]

SMALLEST_TARGET = 24
DESKTOP = {"width": 1280, "height": 800}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_chat_page(browser: Browser, address: str, scheme: Any) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": 360, "height": 740})
    chat = open_chat(page, address)
    assert violations(page) == []
    chat.say("jeg har lyst til at dø")
    expect(page.locator("[data-kind=danger]")).to_be_visible()
    chat.say("jeg vil gerne booke en tid")
    chat.menu.click()
    assert violations(page) == []
    page.locator("#menu").get_by_text("Slet min chat").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []
    page.close()


def test_axe_finds_nothing_on_the_page_around_it(page: Page, address: str) -> None:
    page.goto(address)
    expect(launcher(page)).to_be_visible()
    assert violations(page) == []


def test_there_is_a_log_that_is_not_read_by_itself_and_one_voice(page: Page, address: str) -> None:
    chat = open_chat(page, address)
    expect(chat.log).to_have_attribute("aria-live", "off")
    live = "[aria-live]:not([aria-live=off]), [role=status], [role=alert]"
    assert page.locator(live).evaluate_all("all => all.map((each) => each.id)") == ["announcer"]


def test_the_voice_speaks_each_finished_message_once_and_never_our_own(page: Page, address: str) -> None:
    chat = open_chat(page, address)
    page.evaluate(
        "() => { window.spoken = []; new MutationObserver((changes) => changes.forEach((change) =>"
        " change.addedNodes.forEach((node) => spoken.push(node.textContent)))).observe("
        "document.getElementById('announcer'), { childList: true }); }"
    )
    chat.say("hvad er et indskud?")
    spoken = page.evaluate("spoken")
    answer = chat.answers.nth(1).locator("p").first.inner_text()
    assert len([each for each in spoken if answer in each]) == 1
    assert not any("hvad er et indskud?" in each for each in spoken)


def test_a_reload_does_not_read_the_whole_talk_aloud(page: Page, address: str) -> None:
    chat = open_chat(page, address)
    chat.say("hej")
    page.reload()
    chat.wait_until_open()
    expect(chat.voice).to_have_text("Her er din chat igen.")


def test_the_whole_way_with_the_keyboard_alone(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=DESKTOP)
    page.goto(address)
    expect(launcher(page)).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.localName") == "hjemad-widget":
            break
    expect(launcher(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    chat = ChatPage(page.frame_locator("iframe")).wait_until_open()
    expect(chat.field).to_be_focused()
    page.keyboard.type("hej")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("med dig")
    page.keyboard.press("Enter")
    expect(chat.own).to_have_text(["hej\nmed dig"])
    expect(chat.answers.nth(1)).to_be_visible(timeout=30_000)
    page.keyboard.press("Escape")
    expect(page.locator("iframe")).to_be_hidden()
    expect(launcher(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(chat.own).to_have_count(1)
    expect(page.get_by_role("button", name="Luk chatten")).to_have_attribute("aria-expanded", "true")
    page.close()


def test_escape_closes_the_menu_first_and_gives_the_focus_back(page: Page, address: str) -> None:
    chat = open_widget(page, address)
    chat.menu.click()
    expect(chat.menu).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(chat.menu).to_have_attribute("aria-expanded", "false")
    expect(chat.menu).to_be_focused()
    expect(chat.log).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("iframe")).to_be_hidden()


def test_the_dialog_gives_the_focus_back(page: Page, address: str) -> None:
    chat = open_chat(page, address)
    chat.choose("Slet min chat")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(chat.menu).to_be_focused()


def test_a_choice_does_not_lose_the_focus(page: Page, address: str) -> None:
    open_chat(page, address)
    page.locator(".reply").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "text"


def test_what_the_phone_covers_cannot_be_reached(page: Page, address: str) -> None:
    open_widget(page, address)
    assert page.locator("body > :not(hjemad-widget):not(script)").evaluate_all("all => all.every((each) => each.inert)")
    page.keyboard.press("Escape")
    assert page.locator("[inert]").count() == 0


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_scrolls_sideways_and_everything_can_be_hit(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 568})
    chat = open_chat(page, address)
    chat.say("jeg vil gerne booke en tid")
    chat.say("https://eksempel.dk/" + "en-meget-lang-adresse" * 20)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("#scroller").evaluate("each => each.scrollWidth <= each.clientWidth")
    small = page.locator("a:visible, button:visible, textarea").evaluate_all(
        "(all, least) => all.filter((each) => !each.closest('.bubble > p, .top__kept'))"
        ".map((each) => [each.textContent, each.getBoundingClientRect()])"
        ".filter(([, box]) => box.height < least || box.width < least).map(([text]) => text)",
        SMALLEST_TARGET,
    )
    assert small == []
    page.close()


def test_who_answers_and_the_way_out_stay_in_sight_at_four_times_the_size(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": DESKTOP["width"] // 4, "height": 1024 // 4})
    chat = open_chat(page, address)
    chat.say("hej")
    expect(chat.exit).to_be_in_viewport(ratio=1)
    expect(page.locator("#holder")).to_be_in_viewport(ratio=1)
    expect(chat.field).to_be_in_viewport(ratio=1)
    page.close()


def test_nothing_moves_for_those_who_asked_for_that(browser: Browser, address: str) -> None:
    page = browser.new_page(reduced_motion="reduce")
    open_chat(page, address)
    page.evaluate("document.getElementById('typing').hidden = false")
    assert page.locator("#typing i").first.evaluate("each => getComputedStyle(each).animationName") == "none"
    page.close()
