"""What every answer carries so that a page can load, show and leak nothing it should not."""

from collections.abc import Iterable
from ipaddress import ip_address, ip_network

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.problems import HTTP_TITLES, Problem, problem_page

IPV4 = 4
HOUSEHOLD_BITS = 64
LARGEST_BODY = 64 * 1024
LENGTH_DIGITS = len(str(LARGEST_BODY))

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)


def chat_policy(ancestors: Iterable[str]) -> str:
    """The Content-Security-Policy of the chat page: our own pages may frame it, and those of the municipality."""
    return POLICY.format(ancestors=" ".join(["'self'", *ancestors]))


DEFAULT_HEADERS = {
    "Content-Security-Policy": POLICY.format(ancestors="'none'"),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class SecurityHeaders:
    """Adds the headers to every answer; what a route set itself stands."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI call."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in DEFAULT_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class BodyLimit:
    """Refuses a body that is larger than any message or form of ours."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI call."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = Request(scope).headers.get("content-length", "0")
        # Python refuses to read a number of thousands of digits.
        if not length.isdecimal() or len(length) > LENGTH_DIGITS or int(length) > LARGEST_BODY:
            await problem_page(Request(scope), Problem(413, "too_large", HTTP_TITLES[413]))(scope, receive, send)
            return
        await self._app(scope, _Counted(receive), send)


class _Counted:
    """Counts what arrives, for a body that did not tell its length."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._seen = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > LARGEST_BODY:
            raise Problem(413, "too_large", HTTP_TITLES[413])
        return message


def address_of(request: Request) -> str:
    """The caller's address for limits; uvicorn has put a trusted proxy's word in place of its own.

    Of an IPv6 address the first 64 bits: a household has all that begin with them.
    """
    host = request.client.host if request.client else "unknown"
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return host if address.version == IPV4 else str(ip_network((host, HOUSEHOLD_BITS), strict=False))
