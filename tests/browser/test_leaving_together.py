"""Whoever leaves one of our pages leaves all: the chat, alone or in a frame, and what it opened beside it."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, Route, expect

from tests.browser.chat_page import NEUTRAL_PAGE, ChatPage, launcher, open_chat, stored
from tests.browser.municipality_page import FRAMES, PARTED, Sites, expect_left, follows, press_shift, sites, writes
from tests.browser.page_checks import until

pytestmark = pytest.mark.browser

TONIGHT, BOOKING, PRIVACY = "Hvor kan jeg sove i nat?", "Min booking", "Hvem kan læse den?"
WHERE = pytest.mark.parametrize("where", ["top", "frame"])
EVERYWHERE = pytest.mark.parametrize("where", ["top", *FRAMES])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    with sites(tmp_path_factory.mktemp("sites")) as served:
        yield served


@pytest.fixture(scope="module")
def parted(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    args = [*browser_type_launch_args.get("args", []), PARTED]
    browser = browser_type.launch(**browser_type_launch_args | {"args": args})
    yield browser
    browser.close()


@pytest.fixture
def window(parted: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    opened = parted.new_context(**browser_context_args | {"viewport": {"width": 1280, "height": 800}})
    opened.route(f"{NEUTRAL_PAGE}**", lambda route: route.fulfill(body="<title>Vejr</title>Vejret i dag"))
    yield opened
    opened.close()


@pytest.fixture
def page(window: BrowserContext) -> Page:
    return window.new_page()


@WHERE
@pytest.mark.parametrize("title", [TONIGHT, BOOKING, PRIVACY])
def test_leaving_a_page_beside_the_chat_leaves_the_chat(place: Sites, page: Page, where: str, title: str) -> None:
    chat = place.chat(page, where)
    session = writes(page, chat)
    beside = follows(page, chat, title)
    assert place.opens(page, session)
    beside.get_by_role("link", name="Forlad siden hurtigt").click()
    expect_left(beside, page)
    place.expect_ended(page, session)
    beside.goto(place.ours)
    assert stored(beside) == []
    expect(place.chat(page, where).own).to_have_count(0)


def test_a_frame_elsewhere_does_not_share_a_channel_with_our_own_page(place: Sites, page: Page) -> None:
    """What makes the frame differ, and this browser one as people have it."""
    chat = place.chat(page, "frame")
    beside = follows(page, chat, TONIGHT)
    listen = "window.heard = []; new BroadcastChannel('x').onmessage = (event) => heard.push(event.data); null"
    beside.evaluate(listen)
    page.frames[-1].evaluate(listen)
    beside.evaluate("new BroadcastChannel('x').postMessage('hej')")
    until(beside, "heard.length")
    assert page.frames[-1].evaluate("heard") == []


@EVERYWHERE
def test_leaving_further_on_leaves_the_chat_as_well(place: Sites, page: Page, where: str) -> None:
    chat = place.chat(page, where)
    session = writes(page, chat)
    beside = follows(page, chat, TONIGHT)
    beside.get_by_role("link", name="Dine data").click()
    beside.reload()
    press_shift(beside)
    expect_left(beside, page)
    place.expect_ended(page, session)


@WHERE
def test_a_page_that_a_form_of_the_chat_opens_is_left_with_it(place: Sites, page: Page, where: str) -> None:
    chat = place.chat(page, where)
    writes(page, chat)
    talk = (
        "{ code: 'lampe-sky-båd', starts_at: '2026-11-26T13:30:00Z', ends_at: '2026-11-26T14:00:00Z', way: 'office' }"
    )
    page.frames[-1].evaluate(
        "async () => { const { bookingCard } = await import('/static/chat/booking_card.js');"
        f" document.getElementById('log').append(bookingCard({talk}, () => {{}})); }}"
    )
    with page.context.expect_page() as opened:
        chat.within.get_by_role("button", name="Se min booking").click()
    beside = opened.value
    beside.wait_for_load_state()
    press_shift(beside)
    expect_left(beside, page)


@EVERYWHERE
def test_leaving_the_chat_leaves_the_pages_beside_it(place: Sites, page: Page, where: str) -> None:
    chat = place.chat(page, where)
    writes(page, chat)
    tonight, booking = follows(page, chat, TONIGHT), follows(page, chat, BOOKING)
    chat.exit.click()
    expect_left(page, tonight, booking)
    tonight.goto(place.ours)
    assert stored(tonight) == []


@WHERE
def test_the_chat_is_ended_also_when_its_own_tab_is_gone(place: Sites, page: Page, where: str) -> None:
    """A phone throws away a tab that nobody looks at, and shows it again from what it has kept."""
    chat = place.chat(page, where)
    session = writes(page, chat)
    beside = follows(page, chat, TONIGHT)
    until(beside, "sessionStorage.getItem('hjemad.beside')")
    page.close()
    beside.get_by_role("link", name="Min booking").click()
    # Before its script runs the link only leaves.
    beside.wait_for_url("**/booking**", wait_until="load")
    beside.get_by_role("link", name="Forlad siden hurtigt").click()
    expect_left(beside)
    place.expect_ended(beside, session)


@EVERYWHERE
def test_nobody_reads_the_chat_on_in_a_page_that_was_opened_beside_it(place: Sites, page: Page, where: str) -> None:
    chat = place.chat(page, where)
    writes(page, chat)
    beside = follows(page, chat, TONIGHT)
    page.close()
    expect(open_chat(beside, place.ours).own).to_have_count(0)


def test_a_page_of_somebody_else_has_no_hold_on_the_chat(place: Sites, page: Page) -> None:
    chat = place.chat(page, "frame")
    beside = follows(page, chat, TONIGHT)
    elsewhere = beside.locator(".source a").first
    elsewhere.evaluate("(link, address) => { link.href = address; }", place.theirs)
    with page.context.expect_page() as opened:
        elsewhere.click()
    expect(opened.value).to_have_title("Kommunen")
    assert opened.value.evaluate("window.opener") is None
    press_shift(beside)
    expect_left(beside, page)


def test_the_neutral_page_has_no_hold_on_a_chat_that_is_slow_to_leave(place: Sites, page: Page) -> None:
    beside = follows(page, place.chat(page, "frame"), TONIGHT)
    page.route(f"{NEUTRAL_PAGE}**", lambda _: None)
    with page.expect_request(f"{NEUTRAL_PAGE}**"):
        press_shift(beside)
    expect_left(beside)
    assert page.url == f"{place.theirs}/", "which holds the frame still"
    assert beside.evaluate("window.opener") is None


def test_only_our_pages_and_the_page_around_it_make_the_chat_leave(place: Sites, page: Page) -> None:
    chat = place.chat(page, "frame")
    page.evaluate(
        "document.querySelector('hjemad-widget').shadowRoot.querySelector('iframe')"
        ".contentWindow.postMessage({ word: 'exit' }, '*')"
    )
    page.frames[-1].evaluate("postMessage('hjemad:exit', '*')")
    page.wait_for_timeout(600)
    expect(chat.log).to_be_visible()
    assert page.url == f"{place.theirs}/"


def test_three_presses_of_shift_beside_the_open_chat_leave_the_whole_page(place: Sites, page: Page) -> None:
    chat = place.chat(page, "frame")
    session = writes(page, chat)
    page.get_by_role("heading", name="Kommunen").click()
    press_shift(page, 2)
    expect(page.get_by_role("status")).to_have_text("Tryk på Shift 1 gang til for at forlade siden.")
    press_shift(page, 1)
    expect_left(page)
    place.expect_ended(page, session)
    page.go_back()
    assert page.url != f"{place.theirs}/", "the page before must not be one step back"
    expect(place.chat(page, "frame").own).to_have_count(0)


def test_a_frame_that_cannot_answer_holds_nobody_and_pressing_on_delays_nothing(place: Sites, page: Page) -> None:
    page.route("**/static/chat/main.js", lambda route: route.abort())
    page.goto(place.theirs)
    launcher(page).click()
    expect(page.frame_locator("iframe").get_by_role("log")).to_be_attached()
    is_blank = page.evaluate(
        "() => { const press = () => dispatchEvent(new KeyboardEvent('keyup', { key: 'Shift' }));"
        " press(), press(), press(), setInterval(press, 50);"
        " return getComputedStyle(document.documentElement).display === 'none'; }"
    )
    assert is_blank, "at once"
    expect_left(page)


def test_shift_is_the_pages_own_while_the_chat_is_closed_or_somebody_writes(place: Sites, page: Page) -> None:
    page.goto(place.theirs)
    press_shift(page)
    launcher(page).click()
    chat = ChatPage(page.frame_locator("iframe")).wait_until_open()
    page.get_by_role("textbox").first.click()
    for _ in range(4):
        page.keyboard.press("Shift+A")
    for _ in range(2):
        press_shift(page, 2)
        page.keyboard.press("x")
    press_shift(page, 2)
    expect(page.get_by_role("status")).to_have_text("Tryk på Shift 1 gang til for at forlade siden.")
    page.keyboard.press("Escape")
    press_shift(page, 1)
    page.wait_for_timeout(600)
    assert page.url == f"{place.theirs}/"
    expect(chat.log).to_be_hidden()


def test_whoever_leaves_while_the_chat_comes_back_ends_it_too(place: Sites, page: Page) -> None:
    chat = place.chat(page, "top")
    session = writes(page, chat)
    held: list[Route] = []
    page.route("**/messages?**", lambda route: held.append(route))  # noqa: PLW0108 - Playwright needs one of Python
    with page.expect_request("**/messages?**"):
        page.reload()
    press_shift(page)
    expect_left(page)
    place.expect_ended(page, session)
