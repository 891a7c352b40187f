"""Whether an ID token was made by the provider, for us, for this attempt and lately."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, KeySet

from bot.web.desk.oidc.errors import NotProvenError, ProviderAwayError

# Signed with a key of which we know the public half. None at all, or one made from the client's secret, is no proof.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
# By how much the provider's clock may be another one.
LEEWAY_SECONDS = 60


def read_id_token(
    token: str, keys: Mapping[str, Any], issuer: str, client_id: str, nonce: str, now: datetime
) -> dict[str, Any]:
    """Its claims. Raises NotProvenError, and ProviderAwayError where no key can be used."""
    known = _readable(keys)
    wanted = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client_id}}
    try:
        decoded = jwt.decode(token, known, algorithms=list(ALGORITHMS))
        claims = CodeIDToken(
            decoded.claims, decoded.header, options=wanted, params={"nonce": nonce, "client_id": client_id}
        )
        claims.validate(int(now.timestamp()), LEEWAY_SECONDS)
    except (JoseError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        # Its text may hold what the token says.
        raise NotProvenError(f"an ID token that does not hold: {type(error).__name__}") from error
    if not _is_somebody(claims["sub"]):
        raise NotProvenError("an ID token of nobody")
    return dict(claims)


def _readable(keys: Mapping[str, Any]) -> KeySet:
    """Those that can be read: a new kind of key beside ours, or one for something else, is none of our business."""
    listed, found = keys.get("keys"), []
    for one in listed if isinstance(listed, list) else []:
        # What a key must not be is told in every way there is.
        with suppress(JoseError, ValueError, LookupError, TypeError, AttributeError):
            found.append(JWKRegistry.import_key(one))
    if not found:
        raise ProviderAwayError("it has no key that can be used")
    return KeySet(found)


def _is_somebody(subject: object) -> bool:
    """A lone surrogate is none, which JSON may hold and UTF-8 cannot."""
    return isinstance(subject, str) and bool(subject) and not any(map(_is_surrogate, subject))


def _is_surrogate(letter: str) -> bool:
    return "\ud800" <= letter <= "\udfff"
