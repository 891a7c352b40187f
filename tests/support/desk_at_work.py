"""A desk at which something is done, and what is written down of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.testclient import TestClient

from bot.casework.after_booking import call_off
from bot.casework.bookings import Booking
from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.web.desk.sessions import start_session
from tests.support.desk import CONTACT, PAGE, YoungPerson
from tests.support.the_tests import THE_TESTS


@dataclass(frozen=True)
class Desk:
    """Somebody signed in, and the one who wrote and booked there."""

    store: Store
    town: Municipality
    anna: TestClient
    young: YoungPerson
    agent: int

    def does(self, path: str, **fields: str) -> None:
        """As a browser does that is sent on to another page, or as the page's own script."""
        about = {"id": self.young.id, "agent": str(self.agent)}
        answer = self.anna.post(f"/desk{path.format(**about)}", data=fields, headers=PAGE)
        assert answer.status_code in (200, 204, 303), answer.text

    def talk(self) -> Booking:
        return self.young.books(self.town, CONTACT)

    def called_off(self) -> Booking:
        talk = self.talk()
        with self.store.write(THE_TESTS) as work:
            return call_off(work, talk, datetime.now(UTC))

    def signs_in(self, name: str) -> int:
        with self.store.read(THE_TESTS) as work:
            user = work.people.user(name)
        assert user
        start_session(self.store, user, 3600)
        return user.id

    def claims(self) -> None:
        self.does("/conversations/{id}/claim")

    def noted(self) -> list[tuple[str, str | None]]:
        with self.store.read(THE_TESTS) as work:
            return [(entry.action, entry.subject) for entry in work.people.noted("eksempel")]


Deed = Callable[[Desk], object]
