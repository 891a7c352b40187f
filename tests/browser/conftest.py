"""A real browser, on a phone of 360 pixels unless a test says otherwise."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat_page import NEUTRAL_PAGE
from tests.browser.install import HOW, chromium, playwrights_own
from tests.support.running import System

ARTIFACTS = Path(__file__).resolve().parent.parent.parent / "artifacts"
PHONE = {"width": 360, "height": 740}
# Beside other tests a page may take longer than on a machine of its own.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if not chromium() and not playwrights_own():
        pytest.skip(HOW)
    given = dict(browser_type_launch_args)
    if chromium():
        given["executable_path"] = chromium()
    if os.geteuid() == 0:
        given["args"] = [*given.get("args", []), "--no-sandbox"]
    return given


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"viewport": PHONE, "locale": "da-DK", "timezone_id": "Europe/Copenhagen"}


@pytest.fixture
def keep() -> Any:
    """Keeps a screenshot as a test artefact: `keep(page, "the desk shows the booking")`."""
    ARTIFACTS.mkdir(exist_ok=True)

    def save(page: Page, name: str) -> None:
        page.screenshot(path=ARTIFACTS / f"{name.replace(' ', '-')}.png")

    return save


@pytest.fixture
def neutral_page(page: Page) -> Page:
    """The page with the neutral one answered from here: a test asks nothing of the world."""
    page.context.route(f"{NEUTRAL_PAGE}**", lambda route: route.fulfill(body="<title>Vejr</title>Vejret i dag"))
    return page


@pytest.fixture
def address(system: System) -> str:
    return system.address
