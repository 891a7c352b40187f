"""Gives each request a number, by which what all processes log about it is found."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.logs import REQUEST, of_request


class NumberedRequests:
    """Takes the number over from a proxy that gave one, and tells it in the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI call."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with of_request(Headers(scope=scope).get(REQUEST)) as number:

            async def send_with_number(message: Message) -> None:
                if message["type"] == "http.response.start":
                    MutableHeaders(scope=message)[REQUEST] = number
                await send(message)

            await self._app(scope, receive, send_with_number)
