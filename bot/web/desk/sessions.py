"""Who is signed in: a random token in a cookie, kept in the store as a digest."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic

from starlette.requests import Request
from starlette.responses import Response

from bot.casework.presence import SEEN_EVERY
from bot.settings import Settings
from bot.store.people import DeskSession, DeskUser
from bot.store.store import Store
from bot.store.whose import Town, of_sign_in

COOKIE = "hjemad_desk"
COOKIE_PATH = "/desk"
USED_EVERY = timedelta(minutes=5)
# Half of what a stream waits between two looks, which must see within two seconds that somebody is signed out.
FRESH_SECONDS = 0.5


@dataclass(frozen=True)
class NewSession:
    """A sign-in that has just happened. `token` goes into the cookie, `csrf` to the pages and programs."""

    token: str
    csrf: str


def start_session(store: Store, user: DeskUser, seconds: int, device: str = "") -> NewSession:
    """Begins a session that ends by itself after this many seconds, on a kind of device in words."""
    fresh = NewSession(secrets.token_urlsafe(32), secrets.token_urlsafe(32))
    with store.write(Town(user.municipality)) as work:
        ends = datetime.now(UTC) + timedelta(seconds=seconds)
        work.people.start_session(user, fresh.token, fresh.csrf, ends, device)
        work.people.note(user, "sign_in")
    return fresh


def find_session(store: Store, token: str | None) -> DeskSession | None:
    """The session of this cookie, unless it has run out or was ended."""
    if not token:
        return None
    with store.read(of_sign_in(token)) as work:
        return work.people.session(token)


def come_in(store: Store, token: str | None, *, by_itself: bool = False) -> DeskSession | None:
    """The session of a request or of an open stream, noted as there, and as used unless the page asked by itself."""
    session = find_session(store, token)
    if session:
        _note_presence(store, session, by_itself=by_itself)
    return session


class OpenPages:
    """Looks at the sessions of the pages that stand open: once for all that ask within FRESH_SECONDS.

    Each conversation that a caseworker has before them is a page with a stream of its own. Lives as long as the web
    process.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._looks: dict[str, tuple[float, DeskSession | None]] = {}

    def session(self, token: str | None) -> DeskSession | None:
        """As `come_in` for a page that asks by itself, but as it was FRESH_SECONDS ago at most."""
        now = monotonic()
        fresh = {known: look for known, look in self._looks.items() if now - look[0] < FRESH_SECONDS}
        if token not in fresh:
            found = come_in(self._store, token, by_itself=True)
            # Never changed but replaced: another thread may be reading it.
            self._looks = fresh | {token or "": (now, found)}
            return found
        return fresh[token][1]


def _note_presence(store: Store, session: DeskSession, *, by_itself: bool) -> None:
    """Each once in a while: an open page asks often."""
    now = datetime.now(UTC)
    used = not by_itself and now - session.used_at >= USED_EVERY
    if used or session.seen_at is None or now - session.seen_at >= SEEN_EVERY:
        with store.write(Town(session.user.municipality)) as work:
            work.presence.see(session.id, now)
            if used:
                work.sign_ins.use(session.id, now)


def end_session(store: Store, token: str, user: DeskUser) -> None:
    """Makes the token worthless."""
    with store.write(Town(user.municipality)) as work:
        work.people.end_session(token)
        work.people.note(user, "sign_out")


def token_of(request: Request) -> str | None:
    """What the browser sent as the session's cookie."""
    return request.cookies.get(COOKIE)


def set_cookie(response: Response, token: str, settings: Settings) -> None:
    """Strict: no other site's link or form carries it. Secure in production, and wherever the address is https."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=settings.desk_session,
        path=COOKIE_PATH,
        httponly=True,
        samesite="strict",
        secure=is_secure(settings),
    )


def is_secure(settings: Settings) -> bool:
    """Whether the desk's cookies travel by https alone."""
    return settings.production or settings.address.startswith("https:")


def delete_cookie(response: Response) -> None:
    """Makes the browser forget the token, too."""
    response.delete_cookie(COOKIE, path=COOKIE_PATH, httponly=True, samesite="strict")
