"""When somebody who is on call is told, and when it is tried again."""

from datetime import datetime, timedelta

from bot.casework.trying_again import wait_after

# One notice a conversation in this time: whoever was called need not be called again at each message. Only a graver
# danger than the one they were told of calls them at once.
PAUSE = timedelta(hours=1)
# Longer than a try can take, so that two processes never send the same notice at once; a process that was killed in the
# middle of one costs no more than this. Counted by the database's clock alone.
SENDING = timedelta(minutes=1)
# After this long the next morning has come, and the queue tells it.
KEPT_TRYING = timedelta(hours=24)


def next_try(tries: int, created_at: datetime, now: datetime) -> datetime | None:
    """When to try again after this many tries that failed; None when it has been tried for long enough."""
    again = now + wait_after(tries)
    return again if again - created_at < KEPT_TRYING else None
