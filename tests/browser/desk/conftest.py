"""A desk that is served, and windows signed in to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.casework.bookings import Contact
from bot.casework.conversations import Danger, Kind
from bot.municipality.demo import seed_demo
from bot.municipality.towns import Municipality
from bot.settings import Settings
from bot.store.store import Store
from tests.support.desk import PASSWORD, YoungPerson, add_caseworker, desk_app
from tests.support.served import served

WIDE = {"width": 1280, "height": 800}
SOFIE = Contact(first_name="Sofie", phone="12345678")


@dataclass
class Desk:
    """A desk that is served, and the store behind it."""

    address: str
    store: Store
    municipality: Municipality

    def young(self) -> YoungPerson:
        return YoungPerson(self.store)

    def somebody_in_each_state(self, page: Page) -> YoungPerson:
        """One whom the signed-in user holds, and three who wait; the page shows the first one's conversation."""
        mine = self.young().hears("Hej. Du skriver med en robot.").writes("sover lidt hos den ene og den anden")
        mine.books(self.municipality, SOFIE)
        mine.can_be_reached(SOFIE).waits(34)
        acute = self.young().writes("jeg vil ikke leve mere", Danger(3, ("suicide",)))
        acute.hears("Ring 112 nu. Du er ikke alene.", Kind.DANGER).waits(2)
        self.young().writes("har ikke et sted i nat", Danger(2, ("no_shelter_tonight",))).waits(61)
        self.young().writes("hej", Danger(1, ("substance",))).waits()
        page.goto(f"{self.address}/desk/conversations/{mine.id}")
        page.get_by_role("button", name="Tag samtalen").click()
        # The stream may tell of the claim on the page that is just left: only the new one has the field.
        expect(page.get_by_label("Din besked")).to_be_visible()
        page.wait_for_load_state()
        return mine


@pytest.fixture
def desk(tmp_path: Path, municipality: Municipality) -> Iterator[Desk]:
    store = Store(f"sqlite:///{tmp_path / 'hjemad.sqlite'}", "a key for tests")
    store.migrate()
    seed_demo(store, municipality, PASSWORD)
    for name in ("anna", "bo"):
        add_caseworker(store, municipality.slug, name)
    with served(desk_app(store, Settings(_env_file=None))) as address:
        yield Desk(address, store, municipality)
    store.close()


@pytest.fixture
def sign_in(desk: Desk, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a window and signs in there: `sign_in("anna")`."""
    windows: list[BrowserContext] = []

    def signed_in(user: str = "anna", **window: Any) -> Page:
        windows.append(browser.new_context(**{"viewport": WIDE, "locale": "da-DK"} | window))
        page = windows[-1].new_page()
        page.goto(f"{desk.address}/desk/")
        page.get_by_label("Brugernavn").fill(user)
        page.get_by_label("Adgangskode").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Samtaler", exact=True)).to_be_visible()
        return page

    yield signed_in
    for window in windows:
        window.close()
