"""A conversation goes to a colleague in a real browser, by the keyboard, and what is new is seen on every page."""

import pytest
from playwright.sync_api import expect

from tests.browser.page_checks import overflow, violations
from tests.support.presence import minutes_pass

pytestmark = pytest.mark.browser

NOTE = "Ring til hende, hun er hos en ven"


def takes(desk, page):
    """Somebody whom the user of this window takes from the queue."""
    young = desk.young().writes("hej").waits()
    page.goto(f"{desk.address}/desk/conversations/{young.id}")
    page.get_by_role("button", name="Tag samtalen").click()
    expect(page.get_by_label("Din besked")).to_be_focused()
    return young


def test_a_colleague_gets_it_live_with_the_note_and_the_giver_sees_it_go(desk, sign_in, keep):
    anna, bo = sign_in("anna"), sign_in("bo")
    young = takes(desk, anna)
    expect(bo.locator("#present")).to_contain_text("Ved skrivebordet nu (2): Anna, Bo")
    anna.get_by_text("Giv videre").first.focus()
    anna.keyboard.press("Enter")
    to, note = anna.get_by_label("Til hvem?"), anna.get_by_label("Note til den, der tager over")
    to.select_option(label="Bo")
    note.fill(NOTE)
    assert violations(anna) == []
    keep(anna, "desk giving")
    anna.locator(".giving button").press("Enter")
    expect(anna.get_by_text("En kollega har samtalen.")).to_be_visible()
    expect(bo.locator(f"#row-{young.id}")).to_contain_text(f"Fra Anna: {NOTE}")
    expect(bo).to_have_title("1 ny: Samtaler – Hjemad")
    assert violations(bo) == []
    keep(bo, "desk given")
    bo.locator(f"#own-{young.id}").press("Enter")
    expect(bo.locator(".handover")).to_contain_text(f"Fra Anna: {NOTE}")
    for width in (1280, 320):
        bo.set_viewport_size({"width": width, "height": 800})
        assert (overflow(bo), violations(bo)) == (0, []), width
    keep(bo, "desk given 320")
    bo.get_by_role("button", name="Jeg har læst det").press("Enter")
    expect(bo.locator(".handover")).to_have_count(0)
    expect(bo.get_by_label("Din besked")).to_be_focused()


def test_what_was_written_stays_when_the_colleague_has_gone(desk, sign_in):
    anna, bo = sign_in("anna"), sign_in("bo")
    takes(desk, anna)
    anna.get_by_text("Giv videre").first.click()
    anna.get_by_label("Til hvem?").select_option(label="Bo")
    anna.get_by_label("Note til den, der tager over").fill(NOTE)
    bo.get_by_role("button", name="Log ud").click()
    expect(bo.get_by_label("Brugernavn")).to_be_visible()
    anna.locator(".giving button").click()
    expect(anna.get_by_text("Den kollega er ikke ved skrivebordet nu.")).to_be_visible()
    expect(anna.get_by_label("Til hvem?")).to_be_focused()
    expect(anna.get_by_label("Note til den, der tager over")).to_have_value(NOTE)
    assert violations(anna) == []


def test_what_is_new_in_another_conversation_is_marked_on_any_page_while_it_stays_open(desk, sign_in, keep):
    page = sign_in()
    first, second = takes(desk, page), takes(desk, page)
    own = page.get_by_role("navigation", name="Dine samtaler")
    expect(own.get_by_role("link")).to_have_count(2)
    first.writes("er du der?")
    expect(page.locator(f"#own-{first.id}")).to_contain_text("1 ny", timeout=20_000)
    expect(page.locator(f"#own-{second.id}")).to_have_attribute("aria-current", "page")
    second_name = page.locator("h1").inner_text()
    expect(page).to_have_title(f"1 ny: {second_name} – Hjemad")
    expect(page.get_by_role("status")).to_have_text("Der er nyt i dine samtaler.")
    assert violations(page) == []
    keep(page, "desk own news")
    page.set_viewport_size({"width": 320, "height": 800})
    assert (overflow(page), violations(page)) == (0, [])
    second.writes("jeg er her")
    expect(page.locator("#message-list")).to_contain_text("jeg er her")
    page.locator(f"#own-{first.id}").click()
    expect(page.locator("#message-list")).to_contain_text("er du der?")
    expect(page).to_have_title(f"{page.locator('h1').inner_text()} – Hjemad")


def test_to_close_is_one_press_and_takes_it_off_the_list(desk, sign_in):
    page = sign_in()
    young = takes(desk, page)
    page.get_by_role("button", name="Afslut").press("Enter")
    expect(page.get_by_text("Robotten svarer.", exact=True)).to_be_visible()
    expect(page.locator("#message-list")).to_contain_text("Tak for snakken. Du kan altid skrive her igen.")
    expect(page.locator(f"#own-{young.id}")).to_have_count(0)
    assert violations(page) == []


def test_a_silence_that_is_about_to_give_a_conversation_back_is_told_on_the_other_pages(desk, sign_in, keep):
    page = sign_in()
    young = takes(desk, page)
    other = sign_in("bo")
    page.goto(f"{desk.address}/desk/")
    expect(page.locator(f"#own-{young.id}")).to_be_visible()
    minutes_pass(young, 26)
    tag = page.locator(f"#own-{young.id} .going")
    expect(tag).to_have_text("går tilbage om 4 minutter", timeout=10_000)
    expect(page.locator(f"#row-{young.id} .going")).to_have_text("går tilbage om 4 minutter")
    expect(page.get_by_role("status")).to_have_text("En af dine samtaler går snart tilbage i køen.")
    expect(other.locator(".going")).to_have_count(0)
    for width in (1280, 768, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert (overflow(page), violations(page)) == (0, []), width
        keep(page, f"desk going back {width}")
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    page.locator(f"#own-{young.id}").press("Enter")
    expect(page.locator("#overdue")).to_contain_text("En besked har ventet på dig i 26 minutter.")
    page.get_by_label("Din besked").fill("jeg er her")
    page.get_by_role("button", name="Send", exact=True).press("Enter")
    expect(page.get_by_role("log")).to_contain_text("jeg er her")
    expect(page.locator(".going")).to_have_count(0, timeout=20_000)
