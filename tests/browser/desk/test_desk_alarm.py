"""Danger that comes or rises is heard and seen at the desk, as far as who sits there has asked for it."""

import pytest
from playwright.sync_api import expect

from bot.casework.conversations import Danger
from tests.browser.page_checks import until, violations

pytestmark = pytest.mark.browser

# Counts the notes and the notices on the screen; both are still the browser's own.
COUNTING = """
window.notes = 0
const start = OscillatorNode.prototype.start
OscillatorNode.prototype.start = function (...when) { window.notes += 1; return start.apply(this, when) }
"""


@pytest.fixture
def page(sign_in):
    opened = sign_in()
    opened.add_init_script(COUNTING)
    opened.reload()
    return opened


def notes(page):
    return page.evaluate("window.notes")


def notice(page):
    return page.locator("#danger-notice")


def test_danger_is_told_by_a_notice_without_content(desk, page):
    desk.young().writes("jeg vil ikke leve mere", Danger(3, ("suicide",))).waits()
    expect(notice(page)).to_contain_text("Én i fare venter på et menneske.")
    expect(notice(page)).to_have_role("alert")
    assert "leve" not in notice(page).inner_text()
    assert "selvmord" not in notice(page).inner_text()
    assert violations(page) == []
    page.get_by_role("button", name="Luk").click()
    expect(notice(page)).to_be_empty()


def test_who_waits_without_danger_is_no_alarm(desk, page):
    desk.young().writes("hej").waits()
    desk.young().writes("træt", Danger(1, ("suicide",))).waits()
    expect(page.locator(".row")).to_have_count(2)
    expect(notice(page)).to_be_empty()


def test_it_sounds_only_after_somebody_pressed_for_it_and_remembers_that(desk, page):
    button = page.locator("#sound")
    expect(button).to_have_text("Slå lyd til")
    desk.young().writes("…", Danger(2, ("violence",))).waits()
    expect(notice(page)).to_contain_text("Én i fare")
    assert notes(page) == 0
    button.click()
    expect(button).to_have_text("Lyd er slået til")
    expect(button).to_have_attribute("aria-pressed", "true")
    until(page, "window.notes >= 4")
    desk.young().writes("…", Danger(2, ("violence",))).waits()
    expect(notice(page)).to_contain_text("2 i fare")
    until(page, "window.notes >= 8")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    expect(button).to_have_text("Lyd er slået til")
    desk.young().writes("…", Danger(3, ("violence",))).waits()
    expect(notice(page)).to_contain_text("3 i fare")
    until(page, "window.notes >= 4")


def test_what_rises_is_told_again_and_what_was_told_is_not(desk, page):
    young = desk.young().writes("…", Danger(2, ("violence",))).waits()
    expect(notice(page)).to_contain_text("Én i fare")
    page.get_by_role("button", name="Luk").click()
    desk.young().writes("hej").waits()
    expect(page.locator(".row")).to_have_count(2)
    expect(notice(page)).to_be_empty()
    page.goto(f"{desk.address}/desk/bookings")
    expect(page.locator("#sound")).to_be_visible()
    expect(notice(page)).to_be_empty()
    young.writes("nu har han en kniv", Danger(3, ("violence",)))
    expect(notice(page)).to_contain_text("Én i fare", timeout=15_000)
    notice(page).get_by_role("link", name="Se køen").click()
    expect(page.get_by_text("Akut fare: vold")).to_be_visible()


def test_the_notice_goes_when_nobody_is_in_danger_any_more(desk, page, sign_in):
    young = desk.young().writes("…", Danger(2, ("violence",))).waits()
    expect(notice(page)).to_contain_text("Én i fare")
    sign_in("bo").locator(f"#claim-{young.id}").click()
    expect(notice(page)).to_be_empty()


def test_the_screen_s_own_notice_is_asked_for_by_a_press_only(desk, page):
    page.add_init_script(
        "window.asked = 0\n"
        "Notification.requestPermission = () => { window.asked += 1; return Promise.resolve('denied') }\n"
        "Object.defineProperty(Notification, 'permission', { get: () => 'default' })"
    )
    page.reload()
    desk.young().writes("…", Danger(3, ("violence",))).waits()
    expect(notice(page)).to_contain_text("Én i fare")
    assert page.evaluate("window.asked") == 0
    page.get_by_role("button", name="Slå skærmbesked til").click()
    assert page.evaluate("window.asked") == 1


def test_why_is_told_when_asked_for_and_stays_while_the_list_changes(desk, page):
    young = desk.young().writes("…", Danger(2, ("violence",))).waits()
    page.get_by_role("button", name="Hvorfor?").click()
    why = page.locator(f"#why-{young.id}")
    expect(why).to_have_text("Åbn samtalen, og læs den.")
    desk.young().writes("hej").waits()
    expect(page.locator(".row")).to_have_count(2)
    expect(why).to_have_text("Åbn samtalen, og læs den.")
