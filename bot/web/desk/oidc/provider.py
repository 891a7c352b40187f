"""The municipality's own sign-in (OpenID Connect): asked where people go, and what became of them there."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import httpx
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from bot.settings import Settings, SettingsError
from bot.store.vault import Vault
from bot.web.desk.oidc.attempt import Attempt
from bot.web.desk.oidc.errors import NotProvenError, ProviderAwayError
from bot.web.desk.oidc.id_token import read_id_token
from bot.web.desk.oidc.mapping import ClaimMap, claim_map

SECONDS = 5.0
BACK = "/desk/sign-in/oidc/back"
AFTERWARDS = "/desk/sign-in"
SCOPE = "openid profile"
ON_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
REFUSED = range(400, 500)

log = logging.getLogger(__name__)


class Provider:
    """What it says of itself is asked anew each time: people sign in once a day, and its keys change when it wishes."""

    def __init__(self, settings: Settings, claims: ClaimMap) -> None:
        self.issuer = settings.oidc_issuer
        self.map = claims
        self.vault = Vault(settings.key())
        self._id = settings.oidc_client_id
        self._secret = settings.oidc_client_secret.get_secret_value()
        self._address = settings.address

    async def way_in(self, attempt: Attempt) -> str:
        """The address at which somebody signs in. Raises ProviderAwayError."""
        async with _client() as client:
            endpoint = _address(await self._about(client), "authorization_endpoint")
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
        )

    async def claims(self, code: str, attempt: Attempt) -> dict[str, Any]:
        """What it says of whoever brought this code. Raises NotProvenError, ProviderAwayError."""
        async with _client() as client:
            about = await self._about(client)
            token = await self._token(client, _address(about, "token_endpoint"), code, attempt)
            keys = await _json(client.build_request("GET", _address(about, "jwks_uri")), client)
        return read_id_token(token, keys, self.issuer, self._id, attempt.nonce, datetime.now(UTC))

    async def way_out(self) -> str | None:
        """The address at which somebody signs out there, too; None where there is none, or it does not answer."""
        try:
            async with _client() as client:
                about = await self._about(client)
                endpoint = _address(about, "end_session_endpoint") if "end_session_endpoint" in about else None
        except ProviderAwayError as error:
            log.warning("the municipality's sign-in: %s", error)
            return None
        afterwards = {"client_id": self._id, "post_logout_redirect_uri": self._address + AFTERWARDS}
        return _with_query(endpoint, **afterwards) if endpoint else None

    async def _about(self, client: httpx.AsyncClient) -> dict[str, Any]:
        where = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
        about = await _json(client.build_request("GET", where), client)
        if about.get("issuer") != self.issuer:
            raise ProviderAwayError("it calls itself by another name than HJEMAD_OIDC_ISSUER")
        return about

    async def _token(self, client: httpx.AsyncClient, endpoint: str, code: str, attempt: Attempt) -> str:
        given = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._address + BACK,
            "code_verifier": attempt.verifier,
        }
        request = client.build_request("POST", endpoint, data=given)
        # RFC 6749, 2.3.1: both are encoded as in a form first.
        basic = httpx.BasicAuth(quote_plus(self._id), quote_plus(self._secret))
        token = (await _json(request, client, basic)).get("id_token")
        if not isinstance(token, str):
            raise NotProvenError("no ID token")
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
    issuer = urlsplit(settings.oidc_issuer)
    if issuer.scheme != "https" and not (issuer.scheme == "http" and issuer.hostname in ON_THIS_MACHINE):
        raise SettingsError("HJEMAD_OIDC_ISSUER is no https address")
    return Provider(settings, claim_map(settings))


def _client() -> httpx.AsyncClient:
    return httpx.AsyncClient(timeout=SECONDS)


async def _json(request: httpx.Request, client: httpx.AsyncClient, auth: httpx.Auth | None = None) -> dict[str, Any]:
    """Raises ProviderAwayError, and NotProvenError where a code is refused."""
    try:
        answer = await client.send(request, auth=auth)
        said = answer.json() if answer.is_success else None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
        raise ProviderAwayError(f"no answer: {type(error).__name__}") from error
    if request.method == "POST" and answer.status_code in REFUSED:
        raise NotProvenError(f"the code is refused with {answer.status_code}")
    if not isinstance(said, dict):
        raise ProviderAwayError(f"an answer that cannot be used: {answer.status_code}")
    return said


def _address(about: Mapping[str, Any], name: str) -> str:
    found = about.get(name)
    if not isinstance(found, str) or urlsplit(found).scheme not in ("https", "http"):
        raise ProviderAwayError(f"it has no {name}")
    return found


def _with_query(address: str, **more: str) -> str:
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(more)}"
