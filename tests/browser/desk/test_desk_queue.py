"""A long queue in a real browser: in pieces, live, with the keyboard alone, and why somebody stands there."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from bot.casework.bookings import Booking
from bot.casework.codes import new_code
from bot.casework.conversations import Danger
from bot.casework.free_times import Way
from bot.conversation import desk_queue
from tests.browser.page_checks import overflow, violations
from tests.support.the_tests import THE_TESTS

pytestmark = pytest.mark.browser


def crowd(desk, size):
    """Those who wait, the first of them longest."""
    return [desk.young().writes("hej").waits(minutes=size - place) for place in range(size)]


def test_more_of_a_long_queue_is_shown_with_the_keyboard_alone_and_stays_live(desk, sign_in):
    waiting = crowd(desk, 60)
    page = sign_in()
    rows, more = page.locator(".row"), page.locator("#more-waiting")
    expect(rows).to_have_count(50)
    expect(page.locator(".rest")).to_contain_text("Du ser de første 50 af 60.")
    more.focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(60)
    expect(page.locator(f"#open-{waiting[50].id}")).to_be_focused()
    desk.young().writes("hej").waits()
    expect(rows).to_have_count(61)
    expect(page.locator(f"#open-{waiting[50].id}")).to_be_focused()
    expect(page).to_have_title("(61) Samtaler – Hjemad")


def test_how_many_are_not_shown_is_told_by_itself_and_leaves_the_keyboard_where_it_was(desk, sign_in):
    waiting = crowd(desk, 51)
    page = sign_in()
    more = page.locator("#more-waiting")
    more.focus()
    acute = desk.young().writes("…", Danger(3, ("suicide",))).waits()
    expect(page.locator(".rest")).to_contain_text("Du ser de første 50 af 52.")
    expect(more).to_be_focused()
    expect(page.locator(".row").first).to_have_id(f"row-{acute.id}")
    expect(page.locator(".row").last).to_have_id(f"row-{waiting[48].id}")
    sign_in("bo").locator(f"#claim-{acute.id}").click()
    expect(page.locator(".row").first).to_have_id(f"row-{waiting[0].id}")
    expect(page.locator("#others-heading")).to_be_visible()
    assert violations(page) == []


def test_the_list_says_why_and_is_read_on_a_small_screen(desk, sign_in, keep):
    longest, long, today = (desk.young().writes("hej").waits(minutes) for minutes in (95, 40, 5))
    today.writes("er her nogen?")
    now = datetime.now(UTC)
    with desk.store.write(THE_TESTS) as work:
        talk = Booking(
            str(uuid4()), "eksempel", 1, now, now + timedelta(minutes=30), Way.PHONE, "", new_code(), today.id
        )
        work.bookings.add(talk)
    dangers = [desk.young().writes("…", Danger(2, ("violence",))).waits() for _ in range(6)]
    page = sign_in()
    for one in dangers[:2]:
        page.locator(f"#claim-{one.id}").click()
        expect(page.get_by_text("Du har samtalen.")).to_be_visible()
        page.goto(f"{desk.address}/desk/")
    expect(page.locator(".row").nth(1)).to_have_id(f"row-{longest.id}")
    expect(page.locator(f"#row-{longest.id}")).to_contain_text("Rykket frem: har ventet længst")
    expect(page.locator(f"#row-{long.id}")).to_contain_text("Har ventet længe")
    expect(page.locator(f"#row-{today.id}")).to_contain_text("2 beskeder venter på svar")
    expect(page.locator(f"#row-{today.id}")).to_contain_text("Aftale i dag kl.")
    keep(page, "desk queue with reasons")
    page.set_viewport_size({"width": 320, "height": 800})
    assert (overflow(page), violations(page)) == (0, [])
    keep(page, "desk queue with reasons 320")


def test_so_many_in_danger_that_not_all_are_named_are_told_when_they_become_more(desk, sign_in, monkeypatch):
    monkeypatch.setattr(desk_queue, "MOST_IN_DANGER", 2)
    dangers = [desk.young().writes("…", Danger(2, ("violence",))).waits() for _ in range(4)]
    page = sign_in()
    notice = page.locator("#danger-notice")
    expect(notice).to_contain_text("4 i fare venter på et menneske.")
    page.get_by_role("button", name="Luk").click()
    sign_in("bo").locator(f"#claim-{dangers[0].id}").click()
    expect(page.locator("#others-heading")).to_be_visible()
    calm = desk.young().writes("hej").waits()
    expect(page.locator(f"#row-{calm.id}")).to_be_visible()
    expect(notice).to_be_empty()
    desk.young().writes("…", Danger(2, ("violence",))).waits()
    expect(notice).to_contain_text("4 i fare venter på et menneske.")
