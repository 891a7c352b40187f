"""Runs the web process."""

import logging

import uvicorn
from starlette.applications import Starlette

from bot.safety.classifier import CLASSIFIER, DangerClassifier
from bot.settings import Settings, load_settings
from bot.web.app import create_app

LAST_REQUESTS_SECONDS = 5


def application() -> Starlette:
    """The application of this process, for uvicorn's workers."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    # A conversation's id stands in the paths that httpx and an access log would print.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    return create_app(load_settings())


def serve(settings: Settings, workers: int) -> None:
    """Serves until it is stopped. Raises ClassifierError, which a worker could only die of again and again."""
    DangerClassifier.load(settings.models / CLASSIFIER)
    uvicorn.run(
        "bot.web.serve:application",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=workers,
        access_log=False,
        log_level="warning",
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=LAST_REQUESTS_SECONDS,
    )
