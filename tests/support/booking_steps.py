"""A calendar in memory, and what an answer does to a booking on it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

from actions.booking_answer import BookingAnswer
from actions.booking_slots import BookingState
from actions.booking_steps import Step, step
from bot.casework.bookings import About
from bot.casework.free_times import Way

# A Wednesday, a Thursday and a Friday in Danish winter time: 9.00, 10.00 and 11.00 each.
DAYS = (date(2026, 12, 2), date(2026, 12, 3), date(2026, 12, 4))
FREE = [datetime.combine(day, time(hour), UTC) for day in DAYS for hour in (8, 9, 10)]
WEDNESDAY_9, THURSDAY_10, FRIDAY_10 = FREE[0], FREE[4], FREE[7]


class Board:
    """A calendar: every way has the same times but those it lacks."""

    def __init__(
        self,
        *,
        phone_known: bool = False,
        place_known: bool = False,
        lacks: Sequence[datetime] = (),
        moves: datetime | None = None,
    ) -> None:
        self.known = {Way.PHONE: phone_known, Way.OUT: place_known}
        self.lacks, self.moves = lacks, moves

    def free(self, way: Way) -> Sequence[datetime]:
        return [moment for moment in FREE if way is not Way.PHONE or moment not in self.lacks]

    def has_what_it_needs(self, way: Way) -> bool:
        return self.known.get(way, True)

    def moved_from(self) -> datetime | None:
        return self.moves


NOTHING = BookingState(None, Way.OFFICE, None, None, 0, (), None)
YOUNG = replace(NOTHING, about=About.YOUNG)
OFFERED = replace(YOUNG, asks="booking_time", offered=tuple(FREE[:4]))
CONFIRMING = replace(YOUNG, asks="booking_confirmed", time=THURSDAY_10)
AT_PHONE = replace(YOUNG, asks="booking_contact", way=Way.PHONE, time=THURSDAY_10)


def does(state: BookingState, intent: str, board: Board | None = None, **said: object) -> Step:
    done = step(state, BookingAnswer(intent, **said), board or Board())
    assert done is not None
    return done
