"""A talk in the chat in a real browser: it appears when its time comes, and is begun with the keyboard alone."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from bot.casework.bookings import Contact
from bot.casework.free_times import Way
from tests.browser.page_checks import overflow, violations
from tests.support.reminders import talk_starts
from tests.support.the_tests import THE_TESTS

pytestmark = pytest.mark.browser


def test_a_talk_in_the_chat_appears_by_itself_and_is_begun_with_the_keyboard(desk, sign_in, keep):
    page = sign_in()
    young = desk.young().writes("hej")
    talk = young.books(desk.municipality, Contact(), Way.CHAT)
    expect(page.get_by_role("button", name="Begynd samtalen")).to_have_count(0)
    talk_starts(desk.store, talk, datetime.now(UTC) + timedelta(minutes=10))
    begin = page.locator(f"#begin-{young.id}")
    expect(begin).to_be_visible()
    keep(page, "a talk in the chat in the queue")
    page.goto(f"{desk.address}/desk/bookings")
    expect(page.get_by_role("button", name="Begynd samtalen")).to_be_visible()
    assert (violations(page), overflow(page)) == ([], 0)
    keep(page, "a talk in the chat in the list")
    page.goto(f"{desk.address}/desk/")
    begin.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Din besked")).to_be_focused()
    expect(page.get_by_text("Ctrl + Enter sender også")).to_be_visible()
    page.keyboard.type("Hej, det er Anna.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("log")).to_contain_text("Hej, det er Anna.", use_inner_text=True)
    with desk.store.read(THE_TESTS) as work:
        assert [message.text for message in work.conversations.after(young.id, 0)][-1] == "Hej, det er Anna."


def test_an_open_conversation_offers_the_talk_when_its_time_comes(desk, sign_in):
    page = sign_in()
    young = desk.young().writes("hej")
    talk = young.books(desk.municipality, Contact(), Way.CHAT)
    page.goto(f"{desk.address}/desk/conversations/{young.id}")
    expect(page.get_by_text("Aftalen her i chatten kan du begynde fra")).to_be_visible()
    talk_starts(desk.store, talk, datetime.now(UTC) + timedelta(minutes=10))
    expect(page.locator("#begin")).to_be_visible()
    assert (violations(page), overflow(page)) == ([], 0)
