"""The log of who did what, read with the keyboard on every width."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk.conftest import Desk
from tests.browser.page_checks import overflow, violations
from tests.support.second_factors import user_of
from tests.support.the_tests import THE_TESTS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (768, "light"), (1280, "dark")])
def test_a_lead_finds_who_looked_at_a_conversation(
    desk: Desk, sign_in: Callable[..., Page], keep: Callable[[Page, str], None], width: int, scheme: str
) -> None:
    page = sign_in(viewport={"width": width, "height": 800}, color_scheme=scheme)
    mine = desk.somebody_in_each_state(page)
    with desk.store.write(THE_TESTS) as work:
        for _ in range(120):
            work.people.note(user_of(desk.store, "bo"), "read_bookings")
    page.get_by_role("link", name="Log", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hvem gjorde hvad")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(50)
    with desk.store.read(THE_TESTS) as work:
        in_all = len(work.people.noted("eksempel"))
    assert in_all > 120
    assert (violations(page), overflow(page)) == ([], 0)
    keep(page, f"desk audit {width} {scheme}")
    for shown in (50, in_all - 100):
        page.get_by_role("link", name="Vis ældre").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Til det nyeste")).to_be_visible()
        expect(page.locator("tbody tr")).to_have_count(shown)
    expect(page.get_by_role("link", name="Vis ældre")).to_have_count(0)
    page.get_by_label("Samtale", exact=True).fill(mine.id[:4])
    page.keyboard.press("Enter")
    expect(page.locator("tbody")).to_contain_text("Tog samtalen")
    expect(page.locator("tbody")).not_to_contain_text("Bo")
    page.get_by_label("Samtale", exact=True).fill("?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Skriv samtalens nummer")).to_be_visible()
    assert (violations(page), overflow(page)) == ([], 0)
