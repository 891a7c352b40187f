"""Notes beside a conversation in a real browser: with the keyboard alone, live, and losing nothing that is typed."""

import pytest
from playwright.sync_api import expect

from tests.browser.page_checks import overflow, violations

pytestmark = pytest.mark.browser


@pytest.fixture
def both(desk, sign_in):
    """Anna and Bo with the same conversation before them, which Anna holds."""
    anna, bo = sign_in("anna"), sign_in("bo")
    young = desk.somebody_in_each_state(anna)
    bo.goto(f"{desk.address}/desk/conversations/{young.id}")
    return anna, bo


def write(page, text):
    page.get_by_label("Ny note").focus()
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def test_a_note_is_written_and_corrected_with_the_keyboard_and_seen_by_a_colleague(both):
    anna, bo = both
    anna.get_by_label("Din besked").fill("Jeg er i gang med")
    write(anna, "Ring til skolen")
    expect(bo.locator("#notes")).to_contain_text("Ring til skolen")
    expect(bo.locator("#status")).to_have_text("Der er en ny note.")
    expect(anna.get_by_label("Ny note")).to_have_value("")
    expect(anna.get_by_label("Ny note")).to_be_focused()
    anna.locator(".note summary").focus()
    anna.keyboard.press("Enter")
    anna.keyboard.press("Tab")
    anna.keyboard.press("Control+End")
    anna.keyboard.type(" i morgen")
    anna.keyboard.press("Tab")
    anna.keyboard.press("Enter")
    expect(bo.locator("#notes")).to_contain_text("Ring til skolen i morgen")
    expect(anna.locator("#notes")).to_contain_text("rettet kl.")
    expect(anna.locator(".note")).to_be_focused()
    expect(anna.get_by_label("Din besked")).to_have_value("Jeg er i gang med")


def test_what_is_typed_in_a_note_outlives_what_colleagues_write_meanwhile(both):
    anna, bo = both
    write(anna, "Første")
    anna.locator(".note summary").click()
    field = anna.get_by_label("Noten", exact=True)
    field.press_sequentially("Jeg retter: ")
    write(bo, "En kollegas note")
    expect(anna.locator("#notes")).to_contain_text("En kollegas note")
    expect(field).to_be_focused()
    expect(field).to_have_value("Jeg retter: Første")


def test_a_note_that_cannot_be_saved_stays_where_it_was_written(both):
    anna, _ = both
    anna.route("**/notes", lambda route: route.abort())
    write(anna, "Må ikke gå tabt")
    expect(anna.locator("#status")).to_have_text("Det kunne ikke sendes. Tjek forbindelsen, og prøv igen.")
    expect(anna.get_by_label("Ny note")).to_have_value("Må ikke gå tabt")


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_notes_are_for_everybody(desk, sign_in, keep, width, scheme):
    page = sign_in("anna", viewport={"width": width, "height": 900}, color_scheme=scheme)
    desk.somebody_in_each_state(page)
    write(page, "x" * 200)
    page.locator(".note summary").click()
    assert violations(page) == []
    assert overflow(page) == 0
    keep(page, f"desk notes {width} {scheme}")
