"""The whole web application with two towns in it, each with somebody who writes, a talk and a caseworker."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest.mock import patch

from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.bookings import Booking, Contact
from bot.casework.conversations import Danger
from bot.casework.free_times import Way
from bot.casework.rights import Role
from bot.municipality.demo import seed_demo
from bot.municipality.towns import Municipality, load_municipalities
from bot.settings import Settings
from bot.store.store import Store
from bot.web.app import create_app
from tests.support.chat_app import settings
from tests.support.desk import PASSWORD, YoungPerson, add_caseworker, signed_in
from tests.support.model import danger_screen

HERE, THERE, BEYOND = "eksempel", "nabo", "fjern"
CASEWORKERS = {HERE: "anna", THERE: "carl", BEYOND: "dora"}
NAMES = {THERE: "Nabo Kommune", BEYOND: "Fjern Kommune"}
WORKING = (Role.CASEWORKER, Role.LEAD, Role.MAINTAINER)


@dataclass
class Written:
    """A conversation opened through the API: its id and the token that opens it."""

    id: str
    token: str

    @property
    def key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@dataclass
class TwoTowns:
    """`client` is a stranger's, who follows no redirect; an error that leaves the application fails the test."""

    app: Starlette
    client: TestClient
    towns: dict[str, Municipality] = field(default_factory=dict)

    @property
    def store(self) -> Store:
        store: Store = self.app.state.store
        return store

    def opens(self, town: str = HERE) -> Written:
        answer = self.client.post("/api/conversations", json={"municipality": town})
        assert answer.status_code == 201, answer.text
        return Written(answer.json()["id"], answer.json()["token"])

    def caseworker(self, town: str = HERE) -> TestClient:
        """A browser of its own, signed in."""
        return signed_in(self.app, CASEWORKERS[town])

    def young(self, town: str = HERE) -> YoungPerson:
        return YoungPerson(self.store, town, self.app.state.notices)

    def in_need(self, town: str, name: str) -> tuple[YoungPerson, Booking]:
        """Somebody who wrote of danger, waits, can be reached under this name and has a talk."""
        young = self.young(town).writes(f"jeg hedder {name}", Danger(3, ("suicide",))).waits(7)
        contact = Contact(first_name=name, phone="12345678")
        return young.can_be_reached(contact), young.books(self.towns[town], contact, Way.OFFICE)


@contextmanager
def two_towns(folder: Path, others: Sequence[str] = (THERE,), **more: object) -> Iterator[TwoTowns]:
    """Served without the dialogue server, which may be away any night; with `others` more than two."""
    app = app_of_two_towns(folder, others, **more)
    with TestClient(app, follow_redirects=False) as client:
        yield TwoTowns(app, client, app.state.municipalities)


def app_of_two_towns(folder: Path, others: Sequence[str] = (THERE,), **more: object) -> Starlette:
    """The application, not started, over a store with these towns in it. Its limits are out of the way."""
    danger_screen()
    here = load_municipalities()[HERE]
    towns = {HERE: here} | {slug: replace(here, slug=slug, name=NAMES[slug], invented=False) for slug in others}
    with patch("bot.web.app.load_municipalities", lambda: towns):
        app = create_app(_generous(folder, more))
    app.state.store.migrate()
    for town in towns.values():
        seed_demo(app.state.store, town, PASSWORD)
        add_caseworker(app.state.store, town.slug, CASEWORKERS[town.slug], WORKING)
    return app


def without_way(town: Municipality, gone: Way) -> Municipality:
    """The same town, where talks of that way are held no more."""
    places = {way: place for way, place in town.places.items() if way is not gone}
    lengths = {way: length for way, length in town.rules.lengths.items() if way is not gone}
    return replace(town, places=places, rules=replace(town.rules, lengths=lengths))


def _generous(folder: Path, more: dict[str, object]) -> Settings:
    minutely = ("conversations", "messages", "messages_in_conversation", "code_tries")
    many = (*(f"{name}_a_minute" for name in minutely), "wrong_codes_a_day", "wrong_codes_of_all_a_day")
    given: dict[str, object] = dict.fromkeys((*many, "plain_bookings_an_hour"), 100_000) | {"public_url": ""}
    # Nothing that a walk finds changed may be the work of time.
    given |= dict.fromkeys(("silent_claim_minutes", "unanswered_claim_minutes", "long_wait_minutes"), 24 * 60)
    return settings(folder, **given | more)
