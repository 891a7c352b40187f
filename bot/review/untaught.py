"""How much is decided that nobody has written into the data yet."""

from bot.review.reviewing import TEACHABLE, is_given, taught
from bot.store.store import Work


def untaught(work: Work, municipality: str, *, anew: bool) -> int:
    """How many different messages are to be taught as they are decided, and were not given out.

    `anew`: also those that were, because nothing came of it.
    """
    given = {(one.text, one.settled) for one in work.found.settled(municipality) if is_given(one)}
    decided = (one for one in taught(work, [municipality]) if one.decision.verdict in TEACHABLE)
    return len({one.text for one in decided if anew or (one.text, one.decision) not in given})
