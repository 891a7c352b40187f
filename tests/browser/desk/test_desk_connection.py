"""A desk that hears nothing new says so, and who is signed out is told where to sign in: nobody trusts an old queue."""

from contextlib import suppress

import pytest
from playwright.sync_api import expect

from bot.casework.conversations import Danger
from tests.browser.page_checks import overflow, violations

pytestmark = pytest.mark.browser

LOST = "Der er ingen forbindelse lige nu. Køen er måske ikke rigtig"
PAGES = ("", "bookings")
# Longer than a page waits between two looks, and than its stream may be silent.
WHILE_MS = 50_000
LOOK_MS, MOST_LOOKS = 5_000, 6


def line(page):
    return page.locator("#connection")


def after_some_looks(page, expected):
    """The page looks again until it says so: what its stream had brought before may come after the first answer."""
    for _ in range(MOST_LOOKS):
        page.clock.fast_forward(WHILE_MS)
        with suppress(AssertionError):
            return expected()
    return expected()


@pytest.fixture
def opened(desk, sign_in):
    """A page of the desk, with a clock of its own: `opened("bookings")`."""

    def open_page(path):
        page = sign_in()
        page.clock.install()
        page.goto(f"{desk.address}/desk/{path}")
        page.wait_for_load_state()
        return page

    return open_page


@pytest.mark.parametrize("path", PAGES)
def test_a_network_that_is_cut_is_told_until_it_is_back(desk, opened, path, keep):
    page = opened(path)
    expect(line(page)).to_be_empty()
    page.context.set_offline(True)
    expect(line(page)).to_contain_text(LOST)
    expect(line(page)).to_have_role("alert")
    assert violations(page) == []
    keep(page, f"desk without connection {path or 'queue'}")
    desk.young().writes("…", Danger(3, ("violence",))).waits()
    page.context.set_offline(False)
    # At once, not after the next pause.
    expect(page.locator("#waiting-count")).to_have_text("1")
    expect(line(page)).to_be_empty()


@pytest.mark.parametrize("answer", ["none", "broken"])
@pytest.mark.parametrize("path", PAGES)
def test_a_server_that_is_gone_or_broken_is_told_until_it_answers(desk, opened, path, answer):
    page = opened(path)

    def fail(route):
        route.abort() if answer == "none" else route.fulfill(status=503, body="")

    page.route("**/desk/**", fail)
    after_some_looks(page, lambda: expect(line(page)).to_contain_text(LOST, timeout=LOOK_MS))
    page.unroute("**/desk/**")
    page.wait_for_timeout(200)
    after_some_looks(page, lambda: expect(line(page)).to_be_empty(timeout=LOOK_MS))


def test_a_conversation_says_it_too_and_keeps_what_is_being_written(desk, sign_in):
    page = sign_in()
    desk.somebody_in_each_state(page)
    page.get_by_label("Din besked").fill("Jeg er i gang")
    # Told by the page's scripts, which a page without a network could not load any more.
    expect(page.get_by_text("Ctrl + Enter sender også")).to_be_visible()
    page.context.set_offline(True)
    expect(line(page)).to_contain_text(LOST)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("Det kunne ikke sendes.")
    expect(line(page)).to_contain_text(LOST)
    expect(page.get_by_label("Din besked")).to_have_value("Jeg er i gang")
    page.context.set_offline(False)
    expect(line(page)).to_be_empty()


def test_an_answer_that_was_on_its_way_does_not_bring_the_network_back(desk, sign_in):
    page = sign_in()
    desk.somebody_in_each_state(page)
    expect(page.get_by_text("Ctrl + Enter sender også")).to_be_visible()
    page.context.set_offline(True)
    expect(line(page)).to_contain_text(LOST)
    answered = "{ detail: { ctx: { response: { status: 200 } } } }"
    page.evaluate(f"document.dispatchEvent(new CustomEvent('htmx:after:request', {answered}))")
    expect(line(page)).to_contain_text(LOST)


def test_a_network_that_was_gone_before_the_page_listened_is_told(desk, sign_in):
    page = sign_in()
    page.add_init_script("Object.defineProperty(navigator, 'onLine', { get: () => false })")
    page.goto(f"{desk.address}/desk/bookings")
    expect(line(page)).to_contain_text(LOST)


def test_a_page_without_connection_asks_more_and_more_seldom(desk, opened):
    page = opened("bookings")
    asked = []
    page.route("**/desk/needing", lambda route: (asked.append(route.request.url), route.abort()))
    for _ in range(30):
        page.clock.run_for(10_000)
        page.wait_for_timeout(30)
    # Every ten seconds would have been thirty times in these five minutes.
    assert 4 <= len(asked) <= 10, len(asked)


@pytest.mark.parametrize("path", PAGES)
def test_who_is_signed_out_is_told_and_led_to_sign_in(desk, opened, path):
    page = opened(path)
    page.context.clear_cookies()
    # The stream of the queue was let in before: without it the page asks, and is not let in.
    page.route("**/desk/events", lambda route: route.abort())
    page.clock.fast_forward(WHILE_MS)
    expect(line(page)).to_contain_text("Du er ikke logget ind mere. Det, du kan se i chatten, er gemt.")
    page.set_viewport_size({"width": 320, "height": 800})
    assert (overflow(page), violations(page)) == (0, [])
    line(page).get_by_role("link", name="Log ind igen").click()
    expect(page.get_by_label("Brugernavn")).to_be_visible()
    assert f"next=%2Fdesk%2F{path}" in page.url


def test_a_session_that_is_ended_elsewhere_is_told_and_stays_told(desk, sign_in):
    page = sign_in()
    desk.somebody_in_each_state(page)
    other = page.context.new_page()
    other.goto(f"{desk.address}/desk/bookings")
    other.get_by_role("button", name="Log ud").click()
    expect(other.get_by_label("Brugernavn")).to_be_visible()
    expect(line(page)).to_contain_text("Du er ikke logget ind mere.", timeout=30_000)
    page.context.set_offline(True)
    page.context.set_offline(False)
    expect(line(page)).to_contain_text("Log ind igen")
