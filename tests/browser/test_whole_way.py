"""The whole way, played once in a real browser: from the first words on a phone to the boligagent's desk."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.chat_page import ChatPage, open_widget
from tests.support.running import System

pytestmark = [pytest.mark.browser, pytest.mark.system]

CLOCK = re.compile(r"kl\.\s(\d{2}\.\d{2})")
# Both see each other within a second; this leaves room for a busy machine.
ANSWER = "Ja, jeg sidder her. Hvad har du brug for?"
SOON = 3_000
WIDE = {"width": 1280, "height": 800}


def tap(chat: ChatPage, button: Locator) -> None:
    """Taps a quick reply and waits until it is answered."""
    before = chat.answers.count()
    button.click()
    expect(chat.answers.nth(before)).to_be_visible(timeout=30_000)
    expect(chat.within.locator("#typing")).to_be_hidden(timeout=30_000)


def quick_reply(chat: ChatPage, title: str | re.Pattern[str]) -> Locator:
    return chat.within.get_by_role("button", name=title).and_(chat.within.locator(":enabled")).first


def sign_in(page: Page, system: System) -> None:
    page.goto(f"{system.address}/desk/")
    page.get_by_label("Brugernavn").fill("demo")
    page.get_by_label("Adgangskode").fill(system.password)
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_from_the_first_words_on_a_phone_to_the_boligagents_desk(
    page: Page, browser: Browser, system: System, keep: Callable[[Page, str], None]
) -> None:
    chat = open_widget(page, system.address)
    keep(page, "1 the chat is open")

    chat.say("sover lidt hos den ene og lidt hos den anden")
    answer = chat.answers.last
    expect(answer).to_contain_text("tæller")
    expect(answer).not_to_contain_text(re.compile("hjemløs", re.IGNORECASE))
    source = chat.within.get_by_role("link", name=re.compile(r"\.dk")).first
    assert (source.get_attribute("href") or "").startswith("https://")
    keep(page, "2 an answer with its source")

    chat.say("kan jeg få en tid hos boligagenten?")
    keep(page, "3 free times")
    tap(chat, quick_reply(chat, CLOCK))
    keep(page, "4 confirm")
    tap(chat, quick_reply(chat, re.compile("^Ja")))
    code = chat.within.locator(".booking__code")
    expect(code).to_have_text(re.compile(r"^[^\s-]+(-[^\s-]+){2}$"))
    when = chat.within.locator(".booking dd").first.inner_text()
    keep(page, "5 the booking and its code")

    with browser.new_context(viewport=WIDE, locale="da-DK") as context:
        desk = context.new_page()
        sign_in(desk, system)
        desk.get_by_role("link", name="Aftaler").click()
        clock = CLOCK.search(when)
        assert clock
        day = desk.locator("section").filter(has_text=re.split(r"\s+kl\.", when)[0])
        # Talks of other tests at the same hour have been cancelled.
        row = day.locator("tr:not(.cancelled)").filter(
            has=desk.get_by_role("rowheader", name=re.compile(f"^{clock[1]}"))
        )
        expect(row).to_contain_text("Ungehuset")
        expect(desk.locator("body")).not_to_contain_text(code.inner_text())
        keep(desk, "6 the desk shows the booking")
        row.get_by_role("link", name=re.compile("^Samtale")).click()
        expect(desk.get_by_text("er ikke delt")).to_be_visible()
        expect(desk.locator("body")).not_to_contain_text("hos den ene")
        keep(desk, "7 the conversation at the desk, of which nothing is shared")


def test_a_human_takes_over_and_hands_back_and_both_see_each_other_at_once(
    page: Page, browser: Browser, system: System, keep: Callable[[Page, str], None]
) -> None:
    chat = open_widget(page, system.address)
    chat.say("jeg vil gerne tale med et menneske")
    expect(chat.within.locator("#holder")).to_contain_text(re.compile("vent", re.IGNORECASE))

    with browser.new_context(viewport=WIDE, locale="da-DK") as context:
        desk = context.new_page()
        sign_in(desk, system)
        desk.get_by_role("main").get_by_role("link", name=re.compile(r"\w")).last.click()
        desk.get_by_role("button", name="Tag samtalen").click()
        expect(chat.within.locator("#holder")).to_contain_text("menneske", timeout=SOON)

        chat.write("er du rigtig?")
        expect(desk.get_by_text("er du rigtig?")).to_be_visible(timeout=SOON)
        desk.get_by_label("Din besked").fill(ANSWER)
        desk.get_by_role("button", name=re.compile("Send")).click()
        expect(chat.within.get_by_text(ANSWER, exact=True)).to_be_visible(timeout=SOON)
        keep(desk, "8 the desk holds the conversation")
        keep(page, "9 talking with a human")

        desk.get_by_role("button", name=re.compile("Giv tilbage")).click()
        expect(chat.within.locator("#holder")).to_contain_text("robot", timeout=SOON)
    chat.say("hvad er boligstøtte?")
    expect(chat.answers.last).to_contain_text("boligstøtte", ignore_case=True)
