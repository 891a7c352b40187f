"""Hours as a caseworker writes them: "10.00-12.00, 13-15.30"."""

import re
from collections.abc import Iterable
from datetime import time

from bot.casework.free_times import Opening

_STRETCH = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*(?:-|–|til)\s*(\d{1,2})(?:[.:](\d{2}))?")


class UnreadableHoursError(Exception):
    """These are no hours; `text` is what could not be read."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def read_hours(text: str, weekday: int) -> list[Opening]:
    """The stretches of one day; none for an empty text. Raises UnreadableHoursError."""
    parts = [part.strip() for part in re.split(r",|;|\bog\b", text)]
    return [_stretch(part, weekday) for part in parts if part]


def write_hours(hours: Iterable[Opening]) -> str:
    """The same hours as text, as `read_hours` reads it."""
    return ", ".join(f"{hour.start:%H.%M}-{hour.end:%H.%M}" for hour in sorted(hours, key=lambda hour: hour.start))


def _stretch(text: str, weekday: int) -> Opening:
    found = _STRETCH.fullmatch(text.casefold().removeprefix("kl.").removeprefix("kl").strip())
    if not found:
        raise UnreadableHoursError(text)
    first_hour, first_minute, last_hour, last_minute = (int(number or 0) for number in found.groups())
    try:
        return Opening(weekday, time(first_hour, first_minute), time(last_hour, last_minute))
    except ValueError as error:
        raise UnreadableHoursError(text) from error
