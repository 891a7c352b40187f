"""Serves the custom actions to Rasa, on loopback."""

import logging
import traceback

from rasa_sdk.endpoint import create_app
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.logs import REQUEST, begin_request, set_up
from bot.settings import Settings

LOOPBACK = "127.0.0.1"

logger = logging.getLogger(__name__)


def serve(settings: Settings) -> None:
    """Serves the package `actions` until it is stopped."""
    set_up("actions", settings.log_format)
    application().run(LOOPBACK, settings.actions_port, access_log=False, motd=False)


def application() -> Sanic:
    """rasa-sdk's application, but for errors: its own answer and log repeat the whole conversation."""
    made = create_app("actions", cors_origins=[])
    made.error_handler.add(Exception, _failed)
    made.register_middleware(_begin, "request")
    return made


async def _begin(request: Request) -> None:
    # Nobody has to end it: whatever comes next over the same connection begins anew.
    begin_request(request.headers.get(REQUEST))


async def _failed(_request: Request, error: Exception) -> HTTPResponse:
    # The message of an error may hold what somebody wrote; its kind and its place do not.
    place = traceback.extract_tb(error.__traceback__)[-1]
    logger.error("an action failed: %s at %s:%s", type(error).__name__, place.filename, place.lineno)
    return response.json({"error": type(error).__name__}, status=getattr(error, "status_code", 500))
