"""A code beside the password, with the keyboard alone, on every width and in the dark."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.settings import Settings
from tests.browser.desk.conftest import Desk
from tests.browser.page_checks import overflow, violations
from tests.support.desk import PASSWORD, desk_app
from tests.support.second_factors import Phone, demands_it, has_codes
from tests.support.served import served

pytestmark = pytest.mark.browser
WINDOWS = [(320, "dark"), (768, "light"), (1280, "dark")]


@pytest.fixture
def strict(desk: Desk) -> Iterator[Desk]:
    """The same desk, where everybody shows a code."""
    app = desk_app(desk.store, Settings(_env_file=None))
    demands_it(app)
    with served(app) as address:
        yield replace(desk, address=address)


def types(page: Page, *words: str) -> None:
    """One field after the other, and Enter in the last."""
    for place, word in enumerate(words):
        page.keyboard.press("Tab") if place else None
        page.keyboard.type(word)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_it_is_set_up_and_used_with_the_keyboard(
    strict: Desk, browser: Browser, keep: Callable[[Page, str], None], width: int, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)

    def is_fine(name: str) -> None:
        assert (violations(page), overflow(page)) == ([], 0), name
        keep(page, f"desk {name} {width} {scheme}")

    page.goto(f"{strict.address}/desk/")
    expect(page.get_by_label("Brugernavn")).to_be_focused()
    types(page, "anna", PASSWORD)
    expect(page.get_by_role("heading", name="Sæt totrinslogin op")).to_be_visible()
    picture = page.get_by_role("img", name="Billede, som din app kan scanne").bounding_box()
    assert picture
    assert picture["width"] >= 150
    is_fine("setting up")
    phone = Phone(page.locator(".key").inner_text().replace(" ", ""))
    field = page.get_by_label("De 6 tal fra din app")
    field.focus()
    types(page, "12345")
    expect(page.get_by_role("alert")).to_contain_text("Koden passer ikke.")
    expect(field).to_be_focused()
    is_fine("setting up wrong")
    types(page, phone.code())
    expect(page.get_by_role("heading", name="Dine nødkoder")).to_be_visible()
    expect(page.locator(".codes li")).to_have_count(10)
    is_fine("emergency codes")
    page.get_by_role("link", name="Gå videre").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Log ud").click()
    expect(page.get_by_label("Brugernavn")).to_be_focused()
    types(page, "anna", PASSWORD)
    expect(field).to_be_focused()
    assert (field.get_attribute("inputmode"), field.get_attribute("autocomplete")) == ("numeric", "one-time-code")
    is_fine("code")
    types(page, "1")
    expect(page.get_by_role("alert")).to_contain_text("Koden passer ikke.")
    expect(field).to_be_focused()
    is_fine("wrong code")
    types(page, phone.code(late=1))
    expect(page.get_by_role("button", name="Log ud")).to_be_visible()
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_lead_sees_whose_can_be_reset(
    strict: Desk, sign_in: Callable[..., Page], keep: Callable[[Page, str], None], width: int
) -> None:
    page = sign_in(viewport={"width": width, "height": 800})
    has_codes(strict.store, "bo")
    page.goto(page.url.partition("/desk/")[0] + "/desk/people")
    assert (violations(page), overflow(page)) == ([], 0)
    keep(page, f"desk reset {width}")
    page.get_by_role("button", name="Nulstil totrinslogin for Bo").click()
    expect(page.get_by_role("heading", name="Hvem er logget ind")).to_be_visible()
    expect(page.get_by_role("button", name="Nulstil")).to_have_count(0)
