"""The desk over a real store, without the processes that it does not need."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4

from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from bot.casework.arranging import book, free_times
from bot.casework.bookings import About, Booking, Contact, Wish
from bot.casework.consent import Shared, give, take_back
from bot.casework.conversations import ConversationNotFoundError, Danger, Draft, Kind, Sender, Writer
from bot.casework.free_times import Way
from bot.casework.rights import Role
from bot.conversation.danger import raised
from bot.conversation.desk import DeskConversations
from bot.conversation.desk_journal import DeskJournal
from bot.conversation.desk_notes import DeskNotes
from bot.conversation.desk_talks import DeskTalks
from bot.conversation.dialogue import DialogueClient
from bot.conversation.handing import Handing
from bot.conversation.notices import Notices, queue_topic
from bot.conversation.ready_answers import ReadyAnswers
from bot.conversation.signs import SignsBetween
from bot.conversation.suggesting import Suggestions
from bot.conversation.talks import Talks
from bot.conversation.wording import from_booking
from bot.conversation.working_hours import WorkingHours
from bot.language.encoder import sentence_encoder
from bot.municipality.towns import Municipality, load_municipalities
from bot.settings import Settings
from bot.store.people import DeskSession
from bot.store.store import Store
from bot.web.desk.oidc.provider import provider_from
from bot.web.desk.routes import desk_routes
from bot.web.desk.sessions import COOKIE, OpenPages, find_session
from bot.web.desk.tries import SignInTries
from bot.web.limits import Limits
from bot.web.problems import problem_handlers
from bot.web.security import BodyLimit, SecurityHeaders
from tests.support.dialogue import always
from tests.support.the_tests import THE_TESTS

STATIC = Path(__file__).resolve().parents[2] / "bot" / "web" / "static"
PASSWORD = "et-andet-langt-kodeord"
PAGE = {"Accept": "text/html"}
CALM = {"level": "0", "why": "talked"}
CONTACT = Contact(first_name="Sofie", phone="12345678")


def desk_app(store: Store, settings: Settings) -> Starlette:
    """The web application as far as the desk needs it."""
    app = Starlette(
        routes=[Mount("/desk", routes=desk_routes), Mount("/static", StaticFiles(directory=STATIC))],
        middleware=[Middleware(SecurityHeaders), Middleware(BodyLimit)],
        exception_handlers=problem_handlers(),
    )
    app.state.store = store
    app.state.settings = settings
    app.state.limits = Limits(settings)
    app.state.sign_in_tries = SignInTries(settings)
    app.state.provider = provider_from(settings)
    app.state.notices = Notices()
    app.state.open_pages = OpenPages(store)
    known = load_municipalities()
    app.state.municipalities = known | {"nabo": replace(known["eksempel"], slug="nabo", name="Nabo Kommune")}
    app.state.desk = DeskConversations(store, app.state.notices, app.state.municipalities)
    app.state.handing = Handing(store, app.state.notices, app.state.municipalities)
    app.state.signs = SignsBetween(store, app.state.notices)
    app.state.ready_answers = ReadyAnswers(store)
    app.state.suggestions = Suggestions(store, DialogueClient(always(settings.dialogue_url), 1.0), sentence_encoder)
    app.state.desk_notes = DeskNotes(store, app.state.notices)
    app.state.desk_journal = DeskJournal(store, app.state.notices)
    app.state.talks = Talks(store, app.state.notices, app.state.municipalities)
    app.state.desk_talks = DeskTalks(store, app.state.notices, app.state.municipalities)
    app.state.working_hours = WorkingHours(store, app.state.notices, app.state.municipalities)
    return app


def add_caseworker(
    store: Store,
    municipality: str,
    name: str,
    roles: Collection[Role] = (Role.CASEWORKER, Role.LEAD),
    agent: int | None = None,
) -> None:
    """Somebody who may do all that is tried at the desk, unless other roles are given."""
    with store.write(THE_TESTS) as work:
        if municipality not in work.people.municipalities():
            work.people.add_municipality(municipality)
        user = work.people.add_user(municipality, name, name.capitalize(), _hashed(PASSWORD), "boligagent")
        work.people.set_roles(user, roles, agent)


@cache
def _hashed(password: str) -> str:
    return PasswordHasher().hash(password)


def signed_in(app: Starlette, user: str, password: str = PASSWORD) -> TestClient:
    """A caseworker's browser: signed in, with the token that every change needs."""
    client = TestClient(app, follow_redirects=False)
    answer = client.post("/desk/sign-in", json={"user": user, "password": password})
    assert answer.status_code == 200, answer.text
    client.headers["X-CSRF-Token"] = answer.json()["csrf"]
    return client


def is_in(client: TestClient) -> bool:
    """Whether this browser is signed in."""
    return client.get("/desk/sign-ins").status_code == 200


def session_of(client: TestClient, store: Store) -> DeskSession:
    """By which this caseworker's browser is signed in."""
    session = find_session(store, client.cookies[COOKIE])
    assert session
    return session


@dataclass
class YoungPerson:
    """Somebody whose messages stand in the store as if they had come through the chat."""

    store: Store
    municipality: str = "eksempel"
    notices: Notices | None = None
    id: str = field(default_factory=lambda: str(uuid4()))
    token: str = field(default_factory=lambda: uuid4().hex)

    def __post_init__(self) -> None:
        with self.store.write(THE_TESTS) as work:
            work.conversations.open(self.id, self.municipality, "da", self.token)

    @property
    def stands(self) -> bool:
        """Whether the store still knows of the conversation."""
        with self.store.read(THE_TESTS) as work:
            try:
                work.conversations.get(self.id)
            except ConversationNotFoundError:
                return False
        return True

    def writes(self, text: str, danger: Danger | None = None) -> "YoungPerson":
        data = {"danger": {"level": danger.level, "kinds": list(danger.kinds)}} if danger else {}
        with self.store.write(THE_TESTS) as work:
            found = work.conversations.lock(self.id)
            [stored] = work.conversations.append(found, [Draft(Sender.YOUNG, text, data=data)])
            if danger:
                raised(work, found, danger, stored.sequence)
        return self._tell()

    def hears(self, text: str, kind: Kind = Kind.TEXT) -> "YoungPerson":
        with self.store.write(THE_TESTS) as work:
            work.conversations.append(work.conversations.lock(self.id), [Draft(Sender.BOT, text, kind=kind)])
        return self._tell()

    def shares(self, part: Shared) -> "YoungPerson":
        with self.store.write(THE_TESTS) as work:
            give(work.consents, work.conversations.lock(self.id), part, datetime.now(UTC))
        return self._tell()

    def takes_back(self, part: Shared) -> "YoungPerson":
        with self.store.write(THE_TESTS) as work:
            take_back(work.consents, work.conversations.lock(self.id), part, datetime.now(UTC))
        return self._tell()

    def waits(self, minutes: int = 0) -> "YoungPerson":
        with self.store.write(THE_TESTS) as work:
            work.queue.enqueue(self.id, datetime.now(UTC) - timedelta(minutes=minutes))
        return self._tell()

    def is_a(self, writer: Writer) -> "YoungPerson":
        with self.store.write(THE_TESTS) as work:
            work.conversations.set_writer(self.id, writer)
        return self._tell()

    def in_language(self, tongue: str) -> "YoungPerson":
        with self.store.write(THE_TESTS) as work:
            work.conversations.set_locale(self.id, tongue)
        return self._tell()

    def can_be_reached(self, contact: Contact) -> "YoungPerson":
        with self.store.write(THE_TESTS) as work:
            work.conversations.keep_contact(work.conversations.lock(self.id), contact)
        return self._tell()

    def is_noted(self, by: str, text: str = "ring til skolen") -> str:
        """The number of the note that a caseworker of this name writes about it."""
        with self.store.write(THE_TESTS) as work:
            author = work.people.user(by)
            assert author
            return str(work.notes.add(work.conversations.lock(self.id), author.id, text, datetime.now(UTC)))

    def books(
        self,
        municipality: Municipality,
        contact: Contact,
        way: Way = Way.PHONE,
        about: About = About.YOUNG,
        in_days: int = 0,
    ) -> Booking:
        """The first free time that is so many days ahead."""
        now = datetime.now(UTC)
        with self.store.write(THE_TESTS) as work:
            free = free_times(work, self.municipality, way, municipality.rules, now)
            first = next(span for span in free if span.starts_at >= now + timedelta(days=in_days))
            wish = Wish(
                str(uuid4()), self.municipality, first.starts_at, way, municipality.places[way], self.id, contact, about
            )
            booking = book(work, wish, municipality.rules, now)
            draft = from_booking(booking, "Du har en tid. Gem de tre ord.")
            work.conversations.append(work.conversations.lock(self.id), [draft])
        self._tell()
        return booking

    def erases(self) -> None:
        with self.store.write(THE_TESTS) as work:
            work.conversations.erase(self.id)
        self._tell()

    def _tell(self) -> "YoungPerson":
        if self.notices:
            self.notices.tell(self.id, queue_topic(self.municipality))
        return self


def news(client: TestClient, young: YoungPerson, after: int = 0) -> str:
    """What the desk adds to an open conversation after this message."""
    answer = client.get(f"/desk/conversations/{young.id}/news", params={"after": after})
    assert answer.status_code == 200, answer.text
    return answer.text


def looks(client: TestClient, young: YoungPerson) -> None:
    """Opens a conversation in a window that is looked at: its page tells the newest message on it."""
    path = f"/desk/conversations/{young.id}"
    shown = re.findall(r'data-sequence="(\d+)"', client.get(path, headers=PAGE).text)
    client.post(f"{path}/looked", data={"seen": shown[-1]}).raise_for_status()
