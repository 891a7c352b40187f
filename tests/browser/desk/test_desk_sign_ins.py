"""Somebody who left a window open elsewhere ends it from here, and that window says so."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_window_elsewhere_is_ended_from_here_with_the_keyboard_alone(desk, sign_in, keep):
    elsewhere, here = sign_in(), sign_in()
    here.get_by_role("link", name="dine login").focus()
    here.keyboard.press("Enter")
    expect(here.get_by_role("heading", name="Dine login")).to_be_visible()
    expect(here.locator("li.row")).to_have_count(2)
    keep(here, "desk sign-ins")
    here.get_by_role("button", name="Log ud alle andre steder").focus()
    here.keyboard.press("Enter")
    expect(here.locator("li.row")).to_have_count(1)
    expect(here.locator("li.row")).to_contain_text("Her")
    expect(elsewhere.locator("#connection")).to_contain_text("Du er ikke logget ind mere.", timeout=30_000)


def test_a_lead_signs_a_colleague_out(desk, sign_in, keep):
    bo, anna = sign_in("bo"), sign_in()
    anna.goto(f"{desk.address}/desk/people")
    keep(anna, "desk people")
    anna.get_by_role("button", name="Log ud Bo:").click()
    expect(anna.get_by_text("Ingen andre er logget ind lige nu.")).to_be_visible()
    bo.goto(f"{desk.address}/desk/bookings")
    expect(bo.get_by_label("Brugernavn")).to_be_visible()
