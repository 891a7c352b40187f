"""A booking in the words of the plain pages."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.casework.along import Along
from bot.casework.bookings import GIVEN_UP, OPEN, About, Booking, BookingStatus
from bot.casework.free_times import Way
from bot.conversation.along_words import in_words
from bot.language.danish import spoken_time

WAYS = {
    Way.OFFICE: "Vi mødes",
    Way.PHONE: "Vi ringer til dig",
    Way.CHAT: "Vi skriver i chatten",
    Way.OUT: "Vi mødes et andet sted",
}

ABOUT = {
    About.YOUNG: "Til mig selv",
    About.WITH_HELPER: "Til en ung og mig. Den unge er med og har sagt ja",
    About.WORRY: "Til mig. Jeg er bekymret for en ung",
}


@dataclass(frozen=True)
class BookingView:
    """What a page shows of a booking. `open` means that it can be moved and cancelled.

    `in_calendars` means that there is a file for a calendar of it: the time, or that it is off, whoever said so.
    `called_off`: it cannot be held, and waits to be moved. `missed`: whose it is did not come. `whom` is what who holds
    it is called, empty where that is not shown. `in_chat`: it is held in the chat and is not over; `booked_in_chat`:
    there is a chat it was booked in, where a caseworker begins it.
    """

    time: str
    minutes: int
    way: Way
    way_title: str
    place: str
    words: str
    cancelled: bool
    called_off: bool
    missed: bool
    open: bool
    in_calendars: bool
    about: About
    along: Along
    along_words: str
    whom: str
    in_chat: bool
    booked_in_chat: bool


def view_of(booking: Booking, whom: str = "") -> BookingView:
    """The booking as whoever made it sees it."""
    now = datetime.now(UTC)
    return BookingView(
        time=spoken_time(booking.starts_at).replace("kl. ", "kl.\N{NO-BREAK SPACE}"),
        minutes=int((booking.ends_at - booking.starts_at).total_seconds()) // 60,
        way=booking.way,
        way_title=WAYS[booking.way],
        place=booking.where,
        words=booking.code.replace("-", " "),
        cancelled=booking.status is BookingStatus.CANCELLED,
        called_off=booking.status is BookingStatus.CALLED_OFF,
        missed=booking.status is BookingStatus.MISSED,
        open=booking.status in OPEN and not booking.has_begun(now),
        in_calendars=booking.status in (BookingStatus.ACTIVE, *GIVEN_UP) and booking.starts_at > now,
        about=booking.about,
        along=booking.along,
        along_words=in_words(booking.along),
        whom=whom,
        in_chat=booking.way is Way.CHAT and booking.status is BookingStatus.ACTIVE and booking.ends_at > now,
        booked_in_chat=booking.conversation is not None,
    )
