"""What our processes show each other, so that nobody else on a network or a machine can speak as one of them."""

import hashlib
import hmac

from bot.settings import Settings

PASS = "X-Hjemad-Pass"  # noqa: S105 - the name of a header
_MEANT_FOR = b"between the processes of Hjemad"


def pass_of(settings: Settings) -> str:
    """The pass of this installation: whoever has its secret key has it. Raises SettingsError as `Settings.key`."""
    return hmac.new(settings.key().encode(), _MEANT_FOR, hashlib.sha256).hexdigest()


def may_pass(shown: str | None, expected: str) -> bool:
    """Whether the caller is one of ours; takes the same time whatever was shown."""
    return hmac.compare_digest((shown or "").encode(), expected.encode())
