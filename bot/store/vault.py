"""So that a stolen database tells nothing: contact details are encrypted, codes and tokens kept as keyed digests."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

UNREADABLE = "(Kan ikke læses: låst med en anden nøgle.)"
"""What stands for the words of a colleague that were kept with another key."""


class VaultError(Exception):
    """Something encrypted cannot be read with this key."""


class Vault:
    """Encrypts and digests with keys derived from the one secret key of the settings."""

    def __init__(self, secret: str) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(_derive(secret, b"hjemad contact details")))
        self._lookup_key = _derive(secret, b"hjemad lookup")

    def words(self, sealed: bytes, key: str) -> str:
        """What a colleague wrote; UNREADABLE where it was kept with another key.

        The conversation that it belongs to must open all the same, so that it can be taken care of.
        """
        try:
            return str(self.decrypt(sealed)[key])
        except VaultError:
            return UNREADABLE

    def encrypt(self, value: Mapping[str, Any]) -> bytes:
        return self._fernet.encrypt(json.dumps(value).encode())

    def decrypt(self, value: bytes) -> dict[str, Any]:
        """What `encrypt` was given. Raises VaultError when the key or the bytes are not the same."""
        try:
            opened: dict[str, Any] = json.loads(self._fernet.decrypt(value))
        except InvalidToken as error:
            raise VaultError("encrypted with another HJEMAD_SECRET_KEY, or changed since") from error
        return opened

    def digest(self, secret: str) -> str:
        """A keyed digest by which a code or token is found again without being stored."""
        return hmac.new(self._lookup_key, secret.encode(), hashlib.sha256).hexdigest()


def _derive(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
