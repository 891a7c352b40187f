"""One agent's times, and the doors by which a talk comes into one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from bot.casework.arranging import book, hold, move
from bot.casework.bookings import Booking, Wish
from bot.casework.free_times import Way
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.the_tests import THE_TESTS


@dataclass(frozen=True)
class Diary:
    """A town with one agent at one moment; `elsewhere` is a free time far from those a test is about."""

    store: Store
    town: Municipality
    now: datetime
    conversation: str
    elsewhere: datetime

    def book(self, starts_at: datetime, way: Way = Way.OFFICE) -> Booking:
        with self.store.write(THE_TESTS) as work:
            return book(work, self._wish(starts_at, way), self.town.rules, self.now)

    def hold(self, starts_at: datetime) -> None:
        with self.store.write(THE_TESTS) as work:
            hold(work, self._wish(starts_at, Way.OFFICE, self.conversation), self.town.rules, self.now)

    def move_there(self, starts_at: datetime) -> None:
        talk = self.book(self.elsewhere)
        with self.store.write(THE_TESTS) as work:
            move(work, talk, starts_at, self.town.rules, self.now)

    def _wish(self, starts_at: datetime, way: Way, conversation: str | None = None) -> Wish:
        return Wish(str(uuid4()), self.town.slug, starts_at, way, "", conversation)


DOORS: dict[str, Callable[[Diary, datetime], object]] = {
    "book": Diary.book,
    "hold": Diary.hold,
    "move": Diary.move_there,
}
