"""A review in a real browser: with the keyboard alone and without scripts, on any screen, light and dark."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from bot.casework.misread import Verdict
from bot.casework.rights import Role
from bot.review.reviewing import TEACHABLE, decide
from bot.review.undoing import undo
from tests.browser.page_checks import overflow, violations
from tests.support.desk import YoungPerson, add_caseworker
from tests.support.review import asks, group_of, groups_in, lets_learn, night
from tests.support.reviewing import maintainer
from tests.support.second_factors import user_of
from tests.support.the_tests import THE_TESTS

pytestmark = pytest.mark.browser

LONG = "bolig " + "æ" * 300


@pytest.fixture
def reviewed(desk):
    """A desk with two groups to decide, one of which is danger, and somebody who may."""
    add_caseworker(desk.store, "eksempel", "vera", [Role.CASEWORKER, Role.MAINTAINER])
    young = YoungPerson(desk.store)
    night(desk.store, [lets_learn(asks(young, "bolig nu", "bolig her", LONG, "vil dø"))])
    return desk


def open_list(page: Page) -> None:
    page.get_by_role("navigation", name="Sider").get_by_role("link", name="Læring").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Det, robotten kan have misforstået")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_it_is_read_on_any_screen(reviewed, sign_in, keep, width, scheme):
    page = sign_in("vera", viewport={"width": width, "height": 900}, color_scheme=scheme)
    open_list(page)
    assert (violations(page), overflow(page)) == ([], 0)
    keep(page, f"desk misread {width} {scheme}")
    for words in ("bolig nu", "vil dø"):
        page.goto(f"{reviewed.address}/desk/retraining/{group_of(reviewed.store, words)}")
        assert (violations(page), overflow(page)) == ([], 0), words
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("alert").filter(has_text="Ret det her")).to_be_focused()
    assert (violations(page), overflow(page)) == ([], 0)
    keep(page, f"desk misread group {width} {scheme}")


def test_a_group_is_split_and_decided_with_the_keyboard_alone_and_without_scripts(reviewed, sign_in):
    page = sign_in("vera", java_script_enabled=False)
    open_list(page)
    page.get_by_role("link", name="3 beskeder").press("Enter")
    page.get_by_role("checkbox", name="bolig her").press("Space")
    page.get_by_role("button", name="Del de valgte ud").press("Enter")
    expect(page.locator(".done")).to_have_text("De valgte beskeder er nu en gruppe for sig.")
    assert sorted(map(len, groups_in(reviewed.store).values())) == [1, 1, 2]
    page.get_by_role("radio", name="Det, der er valgt under Betydning").press("Space")
    page.get_by_label("Betydning", exact=True).select_option("money_debt")
    page.get_by_role("button", name="Gem").press("Enter")
    expect(page.locator(".done")).to_have_text("Det er gemt.")
    expect(page.get_by_text("bolig her", exact=True)).to_have_count(0)
    assert sorted(map(len, groups_in(reviewed.store).values())) == [1, 2]


def test_what_is_decided_is_taken_back_with_the_keyboard_alone_and_without_scripts(reviewed, sign_in):
    page = sign_in("vera", java_script_enabled=False)
    group = group_of(reviewed.store, "bolig nu")
    page.goto(f"{reviewed.address}/desk/retraining/{group}")
    page.get_by_role("radio", name="Det, der er valgt under Betydning").press("Space")
    page.get_by_label("Betydning", exact=True).select_option("money_debt")
    page.get_by_role("button", name="Gem").press("Enter")
    page.get_by_role("link", name="Se det, I har bestemt").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Det, I har bestemt")
    page.get_by_role("link", name="3 beskeder").press("Enter")
    page.get_by_role("button", name="Fortryd").press("Enter")
    expect(page.locator(".done")).to_have_text("Det er fortrudt. Nu skal det bestemmes igen.")
    assert group in groups_in(reviewed.store)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_what_somebody_would_undo_is_read_on_any_screen(reviewed, sign_in, keep, width, scheme):
    store, group = reviewed.store, group_of(reviewed.store, "vil dø")
    for name in ("viggo", "victor"):
        decide(store, maintainer(store, name), group, Verdict.CONFIRM, [])
    with store.write(THE_TESTS) as work:
        work.found.give_out("eksempel", TEACHABLE, datetime.now(UTC))
    undo(store, user_of(store, "victor"), group)
    page = sign_in("vera", viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in ("?vis=bestemt", f"/{group}"):
        page.goto(f"{reviewed.address}/desk/retraining{path}")
        expect(page.get_by_text("Victor vil fortryde det")).to_be_visible()
        assert (violations(page), overflow(page)) == ([], 0), path
    keep(page, f"desk misread undo {width} {scheme}")
