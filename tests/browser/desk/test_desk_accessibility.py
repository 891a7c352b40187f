"""The desk for everybody: small, large and dark, and with what axe knows."""

import pytest
from playwright.sync_api import expect

from tests.browser.page_checks import overflow, violations
from tests.support.the_tests import THE_TESTS

pytestmark = pytest.mark.browser

SMALLEST_TARGET = 24
PAGES = {
    "queue": "",
    "bookings": "bookings",
    "week": "week",
    "by hand": "bookings/new",
    "agents": "agents",
    "agent": "agents/1",
    "sign-ins": "sign-ins",
    "people": "people",
    "figures": "figures",
    "audit": "audit",
    "ready answers": "ready-answers",
    "ready answer": "ready-answers/1",
}


def pages_of(desk, mine):
    """All of the desk, with their conversation and the page on which their talk is moved."""
    with desk.store.read(THE_TESTS) as work:
        [talk] = work.bookings.of(mine.id)
    own = {name: f"conversations/{mine.id}/{name}" for name in ("journal", "report")}
    return PAGES | own | {"conversation": f"conversations/{mine.id}", "move": f"bookings/{talk.id}/move"}


# Each width and each scheme once; the other two of the four are for the soak, for each takes most of a minute.
@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1280, "light"),
        (768, "dark"),
        pytest.param(1280, "dark", marks=pytest.mark.soak),
        pytest.param(768, "light", marks=pytest.mark.soak),
    ],
)
def test_axe_finds_nothing_on_any_page(desk, sign_in, browser, keep, scheme, width):
    window = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    stranger = browser.new_page(**window)
    stranger.goto(f"{desk.address}/desk/")
    stranger.get_by_label("Brugernavn").fill("anna")
    stranger.get_by_label("Adgangskode").fill("forkert")
    stranger.keyboard.press("Enter")
    expect(stranger.get_by_role("alert")).to_be_visible()
    assert violations(stranger) == []
    stranger.close()
    page = sign_in(**window)
    assert violations(page) == []
    mine = desk.somebody_in_each_state(page)
    for name, path in (pages_of(desk, mine) | {"gone": "conversations/x"}).items():
        page.goto(f"{desk.address}/desk/{path}")
        assert violations(page) == [], name
        keep(page, f"desk {name} {width} {scheme}")


@pytest.mark.parametrize("width", [320, 640, 768])
def test_nothing_is_cut_off_on_small_screens_and_at_200_percent(desk, sign_in, width):
    page = sign_in(viewport={"width": width, "height": 512})
    mine = desk.somebody_in_each_state(page)
    mine.writes("x" * 300)
    for path in pages_of(desk, mine).values():
        page.goto(f"{desk.address}/desk/{path}")
        assert overflow(page) == 0, path


def test_everything_to_click_is_large_enough(desk, sign_in):
    page = sign_in()
    mine = desk.somebody_in_each_state(page)
    for path in pages_of(desk, mine).values():
        page.goto(f"{desk.address}/desk/{path}")
        targets = page.locator(
            "a:visible:not(.skip), button:visible, input:visible, select:visible, textarea:visible"
        ).all()
        small = [
            f"{target.inner_text()} {box['width']:.0f}x{box['height']:.0f}"
            for target in targets
            if (box := target.bounding_box()) and min(box["width"], box["height"]) < SMALLEST_TARGET
        ]
        assert small == [], path


def test_there_are_two_alerts_one_log_and_one_status_and_the_log_can_be_scrolled_with_the_keyboard(desk, sign_in):
    page = sign_in()
    desk.somebody_in_each_state(page)
    live = "[aria-live], [role=status], [role=alert], [role=log]"
    assert page.locator(live).evaluate_all("all => all.map((each) => each.role)") == ["alert", "alert", "log", "status"]
    page.get_by_role("log").focus()
    expect(page.get_by_role("log")).to_be_focused()
