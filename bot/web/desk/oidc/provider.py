"""The municipality's own sign-in (OpenID Connect): asked where people go, and what became of them there."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from time import monotonic
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import httpx
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from bot.settings import Settings, SettingsError
from bot.store.vault import Vault
from bot.web.desk.oidc.asking import Asker, address_in, said
from bot.web.desk.oidc.attempt import Attempt
from bot.web.desk.oidc.errors import ProviderAwayError
from bot.web.desk.oidc.id_token import read_id_token
from bot.web.desk.oidc.mapping import ClaimMap, claim_map

SECONDS_KNOWN = 60.0
BACK = "/desk/sign-in/oidc/back"
AFTERWARDS = "/desk/sign-in"
SCOPE = "openid profile"
ON_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")

log = logging.getLogger(__name__)


class Provider:
    """What it says of itself is kept for a minute: its keys, which change when it wishes, are asked anew each time."""

    def __init__(self, settings: Settings, claims: ClaimMap) -> None:
        self.issuer = settings.oidc_issuer
        self.map = claims
        self.vault = Vault(settings.key())
        self._id = settings.oidc_client_id
        self._secret = settings.oidc_client_secret.get_secret_value()
        self._address = settings.address
        self._asker = Asker()
        self._known: tuple[float, dict[str, Any]] | None = None

    async def way_in(self, attempt: Attempt) -> str:
        """The address at which somebody signs in, who is asked who they are. Raises ProviderAwayError."""
        async with self._asker.step() as client:
            endpoint = self._endpoint(await self._about(client), "authorization_endpoint")
        return _with_query(
            endpoint,
            response_type="code",
            client_id=self._id,
            redirect_uri=self._address + BACK,
            scope=SCOPE,
            state=attempt.state,
            nonce=attempt.nonce,
            code_challenge=create_s256_code_challenge(attempt.verifier),
            code_challenge_method="S256",
            # Else the next one at a shared computer would come in as whoever signed in there last.
            prompt="login",
        )

    async def claims(self, code: str, attempt: Attempt) -> dict[str, Any]:
        """What it says of whoever brought this code. Raises NotProvenError, ProviderAwayError."""
        async with self._asker.step() as client:
            about = await self._about(client)
            token = await self._token(client, self._endpoint(about, "token_endpoint"), code, attempt)
            keys = await said(client, "GET", self._endpoint(about, "jwks_uri"))
        return read_id_token(token, keys, self.issuer, self._id, attempt.nonce, datetime.now(UTC))

    async def way_out(self) -> str | None:
        """The address at which somebody signs out there, too; None where there is none, or it does not answer."""
        try:
            async with self._asker.step() as client:
                about = await self._about(client)
            endpoint = self._endpoint(about, "end_session_endpoint") if "end_session_endpoint" in about else None
        except ProviderAwayError as error:
            log.warning("the municipality's sign-in: %s", error)
            return None
        afterwards = {"client_id": self._id, "post_logout_redirect_uri": self._address + AFTERWARDS}
        return _with_query(endpoint, **afterwards) if endpoint else None

    async def _about(self, client: httpx.AsyncClient) -> dict[str, Any]:
        if self._known and monotonic() - self._known[0] < SECONDS_KNOWN:
            return self._known[1]
        about = await said(client, "GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if about.get("issuer") != self.issuer:
            raise ProviderAwayError("it calls itself by another name than HJEMAD_OIDC_ISSUER")
        self._known = (monotonic(), about)
        return about

    def _endpoint(self, about: Mapping[str, Any], name: str) -> str:
        return address_in(about, name, secured=urlsplit(self.issuer).scheme == "https")

    async def _token(self, client: httpx.AsyncClient, endpoint: str, code: str, attempt: Attempt) -> str:
        given = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._address + BACK,
            "code_verifier": attempt.verifier,
        }
        # RFC 6749, 2.3.1: both are encoded as in a form first.
        basic = httpx.BasicAuth(quote_plus(self._id), quote_plus(self._secret))
        token = (await said(client, "POST", endpoint, basic, data=given)).get("id_token")
        if not isinstance(token, str):
            raise ProviderAwayError("no ID token")
        return token


def provider_from(settings: Settings) -> Provider | None:
    """None where an installation has none. Raises SettingsError where it cannot be used, or nobody could sign in."""
    if not settings.oidc_issuer:
        if not settings.local_sign_in:
            raise SettingsError(
                "HJEMAD_LOCAL_SIGN_IN is false and there is no HJEMAD_OIDC_ISSUER: nobody could sign in"
            )
        return None
    if not settings.oidc_client_id or not settings.oidc_client_secret.get_secret_value():
        raise SettingsError("HJEMAD_OIDC_ISSUER needs HJEMAD_OIDC_CLIENT_ID and HJEMAD_OIDC_CLIENT_SECRET")
    try:
        issuer = urlsplit(settings.oidc_issuer)
    except ValueError as error:
        raise SettingsError("HJEMAD_OIDC_ISSUER is no address") from error
    if issuer.scheme != "https" and not (issuer.scheme == "http" and issuer.hostname in ON_THIS_MACHINE):
        raise SettingsError("HJEMAD_OIDC_ISSUER is no https address")
    return Provider(settings, claim_map(settings))


def _with_query(address: str, **more: str) -> str:
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(more)}"
