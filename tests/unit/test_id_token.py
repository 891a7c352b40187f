"""An ID token opens the desk only when the provider signed it, for us, for this attempt, and lately."""

import base64
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from joserfc import jws, jwt
from joserfc.jwk import KeySet, RSAKey

from bot.web.desk.oidc.errors import NotProvenError, ProviderAwayError
from bot.web.desk.oidc.id_token import LEEWAY_SECONDS, read_id_token

NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
KEY, STRANGERS = (RSAKey.generate_key(2048, {"kid": "one"}) for _ in range(2))
CLAIMS = {
    "iss": "https://login.horsens.example",
    "sub": "mette",
    "aud": "hjemad",
    "nonce": "a nonce",
    "iat": AT,
    "exp": AT + 300,
}


# A list in a list in a list, deeper than can be read.
DEEP = f"{base64.urlsafe_b64encode(b'[' * 99_999).decode()}.e30.e30"


def read(token: str, keys: Any = None) -> dict[str, Any]:
    known = KeySet([KEY]).as_dict(private=False) if keys is None else keys
    return read_id_token(token, known, CLAIMS["iss"], "hjemad", "a nonce", NOW)


def signed(key: Any = KEY, alg: str = "RS256", without: str = "", **changes: Any) -> str:
    claims = {name: value for name, value in (CLAIMS | changes).items() if name != without}
    return jwt.encode({"alg": alg, "kid": "one"}, claims, key, algorithms=[alg])


def test_a_good_one_tells_its_claims() -> None:
    assert read(signed(roles=["x"])) == CLAIMS | {"roles": ["x"]}
    assert read(signed(exp=AT - LEEWAY_SECONDS + 5))["sub"] == "mette"
    assert read(signed(aud=["hjemad"]))["sub"] == "mette"


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://login.evil.example"},
        {"aud": "another"},
        {"aud": ["another", "third"]},
        {"azp": "another"},
        {"nonce": "another"},
        {"exp": AT - LEEWAY_SECONDS - 5},
        {"iat": AT + LEEWAY_SECONDS + 60},
        {"nbf": AT + LEEWAY_SECONDS + 60},
        {"sub": ""},
        {"sub": 7},
        {"exp": "never"},
        {"exp": None},
    ],
    ids=str,
)
def test_one_that_says_something_else_is_none(changes: dict[str, Any]) -> None:
    with pytest.raises(NotProvenError):
        read(signed(**changes))


def test_a_subject_that_no_text_can_hold_is_nobody() -> None:
    payload = json.dumps(CLAIMS | {"sub": "mette\ud800"})
    with pytest.raises(NotProvenError, match="of nobody"):
        read(jws.serialize_compact({"alg": "RS256", "kid": "one"}, payload, KEY))


@pytest.mark.parametrize("name", ["iss", "aud", "sub", "nonce", "exp", "iat"])
def test_one_that_leaves_something_out_is_none(name: str) -> None:
    with pytest.raises(NotProvenError):
        read(signed(without=name))


def test_one_that_somebody_else_signed_is_none() -> None:
    with pytest.raises(NotProvenError):
        read(signed(STRANGERS))


def test_one_that_nobody_signed_or_everybody_could_is_none() -> None:
    unsigned = f"{_encoded({'alg': 'none', 'kid': 'one'})}.{_encoded(CLAIMS)}"
    by_public_key = f"{_encoded({'alg': 'HS256', 'kid': 'one'})}.{_encoded(CLAIMS)}"
    made = hmac.digest(KEY.as_pem(private=False), by_public_key.encode(), "sha256")
    for token in (f"{unsigned}.", f"{by_public_key}.{base64.urlsafe_b64encode(made).rstrip(b'=').decode()}"):
        with pytest.raises(NotProvenError):
            read(token)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "....", "\u00e6", "e30.e30.e30", DEEP])
def test_what_is_no_token_is_none(token: str) -> None:
    with pytest.raises(NotProvenError):
        read(token)


@pytest.mark.parametrize("keys", [{}, {"keys": []}, {"keys": [{}]}, {"keys": "x"}, {"keys": [7]}, {"keys": None}])
def test_keys_that_are_none_open_nothing(keys: dict[str, Any]) -> None:
    with pytest.raises(ProviderAwayError):
        read(signed(), keys)


@pytest.mark.parametrize(
    "strange",
    [
        {"use": "tls"},
        {"kty": "EC", "crv": "P-999", "x": "AA", "y": "AA"},
        {"kty": "OKP", "crv": "Zed", "x": "AA"},
        {"kty": "new"},
        {"kty": ["RSA"]},
        {"n": 7},
        {"n": "\u00e6"},
        {"kid": 7},
        {"key_ops": "x"},
    ],
    ids=str,
)
def test_a_key_that_cannot_be_read_does_not_spoil_the_others(strange: dict[str, Any]) -> None:
    other = KEY.as_dict(private=False) | {"kid": "two"} | strange
    assert read(signed(), {"keys": [other, KEY.as_dict(private=False)]}) == CLAIMS
    with pytest.raises(ProviderAwayError):
        read(signed(), {"keys": [other]})


def _encoded(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
