"""Talks as iCalendar (RFC 5545), for the calendar of a young person's phone and for a boligagent's own."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from bot.casework.bookings import GIVEN_UP, Booking
from bot.casework.feeds import Shows
from bot.casework.free_times import Way

# Whoever else looks at the phone, or into the file, learns that there is an appointment and no more.
NEUTRAL = "Aftale"
# For calendars that keep what is cancelled and show no state of it.
CANCELLED = "Aflyst aftale"
WAYS = {
    Way.OFFICE: "Aftale: fremmøde",
    Way.PHONE: "Aftale: telefon",
    Way.CHAT: "Aftale: chat",
    Way.OUT: "Aftale: ude",
}
REFRESHED = timedelta(minutes=15)


def talk_as_calendar(booking: Booking, now: datetime) -> bytes:
    """One talk, to be taken into any calendar; after a move the same file replaces the old time.

    Of a talk that is off, whoever said so, it takes the time out again, or marks it as cancelled where the calendar
    keeps it.
    """
    calendar, is_off = _calendar(), booking.status in GIVEN_UP
    event = _event(booking, CANCELLED if is_off else NEUTRAL, now)
    if is_off:
        event.add("STATUS", "CANCELLED")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def talks_as_calendar(bookings: Sequence[Booking], shows: Shows, now: datetime) -> bytes:
    """Talks of one boligagent, to be subscribed to."""
    calendar = _calendar(**{"X-WR-CALNAME": "Aftaler"})
    calendar.add("REFRESH-INTERVAL", REFRESHED, parameters={"VALUE": "DURATION"})
    # What Outlook reads instead.
    calendar.add("X-PUBLISHED-TTL", "PT15M")
    for booking in bookings:
        event = _event(booking, WAYS[booking.way] if shows is Shows.WAY else NEUTRAL, now)
        if shows is Shows.WAY and booking.way is Way.OFFICE:
            event.add("LOCATION", booking.place)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar(**properties: str) -> Calendar:
    # No METHOD: it makes an invitation of a file, which must then name an organizer (RFC 5546).
    calendar = Calendar()
    for name, value in {"PRODID": "-//Aftale//DA", "VERSION": "2.0", **properties}.items():
        calendar.add(name, value)
    return calendar


def _event(booking: Booking, summary: str, now: datetime) -> Event:
    event = Event()
    # The booking's number opens nothing, and stays the same when the talk is moved.
    event.add("UID", booking.id)
    event.add("SEQUENCE", booking.revision)
    event.add("DTSTAMP", now.astimezone(UTC))
    # In UTC, so that no calendar needs to know when Danish clocks change.
    event.add("DTSTART", booking.starts_at.astimezone(UTC))
    event.add("DTEND", booking.ends_at.astimezone(UTC))
    event.add("SUMMARY", summary)
    return event
