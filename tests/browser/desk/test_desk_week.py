"""The agent's own week: on paper, and its hours changed with the keyboard alone."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.casework.bookings import BookingStatus, Contact
from bot.casework.free_times import danish_day
from tests.support.the_tests import THE_TESTS

pytestmark = pytest.mark.browser

SOFIE = Contact(first_name="Sofie", phone="12345678")
# A sheet of A4 upright between its margins, in CSS pixels.
PAPER = {"width": 718, "height": 1000}
MOST_TABS = 80
RIGHT_EDGES = "cells => cells.map((each) => each.getBoundingClientRect().right)"


def go_to(page: Page, wanted: Locator) -> None:
    """Presses Tab until it has the keyboard; fails where Tab does not lead there."""
    expect(wanted).to_have_count(1)
    for _ in range(MOST_TABS):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"no Tab leads to {wanted}")


def press(page: Page, name: str, role: str = "button", within: Locator | None = None) -> None:
    go_to(page, (within or page).get_by_role(role, name=name, exact=True))
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def write(page: Page, label: str, text: str) -> None:
    go_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(text)


def write_day(page: Page, label: str, day: date) -> None:
    """The browser's own language decides whether it takes the day or the month first."""
    field = page.get_by_label(label, exact=True)
    go_to(page, field)
    for order in ("%d%m%Y", "%m%d%Y"):
        page.keyboard.type(f"{day:{order}}")
        if field.input_value() == day.isoformat():
            return
        for _ in range(2):
            page.keyboard.press("ArrowLeft")
    pytest.fail("the day cannot be typed")


def test_the_week_prints_whole_and_without_the_menu(desk, sign_in, keep):
    page = sign_in(viewport=PAPER)
    talk = desk.young().books(desk.municipality, SOFIE)
    page.goto(f"{desk.address}/desk/week?fra={danish_day(talk.starts_at)}&maade=phone")
    menu, form = page.get_by_role("navigation", name="Sider"), page.get_by_role("button", name="Vis", exact=True)
    for on_screen_only in (menu, form):
        expect(on_screen_only).to_be_visible()
    page.emulate_media(media="print")
    for on_screen_only in (menu, form, page.get_by_role("button", name="Log ud")):
        expect(on_screen_only).to_be_hidden()
    expect(page.get_by_text("Telefon, Sofie, Aftalt")).to_be_visible()
    assert page.locator(".table").evaluate("each => getComputedStyle(each).overflowX") == "visible"
    edges = page.locator(".week th, .week td").evaluate_all(RIGHT_EDGES)
    assert max(edges) <= PAPER["width"], "no column runs off the paper"
    keep(page, "desk week on paper")


def test_hours_and_a_sick_day_are_changed_with_the_keyboard_alone(desk, sign_in):
    page = sign_in()
    talk = desk.young().books(desk.municipality, SOFIE)
    press(page, "Tider", "link")
    press(page, "Boligagenten", "link", within=page.get_by_role("main"))
    write(page, "Søndag", "10.00-12.00")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ikke gemt endnu")).to_be_visible()
    press(page, "Gem")
    expect(page.get_by_text("Det er gemt.")).to_be_visible()
    expect(page.get_by_label("Søndag")).to_have_value("10.00-12.00")
    write_day(page, "Dag", danish_day(talk.starts_at))
    press(page, "Se, hvad det ændrer", within=page.locator("form[action$='/day']"))
    expect(page.get_by_text("1 aftale ligger uden for tiderne:")).to_be_visible()
    press(page, "Gem, og aflys aftalen")
    expect(page.get_by_role("heading", name="Aflyst af jer, og ikke svaret endnu")).to_be_visible()
    with desk.store.read(THE_TESTS) as work:
        [agent] = work.agents.of(desk.municipality.slug, danish_day(datetime.now(UTC)))
        found = work.bookings.by_id(talk.id)
    assert (agent.days[danish_day(talk.starts_at)], found.status) == ((), BookingStatus.CALLED_OFF)
    assert any(hours.weekday == 6 for hours in agent.openings)
