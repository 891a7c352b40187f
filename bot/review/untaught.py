"""How much is decided that nobody has written into the data yet."""

from datetime import datetime

from bot.review.reviewing import TEACHABLE
from bot.store.store import Work


def untaught(work: Work, municipality: str, since: datetime | None) -> int:
    """How many different messages were decided there after this moment, or ever, and can be taught as they are."""
    settled = [one for one in work.found.settled(municipality) if one.settled and one.settled.verdict in TEACHABLE]
    return len({one.text for one in settled if since is None or one.opinions[-1].at > since})
