"""From what the dialogue model or the reviewed replies say to messages for the chat."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.casework.bookings import Booking
from bot.casework.conversations import Button, Draft, Kind, Message, Sender
from bot.conversation.dialogue import Said
from bot.knowledge.facts import sources_for
from bot.language.tongue import Tongue
from bot.safety.replies import Reply

PLAN = "plan"
"""The key in a message's `data` of a plan that is shown."""


def from_reply(reply: Reply, tongue: Tongue = Tongue.DANISH) -> Draft:
    """A reviewed reply, said in that language, as a message of the bot."""
    return Draft(
        Sender.BOT,
        reply.text,
        buttons=_buttons(reply.buttons),
        sources=_sources(reply.facts),
        data=spoken(tongue),
    )


def from_said(said: Said) -> Draft:
    """What the dialogue model says as a message of the bot; a form asks in `data["fields"]`."""
    fields = said.custom.get("fields")
    return Draft(
        Sender.BOT,
        said.text,
        kind=Kind.FORM if fields else Kind.TEXT,
        buttons=_buttons(said.buttons),
        sources=_sources(said.facts),
        data=({"fields": fields} if fields else {}) | spoken(said.tongue),
    )


def from_plan_card(said: Said) -> Draft:
    """The place where a plan is shown: its words are added when the young person reads it, and stored nowhere else."""
    return replace(from_said(said), data={PLAN: {}} | spoken(said.tongue))


def from_booking(
    booking: Booking, text: str, tongue: Tongue = Tongue.DANISH, buttons: tuple[tuple[str, str], ...] = ()
) -> Draft:
    """A booking that was made, moved or cancelled, as it is now; its words are added when the young person reads it."""
    data = booking_data(booking) | {"booking": booking.id, "about": booking.about.value} | spoken(tongue)
    return Draft(Sender.BOT, text, kind=Kind.BOOKING, buttons=_buttons(buttons), data=data)


def booking_data(booking: Booking) -> dict[str, Any]:
    """What may change of a booking, as the chat API shows it."""
    return {
        "starts_at": booking.starts_at.isoformat(),
        "ends_at": booking.ends_at.isoformat(),
        "way": booking.way.value,
        "place": booking.place,
        "status": booking.status.value,
    }


def spoken(tongue: Tongue) -> dict[str, Any]:
    """What a message's `data` says of its language: nothing for Danish, "other" for English followed by Danish."""
    return {} if tongue is Tongue.DANISH else {"language": tongue.value}


def tongue_of_message(message: Message) -> Tongue:
    """The language that a message is said in, and one of the young person is answered in."""
    return Tongue(message.data.get("language", Tongue.DANISH))


def _buttons(named: Iterable[tuple[str, str]]) -> tuple[Button, ...]:
    return tuple(Button(title, payload) for title, payload in named)


def _sources(facts: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    return tuple({"title": source.title, "url": source.url, "checked": source.checked} for source in sources_for(facts))
