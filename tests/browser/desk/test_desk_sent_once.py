"""A message in a real browser, on a line that is cut: sent again it is there once."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_what_was_taken_and_never_answered_is_sent_again_and_is_there_once(desk, sign_in):
    page = sign_in()
    desk.somebody_in_each_state(page)
    field, log = page.get_by_label("Din besked"), page.get_by_role("log")

    def cut(route):
        route.fetch()
        route.abort()

    page.route("**/messages", cut)
    field.fill("Kun én gang.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#status")).to_have_text("Det kunne ikke sendes. Tjek forbindelsen, og prøv igen.")
    expect(field).to_have_value("Kun én gang.")
    page.unroute("**/messages")
    page.keyboard.press("Control+Enter")
    expect(field).to_have_value("")
    expect(log.get_by_text("Kun én gang.")).to_have_count(1)
    field.fill("Kun én gang.")
    page.keyboard.press("Control+Enter")
    expect(log.get_by_text("Kun én gang.")).to_have_count(2)


def test_what_is_added_after_a_try_that_failed_is_not_lost(desk, sign_in):
    page = sign_in()
    desk.somebody_in_each_state(page)
    field, log = page.get_by_label("Din besked"), page.get_by_role("log")

    def cut(route):
        route.fetch()
        route.abort()

    page.route("**/messages", cut)
    field.fill("Hej.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#status")).to_contain_text("Det kunne ikke sendes.")
    page.unroute("**/messages")
    field.press_sequentially(" Og mere.")
    page.keyboard.press("Control+Enter")
    expect(field).to_have_value("")
    expect(log.get_by_text("Hej. Og mere.")).to_have_count(1)
