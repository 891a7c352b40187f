"""Guesses at passwords, slowed down by the address they come from and by the name they are for."""

from limits import RateLimitItemPerHour, RateLimitItemPerMinute

from bot.settings import Settings
from bot.web.limits import Limit
from bot.web.problems import Problem

# As long as any name may be: nobody fills the memory with names of his own.
NAME_LENGTH = 64

# Right ones too, and one there and back is two: as many as come to work within a minute.
AT_PROVIDER_A_MINUTE = 120

TOO_MANY = Problem(429, "too_many_tries", "Der er prøvet for mange gange. Vent et minut, og prøv igen.", 60)
TOO_MANY_FOR_NAME = Problem(
    429,
    "too_many_tries_for_name",
    "Der er prøvet for mange forkerte adgangskoder til det navn. Vent en time, eller brug den computer, du plejer.",
    3600,
)

TOO_MANY_CODES = Problem(
    429, "too_many_codes", "Der er prøvet for mange forkerte koder. Vent en time, og prøv igen.", 3600
)


class SignInTries:
    """The wrong sign-ins of this process, for names that exist and names that do not alike.

    Right ones are free: a town hall has one address for all who work there. Who has signed in from an address before is
    not locked out by what others guess from elsewhere.
    """

    def __init__(self, settings: Settings) -> None:
        self._by_address = Limit(RateLimitItemPerMinute(settings.sign_in_tries_a_minute))
        self._by_name = Limit(RateLimitItemPerHour(settings.sign_in_tries_a_name_an_hour))
        self._codes = Limit(RateLimitItemPerHour(settings.sign_in_tries_a_name_an_hour))
        self._at_provider = Limit(RateLimitItemPerMinute(AT_PROVIDER_A_MINUTE))
        self._at_home: set[tuple[str, str]] = set()

    def check(self, address: str, name: str) -> None:
        """Raises Problem 429 when there were too many wrong ones."""
        self.check_address(address)
        if (address, name) not in self._at_home and not self._by_name.allows(name[:NAME_LENGTH]):
            raise TOO_MANY_FOR_NAME

    def wrong(self, address: str, name: str) -> None:
        self._by_address.hit(address)
        self._by_name.hit(name[:NAME_LENGTH])

    def check_address(self, address: str) -> None:
        """As `check`, where no name is told."""
        if not self._by_address.allows(address):
            raise TOO_MANY

    def wrong_address(self, address: str) -> None:
        self._by_address.hit(address)

    def ask_provider(self, address: str) -> None:
        """Counts one more that makes us ask the municipality's own sign-in. Raises Problem 429."""
        if not self._at_provider.hit(address):
            raise TOO_MANY

    def check_code(self, address: str, name: str) -> None:
        """As `check`, of a code. Raises Problem 429 at home as well: whoever tries has the password already."""
        self.check_address(address)
        if not self._codes.allows(name):
            raise TOO_MANY_CODES

    def wrong_code(self, address: str, name: str) -> None:
        self.wrong(address, name)
        self._codes.hit(name)

    def right(self, address: str, name: str) -> None:
        self._at_home.add((address, name))
