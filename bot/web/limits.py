"""How often something may be done from one address, in one conversation and for one name, within this process."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request

from bot.casework.bookings import BookingNotFoundError
from bot.settings import Settings
from bot.web.problems import Problem
from bot.web.security import address_of

log = logging.getLogger(__name__)

TOO_MANY = Problem(
    429, "too_many_requests", "Det går lidt for hurtigt. Vent et øjeblik, og prøv igen. Er det akut, så ring 112.", 60
)
TOO_MANY_TODAY = Problem(
    429, "too_many_wrong_codes", "Der er prøvet for mange forkerte ord herfra i dag. Prøv igen i morgen.", 24 * 3600
)
FEW = 3
"""So many wrong words an address may try in a day on which all together tried too many."""
EVERYBODY = "everybody"
# Tries of one address wait for each other; of two addresses seldom.
DOORS = 64


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


class WrongCodes:
    """How many wrong words an address may try: few a minute and a day, far fewer once all together try too many.

    Who guesses from a thousand addresses would hit somebody's talk within days (ADR 0006).
    """

    def __init__(self, settings: Settings) -> None:
        self._a_minute = Limit(RateLimitItemPerMinute(settings.code_tries_a_minute))
        self._a_day = Limit(RateLimitItemPerDay(settings.wrong_codes_a_day))
        self._a_day_while_guessed = Limit(RateLimitItemPerDay(min(FEW, settings.wrong_codes_a_day)))
        self._of_all = Limit(RateLimitItemPerDay(settings.wrong_codes_of_all_a_day))

    def refuse(self, address: str) -> None:
        """Raises Problem 429 where one more would be too many."""
        of_today = self._a_day if self._of_all.allows(EVERYBODY) else self._a_day_while_guessed
        if not of_today.allows(address):
            raise TOO_MANY_TODAY
        if not self._a_minute.allows(address):
            raise TOO_MANY

    def count(self, address: str) -> None:
        """One more that was wrong."""
        for limit in (self._a_minute, self._a_day, self._a_day_while_guessed):
            limit.hit(address)
        if self._of_all.hit(EVERYBODY) and not self._of_all.allows(EVERYBODY):
            log.warning("so many wrong words of bookings today that each address may try only %d: is it guessed?", FEW)


class Limits:
    """The limits of the settings. Lives as long as the web process."""

    def __init__(self, settings: Settings) -> None:
        self.conversations = Limit(RateLimitItemPerMinute(settings.conversations_a_minute))
        self.messages = Limit(RateLimitItemPerMinute(settings.messages_a_minute))
        self.in_conversation = Limit(RateLimitItemPerMinute(settings.messages_in_conversation_a_minute))
        # Of their own: whoever types must not use up what may be written.
        self.signs = Limit(RateLimitItemPerMinute(settings.messages_a_minute))
        self.signs_in_conversation = Limit(RateLimitItemPerMinute(settings.signs_in_conversation_a_minute))
        self.wrong_codes = WrongCodes(settings)
        self.bookings = Limit(RateLimitItemPerHour(settings.plain_bookings_an_hour))
        self._doors = [asyncio.Lock() for _ in range(DOORS)]

    def one_at_a_time(self, address: str) -> asyncio.Lock:
        """Held from looking at a limit until it was counted: tries sent together would all be let in."""
        return self._doors[hash(address) % DOORS]


def count_writing(request: Request, conversation: str) -> None:
    """Counts something written into a conversation, by its address and, whoever it comes from, by the conversation.

    Raises Problem 429.
    """
    limits: Limits = request.app.state.limits
    if not (limits.messages.hit(address_of(request)) and limits.in_conversation.hit(conversation)):
        raise TOO_MANY


def count_sign(request: Request, conversation: str) -> None:
    """Counts a sign of typing or reading, as what is written is counted. Raises Problem 429."""
    limits: Limits = request.app.state.limits
    if not (limits.signs.hit(address_of(request)) and limits.signs_in_conversation.hit(conversation)):
        raise TOO_MANY


@asynccontextmanager
async def code_try(request: Request) -> AsyncIterator[None]:
    """Around every look-up of a booking by its words, of which the wrong ones are counted.

    Right ones are free, for a library has one address for all who sit there. Raises Problem 429.
    """
    limits: Limits = request.app.state.limits
    address = address_of(request)
    async with limits.one_at_a_time(address):
        limits.wrong_codes.refuse(address)
        try:
            yield
        except BookingNotFoundError:
            limits.wrong_codes.count(address)
            raise
