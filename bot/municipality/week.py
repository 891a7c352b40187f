"""Hours of the week as a municipality's file writes them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import time

from bot.casework.free_times import Opening

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
# Python knows the end of a day only as the beginning of the next.
_END_OF_DAY = "24:00"


def stretches(hours: Mapping[str, Sequence[str]]) -> Iterator[Opening]:
    """Each stretch of `mandag: ["09:00-15:00"]` as it is written; it may end at 24:00, which is 00:00.

    Raises ValueError for what is no weekday, no list or no stretch.
    """
    for weekday, written in hours.items():
        if weekday not in WEEKDAYS:
            raise ValueError(f"{weekday!r} is no weekday; write one of {', '.join(WEEKDAYS)}")
        if not isinstance(written, list):
            raise ValueError(f"{weekday}: {written!r} is no list such as ['09:00-15:00']")  # noqa: TRY004 - as all in a file
        for stretch in written:
            yield _opening(weekday, stretch)


def _opening(weekday: str, stretch: str) -> Opening:
    try:
        start, end = (part.strip() for part in stretch.split("-"))
        closes = time() if end == _END_OF_DAY else time.fromisoformat(end)
        return Opening(WEEKDAYS.index(weekday), time.fromisoformat(start), closes)
    except (AttributeError, ValueError) as error:
        raise ValueError(f"{weekday}: {stretch!r} is no stretch such as '09:00-15:00'") from error
