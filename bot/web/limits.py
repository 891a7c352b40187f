"""How often one address may do something, within this process."""

from collections.abc import Iterator
from contextlib import contextmanager

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request

from bot.casework.bookings import BookingNotFoundError
from bot.settings import Settings
from bot.web.problems import Problem
from bot.web.security import address_of

TOO_MANY = Problem(429, "too_many_requests", "Det går lidt for hurtigt. Vent et øjeblik, og prøv igen.")


class Limit:
    """At most so many in a stretch of time for each key."""

    def __init__(self, item: RateLimitItem) -> None:
        self._item = item
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def hit(self, key: str) -> bool:
        """Counts one; False when it is one too many."""
        return self._limiter.hit(self._item, key)

    def allows(self, key: str) -> bool:
        """Whether one more would be allowed; counts nothing."""
        return self._limiter.test(self._item, key)


class Limits:
    """The limits of the settings. Lives as long as the web process."""

    def __init__(self, settings: Settings) -> None:
        self.conversations = Limit(RateLimitItemPerMinute(settings.conversations_a_minute))
        self.messages = Limit(RateLimitItemPerMinute(settings.messages_a_minute))
        self.codes = Limit(RateLimitItemPerMinute(settings.code_tries_a_minute))
        self.wrong_codes = Limit(RateLimitItemPerDay(settings.wrong_codes_a_day))
        self.sign_in = Limit(RateLimitItemPerMinute(settings.sign_in_tries_a_minute))


@contextmanager
def code_try(request: Request) -> Iterator[None]:
    """Around every look-up of a booking by its words: wrong ones are few a minute and end for the day after many.

    Right ones are free, for a library has one address for all who sit there. Raises Problem 429.
    """
    limits: Limits = request.app.state.limits
    address = address_of(request)
    if not limits.codes.allows(address) or not limits.wrong_codes.allows(address):
        raise TOO_MANY
    try:
        yield
    except BookingNotFoundError:
        limits.codes.hit(address)
        limits.wrong_codes.hit(address)
        raise
