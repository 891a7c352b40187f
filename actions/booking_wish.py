"""The talk that somebody is choosing in the form, as casework asks for it."""

from datetime import datetime
from uuid import uuid4

from actions.booking_slots import BookingState
from bot.casework.bookings import About, Wish
from bot.municipality.towns import Municipality
from bot.store.store import Work


def wish_of(work: Work, conversation: str, state: BookingState, time: datetime, town: Municipality) -> Wish:
    """A wish for this time, with how to reach whoever books and what goes along."""
    return Wish(
        id=str(uuid4()),
        municipality=town.slug,
        starts_at=time,
        way=state.way,
        place=town.places[state.way],
        conversation=conversation,
        contact=work.conversations.contact(conversation),
        about=state.about or About.YOUNG,
        along=state.along,
        chosen=state.agent,
    )
