"""Serves the custom actions to Rasa, and to nobody else."""

import logging
import traceback
from functools import partial

from rasa_sdk.endpoint import create_app
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.inside import PASS, may_pass, pass_of
from bot.logs import REQUEST, begin_request, set_up
from bot.settings import Settings

HEALTH = "/health"

logger = logging.getLogger(__name__)


def serve(settings: Settings) -> None:
    """Serves the package `actions` until it is stopped."""
    set_up("actions", settings.log_format)
    application(pass_of(settings)).run(settings.actions_host, settings.actions_port, access_log=False, motd=False)


def application(shown: str) -> Sanic:
    """rasa-sdk's for who shows this pass, with errors of our own: its answer and its log repeat the conversation."""
    made = create_app("actions", cors_origins=[])
    made.error_handler.add(Exception, _failed)
    made.register_middleware(partial(_begin, shown), "request")
    return made


async def _begin(shown: str, request: Request) -> HTTPResponse | None:
    if request.path != HEALTH and not may_pass(request.headers.get(PASS), shown):
        return response.json({"error": "no pass"}, status=403)
    # Nobody has to end it: whatever comes next over the same connection begins anew.
    begin_request(request.headers.get(REQUEST))
    return None


async def _failed(_request: Request, error: Exception) -> HTTPResponse:
    # The message of an error may hold what somebody wrote; its kind and its place do not.
    place = traceback.extract_tb(error.__traceback__)[-1]
    logger.error("an action failed: %s at %s:%s", type(error).__name__, place.filename, place.lineno)
    return response.json({"error": type(error).__name__}, status=getattr(error, "status_code", 500))
