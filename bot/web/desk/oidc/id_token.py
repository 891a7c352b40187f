"""Whether an ID token was made by the provider, for us, for this attempt and lately."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.web.desk.oidc.errors import NotProvenError

# Signed with a key of which we know the public half. None at all, or one made from the client's secret, is no proof.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
# By how much the provider's clock may be another one.
LEEWAY_SECONDS = 60


def read_id_token(
    token: str, keys: Mapping[str, Any], issuer: str, client_id: str, nonce: str, now: datetime
) -> dict[str, Any]:
    """Its claims. Raises NotProvenError."""
    wanted = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client_id}}
    try:
        decoded = jwt.decode(token, KeySet.import_key_set(dict(keys)), algorithms=list(ALGORITHMS))  # type: ignore[arg-type]
        claims = CodeIDToken(
            decoded.claims, decoded.header, options=wanted, params={"nonce": nonce, "client_id": client_id}
        )
        claims.validate(int(now.timestamp()), LEEWAY_SECONDS)
    except (JoseError, ValueError, KeyError, TypeError, AttributeError) as error:
        # Its text may hold what the token says.
        raise NotProvenError(f"an ID token that does not hold: {type(error).__name__}") from error
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise NotProvenError("an ID token of nobody")
    return dict(claims)
