"""How many talks may be booked in one conversation beside each other."""

from collections.abc import Sequence

from bot.casework.bookings import About, Booking

# The next one, one to follow it, and one more that somebody has a reason for. Whoever books again and again because the
# first is forgotten takes times that others wait for, and a boligagent then sits and waits for nobody.
MOST_AHEAD = 3


def is_full(ahead: Sequence[Booking]) -> bool:
    """Whether nobody may book one more for themselves; what a helper books does not count, for it is for several."""
    return sum(talk.about is About.YOUNG for talk in ahead) >= MOST_AHEAD
