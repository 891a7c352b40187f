"""To the municipality's own sign-in and back in a real browser: another site leads to the desk, and it opens."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.web.desk.oidc.provider import provider_from
from tests.browser.desk.conftest import Desk
from tests.browser.page_checks import overflow, violations
from tests.support.desk import desk_app
from tests.support.provider import Directory, directory, settings_for
from tests.support.served import served

pytestmark = pytest.mark.browser


@dataclass
class Place:
    """A desk, and the sign-in of its municipality on another site."""

    address: str
    town: Directory


@pytest.fixture
def place(desk: Desk, tmp_path: Path) -> Iterator[Place]:
    with directory() as town:
        town.knows("mette", given_name="Mette", roles=["Hjemad-Sagsbehandler"])
        app = desk_app(desk.store, settings_for(town.issuer, tmp_path))
        with served(app) as address:
            app.state.provider = provider_from(settings_for(town.issuer, tmp_path, public_url=address))
            yield Place(address, town)


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_there_and_back_with_the_keyboard(
    place: Place, browser: Browser, keep: Callable[[Page, str], None], width: int, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(f"{place.address}/desk/bookings")
    assert (violations(page), overflow(page)) == ([], 0)
    keep(page, f"desk two ways in {width}")
    page.get_by_role("link", name="Log ind med kommunens login").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{place.town.issuer}/**")
    page.locator("input[name=sub]").fill("mette")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Aftaler", exact=True)).to_be_visible()
    page.get_by_role("button", name="Log ud").click()
    page.wait_for_url(f"{place.town.issuer}/oauth2/end_session**")
    page.goto(f"{place.address}/desk/bookings")
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
    page.close()


def test_whoever_has_no_role_reads_why(place: Place, browser: Browser, keep: Callable[[Page, str], None]) -> None:
    page = browser.new_page()
    page.goto(f"{place.address}/desk/")
    page.get_by_role("link", name="Log ind med kommunens login").click()
    page.locator("input[name=sub]").fill("kaj")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("du har ikke adgang her")
    assert violations(page) == []
    keep(page, "desk no role")
    page.close()
