"""Figures in a real browser: pictures that are read without seeing them, any screen, the keyboard, and paper."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.casework.figures import PARTS, Cell, Figure
from tests.browser.page_checks import overflow, violations
from tests.support.figures import count

pytestmark = pytest.mark.browser

SMALLEST_LETTERS = 12
# A sheet of A4 upright between its margins, in CSS pixels.
PAPER = {"width": 718, "height": 1000}
RIGHT_EDGES = "all => all.map((each) => each.getBoundingClientRect().right)"
# SVG scales its letters with it.
LETTERS = "svg => parseFloat(getComputedStyle(svg).fontSize) * svg.getScreenCTM().a"


@pytest.fixture
def busy(desk):
    """A month with figures of all kinds but danger."""
    for figure in Figure:
        for place, part in enumerate(PARTS[figure]):
            if figure is not Figure.DANGER:
                count(desk.store, Cell(figure, part), place * 17 % 60)
    return desk


def open_figures(page: Page) -> None:
    page.get_by_role("navigation", name="Sider").get_by_role("link", name="Tal", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tal for ")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_every_number_is_seen_and_read_on_any_screen(busy, sign_in, keep, width, scheme):
    page = sign_in(viewport={"width": width, "height": 900}, color_scheme=scheme)
    open_figures(page)
    assert violations(page) == []
    assert overflow(page) == 0
    pictures = page.get_by_role("img").all()
    assert len(pictures) == len(Figure) - 1
    for picture in pictures:
        box = picture.bounding_box()
        assert max(picture.locator("text").evaluate_all(RIGHT_EDGES)) <= box["x"] + box["width"]
        assert picture.evaluate(LETTERS) >= SMALLEST_LETTERS
        said = [picture.locator(each).text_content() for each in ("title", "desc")]
        expect(picture).to_have_accessible_name(" ".join(said))
    keep(page, f"desk figures {width} {scheme}")


def test_another_stretch_is_chosen_by_the_keyboard_without_scripts_and_taken_home(busy, sign_in, tmp_path: Path):
    page = sign_in(java_script_enabled=False)
    open_figures(page)
    page.get_by_role("button", name="Vis", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(" til ")
    page.get_by_role("link", name="Dette kvartal").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("kvartal")
    shown = page.get_by_role("table", name="Aftaler").locator("tbody").inner_text().split()
    with page.expect_download() as begun:
        page.get_by_role("link", name="Hent tallene til et regneark").press("Enter")
    file = tmp_path / begun.value.suggested_filename
    begun.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        lines = [line for line in csv.DictReader(opened, delimiter=";") if line["Tal"] == "Aftaler"]
    told = " ".join(f"{line['Linje']} {line['Antal i hele femmere']}" for line in lines)
    assert told.split() == shown


def test_figures_print_whole_and_without_what_is_clicked(busy, sign_in, keep):
    page = sign_in(viewport=PAPER)
    open_figures(page)
    choosers = [page.get_by_role("button", name="Vis", exact=True), page.get_by_role("link", name="Denne uge")]
    for chooser in choosers:
        expect(chooser).to_be_visible()
    page.emulate_media(media="print")
    for chooser in choosers:
        expect(chooser).to_be_hidden()
    expect(page.get_by_role("img").first).to_be_visible()
    assert overflow(page) == 0
    assert max(page.locator(".figure td").evaluate_all(RIGHT_EDGES)) <= PAPER["width"]
    keep(page, "desk figures on paper")
