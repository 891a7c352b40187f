"""What the municipality's own sign-in is asked by HTTP, and what of its answers can be used."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.web.desk.oidc.errors import CodeRefusedError, ProviderAwayError

SECONDS = 5.0
# However slowly it answers, and however many requests a step takes.
SECONDS_A_STEP = 10.0
LONGEST_ANSWER = 1_000_000
# What it says of a code, and not of us (RFC 6749, 5.2).
OF_THE_CODE = ("invalid_grant", "invalid_request")


class Asker:
    """Asks over connections of one step each; what they are secured by is made once."""

    def __init__(self) -> None:
        self._secured = httpx.create_ssl_context()

    @asynccontextmanager
    async def step(self) -> AsyncIterator[httpx.AsyncClient]:
        """Raises ProviderAwayError when it takes too long."""
        try:
            async with (
                asyncio.timeout(SECONDS_A_STEP),
                httpx.AsyncClient(timeout=SECONDS, verify=self._secured) as client,
            ):
                yield client
        except TimeoutError as error:
            raise ProviderAwayError("no answer in time") from error


async def said(
    client: httpx.AsyncClient, method: str, address: str, auth: httpx.Auth | None = None, **given: Any
) -> dict[str, Any]:
    """The JSON of its answer. Raises ProviderAwayError, and CodeRefusedError where it says so of what was sent."""
    try:
        status, body = await _answer(client, client.build_request(method, address, **given), auth)
        told = json.loads(body)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
        raise ProviderAwayError(f"no answer: {type(error).__name__}") from error
    if not isinstance(told, dict):
        raise ProviderAwayError(f"an answer that cannot be used: {status}")
    if status == httpx.codes.BAD_REQUEST and method == "POST" and told.get("error") in OF_THE_CODE:
        raise CodeRefusedError("the code is refused")
    if not httpx.codes.is_success(status):
        raise ProviderAwayError(f"an answer that cannot be used: {status}")
    return told


async def _answer(client: httpx.AsyncClient, request: httpx.Request, auth: httpx.Auth | None) -> tuple[int, bytes]:
    answer = await client.send(request, auth=auth, stream=True)
    body = b""
    try:
        async for part in answer.aiter_bytes():
            body += part
            if len(body) > LONGEST_ANSWER:
                raise ProviderAwayError("an answer that is too long")
    finally:
        await answer.aclose()
    return answer.status_code, body


def address_in(about: Mapping[str, Any], name: str, *, secured: bool) -> str:
    """An address that it says it has; `secured`: by https alone. Raises ProviderAwayError where that is none."""
    found = about.get(name)
    try:
        known = isinstance(found, str) and found.isascii() and found.isprintable() and urlsplit(found)
        usable = known and known.hostname and known.scheme in (("https",) if secured else ("https", "http"))
        if usable:
            httpx.URL(str(found))
    except (httpx.InvalidURL, ValueError):
        usable = False
    if not usable:
        raise ProviderAwayError(f"it has no {name} that can be used")
    return str(found)
