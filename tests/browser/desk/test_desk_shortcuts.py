"""Shortcuts of the desk in a real browser: shown, used, never in the way of what is typed, and switched off."""

import re

import pytest
from playwright.sync_api import expect

from bot.casework.conversations import Danger
from tests.browser.page_checks import overflow, violations

pytestmark = pytest.mark.browser


@pytest.fixture
def page(desk, sign_in):
    return ready(sign_in())


@pytest.fixture
def asked(page):
    """What the queue was asked for, from now on."""
    found = []
    page.on("request", lambda request: found.append(request.url) if "/queue.json" in request.url else None)
    return found


def ready(page):
    """Keys are heard once the page's scripts have run: then the button is there."""
    expect(page.locator("#shortcuts-open")).to_be_visible()
    return page


def at(conversation):
    return re.compile(f"/desk/conversations/{conversation.id}$")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_they_are_shown_by_a_key_and_by_a_button_and_the_keyboard_comes_back(desk, sign_in, keep, width, scheme):
    page = sign_in(viewport={"width": width, "height": 800}, color_scheme=scheme)
    desk.somebody_in_each_state(page)
    ready(page)
    log, dialog, button = page.get_by_role("log"), page.get_by_role("dialog"), page.locator("#shortcuts-open")
    log.focus()
    page.keyboard.press("?")
    expect(dialog).to_contain_text("Åbn den næste, der venter")
    expect(dialog.get_by_role("button", name="Luk")).to_be_focused()
    assert (violations(page), overflow(page)) == ([], 0)
    keep(page, f"desk shortcuts {width} {scheme}")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(log).to_be_focused()
    button.focus()
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()


def test_the_next_who_waits_is_opened_in_the_order_of_the_queue(desk, page, asked):
    calm = desk.young().waits(50)
    acute = desk.young().writes("hej", Danger(3, ("suicide",))).waits(1)
    page.keyboard.press("n")
    expect(page).to_have_url(at(acute))
    expect(page.get_by_role("button", name="Tag samtalen")).to_be_visible()
    ready(page)
    page.keyboard.press("N")
    expect(page).to_have_url(at(calm))
    ready(page)
    page.keyboard.press("n")
    expect(page).to_have_url(at(acute))
    # A piece of it each time: the whole queue of a bad night takes long.
    assert asked == [f"{desk.address}/desk/queue.json?shown=50"] * 3


def test_nobody_else_waiting_and_no_answer_are_said(desk, page):
    young, status = desk.young().waits(), page.locator("#status")
    page.goto(f"{desk.address}/desk/conversations/{young.id}")
    ready(page)
    page.keyboard.press("n")
    expect(status).to_have_text("Ingen andre venter lige nu.")
    page.route("**/queue.json*", lambda route: route.abort())
    page.keyboard.press("n")
    expect(status).to_have_text("Vi kunne ikke se, hvem der venter. Prøv igen.")
    expect(page).to_have_url(at(young))


def test_own_conversations_and_the_field(desk, page):
    page.keyboard.press("m")
    expect(page.locator("#status")).to_have_text("Du har ingen samtaler lige nu.")
    page.keyboard.press("s")
    expect(page.locator("#status")).to_have_text("Her er ikke noget svarfelt. Tag samtalen først.")
    mine = desk.somebody_in_each_state(page)
    ready(page).get_by_role("log").focus()
    page.keyboard.press("m")
    expect(page.locator(f"#own-{mine.id}")).to_be_focused()
    page.keyboard.press("s")
    field = page.get_by_label("Din besked")
    expect(field).to_be_focused()
    # The key itself is not written there.
    expect(field).to_have_value("")


def test_no_key_does_anything_while_somebody_types_or_chooses_or_holds_another_key(desk, page, asked):
    desk.somebody_in_each_state(page)
    ready(page)
    before, dialog = page.url, page.get_by_role("dialog")
    for field in (page.get_by_label("Din besked"), page.get_by_label("Ny note")):
        field.focus()
        page.keyboard.type("snm?")
        expect(field).to_have_value("snm?")
        expect(field).to_be_focused()
    page.get_by_label("Fast svar").focus()
    page.keyboard.type("nm?")
    expect(page.get_by_label("Fast svar")).to_be_focused()
    page.get_by_role("log").focus()
    for keys in ("Alt+m", "Control+m", "Alt+n"):
        page.keyboard.press(keys)
    expect(page.get_by_role("log")).to_be_focused()
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert (page.url, asked) == (before, [])


def test_single_keys_are_switched_off_on_every_page_and_on_again(desk, page, asked):
    page.locator("#shortcuts-open").click()
    choice = page.get_by_role("checkbox", name="Brug genveje med én tast")
    expect(choice).to_be_checked()
    choice.press("Space")
    page.keyboard.press("Escape")
    desk.somebody_in_each_state(page)
    ready(page)
    log, field = page.get_by_role("log"), page.get_by_label("Din besked")
    log.focus()
    for key in "?nms":
        page.keyboard.press(key)
    expect(log).to_be_focused()
    expect(page.get_by_role("dialog")).to_be_hidden()
    field.fill("Hej.")
    page.keyboard.press("Control+Enter")
    expect(log).to_contain_text("Hej.")
    assert asked == []
    page.locator("#shortcuts-open").click()
    expect(choice).not_to_be_checked()
    choice.check()
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(field).to_be_focused()
