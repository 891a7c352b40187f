"""From the municipality's page to a booked talk: by a few taps and no typing, and by typing alone."""

import re
from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat_page import ChatPage, launcher, open_widget
from tests.browser.test_whole_way import CLOCK, quick_reply, tap
from tests.support.running import System

pytestmark = [pytest.mark.browser, pytest.mark.system]

MOST_TAPS = 5
# A key that is pressed clicks as well, so a tap is known by its finger.
COUNTING = """
for (const kind of ["pointerdown", "keydown"])
  addEventListener(kind, (event) => event.isTrusted && window.counted(kind), { capture: true });
"""


@pytest.fixture
def done(page: Page) -> Counter[str]:
    """How often something was tapped and how often a key was pressed, in the page and in the widget's frame."""
    counts: Counter[str] = Counter()
    page.expose_binding("counted", lambda _source, kind: counts.update([kind]))
    page.add_init_script(COUNTING)
    return counts


def expect_booked(chat: ChatPage) -> None:
    expect(chat.within.locator(".booking__code")).to_have_text(re.compile(r"^[^\s-]+(-[^\s-]+){2}$"), timeout=30_000)


def test_a_talk_is_booked_in_five_taps_and_without_typing(page: Page, system: System, done: Counter[str]) -> None:
    chat = open_widget(page, system.address)
    tap(chat, quick_reply(chat, "Book en snak"))
    tap(chat, quick_reply(chat, CLOCK))
    tap(chat, quick_reply(chat, re.compile("^Ja")))
    expect_booked(chat)
    assert done["keydown"] == 0
    assert 1 <= done["pointerdown"] <= MOST_TAPS


def test_a_talk_is_booked_by_typing_alone(page: Page, system: System, done: Counter[str]) -> None:
    page.goto(system.address)
    for _ in range(40):
        page.keyboard.press("Tab")
        if launcher(page).evaluate("button => button.matches(':focus')"):
            break
    page.keyboard.press("Enter")
    chat = ChatPage(page.frame_locator("iframe")).wait_until_open()
    chat.field.press("Shift")  # the focus is put there as Tab would
    for words in ("jeg vil gerne booke en tid", "den første", "ja"):
        before = chat.answers.count()
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        expect(chat.answers.nth(before)).to_be_visible(timeout=30_000)
        expect(chat.within.locator("#typing")).to_be_hidden(timeout=30_000)
    expect_booked(chat)
    assert done["pointerdown"] == 0
    assert done["keydown"] > MOST_TAPS
