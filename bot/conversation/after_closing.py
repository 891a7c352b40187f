"""Finds, once a town has closed, the danger that was told of in its staffed hours and that nobody took."""

from collections.abc import Mapping
from datetime import datetime

from bot.casework.on_call import KEPT_TRYING
from bot.municipality.towns import Municipality
from bot.store.on_call import Uncalled
from bot.store.store import Work


def left_after_closing(work: Work, towns: Mapping[str, Municipality], now: datetime) -> list[Uncalled]:
    """What who is on call is to be told of now: each danger once, while there is somebody to tell.

    Told of outside staffed hours, a danger calls them by itself.
    """
    return [one for one in work.on_call.uncalled(now - KEPT_TRYING) if _closed_on(one, towns, now)]


def _closed_on(danger: Uncalled, towns: Mapping[str, Municipality], now: datetime) -> bool:
    town = towns.get(danger.municipality)
    return town is not None and bool(town.on_call) and town.staffed_at(danger.at) and not town.staffed_at(now)
