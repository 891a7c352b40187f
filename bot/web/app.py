"""The only public process, put together: what it serves and what it needs for that."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.datastructures import State
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from bot.conversation.absence import Absences
from bot.conversation.answers import Answers
from bot.conversation.arrival import Reception
from bot.conversation.desk import DeskConversations
from bot.conversation.desk_journal import DeskJournal
from bot.conversation.desk_notes import DeskNotes
from bot.conversation.desk_talks import DeskTalks
from bot.conversation.dialogue import DialogueClient
from bot.conversation.dialogue_servers import DialogueServers
from bot.conversation.elsewhere import Elsewhere
from bot.conversation.handing import Handing
from bot.conversation.hearing import Hearing
from bot.conversation.idle import IdleSignIns
from bot.conversation.learning import Learning
from bot.conversation.long_waits import LongWaits
from bot.conversation.mail import Mailer
from bot.conversation.notices import Notices
from bot.conversation.nudging import Nudging
from bot.conversation.on_call import OnCall, Ways
from bot.conversation.post import Post
from bot.conversation.ready_answers import ReadyAnswers
from bot.conversation.reminding import Reminding
from bot.conversation.retention import Retention
from bot.conversation.rights import Rights
from bot.conversation.safe import Easing
from bot.conversation.service import Conversations
from bot.conversation.signs import SignsBetween
from bot.conversation.staff_channel import StaffChannel
from bot.conversation.suggesting import Suggestions
from bot.conversation.talks import Talks
from bot.conversation.turns import Turns
from bot.conversation.vectors import Vectors
from bot.conversation.working_hours import WorkingHours
from bot.inside import pass_of
from bot.language.encoder import sentence_encoder
from bot.municipality.towns import load_municipalities
from bot.safety.in_service import Watch
from bot.safety.reader import danger_reader
from bot.safety.replies_by_tongue import RepliesByTongue, shipped_replies_by_tongue
from bot.safety.screen import trained_screen
from bot.settings import Settings
from bot.store.database import StoreUnreachableError
from bot.store.store import Store
from bot.web.booking_api import booking_api_routes
from bot.web.chat_api import chat_api_routes
from bot.web.desk.oidc.provider import provider_from
from bot.web.desk.routes import desk_routes
from bot.web.desk.sessions import OpenPages
from bot.web.desk.tries import SignInTries
from bot.web.feed import feed_routes
from bot.web.health import health_routes
from bot.web.limits import Limits
from bot.web.metrics import metrics_routes
from bot.web.numbered import NumberedRequests
from bot.web.openapi import openapi_routes
from bot.web.pages import page_routes
from bot.web.patience import patience_of
from bot.web.plain_pages import plain_page_routes
from bot.web.problems import UnforeseenErrors, problem_handlers
from bot.web.rights_api import rights_api_routes
from bot.web.security import BodyLimit, SecurityHeaders
from bot.web.signs_api import signs_api_routes
from bot.web.templating import STATIC

# How long turns under way may take when the process is told to stop.
LAST_TURNS_SECONDS = 5.0
STORE_LOOK_SECONDS = 5.0

log = logging.getLogger(__name__)


class CachedStaticFiles(StaticFiles):
    """Scripts and styles, which a browser may keep but asks about again: an upgrade is seen at once."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """The file with its caching header."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "no-cache"
        return response


def create_app(settings: Settings) -> Starlette:
    """The web application.

    Raises ReplyError, MunicipalityError or SettingsError when what it reads is broken. Without what a message is heard
    with the chat alone is closed.
    """
    app = Starlette(
        routes=_routes(),
        middleware=[
            Middleware(NumberedRequests),
            Middleware(SecurityHeaders),
            Middleware(UnforeseenErrors),
            Middleware(BodyLimit),
        ],
        exception_handlers=problem_handlers(),
        lifespan=_lifespan,
    )
    _furnish(app, settings)
    return app


def _routes() -> list[BaseRoute]:
    return [
        *health_routes,
        *metrics_routes,
        *chat_api_routes,
        *rights_api_routes,
        *signs_api_routes,
        *booking_api_routes,
        *openapi_routes,
        *page_routes,
        *plain_page_routes,
        *feed_routes,
        Mount("/desk", routes=desk_routes),
        Mount("/static", GZipMiddleware(CachedStaticFiles(directory=STATIC))),
    ]


def _furnish(app: Starlette, settings: Settings) -> None:
    state = app.state
    state.settings = settings
    state.store = Store(settings.store_url, settings.key())
    state.municipalities = load_municipalities()
    # Of SQLite one web process is enough, and then there is nobody else to hear.
    state.notices = Notices(hears_all=settings.workers == 1 and not state.store.calls.possible)
    state.elsewhere = Elsewhere(state.store, state.notices)
    state.limits = Limits(settings)
    state.sign_in_tries = SignInTries(settings)
    state.provider = provider_from(settings)
    servers = DialogueServers(state.store, settings.dialogue_url)
    state.dialogue = DialogueClient(servers.of, settings.dialogue_timeout, pass_of(settings))
    replies = shipped_replies_by_tongue()
    vectors = Vectors(sentence_encoder)
    answers = Answers(replies, state.municipalities, f"{settings.address}/book")
    state.turns = Turns(state.store, state.dialogue, answers, vectors, state.notices, settings.lease)
    state.hearing = Hearing(lambda: _reception(settings, replies), Watch(settings.models))
    state.hearing.open()
    state.conversations = Conversations(
        state.store, state.hearing, vectors, state.turns, state.notices, state.municipalities
    )
    state.signs = SignsBetween(state.store, state.notices)
    state.rights = Rights(state.store, state.notices)
    state.learning = Learning(state.store, state.municipalities)
    patience = patience_of(settings)
    state.absences = Absences(state.store, state.notices, state.municipalities, patience)
    state.long_waits = LongWaits(
        state.store,
        state.notices,
        state.municipalities,
        patience.long_wait,
        can_write=bool(settings.reminds_by),
    )
    state.retention = Retention(state.store, state.notices, state.municipalities)
    state.easing = Easing(state.store, state.notices)
    ways = Ways(Mailer(settings), StaffChannel(settings))
    state.on_call = OnCall(state.store, ways, state.municipalities, settings.address)
    state.post = Post(settings)
    state.reminding = Reminding(state.store, state.post)
    state.nudging = Nudging(state.store, state.post, state.notices)
    state.talks = Talks(state.store, state.notices, state.municipalities)
    _furnish_desk(state, settings)


def _furnish_desk(state: State, settings: Settings) -> None:
    """What the desk needs beside what it shares with the chat."""
    state.desk = DeskConversations(state.store, state.notices, state.municipalities, patience_of(settings))
    state.handing = Handing(state.store, state.notices, state.municipalities)
    state.ready_answers = ReadyAnswers(state.store)
    state.suggestions = Suggestions(state.store, state.dialogue, sentence_encoder)
    state.desk_notes = DeskNotes(state.store, state.notices)
    state.desk_journal = DeskJournal(state.store, state.notices)
    state.idle = IdleSignIns(state.store, settings.desk_idle)
    state.desk_talks = DeskTalks(state.store, state.notices, state.municipalities)
    state.working_hours = WorkingHours(state.store, state.notices, state.municipalities)
    state.open_pages = OpenPages(state.store)


def _reception(settings: Settings, replies: RepliesByTongue) -> Reception:
    """Raises whatever is wrong with the files it reads."""
    screen, reader = trained_screen(settings.models), danger_reader()
    # The first message should wait neither for the encoder's weights nor for what the classifier prepares.
    screen.assess("hej", reader.read(screen.mended("hej")))
    return Reception(screen, replies, reader)


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    sweeps = [
        state.sweep()
        for state in (
            app.state.elsewhere,
            app.state.hearing,
            app.state.turns,
            app.state.idle,
            app.state.absences,
            app.state.signs,
            app.state.long_waits,
            app.state.easing,
            app.state.on_call,
            app.state.reminding,
            app.state.nudging,
            app.state.retention,
        )
    ]
    if not await _migrated(app.state.store):
        sweeps.append(_migrate_when_reachable(app.state.store))
    sweepers = [asyncio.create_task(sweep) for sweep in sweeps]
    try:
        yield
    finally:
        for sweeper in sweepers:
            sweeper.cancel()
        await asyncio.gather(*sweepers, return_exceptions=True)
        await app.state.turns.finish(LAST_TURNS_SECONDS)
        await app.state.dialogue.close()
        app.state.store.close()


async def _migrated(store: Store) -> bool:
    """False without a store: the page for tonight needs none, and the rest says what to do instead."""
    try:
        await run_sync(store.migrate)
    except StoreUnreachableError as error:
        log.error("the store cannot be reached: %s", error)  # noqa: TRY400 - the text names it, the trace helps nobody
        return False
    return True


async def _migrate_when_reachable(store: Store) -> None:
    while not await _migrated(store):  # noqa: ASYNC110 - nobody tells us when the store is back
        await asyncio.sleep(STORE_LOOK_SECONDS)
