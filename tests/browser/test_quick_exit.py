"""The way out: a neutral page takes the place of this one, and nothing of the chat is left on the device."""

from collections.abc import Callable

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from tests.browser.chat_page import NEUTRAL_PAGE, open_chat, open_widget

pytestmark = [pytest.mark.browser, pytest.mark.system]


def test_the_quick_exit_puts_a_neutral_page_in_place_of_the_whole_page(neutral_page: Page, address: str) -> None:
    page = neutral_page
    chat = open_widget(page, address)
    chat.say("hej")
    chat.exit.click()
    page.wait_for_url(NEUTRAL_PAGE)
    page.go_back()
    assert not page.url.startswith(address), "the page before must not be one step back"


def test_the_quick_exit_forgets_the_chat_on_this_device(neutral_page: Page, address: str) -> None:
    page = neutral_page
    chat = open_chat(page, address)
    chat.say("jeg er bange for at gå hjem")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(NEUTRAL_PAGE)
    chat = open_chat(page, address)
    expect(chat.own).to_have_count(0)


def test_what_is_still_on_its_way_when_one_leaves_keeps_nothing(page: Page, address: str) -> None:
    leaving: list[Route] = []
    sent: list[tuple[Route, APIResponse]] = []
    page.context.route(f"{NEUTRAL_PAGE}**", lambda route: leaving.append(route))  # noqa: PLW0108 - Playwright needs one of Python
    page.route("**/api/conversations/*/messages", lambda route: sent.append((route, route.fetch())))
    chat = open_chat(page, address)
    chat.write("jeg er bange for at gå hjem")
    expect(chat.answers.nth(1)).to_be_visible(timeout=30_000)
    for _ in range(3):
        page.keyboard.press("Shift")
    wait_until(page, lambda: bool(leaving))
    for route, taken in sent:
        route.fulfill(response=taken)
    page.wait_for_timeout(500)
    leaving[0].fulfill(body="<title>Vejr</title>Vejret i dag")
    page.wait_for_url(NEUTRAL_PAGE)
    page.unroute("**/api/conversations/*/messages")
    expect(open_chat(page, address).own).to_have_count(0)


def wait_until(page: Page, true: Callable[[], bool]) -> None:
    for _ in range(100):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it never came")
