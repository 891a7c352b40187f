"""The report on a model in a browser: on a phone, on a desk, and on paper."""

import pytest
from playwright.sync_api import expect

from bot.training.reporting.difference import difference
from bot.training.reporting.page import render
from bot.training.reporting.real import Real, write_real
from tests.browser.page_checks import overflow, violations
from tests.support.models import put
from tests.support.predictions import INTENTS, read

pytestmark = pytest.mark.browser
A4 = 718


@pytest.fixture
def report(tmp_path):
    before = [read(f"besked {n}", INTENTS[n % 4], INTENTS[(n + (n % 9 == 0)) % 4], n % 10 / 10) for n in range(90)]
    after = [read(f"besked {n}", INTENTS[n % 4], INTENTS[(n + (n % 7 == 0)) % 4], n % 10 / 10) for n in range(90)]
    models = [put(tmp_path, name, after) for name in ("20261130-120000-abcdef", "20261123-120000-fedcba")]
    for model in models:
        write_real(model.archive, Real(3, "2026-11-30", 12, model.figures))
    file = tmp_path / "report.html"
    file.write_text(render(models[0], after, models[1], difference(before, after)), encoding="utf-8")
    return file.as_uri()


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_lies_beside_the_screen_and_axe_finds_nothing(page, report, keep, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(report)
    assert overflow(page) == 0
    assert violations(page) == []
    expect(page.get_by_role("rowheader", name="written by people who chat")).to_be_visible()
    keep(page, f"report {width} {scheme}")


def test_on_paper_no_table_is_cut(page, report, keep):
    page.set_viewport_size({"width": A4, "height": 1000})
    page.emulate_media(media="print")
    page.goto(report)
    cut = "[...document.querySelectorAll('table')].filter(t => t.getBoundingClientRect().right > innerWidth).length"
    assert page.evaluate("document.querySelectorAll('table').length") >= 3
    assert page.evaluate(cut) == 0
    keep(page, "report on paper")


def test_the_bars_of_a_picture_are_as_long_as_what_they_tell(page, report):
    page.goto(report)
    shares = page.evaluate("[...document.querySelectorAll('figure .share')].map(b => b.width.baseVal.value / 240)")
    rows = page.locator("section:has(> #topics) tbody tr td:last-child").all_inner_texts()
    assert [f"{share:.2f}" for share in shares] == [f"{float(row):.2f}" for row in rows]
