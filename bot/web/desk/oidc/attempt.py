"""What a browser carries while it is away at the municipality's own sign-in, sealed so that nobody can make one up."""

import hmac
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from bot.store.vault import Vault, VaultError
from bot.web.desk.oidc.errors import NotProvenError

ATTEMPT_SECONDS = 600


@dataclass(frozen=True)
class Attempt:
    """One try to sign in: what must come back (`state`, `nonce`), what proves that it is us, and where to go then."""

    state: str
    nonce: str
    verifier: str
    back: str


def new_attempt(back: str) -> Attempt:
    """One of its own for each try."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Attempt(state, nonce, verifier, back)


def sealed(attempt: Attempt, vault: Vault, now: datetime) -> str:
    """As it stands in the cookie."""
    until = now + timedelta(seconds=ATTEMPT_SECONDS)
    return vault.encrypt(asdict(attempt) | {"until": until.isoformat()}).decode()


def opened(cookie: str, state: str, vault: Vault, now: datetime) -> Attempt:
    """The attempt that comes back with this state. Raises NotProvenError for any other, and for one that is too old."""
    try:
        kept = vault.decrypt(cookie.encode())
        until = datetime.fromisoformat(kept.pop("until"))
        attempt = Attempt(**kept)
    except (VaultError, KeyError, TypeError, ValueError) as error:
        raise NotProvenError("no attempt of ours") from error
    if not hmac.compare_digest(attempt.state.encode(), state.encode()):
        raise NotProvenError("another state")
    if until < now:
        raise NotProvenError("an attempt that is over")
    return attempt
