"""Which free times to show for a wish. Pure: moments in, moments out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.casework.free_times import DANISH_TIME, danish_day
from bot.language.time_wish import TimeWish

SHOWN_AT_ONCE = 4
NOON = time(12)


@dataclass(frozen=True)
class Offer:
    """Times to show, soonest first. `fits` is False when none fits the wish and these only lie near."""

    times: tuple[datetime, ...]
    fits: bool
    page: int
    more: bool


def offer(free: Sequence[datetime], wish: TimeWish | None, page: int) -> Offer:
    """A page of the free times that fit; the nearest ones when none does, the first page after the last."""
    fitting = [moment for moment in free if wish is None or fits(moment, wish)]
    ordered = fitting if fitting or wish is None else _nearest_first(free, wish)
    first = page * SHOWN_AT_ONCE
    if first >= len(ordered):
        page, first = 0, 0
    shown = ordered[first : first + SHOWN_AT_ONCE]
    return Offer(tuple(sorted(shown)), bool(fitting), page, more=len(ordered) > first + SHOWN_AT_ONCE)


def page_near(free: Sequence[datetime], wish: TimeWish | None, moment: datetime) -> int:
    """The page of the times that fit on which a moment lies, or would lie."""
    fitting = [one for one in free if wish is None or fits(one, wish)]
    sooner = sum(one < moment for one in fitting)
    return min(sooner, max(0, len(fitting) - 1)) // SHOWN_AT_ONCE


def settled(
    free: Sequence[datetime], wish: TimeWish, offered: Sequence[datetime], near: datetime | None
) -> datetime | None:
    """The one free time a wish names, None when it leaves a choice or names none.

    A wish that may mean several times names none. An hour without a day means the day of `near`, the time talked about,
    or one of the times `offered`.
    """
    if wish.unclear:
        return None
    fitting = [moment for moment in free if fits(moment, wish)]
    if wish.soonest or (wish.exact and wish.day and not wish.last_day):
        return fitting[0] if fitting else None
    if not wish.exact:
        return None
    for choice in (_same_day(fitting, near), [moment for moment in offered if moment in fitting], fitting):
        if len(choice) == 1:
            return choice[0]
    return None


def fits(moment: datetime, wish: TimeWish) -> bool:
    """Whether a moment lies in what was wished for, in Danish time."""
    local = moment.astimezone(DANISH_TIME)
    clock = local.time()
    return (
        (wish.day is None or wish.day <= local.date() <= (wish.last_day or wish.day))
        and local.date() not in wish.not_days
        and (wish.exact is None or clock == wish.exact)
        and (wish.earliest is None or clock >= wish.earliest)
        and (wish.latest is None or clock <= wish.latest)
    )


def exactly(moment: datetime) -> TimeWish:
    """The wish for this moment and no other."""
    local = moment.astimezone(DANISH_TIME)
    return TimeWish(day=local.date(), exact=local.time())


def _same_day(moments: Sequence[datetime], near: datetime | None) -> list[datetime]:
    return [moment for moment in moments if near and danish_day(moment) == danish_day(near)]


def _nearest_first(free: Sequence[datetime], wish: TimeWish) -> list[datetime]:
    if not free:
        return []
    target = datetime.combine(
        wish.day or danish_day(free[0]), wish.exact or wish.earliest or wish.latest or NOON, DANISH_TIME
    )

    def distance(moment: datetime) -> timedelta:
        return abs(moment - target)

    return sorted(free, key=distance)
