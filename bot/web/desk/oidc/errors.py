"""What can go wrong on the way by the municipality's own sign-in, and what people are told of it."""

from bot.web.problems import Problem


class ProviderAwayError(Exception):
    """The municipality's sign-in does not answer, or not as it must; the message says what."""


class NotProvenError(Exception):
    """Who came cannot be shown to be who they say; the message says why, and nothing of them."""


class CodeRefusedError(NotProvenError):
    """It knows the way back and us, and not the code that was brought: one who guesses is told apart by this alone."""


AWAY = Problem(503, "provider_away", "Kommunens login svarer ikke lige nu. Prøv igen om lidt.")
NOT_PROVEN = Problem(401, "sign_in_not_proven", "Vi kunne ikke bekræfte dit login. Prøv igen.")
NOT_DONE = Problem(401, "sign_in_not_done", "Du kom ikke ind med kommunens login. Prøv igen, når du vil.")
NO_ROLE = Problem(
    403,
    "no_role",
    "Kommunens login virker, men du har ikke adgang her. Skal du bruge det i dit arbejde, så sig det til din leder.",
)
