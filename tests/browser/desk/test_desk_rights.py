"""What somebody with few rights sees, and a page that stands open while its rights are taken."""

import pytest
from playwright.sync_api import expect

from bot.casework.rights import Role
from tests.browser.page_checks import overflow, violations
from tests.support.desk import PASSWORD, add_caseworker
from tests.support.roles import gives
from tests.support.the_tests import THE_TESTS

pytestmark = pytest.mark.browser

CHANGED = "Din adgang er ændret. Siden her får ikke mere at vide."
WHILE_MS = 50_000


def refusals(desk) -> list[str | None]:
    with desk.store.read(THE_TESTS) as work:
        return [entry.subject for entry in work.people.noted("eksempel") if entry.action == "refused"]


@pytest.mark.parametrize(
    ("role", "path"),
    [(Role.MAINTAINER, ""), (Role.LEAD, ""), (Role.CASEWORKER, "agents/1"), (Role.MAINTAINER, "bookings")],
)
@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_with_less_on_it_is_whole(desk, browser, keep, role, path, width):
    add_caseworker(desk.store, "eksempel", "pia", [role])
    desk.young().writes("hej").waits()
    page = browser.new_page(viewport={"width": width, "height": 800})
    broken = []
    page.on("pageerror", lambda error: broken.append(error))  # noqa: PLW0108 - it may be no builtin
    page.goto(f"{desk.address}/desk/")
    page.get_by_label("Brugernavn").fill("pia")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Log ud")).to_be_visible()
    page.goto(f"{desk.address}/desk/{path}")
    page.wait_for_load_state("networkidle" if role is Role.MAINTAINER else "load")
    assert (violations(page), overflow(page), broken) == ([], 0, [])
    keep(page, f"desk {role} {path.replace('/', ' ') or 'start'} {width}")
    page.close()


@pytest.mark.parametrize("path", ["", "bookings"])
def test_a_page_whose_rights_are_taken_says_so_and_asks_no_more(desk, sign_in, path):
    page = sign_in()
    page.clock.install()
    page.goto(f"{desk.address}/desk/{path}")
    page.wait_for_load_state()
    gives(desk.store, [Role.MAINTAINER], name="anna")
    # The stream was let in before: without it the page asks, and is not let in.
    page.route("**/desk/events", lambda route: route.abort())
    page.clock.fast_forward(WHILE_MS)
    expect(page.locator("#connection")).to_contain_text(CHANGED)
    told = len(refusals(desk))
    for _ in range(20):
        page.clock.run_for(10_000)
    page.wait_for_timeout(300)
    assert 1 <= len(refusals(desk)) == told
    assert violations(page) == []
    page.get_by_role("link", name="Hent siden igen").click()
    expect(page.get_by_text("sig det til din leder")).to_be_visible()


def test_a_stream_that_broke_off_is_not_tried_again_and_again(desk, sign_in):
    page, asked = sign_in(), []

    def breaks_off(route):
        asked.append(route.request.url)
        refused = {"status": 403, "content_type": "application/problem+json", "body": "{}"}
        over = {"content_type": "text/event-stream", "body": "event: ping\ndata:\n\n"}
        route.fulfill(**refused if len(asked) > 1 else over)

    page.clock.install()
    page.route("**/desk/events", breaks_off)
    page.goto(f"{desk.address}/desk/")
    gives(desk.store, [Role.MAINTAINER], name="anna")
    for _ in range(3):
        page.clock.run_for(5_000)
        page.wait_for_timeout(100)
    expect(page.locator("#connection")).to_contain_text(CHANGED)
    tried = len(asked)
    for _ in range(20):
        page.clock.run_for(10_000)
        page.wait_for_timeout(50)
    # The one that was already waited for when the page was told.
    assert 2 <= len(asked) <= tried + 1


def test_a_conversation_that_stands_open_hears_it_and_keeps_what_is_being_written(desk, sign_in):
    page = sign_in()
    mine = desk.somebody_in_each_state(page)
    page.get_by_label("Din besked").fill("Jeg er i gang")
    gives(desk.store, [Role.LEAD], name="anna")
    expect(page.locator("#connection")).to_contain_text(CHANGED, timeout=30_000)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("Det har du ikke adgang til.")
    expect(page.get_by_label("Din besked")).to_have_value("Jeg er i gang")
    with desk.store.read(THE_TESTS) as work:
        assert "Jeg er i gang" not in [message.text for message in work.conversations.after(mine.id, 0)]
