"""The chat page as somebody uses it; in a tab of its own or in the widget's frame."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

NEUTRAL_PAGE = "https://www.dmi.dk/"


class ChatPage:
    """`within` is the page, or the frame the chat is in."""

    def __init__(self, within: Any) -> None:
        self.within = within
        self.field: Locator = within.get_by_label("Skriv din besked")
        self.log: Locator = within.get_by_role("log")
        self.own: Locator = within.locator(".message--young .bubble")
        self.answers: Locator = within.locator(".message--bot .bubble")
        self.menu: Locator = within.get_by_role("button", name="Menu")
        self.exit: Locator = within.get_by_role("link", name="Forlad siden hurtigt")
        self.voice: Locator = within.locator("#announcer")

    def wait_until_open(self) -> "ChatPage":
        expect(self.answers.first).to_be_visible()
        expect(self.field).to_be_enabled()
        return self

    def write(self, text: str) -> None:
        """Writes and does not wait for an answer."""
        self.field.fill(text)
        self.field.press("Enter")

    def say(self, text: str) -> None:
        """Writes and waits until it is answered."""
        before = self.answers.count()
        self.write(text)
        expect(self.answers.nth(before)).to_be_visible(timeout=30_000)
        expect(self.within.locator("#typing")).to_be_hidden(timeout=30_000)

    def choose(self, title: str) -> None:
        self.menu.click()
        self.within.locator("#menu").get_by_text(title).click()


def open_chat(page: Page, address: str) -> ChatPage:
    """The chat in a tab of its own."""
    page.goto(f"{address}/chat?municipality=eksempel")
    return ChatPage(page).wait_until_open()


def launcher(page: Page) -> Locator:
    return page.get_by_role("button", name="Brug for et sted at bo? Skriv her")


def open_widget(page: Page, address: str) -> ChatPage:
    """The chat in the frame on the demo municipality's page."""
    page.goto(address)
    launcher(page).click()
    return ChatPage(page.frame_locator("iframe")).wait_until_open()


def stored(page: Page) -> list[str]:
    """Everything the page keeps on the device."""
    names: list[str] = page.evaluate(
        "async () => [...Object.keys(sessionStorage), ...Object.keys(localStorage), document.cookie,"
        " ...(await indexedDB.databases()).map((each) => each.name), ...(await caches.keys())].filter(Boolean)"
    )
    return names
