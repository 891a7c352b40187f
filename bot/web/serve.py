"""Runs the web process."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import uvicorn
from starlette.applications import Starlette

from bot.logs import set_up
from bot.municipality.demo import refuse_demo
from bot.settings import Settings, SettingsError, load_settings
from bot.store.database import StoreUnreachableError
from bot.store.store import Store
from bot.web.app import create_app
from bot.web.desk.oidc.provider import provider_from
from bot.web.metrics import FOLDER

log = logging.getLogger(__name__)

LAST_REQUESTS_SECONDS = 5
# How long a thread that computes keeps the interpreter from the one loop that serves all; Python's own are 5 ms, and a
# message has dozens of such waits.
TURN_SECONDS = 0.0005


def application() -> Starlette:
    """The application of this process, for uvicorn's workers."""
    settings = load_settings()
    set_up("web", settings.log_format, logging.INFO)
    sys.setswitchinterval(TURN_SECONDS)
    return create_app(settings)


def serve(settings: Settings, workers: int) -> None:
    """Serves until it is stopped.

    Raises what a worker could only die of again and again: SettingsError, DemoInProductionError.
    """
    if settings.production:
        _refuse_demo(settings)
    provider_from(settings)
    with _counted_together(settings, workers):
        uvicorn.run(
            "bot.web.serve:application",
            factory=True,
            host=settings.host,
            port=settings.port,
            workers=workers,
            access_log=False,
            log_level="warning",
            # What it logs goes where all goes.
            log_config=None,
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=LAST_REQUESTS_SECONDS,
        )


@contextmanager
def _counted_together(settings: Settings, workers: int) -> Iterator[None]:
    """Gives several workers a folder to count in: whichever of them is asked for the metrics tells of all."""
    if workers == 1:
        yield
        return
    try:
        settings.var.mkdir(parents=True, exist_ok=True)
        counted = TemporaryDirectory(prefix="metrics-", dir=settings.var)
    except OSError as error:
        raise SettingsError(f"HJEMAD_VAR cannot be written to, and several workers count there: {error}") from error
    with counted as folder:
        os.environ[FOLDER] = folder
        yield


def _refuse_demo(settings: Settings) -> None:
    store = Store(settings.store_url, settings.key())
    try:
        store.migrate()
        refuse_demo(store)
    except StoreUnreachableError as error:
        # The page for tonight needs no store; nobody signs in as the demo's caseworker in production anyway.
        log.warning("the store cannot be reached: %s", error)
    finally:
        store.close()
