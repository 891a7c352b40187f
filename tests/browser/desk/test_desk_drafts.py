"""What a caseworker writes and has not sent, in a real browser: it is kept for them, and for nobody else."""

import re

import pytest
from playwright.sync_api import expect

from bot.settings import Settings
from tests.browser.page_checks import overflow, violations
from tests.support.desk import PASSWORD

pytestmark = pytest.mark.browser

DRAFT = "Hej. Jeg er i gang med"
KEPT = "() => Object.keys(sessionStorage).filter((key) => key.startsWith('hjemad-desk-draft:'))"
NOWHERE_ELSE = "(text) => !JSON.stringify(localStorage).includes(text)"
LONGEST = Settings(_env_file=None).message_length


def fields(page):
    return page.get_by_label("Din besked"), page.get_by_label("Ny note")


def write(page, text=DRAFT):
    for field in fields(page):
        field.fill(text)
    assert len(page.evaluate(KEPT)) == 2


def come_in(page, user="anna"):
    page.get_by_label("Brugernavn").fill(user)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.keyboard.press("Enter")


@pytest.fixture
def page(desk, sign_in):
    return sign_in()


@pytest.fixture
def young(desk, page):
    return desk.somebody_in_each_state(page)


def test_a_draft_outlives_a_reload_and_other_pages_and_is_gone_when_it_was_sent(desk, page, young):
    write(page)
    assert page.evaluate(NOWHERE_ELSE, DRAFT)
    page.goto(f"{desk.address}/desk/")
    page.goto(f"{desk.address}/desk/conversations/{young.id}")
    for field in fields(page):
        expect(field).to_have_value(DRAFT)
    expect(page.locator("#status")).to_have_text("Det, du var i gang med at skrive, står i feltet.")
    expect(fields(page)[0]).to_be_focused()
    page.keyboard.type(" at skrive.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("log")).to_contain_text(f"{DRAFT} at skrive.")
    page.get_by_role("button", name="Gem noten").click()
    expect(page.locator("#notes")).to_contain_text(DRAFT)
    page.reload()
    for field in fields(page):
        expect(field).to_have_value("")
    assert page.evaluate(KEPT) == []


def test_each_conversation_has_its_own(desk, page, young):
    write(page)
    other = desk.young().waits()
    page.goto(f"{desk.address}/desk/conversations/{other.id}")
    page.get_by_role("button", name="Tag samtalen").click()
    for field in fields(page):
        expect(field).to_have_value("")


def test_a_draft_outlives_a_session_that_ended(desk, page, young):
    write(page)
    page.context.clear_cookies()
    page.reload()
    expect(page.get_by_label("Brugernavn")).to_be_visible()
    come_in(page)
    for field in fields(page):
        expect(field).to_have_value(DRAFT)


def test_whoever_signs_in_next_in_the_same_window_finds_nothing(desk, page, young):
    write(page)
    page.context.clear_cookies()
    page.reload()
    come_in(page, "bo")
    # Known once the page's scripts have run.
    expect(page.get_by_role("button", name="Slå lyd til")).to_be_visible()
    expect(page.get_by_label("Ny note")).to_have_value("")
    assert page.evaluate(KEPT) == []


@pytest.mark.parametrize("everywhere", [False, True])
def test_nothing_is_left_of_it_after_signing_out(desk, page, young, everywhere):
    write(page)
    if everywhere:
        page.goto(f"{desk.address}/desk/sign-ins")
        page.get_by_role("button", name="Log ud alle steder, også her").click()
    else:
        page.get_by_role("button", name="Log ud").click()
    # Not the page of sign-ins, where nothing has happened yet.
    page.wait_for_url(re.compile(r"/desk/sign-in(\?|$)"))
    expect(page.get_by_label("Brugernavn")).to_be_visible()
    assert page.evaluate(KEPT) == []


def test_a_draft_goes_with_an_erased_conversation_that_is_open(page, young):
    write(page)
    young.erases()
    expect(page.locator("#status")).to_contain_text("Samtalen er slettet")
    expect(fields(page)[0]).to_have_value(DRAFT)
    fields(page)[0].press_sequentially(" mere")
    assert page.evaluate(KEPT) == []


def test_a_draft_goes_with_an_erased_conversation_that_is_opened_again(desk, page, young):
    write(page)
    page.goto(f"{desk.address}/desk/")
    young.erases()
    page.goto(f"{desk.address}/desk/conversations/{young.id}")
    expect(page.get_by_text("Samtalen findes ikke mere.")).to_be_visible()
    assert page.evaluate(KEPT) == []


def test_a_message_goes_with_the_end_of_the_conversation_and_a_note_stays(page, young):
    write(page)
    page.get_by_role("button", name="Afslut").click()
    expect(page.get_by_text("Robotten svarer.")).to_be_visible()
    expect(page.get_by_label("Ny note")).to_have_value(DRAFT)
    [kept] = page.evaluate(KEPT)
    assert kept.endswith(f"{young.id}/note")


@pytest.mark.parametrize("width", [320, 1280])
def test_what_is_too_long_is_taken_told_of_and_not_sent(desk, sign_in, width):
    page = sign_in(viewport={"width": width, "height": 800}, color_scheme="dark")
    desk.somebody_in_each_state(page)
    field, status = page.get_by_label("Din besked"), page.locator("#status")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/messages") else None)
    field.fill("😊" + "x" * (LONGEST + 2) + "  ")
    expect(status).to_have_text("Du har skrevet 3 tegn for meget. Del det op.")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert (violations(page), overflow(page)) == ([], 0)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(field).to_be_focused()
    assert (len(field.input_value()), sent) == (LONGEST + 5, [])
    page.reload()
    expect(status).to_have_text("Du har skrevet 3 tegn for meget. Del det op.")
    field.fill("x" * LONGEST)
    expect(status).to_be_empty()
    page.keyboard.press("Control+Enter")
    expect(field).to_have_value("")
    assert len(sent) == 1


def test_a_note_that_is_too_long_is_told_of_and_not_saved(page, young):
    field = page.get_by_label("Ny note")
    field.fill("x" * (int(field.get_attribute("data-longest")) + 1))
    expect(page.locator("#status")).to_have_text("Du har skrevet 1 tegn for meget. Del det op.")
    page.get_by_role("button", name="Gem noten").click()
    expect(field).to_be_focused()
    expect(page.locator(".note")).to_have_count(0)


def test_what_is_written_while_a_message_is_on_its_way_stays(page, young):
    field, log = page.get_by_label("Din besked"), page.get_by_role("log")
    waiting = []

    def hold(route):
        waiting.append(route)

    page.route("**/messages", hold)
    field.fill("Først.")
    page.keyboard.press("Control+Enter")
    field.press_sequentially(" Så mere.")
    page.keyboard.press("Control+Enter")
    [first] = waiting
    first.continue_()
    expect(field).to_have_value("Så mere.")
    expect(log.get_by_text("Først.", exact=True)).to_have_count(1)
    page.reload()
    expect(field).to_have_value("Så mere.")


CORRECTION = "Ring til lægen"


@pytest.fixture
def noted(page, young):
    """Her note, and the field in which she corrects it."""
    young.is_noted("anna", "Ring til skolen")
    page.reload()
    page.locator(".note summary").click()
    return page.get_by_label("Noten", exact=True)


def test_a_correction_of_a_note_outlives_a_reload_and_is_gone_when_it_was_saved(page, noted):
    noted.fill(CORRECTION)
    page.reload()
    expect(noted).to_be_visible()
    expect(noted).to_have_value(CORRECTION)
    expect(page.locator("#status")).to_have_text("Det, du var i gang med at skrive, står i feltet.")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator(".note .message-text")).to_have_text(CORRECTION)
    expect(page.locator(".note")).to_be_focused()
    assert page.evaluate(KEPT) == []
    page.reload()
    expect(noted).to_be_hidden()
    expect(noted).to_have_value(CORRECTION)


def test_what_hides_a_number_in_the_correction_is_saved_all_the_same(page, noted):
    noted.fill("hendes cpr er 010108-1234")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator("#status")).to_have_text("Noten er rettet.")
    expect(page.locator(".note .message-text")).to_contain_text("hendes cpr er [")
    expect(noted).to_be_hidden()
    assert page.evaluate(KEPT) == []


def test_a_correction_that_could_not_be_saved_is_kept(page, noted):
    noted.fill(CORRECTION)
    page.route("**/desk/notes/*", lambda route: route.abort())
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator("#status")).to_have_text("Det kunne ikke sendes. Tjek forbindelsen, og prøv igen.")
    page.reload()
    expect(noted).to_have_value(CORRECTION)


def test_a_correction_typed_while_it_was_corrected_in_another_tab_is_not_lost(desk, page, young, noted):
    other = page.context.new_page()
    other.goto(page.url)
    noted.fill(CORRECTION)
    other.locator(".note summary").click()
    other.get_by_label("Noten", exact=True).fill("Skriv til skolen")
    other.get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator(".note .message-text")).to_have_text("Skriv til skolen")
    expect(noted).to_be_visible()
    expect(noted).to_have_value(CORRECTION)
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator(".note .message-text")).to_have_text(CORRECTION)
    assert page.evaluate(KEPT) == []


def test_a_correction_goes_with_a_note_that_is_struck_out_and_with_what_is_typed_back(page, noted):
    noted.fill(CORRECTION)
    assert len(page.evaluate(KEPT)) == 1
    noted.fill("Ring til skolen")
    assert page.evaluate(KEPT) == []
    noted.fill(CORRECTION)
    page.get_by_role("button", name="Streg noten ud").click()
    expect(page.get_by_text("Noten er streget ud.")).to_be_visible()
    page.reload()
    assert page.evaluate(KEPT) == []
