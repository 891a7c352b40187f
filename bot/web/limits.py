"""How often one address may do something, within this process."""

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bot.settings import Settings


class Limit:
    """At most so many a minute for each key."""

    def __init__(self, name: str, a_minute: int) -> None:
        self._item = RateLimitItemPerMinute(a_minute, namespace=name)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def hit(self, key: str) -> bool:
        """Counts one; False when it is one too many."""
        return self._limiter.hit(self._item, key)


class Limits:
    """The limits of the settings. Lives as long as the web process."""

    def __init__(self, settings: Settings) -> None:
        self.conversations = Limit("conversations", settings.conversations_a_minute)
        self.messages = Limit("messages", settings.messages_a_minute)
        self.codes = Limit("codes", settings.code_tries_a_minute)
        self.sign_in = Limit("sign-in", settings.sign_in_tries_a_minute)
