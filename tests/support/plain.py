"""The plain pages with what they need and nothing more: no dialogue server, no chat."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread
from time import sleep

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from bot.conversation.notices import Notices
from bot.conversation.post import Post
from bot.conversation.talks import Talks
from bot.municipality.towns import Municipality
from bot.settings import Settings
from bot.store.store import Store
from bot.web.limits import Limits
from bot.web.plain_pages import plain_page_routes
from bot.web.problems import problem_handlers
from bot.web.security import BodyLimit, SecurityHeaders
from bot.web.templating import STATIC


def plain_app(store: Store, towns: Mapping[str, Municipality], **settings: object) -> Starlette:
    app = Starlette(
        routes=[*plain_page_routes, Mount("/static", StaticFiles(directory=STATIC))],
        middleware=[Middleware(SecurityHeaders), Middleware(BodyLimit)],
        exception_handlers=problem_handlers(),
    )
    app.state.municipalities = towns
    app.state.talks = Talks(store, Notices(), towns)
    set_up = Settings(_env_file=None, **{"code_tries_a_minute": 100, **settings})
    app.state.limits = Limits(set_up)
    app.state.post = Post(set_up)
    return app


@contextmanager
def served(app: Starlette) -> Iterator[str]:
    """The address at which a browser finds the app."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", ws="none", timeout_graceful_shutdown=1))
    thread = Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()
