"""From a misread message to a story in the data, in a real browser: on any screen, and with the keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from bot.casework.rights import Role
from tests.browser.page_checks import overflow, violations
from tests.support.desk import add_caseworker
from tests.support.review import group_of
from tests.support.small_checkout import small_checkout
from tests.support.stories import LISTENS, SOFA, WORDS, told_by, works

pytestmark = pytest.mark.browser


@pytest.fixture
def told(desk):
    """A desk with a message that was found, and somebody who may make a story of its conversation."""
    add_caseworker(desk.store, "eksempel", "vera", [Role.CASEWORKER, Role.MAINTAINER])
    told_by(desk.store)
    return desk


def is_fine(page: Page) -> bool:
    return (violations(page), overflow(page)) == ([], 0)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_a_conversation_becomes_a_story_with_the_keyboard_alone(told, sign_in, keep, tmp_path, width, scheme):
    root = small_checkout(tmp_path / "checkout")
    page = sign_in("vera", viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(f"{told.address}/desk/retraining/{group_of(told.store, WORDS)}")
    page.get_by_role("link", name="Lav en historie af samtalen").press("Enter")
    expect(page.get_by_role("listitem").filter(has_text="mente »Book en snak«")).to_be_visible()
    assert is_fine(page)
    keep(page, f"desk story {width} {scheme}")

    is_refused(told, page, root)
    keep(page, f"desk story refused {width} {scheme}")
    is_found_good(told, page, root)
    keep(page, f"desk story checked {width} {scheme}")
    comes_into_the_data(told, page, root)
    assert "a sofa after hello" in (root / "data/stories/housing.yml").read_text()


def is_refused(told, page: Page, root) -> None:
    field, status = page.get_by_label("Sådan skrives det"), page.locator("#udfald")
    page.get_by_role("link", name="regel").press("Enter")
    expect(field).to_have_value(re.compile("rules:"))
    field.fill("")
    page.get_by_role("button", name="Tjek").press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Ret det her")).to_be_focused()
    assert is_fine(page)

    field.fill(LISTENS.replace("action_listen", "action_nothing"))
    page.get_by_role("button", name="Tjek").press("Enter")
    expect(status).to_contain_text("Teksten venter på at blive tjekket.")
    expect(status).to_be_focused()
    assert is_fine(page)
    works(told.store, root)
    expect(status).to_contain_text("Teksten, linje 5: Svaret eller handlingen action_nothing findes ikke.")
    expect(status).to_be_focused()
    assert is_fine(page)


def is_found_good(told, page: Page, root) -> None:
    field, status = page.get_by_label("Sådan skrives det"), page.locator("#udfald")
    field.fill(SOFA)
    page.get_by_role("button", name="Tjek").press("Enter")
    expect(status).to_contain_text("Teksten venter på at blive tjekket.")
    expect(status).to_be_focused()
    # Whoever writes on meanwhile is not disturbed.
    field.focus()
    works(told.store, root)
    expect(status).to_contain_text("Der er ikke noget galt med teksten.")
    expect(field).to_be_focused()
    assert is_fine(page)


def comes_into_the_data(told, page: Page, root) -> None:
    """Only as it was checked."""
    field, status = page.get_by_label("Sådan skrives det"), page.locator("#udfald")
    field.press("Control+End")
    field.press_sequentially("\n# mere")
    page.get_by_role("button", name="Læg i data").press("Enter")
    expect(page.get_by_role("alert").filter(has_text="ikke den, der blev tjekket")).to_be_focused()
    expect(field).to_have_value(SOFA + "\n# mere")
    page.go_back()
    field.fill(SOFA)
    page.get_by_role("button", name="Læg i data").press("Enter")
    expect(status).to_contain_text("Teksten venter på at blive lagt i data.")
    works(told.store, root)
    expect(status).to_contain_text("Den står i data nu.")
    assert is_fine(page)


def test_without_scripts_a_link_shows_what_came_of_it(told, sign_in, tmp_path):
    page = sign_in("vera", java_script_enabled=False)
    page.goto(f"{told.address}/desk/retraining/{group_of(told.store, WORDS)}")
    page.get_by_role("link", name="Lav en historie af samtalen").click()
    page.get_by_label("Sådan skrives det").fill(SOFA)
    page.get_by_role("button", name="Tjek").click()
    works(told.store, small_checkout(tmp_path / "checkout"))
    page.get_by_role("link", name="Se, om det er færdigt").click()
    expect(page.locator("#udfald")).to_contain_text("Der er ikke noget galt med teksten.")
    expect(page.get_by_role("button", name="Læg i data")).to_be_visible()
