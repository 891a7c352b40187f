"""Two windows, a young person's and a caseworker's: each shows that the other types, and what the other has seen."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bot.municipality.demo import seed_demo
from bot.store.store import Store
from bot.web.app import create_app
from tests.browser.chat_page import launcher
from tests.browser.page_checks import overflow, violations
from tests.support.chat_app import settings
from tests.support.desk import PASSWORD, YoungPerson, add_caseworker
from tests.support.model import danger_screen
from tests.support.served import served

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 800}
SECRET = "min hemmelighed"
SIGN = "#typing + .typing"
# A sign holds for six seconds, and a page looks once in each.
GONE_WITHIN = 12_000


@dataclass
class Place:
    """The whole application, and somebody whose conversation waits."""

    address: str
    young: YoungPerson
    browser: Browser
    posted: list[tuple[str, str]]

    def phone(self, **window: Any) -> Page:
        """The young person's chat, as their tab had it."""
        page = self._page(viewport=PHONE, has_touch=True, **window)
        kept = {"id": self.young.id, "token": self.young.token, "municipality": "eksempel"}
        page.add_init_script(f"sessionStorage.setItem('hjemad.conversation', {json.dumps(json.dumps(kept))})")
        page.goto(f"{self.address}/chat?municipality=eksempel")
        expect(page.get_by_text("jeg sover hos en ven")).to_be_visible()
        return page

    def desk(self, **window: Any) -> Page:
        """Anna's window, in which she takes the conversation."""
        page = self._page(viewport=WIDE, **window)
        page.goto(f"{self.address}/desk/")
        page.get_by_label("Brugernavn").fill("anna")
        page.get_by_label("Adgangskode").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Tag samtalen").click()
        expect(page.get_by_label("Din besked")).to_be_focused()
        expect(page.get_by_text("Ctrl + Enter sender også.")).to_be_visible()
        return page

    def signs(self) -> list[str]:
        return [body for url, body in self.posted if url.endswith(("/signs", "/typing"))]

    def typed(self) -> list[str]:
        """The signs that somebody types, of both sides."""
        return [body for url, body in self.posted if url.endswith("/typing") or '"typing":true' in body]

    def _page(self, **window: Any) -> Page:
        page = self.browser.new_context(locale="da-DK", **window).new_page()
        page.on("request", lambda request: self.posted.append((request.url, request.post_data or "")))
        return page


@pytest.fixture
def place(tmp_path: Path, browser: Browser) -> Iterator[Place]:
    danger_screen()
    app = create_app(settings(tmp_path))
    store: Store = app.state.store
    store.migrate()
    seed_demo(store, app.state.municipalities["eksempel"], PASSWORD)
    add_caseworker(store, "eksempel", "anna")
    young = YoungPerson(store, notices=app.state.notices).writes("jeg sover hos en ven").waits()
    with served(app) as address:
        yield Place(address, young, browser, [])
    for context in browser.contexts:
        context.close()


def test_each_sees_that_the_other_types_and_nothing_of_it_is_sent(place: Place, keep: Any) -> None:
    phone, desk = place.phone(), place.desk()
    expect(phone.get_by_text("Du skriver nu med et menneske.")).to_be_visible()
    desk.keyboard.type(SECRET, delay=20)
    expect(phone.locator(SIGN)).to_be_visible()
    expect(phone.locator(SIGN)).to_have_text("Anna skriver")
    assert phone.locator(SIGN).evaluate("(sign) => sign.closest('[aria-live]:not([aria-live=off])')") is None
    keep(phone, "chat typing 320")
    assert violations(phone) == []
    assert overflow(phone) == 0
    expect(phone.locator(SIGN)).to_be_hidden(timeout=GONE_WITHIN)
    phone.get_by_label("Skriv din besked").press_sequentially(SECRET, delay=20)
    expect(desk.locator("#signs")).to_have_text("Den unge skriver …")
    keep(desk, "desk typing 1280")
    assert violations(desk) == []
    expect(desk.locator("#signs")).to_have_text("", timeout=GONE_WITHIN)
    expect(desk.locator("#status")).to_have_text("")
    assert "Anna skriver" not in phone.locator("#announcer").inner_text()
    assert len(place.typed()) >= 2
    assert SECRET not in str(place.posted)


def test_what_is_sent_takes_the_place_of_the_sign_and_is_marked_when_it_is_on_screen(place: Place, keep: Any) -> None:
    phone, desk = place.phone(), place.desk()
    mark = phone.locator(".message--young", has_text="jeg sover hos en ven").locator(".message__state")
    expect(mark).to_have_text("Set")
    desk.keyboard.type("hej, jeg er Anna")
    expect(phone.locator(SIGN)).to_be_visible()
    desk.keyboard.press("Control+Enter")
    expect(phone.get_by_role("log")).to_contain_text("hej, jeg er Anna")
    expect(phone.locator(SIGN)).to_be_hidden(timeout=2_000)
    theirs = desk.locator(".message-caseworker", has_text="hej, jeg er Anna")
    expect(theirs.locator(".message-more")).to_have_text("Set")
    phone.get_by_label("Skriv din besked").press_sequentially("hej med dig")
    expect(desk.locator("#signs")).to_have_text("Den unge skriver …")
    phone.get_by_role("button", name="Send").click()
    expect(desk.get_by_role("log")).to_contain_text("hej med dig")
    expect(desk.locator("#signs")).to_have_text("", timeout=2_000)
    expect(phone.locator(".message--young", has_text="hej med dig").locator(".message__state")).to_have_text("Set")
    # There is one mark, under the last.
    expect(phone.get_by_text("Set", exact=True)).to_have_count(1)
    keep(phone, "chat seen 320")
    keep(desk, "desk seen 1280")
    assert violations(phone) == []
    assert violations(desk) == []


def test_what_nobody_looks_at_is_not_marked_until_somebody_does(place: Place) -> None:
    phone, desk = place.phone(), place.desk()
    phone.evaluate("""() => {
        Object.defineProperty(document, 'visibilityState', { get: () => window.state, configurable: true });
        window.state = 'hidden';
        document.dispatchEvent(new Event('visibilitychange'));
    }""")
    desk.keyboard.type("er du der?")
    desk.keyboard.press("Control+Enter")
    theirs = desk.locator(".message-caseworker", has_text="er du der?")
    expect(theirs).to_be_visible()
    desk.wait_for_timeout(2_500)
    expect(theirs.locator(".message-more")).to_have_count(0)
    phone.evaluate("() => { window.state = 'visible'; document.dispatchEvent(new Event('visibilitychange')); }")
    expect(theirs.locator(".message-more")).to_have_text("Set")


@pytest.mark.parametrize("status", [503, 429])
def test_a_look_that_is_refused_is_told_with_the_next_one(place: Place, status: int) -> None:
    phone, desk = place.phone(), place.desk()
    desk.route("**/looked", lambda route: route.fulfill(status=status))
    with desk.expect_response("**/looked"):
        phone.get_by_label("Skriv din besked").fill("er du der?")
        phone.get_by_role("button", name="Send").click()
    marks = phone.locator(".message--young", has_text="er du der?").locator(".message__state")
    expect(marks).to_have_count(0)
    desk.unroute("**/looked")
    desk.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(marks).to_have_text("Set")


def test_what_comes_into_a_closed_panel_is_not_marked_until_it_is_opened(place: Place) -> None:
    phone, desk = place.phone(), place.desk()
    phone.goto(place.address)
    launcher(phone).click()
    expect(phone.frame_locator("iframe").get_by_text("Du skriver nu med et menneske.")).to_be_visible()
    phone.frame_locator("iframe").get_by_role("button", name="Luk chatten").click()
    desk.keyboard.type("er du der?")
    desk.keyboard.press("Control+Enter")
    theirs = desk.locator(".message-caseworker", has_text="er du der?")
    expect(theirs).to_be_visible()
    news = phone.get_by_role("button", name="Ny besked i chatten")
    expect(news).to_be_visible()
    desk.wait_for_timeout(2_500)
    expect(theirs.locator(".message-more")).to_have_count(0)
    news.click()
    expect(theirs.locator(".message-more")).to_have_text("Set")


def test_one_who_types_for_long_asks_once_in_three_seconds(place: Place) -> None:
    phone = place.phone()
    place.desk()
    expect(phone.get_by_text("Du skriver nu med et menneske.")).to_be_visible()
    phone.wait_for_timeout(1_000)
    before, began = len(place.typed()), monotonic()
    phone.get_by_label("Skriv din besked").press_sequentially("x" * 70, delay=100)
    # Slow keys take longer, and may be told of as often as that allows.
    assert 2 <= len(place.typed()) - before <= (monotonic() - began) // 3 + 1


@pytest.mark.parametrize("whose", ["desk", "phone"])
def test_a_page_that_is_opened_in_the_background_has_seen_nothing_until_it_is_looked_at(
    place: Place, whose: str
) -> None:
    phone, desk = place.phone(), place.desk()
    background = desk if whose == "desk" else phone
    background.goto("about:blank")
    if whose == "desk":
        phone.get_by_label("Skriv din besked").fill("er du der?")
        phone.get_by_role("button", name="Send").click()
        marks = phone.locator(".message--young", has_text="er du der?").locator(".message__state")
    else:
        desk.keyboard.type("er du der?")
        desk.keyboard.press("Control+Enter")
        marks = desk.locator(".message-caseworker", has_text="er du der?").locator(".message-more")
    hidden = "{ get: () => window.state ?? 'hidden', configurable: true }"
    background.add_init_script(f"Object.defineProperty(document, 'visibilityState', {hidden})")
    background.go_back()
    expect(background.get_by_text("er du der?")).to_be_visible()
    background.wait_for_timeout(2_500)
    expect(marks).to_have_count(0)
    background.evaluate("() => { window.state = 'visible'; document.dispatchEvent(new Event('visibilitychange')); }")
    expect(marks).to_have_text("Set")


@pytest.mark.parametrize("whose", ["desk", "phone"])
def test_a_sign_that_is_late_does_not_outlive_its_message(place: Place, whose: str) -> None:
    phone, desk = place.phone(), place.desk()
    expect(phone.get_by_text("Du skriver nu med et menneske.")).to_be_visible()
    late: list[Route] = []
    writer, reader, sign = (desk, phone, SIGN) if whose == "desk" else (phone, desk, "#signs .typing")

    def hold_back(route: Route) -> None:
        late.append(route)

    writer.route("**/typing" if whose == "desk" else "**/signs", hold_back)
    field = writer.get_by_label("Din besked" if whose == "desk" else "Skriv din besked")
    field.press_sequentially("her er jeg", delay=20)
    writer.get_by_role("button", name="Send", exact=True).click()
    expect(reader.get_by_role("log")).to_contain_text("her er jeg")
    held_back = [route for route in late if "seen" not in (route.request.post_data or "")]
    assert held_back
    with writer.expect_response(lambda answer: answer.url == held_back[-1].request.url) as answered:
        for route in held_back:
            route.continue_()
    assert answered.value.status == 204
    reader.wait_for_timeout(2_500)
    assert reader.locator(sign).filter(visible=True).count() == 0
