"""What goes into the journal is ticked and copied with the keyboard alone, and a report opens a page of its own."""

import pytest
from playwright.sync_api import expect

from tests.browser.page_checks import overflow, violations

# The machine's own is not there for a browser without a window.
CLIPBOARD = """Object.defineProperty(navigator, "clipboard", {
  value: { writeText: async (text) => { window.copied = text } },
})"""

pytestmark = pytest.mark.browser


@pytest.fixture
def anna(desk, sign_in):
    page = sign_in("anna")
    mine = desk.somebody_in_each_state(page)
    mine.is_noted("anna", "ring til skolen")
    page.goto(f"{desk.address}/desk/conversations/{mine.id}")
    return page


def test_messages_are_ticked_copied_and_downloaded_with_the_keyboard(anna, keep):
    anna.add_init_script(CLIPBOARD)
    anna.get_by_role("link", name="Til journal").focus()
    anna.keyboard.press("Enter")
    anna.get_by_label("sover lidt hos den ene").focus()
    anna.keyboard.press("Space")
    keep(anna, "desk journal")
    anna.get_by_role("button", name="Vis teksten").focus()
    anna.keyboard.press("Enter")
    anna.get_by_role("button", name="Kopiér").focus()
    anna.keyboard.press("Enter")
    expect(anna.locator("#status")).to_have_text("Teksten er kopieret.")
    assert "Den unge:\nsover lidt hos den ene og den anden" in anna.evaluate("window.copied")
    anna.go_back()
    with anna.expect_download() as download:
        anna.get_by_label("Alle beskeder").check()
        anna.get_by_role("button", name="Hent som fil").click()
    assert download.value.suggested_filename.endswith(".txt")
    assert "sover lidt" in download.value.path().read_text(encoding="utf-8")


def test_where_copying_is_forbidden_the_text_is_marked(anna):
    anna.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    anna.get_by_role("link", name="Til journal").click()
    anna.get_by_label("Alle beskeder").check()
    anna.get_by_role("button", name="Vis teksten").click()
    anna.get_by_role("button", name="Kopiér").click()
    expect(anna.locator("#status")).to_contain_text("Den er markeret")
    marked = "(({ selectionStart, selectionEnd, value }) => value.slice(selectionStart, selectionEnd))"
    assert "sover lidt" in anna.evaluate(f"{marked}(document.querySelector('#journal-text'))")


@pytest.mark.parametrize("width", [320, 768])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_text_is_for_everybody(anna, width, scheme):
    anna.set_viewport_size({"width": width, "height": 800})
    anna.emulate_media(color_scheme=scheme)
    anna.get_by_role("link", name="Til journal").click()
    anna.get_by_label("Alle beskeder").check()
    anna.get_by_role("button", name="Vis teksten").click()
    expect(anna.get_by_label("Teksten")).to_be_visible()
    assert violations(anna) == []
    assert overflow(anna) == 0
