"""Another way of talking for a talk that is booked: what it needs, and what the talk then is."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.casework.bookings import Booking, Contact, PhoneMissingError, PlaceMissingError
from bot.casework.free_times import Way

NEEDS: Mapping[Way, str] = MappingProxyType({Way.PHONE: "phone", Way.OUT: "meeting_place"})
"""What whoever books must give for a talk of this way, as the contact calls it."""
_MISSING: Mapping[Way, type[Exception]] = MappingProxyType({Way.PHONE: PhoneMissingError, Way.OUT: PlaceMissingError})


def held_by(booking: Booking, way: Way, place: str, given: Contact) -> Booking:
    """The talk as one of this way, at the municipality's place for it; with what was given of what the way needs.

    What is known of it already needs not be given again. Raises PhoneMissingError or PlaceMissingError.
    """
    contact = booking.contact
    if need := NEEDS.get(way):
        filled = getattr(given, need) or getattr(contact, need)
        if not filled:
            raise _MISSING[way]
        contact = replace(contact, **{need: filled})
    return replace(booking, way=way, place=place, contact=contact.of_way(way))
