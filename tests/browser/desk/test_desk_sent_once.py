"""A message in a real browser, on a line that is cut: sent again it is there once."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def page(desk, sign_in):
    """A conversation that is held, on a line that loses every answer."""
    page = sign_in()
    desk.somebody_in_each_state(page)

    def cut(route):
        route.fetch()
        route.abort()

    page.route("**/messages", cut)
    return page


def sends(page):
    """What is written goes; the field is empty once that is known."""
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Din besked")).to_have_value("")


def is_lost(page):
    page.keyboard.press("Control+Enter")
    expect(page.locator("#status")).to_have_text("Det kunne ikke sendes. Tjek forbindelsen, og prøv igen.")


def is_there(page, text, times):
    """As the page shows it now, and as the store has it: what the page has left out would be back."""
    said = page.get_by_role("log").get_by_text(text, exact=True)
    expect(said).to_have_count(times)
    page.reload()
    expect(page.get_by_label("Din besked")).to_be_visible()
    expect(said).to_have_count(times)


def test_what_was_taken_and_never_answered_is_sent_again_and_is_there_once(page):
    field = page.get_by_label("Din besked")
    field.fill("Kun én gang.")
    is_lost(page)
    expect(field).to_have_value("Kun én gang.")
    page.unroute("**/messages")
    sends(page)
    is_there(page, "Kun én gang.", 1)


def test_the_same_words_on_purpose_are_there_twice(page):
    page.unroute("**/messages")
    for _ in range(2):
        page.get_by_label("Din besked").fill("Er du der?")
        sends(page)
    is_there(page, "Er du der?", 2)


def test_what_is_added_after_a_try_that_failed_is_not_lost(page):
    field = page.get_by_label("Din besked")
    field.fill("Hej.")
    is_lost(page)
    page.unroute("**/messages")
    field.press_sequentially(" Og mere.")
    sends(page)
    is_there(page, "Hej. Og mere.", 1)
    # It had come through, which nobody could know here.
    is_there(page, "Hej.", 1)
