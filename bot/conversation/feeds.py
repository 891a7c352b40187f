"""The calendar that a boligagent subscribes to: opened, read by its secret, closed."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from bot.casework.feeds import PAST_SHOWN, Shows
from bot.casework.free_times import Agent
from bot.conversation.calendars import talks_as_calendar
from bot.municipality.towns import Municipality
from bot.store.store import Store, Work
from bot.store.whose import of_calendar

SECRET_BYTES = 32


def open_feed(work: Work, agent: Agent, shows: Shows) -> str:
    """The new secret, told once; the address that was open before is closed by it."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    work.agents.set_feed(agent, secret, shows)
    return secret


def read_feed(store: Store, towns: Mapping[str, Municipality], secret: str, now: datetime) -> bytes | None:
    """The talks of the agent whose secret this is; None when it is nobody's, or not any more.

    Raises StoreUnreachableError.
    """
    with store.read(of_calendar(secret)) as work:
        feed = work.agents.feed(secret)
        if feed is None or feed.municipality not in towns:
            return None
        bookings = work.bookings.of_agent(feed.agent, now - PAST_SHOWN)
    return talks_as_calendar(bookings, feed.shows, now)
