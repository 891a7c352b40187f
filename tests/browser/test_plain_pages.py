"""The plain pages on a phone, without any script: the night when everything else is broken."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.municipality.demo import seed_demo
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.browser.page_checks import violations
from tests.support.plain import plain_app, served

pytestmark = pytest.mark.browser

PAGES = (
    "/i-nat",
    "/i-nat?alder=under-18",
    "/i-nat?alder=18-eller-over",
    "/book",
    "/book?maade=phone",
    "/book?kommune=findes-ikke",
    "/booking",
    "/privatliv",
    "/tilgaengelighed",
)


@pytest.fixture
def address(tmp_path: Path, municipality: Municipality) -> Iterator[str]:
    store = Store(f"sqlite:///{tmp_path / 'hjemad.sqlite'}", "a key for tests")
    store.migrate()
    seed_demo(store, municipality, "adgangskode")
    with served(plain_app(store, {municipality.slug: municipality})) as found:
        yield found
    store.close()


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 740}, locale="da-DK", java_script_enabled=False)
    yield page
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_a_small_phone(browser: Browser, address: str, scheme: Any) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": 320, "height": 640})
    for path in PAGES:
        page.goto(address + path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    page.close()


def test_axe_finds_nothing_on_the_way_to_a_booking(page: Page, address: str) -> None:
    page.goto(f"{address}/book?maade=phone")
    page.get_by_role("button", name="Book tiden").click()
    expect(page.locator(".card--problem")).to_be_focused()
    assert violations(page) == []
    page.locator("details[open] label").first.click()
    page.get_by_label("Dit telefonnummer").fill("12 34 56 78")
    page.get_by_role("button", name="Book tiden").click()
    expect(page.get_by_role("heading", name="Du har en tid")).to_be_visible()
    assert violations(page) == []


def test_somebody_finds_a_bed_books_moves_and_cancels_without_a_script(
    scriptless: Page, address: str, keep: Callable[[Page, str], None]
) -> None:
    page = scriptless
    page.goto(f"{address}/i-nat")
    page.get_by_role("link", name="Under 18").click()
    expect(page.locator("a[href='tel:116111']")).to_be_visible()
    keep(page, "sleep tonight without a script")
    page.get_by_role("link", name="Book en tid med en boligagent").click()
    page.get_by_role("link", name="Vi mødes Ungehuset").click()
    page.locator("summary").nth(1).click()
    page.locator("details").nth(1).locator("label").first.click()
    page.get_by_role("button", name="Book tiden").click()
    words = page.locator(".code").inner_text()
    keep(page, "booked without a script")
    page.get_by_role("link", name="Se, flyt eller aflys din tid").click()
    page.get_by_label("Dine tre ord").fill(words)
    page.get_by_role("button", name="Find min tid").click()
    page.get_by_role("button", name="Flyt tiden").click()
    page.locator("details[open] label").first.click()
    page.get_by_role("button", name="Flyt tiden").click()
    expect(page.get_by_role("heading", name="Din tid er flyttet.")).to_be_visible()
    page.get_by_role("button", name="Aflys tiden").click()
    page.get_by_role("button", name="Ja, aflys tiden").click()
    expect(page.get_by_role("heading", name="Din tid er aflyst.")).to_be_visible()
    assert not any(word in page.url.partition("?")[2] for word in words.split())
