"""How long a message is on its way from the key that sends it to the other one's screen, in two real browsers."""

from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chat_page import ChatPage, open_chat
from tests.browser.desk.conftest import WIDE
from tests.browser.page_checks import until
from tests.browser.test_my_chat import kept
from tests.support.desk import PASSWORD
from tests.support.served import served
from tests.support.the_tests import THE_TESTS
from tests.support.two_towns import CASEWORKERS, HERE, app_of_two_towns

pytestmark = pytest.mark.browser

MESSAGES = 8
NOW = "() => performance.timeOrigin + performance.now()"
# Both pages are of one browser, so they have one clock.
WATCHING = """
window.shown = {}
const look = () => {
  const text = window.awaited
  if (text && !(text in shown) && document.body.textContent.includes(text)) {
    shown[text] = performance.timeOrigin + performance.now()
  }
}
new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true })
"""


def test_what_one_writes_is_on_the_screen_of_the_other(
    page: Page, browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = app_of_two_towns(tmp_path)
    with served(app) as address:
        page.add_init_script(WATCHING)
        chat = open_chat(page, address)
        chat.say("hej")
        conversation = kept(page)["id"]
        with app.state.store.write(THE_TESTS) as work:
            work.queue.enqueue(conversation, datetime.now(UTC))
        desk = at_the_desk(browser, f"{address}/desk/conversations/{conversation}")
        both = [(to_the_desk(page, chat, desk, number), to_the_chat(page, desk, number)) for number in range(MESSAGES)]
        desk.context.close()
    with capsys.disabled():
        for way, milliseconds in zip(("to the desk", "to the chat"), zip(*both, strict=True), strict=True):
            print(f"\n{way}: {median(milliseconds):.0f} ms at the median, {max(milliseconds):.0f} ms at the longest")


def at_the_desk(browser: Browser, conversation: str) -> Page:
    """A caseworker who has taken the conversation."""
    page = browser.new_context(viewport=WIDE, locale="da-DK").new_page()
    page.add_init_script(WATCHING)
    page.goto(conversation)
    page.get_by_label("Brugernavn").fill(CASEWORKERS[HERE])
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Tag samtalen").click()
    expect(page.get_by_text("Ctrl + Enter sender også")).to_be_visible()
    return page


def to_the_desk(page: Page, chat: ChatPage, desk: Page, number: int) -> float:
    text = f"det er min besked nr. {number}"
    desk.evaluate("text => window.awaited = text", text)
    chat.field.fill(text)
    return until_shown(page, "Enter", desk, text)


def to_the_chat(page: Page, desk: Page, number: int) -> float:
    text = f"det er mit svar nr. {number}"
    page.evaluate("text => window.awaited = text", text)
    desk.get_by_label("Din besked").fill(text)
    return until_shown(desk, "Control+Enter", page, text)


def until_shown(writer: Page, key: str, reader: Page, text: str) -> float:
    """Milliseconds from the key that sends it."""
    pressed = writer.evaluate(NOW)
    writer.keyboard.press(key)
    until(reader, "text => text in shown", text)
    shown: float = reader.evaluate("text => shown[text]", text)
    return shown - pressed
