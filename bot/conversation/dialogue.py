"""Asks the dialogue server what to answer."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import httpx

from bot.avoiding import Avoided
from bot.casework.conversations import Writer
from bot.inside import PASS
from bot.language.tongue import Tongue
from bot.logs import REQUEST, this_request

AWAY_SECONDS = 1.0
CONNECT_SECONDS = 2.0
"""How long a machine that is cut off is waited for: it says nothing, not even that nobody listens."""
SILENT_SECONDS = 15.0
"""For how long a server that did not answer is asked last: until it would say so itself, were it there."""
DRAFT = "draft"
"""The key in Rasa's metadata: what is said goes to a caseworker, and asks nothing."""


Addresses = Callable[[str], Awaitable[Sequence[str]]]
"""For a conversation the servers that may be asked, the first to be asked first."""


class DialogueUnavailableError(Exception):
    """The dialogue server did not answer, in time or at all, or answered something else than a turn."""


@dataclass(frozen=True)
class Said:
    """One thing the dialogue model says; `custom` is what an action wants the web process to do.

    `unanswered`: it says that there is no answer, to what `response` is the answer to.
    """

    text: str
    response: str | None = None
    buttons: tuple[tuple[str, str], ...] = ()
    facts: tuple[str, ...] = ()
    custom: dict[str, Any] = field(default_factory=dict)
    tongue: Tongue = Tongue.DANISH
    unanswered: bool = False


@dataclass(frozen=True)
class Turn:
    """The dialogue model's turn: how it understood the message and what it says to it.

    `writer`: who writes, as far as it was told so far.
    """

    intent: str
    sure: bool
    said: tuple[Said, ...]
    asks: str | None
    writer: Writer | None = None


class DialogueClient:
    """A client of our Rasa channel. Lives as long as the web process."""

    def __init__(self, addresses: Addresses, timeout: float, shown: str = "") -> None:
        """`timeout`: the seconds that a turn may take. `shown`: the pass of our processes."""
        self._addresses = addresses
        self._silent = Avoided(SILENT_SECONDS)
        self._away_until = 0.0
        # Danger has been screened before: a hanging dialogue server costs patience, not safety.
        # Never by a proxy of the environment: what young people write stays on this machine.
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(timeout, connect=min(timeout, CONNECT_SECONDS)),
            headers={PASS: shown},
            trust_env=False,
        )

    @property
    def is_away(self) -> bool:
        """Whether none could be reached a moment ago: while it starts, every try would only slow it down."""
        return monotonic() < self._away_until

    async def turn(
        self, conversation: str, metadata: dict[str, Any], *, text: str | None = None, payload: str | None = None
    ) -> Turn:
        """One message to Rasa, one turn back. Raises DialogueUnavailableError."""
        said = {"payload": payload} if payload else {"text": text}
        body = {"conversation": conversation, "metadata": metadata, **said}
        for address in self._silent.last(await self._addresses(conversation)):
            try:
                return await self._asked(address, body)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                # It has heard nothing, so that another one can be asked and nobody is answered twice.
                self._silent.note(address)
            except httpx.TimeoutException as error:
                # It may answer yet, so nobody else is asked; but who writes next is not to wait for it as well.
                self._silent.note(address)
                raise DialogueUnavailableError(type(error).__name__) from error
            except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
                raise DialogueUnavailableError(type(error).__name__) from error
        self._away_until = monotonic() + AWAY_SECONDS
        raise DialogueUnavailableError(httpx.ConnectError.__name__)

    async def healthy(self) -> bool:
        """Whether a dialogue server has a model loaded and answers."""
        for address in await self._addresses(""):
            try:
                if (await self._client.get(f"{address}/webhooks/hjemad/health", timeout=2.0)).is_success:
                    return True
            except httpx.HTTPError:
                continue
        return False

    async def close(self) -> None:
        await self._client.aclose()

    async def _asked(self, address: str, body: dict[str, Any]) -> Turn:
        number = {REQUEST: this_request()}
        response = await self._client.post(f"{address}/webhooks/hjemad/turn", json=body, headers=number)
        response.raise_for_status()
        return _turn(response.json())


def _turn(answer: dict[str, Any]) -> Turn:
    return Turn(
        intent=answer["intent"]["name"] or "",
        sure=answer["sure"],
        said=tuple(map(_said, answer["messages"])),
        asks=answer.get("asks"),
        writer=Writer(answer["role"]) if answer.get("role") else None,
    )


def _said(message: dict[str, Any]) -> Said:
    return Said(
        text=message.get("text") or "",
        response=message.get("response"),
        buttons=tuple((button["title"], button["payload"]) for button in message.get("buttons") or ()),
        facts=tuple(message.get("facts") or ()),
        custom=message.get("custom") or {},
        tongue=Tongue(message.get("language") or Tongue.DANISH),
        unanswered=bool(message.get("unanswered")),
    )
