"""Finds, once a town has closed, the danger that nobody took and that nobody on call was told of."""

from collections.abc import Mapping
from datetime import datetime

from bot.casework.on_call import KEPT_TRYING, PAUSE
from bot.municipality.towns import Municipality
from bot.store.on_call import Untaken
from bot.store.store import Work


def left_after_closing(work: Work, towns: Mapping[str, Municipality], now: datetime) -> list[Untaken]:
    """What who is on call is to be told of now: each danger once, while there is somebody to tell."""
    closed = [town.slug for town in towns.values() if town.on_call and not town.staffed_at(now)]
    return [one for one in work.on_call.untaken(closed, now - KEPT_TRYING) if not _was_told_of(one)] if closed else []


def _was_told_of(danger: Untaken) -> bool:
    # Outside staffed hours a danger calls them by itself, a moment before it is logged, or they were told just before.
    return danger.told_at is not None and danger.told_at > danger.at - PAUSE
