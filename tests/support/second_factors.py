"""Somebody with a phone that makes codes."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pyotp
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.store.people import DeskUser
from bot.store.store import Store
from tests.support.desk import PAGE, PASSWORD
from tests.support.the_tests import THE_TESTS

RECOVERY = ["".join(str((number + place) % 10) for place in range(12)) for number in range(10)]
CODE, SET_UP = "/desk/sign-in/code", "/desk/sign-in/set-up"


@dataclass
class Phone:
    """An app on a phone, and how many half minutes have gone by on it."""

    key: str
    gone_by: int = 0

    def code(self, late: int = 0) -> str:
        at = datetime.now(UTC) + timedelta(seconds=30 * (self.gone_by + late))
        return pyotp.TOTP(self.key).at(at)


def user_of(store: Store, name: str) -> DeskUser:
    with store.read(THE_TESTS) as work:
        user = work.people.user(name)
    assert user
    return user


def has_codes(store: Store, name: str) -> Phone:
    """Sets it up as if long ago."""
    phone = Phone(pyotp.random_base32())
    with store.write(THE_TESTS) as work:
        work.second_factors.set_up(user_of(store, name), phone.key, 0, RECOVERY)
    return phone


def demands_it(app: Starlette, town: str = "eksempel") -> None:
    """The municipality wants a code of everybody from now on."""
    towns = app.state.municipalities
    app.state.municipalities = towns | {town: replace(towns[town], second_factor=True)}


def password_given(client: TestClient, name: str, back: str = "") -> Response:
    """The form with the name and the password, as a browser sends it."""
    return client.post("/desk/sign-in", data={"user": name, "password": PASSWORD, "next": back}, headers=PAGE)


def key_on(page: str) -> str:
    """What stands on the page for those who cannot scan."""
    found = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page)
    assert found
    return found[1].replace(" ", "")


def codes_on(page: str) -> list[str]:
    return re.findall(r"<li><code>([\d ]+)</code></li>", page)
