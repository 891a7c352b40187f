"""A municipality's page with the widget on it: another site than ours, in a browser that keeps the two apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from unittest.mock import patch

from playwright.sync_api import Page, expect

from bot.municipality.demo import seed_demo
from bot.municipality.towns import load_municipalities
from bot.web.app import create_app
from tests.browser.chat_page import NEUTRAL_PAGE, ChatPage, launcher, open_chat
from tests.browser.page_checks import until
from tests.support.chat_app import settings
from tests.support.model import danger_screen
from tests.support.running import PASSWORD
from tests.support.served import served

# Playwright lets frames share the storage of their origin, which browsers do no more: what it turns off is named anew.
PARTED = "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable"
TOWN = "eksempel"
UNAUTHORISED = 401
FRAMES = {"frame": "theirs", "frame on the same site": "near", "frame on our own page": "ours"}
HELD = "JSON.parse(sessionStorage.getItem('hjemad.conversation'))"


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        script = f'<script src="{self.server.ours}/widget.js" data-municipality="{TOWN}" async></script>'  # type: ignore[attr-defined]
        self.wfile.write(f"<!doctype html><title>Kommunen</title><h1>Kommunen</h1><input>{script}".encode())

    def log_message(self, *_: object) -> None:
        """The test's output stays readable."""


@dataclass(frozen=True)
class Sites:
    """Our address, and the municipality's page by two addresses: on another site than ours, and on the same."""

    ours: str
    theirs: str
    near: str

    def chat(self, page: Page, where: str) -> ChatPage:
        """The chat on a page of its own ("top"), or opened in a frame: see FRAMES."""
        if where == "top":
            return open_chat(page, self.ours)
        page.goto(getattr(self, FRAMES[where]))
        launcher(page).click()
        return ChatPage(page.frame_locator("iframe")).wait_until_open()

    def opens(self, page: Page, session: dict[str, str]) -> bool:
        """Whether the server still opens the chat to whoever has this."""
        headers = {"Authorization": f"Bearer {session['token']}"}
        path = f"{self.ours}/api/conversations/{session['id']}/messages"
        return page.request.get(path, headers=headers).status != UNAUTHORISED

    def expect_ended(self, page: Page, session: dict[str, str]) -> None:
        """The call that ends it is on its way while the page is left."""
        for _ in range(100):
            if not self.opens(page, session):
                return
            page.wait_for_timeout(50)
        raise AssertionError("the session was not ended")


@contextmanager
def sites(folder: Path) -> Iterator[Sites]:
    """Served without the dialogue server: whoever leaves needs no answer."""
    danger_screen()
    site = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    theirs = f"http://localhost:{site.server_port}"
    near = f"http://127.0.0.1:{site.server_port}"
    town = replace(load_municipalities()[TOWN], frame_ancestors=(theirs, near))
    with patch("bot.web.app.load_municipalities", lambda: {TOWN: town}):
        app = create_app(settings(folder, conversations_a_minute=100_000))
    app.state.store.migrate()
    seed_demo(app.state.store, town, PASSWORD)
    with served(app) as ours:
        site.ours = ours  # type: ignore[attr-defined]
        Thread(target=site.serve_forever, daemon=True).start()
        yield Sites(ours, theirs, near)
        site.shutdown()


def writes(page: Page, chat: ChatPage) -> dict[str, str]:
    """Somebody has written: what their browser keeps of it."""
    chat.write("jeg er bange for at gå hjem")
    expect(chat.own).to_have_count(1)
    expect(chat.within.get_by_text("Sender …")).to_have_count(0)
    # The stream may show that it was sent before the answer to sending it has come.
    until(page.frames[-1], HELD)
    session: dict[str, str] = page.frames[-1].evaluate(HELD)
    return session


def follows(page: Page, chat: ChatPage, title: str) -> Page:
    """The page that a link of the chat opens in a tab of its own."""
    with page.context.expect_page() as opened:
        if title == "Hvem kan læse den?":
            chat.within.get_by_role("link", name=title).click()
        else:
            chat.choose(title)
    beside = opened.value
    beside.wait_for_load_state()
    return beside


def press_shift(page: Page, times: int = 3) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


def expect_left(*pages: Page) -> None:
    for page in pages:
        page.wait_for_url(NEUTRAL_PAGE)
