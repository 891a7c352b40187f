"""The header of the desk: one line on a desk's screen for whoever it is, and all of it in reach on any other."""

import pytest
from playwright.sync_api import expect

from bot.casework.rights import RIGHTS, Right, Role
from tests.browser.page_checks import overflow, violations
from tests.support.desk import PASSWORD, add_caseworker

pytestmark = pytest.mark.browser

WORKING = [[role] for role in Role] + [[Role.CASEWORKER, Role.LEAD], list(Role)]
NAME = "anne-mette christensen-holm"
# What is pressed is 44 pixels high, and half a line of room stands above and below.
ONE_LINE = 64
MAY_BE_ASKED = "Object.defineProperty(Notification, 'permission', { get: () => 'default' })"
# Half of what is in each, for those that stand beside each other.
MIDDLES = """() => [...document.querySelectorAll('.top > *:not(.own, dialog)')]
    .map((each) => each.getBoundingClientRect())
    .filter(({ height }) => height > 0).map(({ top, height }) => Math.round(top + height / 2))"""


@pytest.mark.parametrize("roles", WORKING, ids="+".join)
def test_the_header_is_one_line_whatever_somebody_may_do(desk, sign_in, keep, roles):
    add_caseworker(desk.store, "eksempel", NAME, roles, 1)
    page = sign_in("anna")
    page.get_by_role("button", name="Log ud").click()
    page.get_by_label("Brugernavn").fill(NAME)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Log ud")).to_be_visible()
    page.add_init_script(MAY_BE_ASKED)
    page.reload()
    keep(page, f"desk header {'+'.join(roles)}")
    assert is_one_line(page)
    if any(Right.QUEUE in RIGHTS[Role(role)] for role in roles):
        expect(page.get_by_role("button", name="Slå skærmbesked til")).to_be_visible()
        page.get_by_role("button", name="Slå lyd til").click()
        assert is_one_line(page)
        # The browser lets it sound only after a click on this page.
        page.reload()
        expect(page.get_by_role("button", name="Lyd")).to_be_visible()
        assert is_one_line(page)


def is_one_line(page):
    middles = page.evaluate(MIDDLES)
    return max(middles) - min(middles) <= 2 and page.locator(".top").bounding_box()["height"] <= ONE_LINE


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_of_it_is_out_of_reach_on_any_screen(desk, sign_in, keep, width, scheme):
    page = sign_in(viewport={"width": width, "height": 700}, color_scheme=scheme)
    desk.somebody_in_each_state(page)
    page.wait_for_load_state("load")
    assert overflow(page) == 0
    for each in page.locator(".top a:visible, .top button:visible").all():
        box = each.bounding_box()
        assert box["x"] >= 0, each.inner_text()
        assert box["x"] + box["width"] <= width, each.inner_text()
    page.evaluate("() => scrollTo(0, 0)")
    keep(page, f"desk header {width} {scheme}")
    assert violations(page) == []
