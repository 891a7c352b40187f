"""Where somebody can go tonight: which places of a municipality take them, and which are open."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.casework.ages import AgeGroup
from bot.casework.free_times import DANISH_TIME, Opening, danish_day
from bot.casework.months import months_after

# Until here a place counts as open tonight; who has nowhere after it thinks of the night to come.
NIGHT_ENDS = time(6)
# A place that nobody has looked after for so long may be another one, or none. In the cold a wrong way is dangerous.
SURE_MONTHS, TOLD_MONTHS = 6, 12
# An hour of closing further ahead could be taken for today's. Two days ahead are more than that, also when one has 23.
_A_DAY = timedelta(hours=24)
_DAYS_LOOKED_AHEAD = 2


@dataclass(frozen=True)
class Place:
    """A place as a municipality describes it, in Danish and perhaps in English.

    `age` is whom it takes, None for everybody; `hours` when it is open, a stretch that does not end after it starts
    running on past midnight, and none where it is always open; `confirmed` the day a human last checked all of it.
    """

    text: str
    confirmed: date
    age: AgeGroup | None = None
    hours: tuple[Opening, ...] = ()
    english: str = ""

    def sure_until(self) -> date:
        """The last day on which it is told without a hint to check it."""
        return months_after(self.confirmed, SURE_MONTHS)


@dataclass(frozen=True)
class PlaceTonight:
    """A place as it is told at one moment.

    `age` is given where it must be said whom the place takes. `opens` is None when it is open, and only then
    `closes` may be known; `check_first` says that it may not be so today.
    """

    place: Place
    age: AgeGroup | None
    opens: datetime | None
    closes: datetime | None
    check_first: bool


def places_tonight(
    places: Iterable[Place], age_group: AgeGroup | None, closed_days: Collection[date], now: datetime
) -> list[PlaceTonight]:
    """What is open at this aware moment and then what opens later in the same night, soonest first.

    Without an age the places of both are told, each with whom it takes. On a closed day nobody knows whether the hours
    hold. A place not confirmed within twelve months is left out.
    """
    told = [
        found
        for place in places
        if place.age in (None, age_group) or age_group is None
        if danish_day(now) <= months_after(place.confirmed, TOLD_MONTHS)
        if (found := _tonight(place, age_group, closed_days, now))
    ]
    return sorted(told, key=lambda one: one.opens or now)


def _tonight(
    place: Place, age_group: AgeGroup | None, closed_days: Collection[date], now: datetime
) -> PlaceTonight | None:
    age = place.age if age_group is None else None
    unsure = danish_day(now) > place.sure_until()
    if not place.hours:
        return PlaceTonight(place, age, None, None, unsure)
    night_ends = _night_ends(now)
    spans = _spans(place.hours, danish_day(now))
    span = next(((start, end) for start, end in spans if now < end and start < night_ends), None)
    if span is None:
        return None
    start, end = span
    unsure = unsure or danish_day(start) in closed_days
    if start > now:
        return PlaceTonight(place, age, start, None, unsure)
    return PlaceTonight(place, age, None, end if end - now < _A_DAY else None, unsure)


def _spans(hours: tuple[Opening, ...], today: date) -> Iterator[tuple[datetime, datetime]]:
    """When it is open around today, those that touch as one, in their order."""
    days = [today + timedelta(days=ahead) for ahead in range(-1, _DAYS_LOOKED_AHEAD + 1)]
    starts = sorted(opening.on(day) for day in days for opening in hours if opening.weekday == day.weekday())
    whole: list[tuple[datetime, datetime]] = []
    for start, end in starts:
        if whole and start <= whole[-1][1]:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((start, end))
    yield from whole


def _night_ends(now: datetime) -> datetime:
    local = now.astimezone(DANISH_TIME)
    day = local.date() if local.time() < NIGHT_ENDS else local.date() + timedelta(days=1)
    return datetime.combine(day, NIGHT_ENDS, DANISH_TIME)
