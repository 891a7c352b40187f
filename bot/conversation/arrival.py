"""What happens when a message arrives: screened, masked, stored, and in danger answered at once."""

import re
from dataclasses import dataclass, replace

from bot.casework.bookings import Contact
from bot.casework.conversations import Conversation, Danger, Draft, Holder, Message, Sender
from bot.conversation.contacts import keep_contact
from bot.conversation.danger import danger_draft
from bot.municipality.towns import Municipality
from bot.privacy.mask import Masked, mask
from bot.safety.replies import Replies
from bot.safety.screen import Assessment, DangerLevel, Screen
from bot.store.store import Work

# Behind the kind, whether a helper pressed it for somebody else.
CRISIS_PAYLOAD = re.compile(r'/crisis_(?P<kind>\w+)(?P<another>\{"role": "helper"\})?')
# The questions to which a typed number is kept as a contact detail, by the slots of the booking form: the one that asks
# for it, and the last one, at which a wrong number is put right.
CONTACT_QUESTIONS = frozenset({"booking_contact", "booking_confirmed"})


class PayloadNotOfferedError(Exception):
    """A button's payload that was never shown in this conversation."""


@dataclass(frozen=True)
class Arrival:
    """A message as it came in: typed words, or the payload of a button."""

    client_id: str
    text: str | None = None
    payload: str | None = None


@dataclass(frozen=True)
class Received:
    """What became of it. `fresh` is False for one that had arrived before."""

    message: Message
    conversation: Conversation
    fresh: bool


class Reception:
    """Takes messages in. Works without the dialogue server: whoever is in danger is answered from here."""

    def __init__(self, screen: Screen, replies: Replies) -> None:
        self._screen = screen
        self._replies = replies

    def receive(self, work: Work, conversation_id: str, arrival: Arrival, municipality: Municipality) -> Received:
        """Stores the message, and with it the answer when it tells of danger, in one transaction.

        Raises ConversationNotFoundError, PayloadNotOfferedError.
        """
        conversation = work.conversations.lock(conversation_id)
        known = work.conversations.by_client_id(conversation_id, arrival.client_id)
        if known:
            return Received(known, conversation, fresh=False)
        masked = mask(arrival.text or self._title(work, conversation_id, arrival))
        assessment = self._assess(arrival)
        if (masked.phone or masked.email) and _asked_how_to_be_reached(conversation):
            keep_contact(work, conversation, Contact(phone=masked.phone, email=masked.email))
        draft = _draft(arrival, masked, assessment, conversation)
        [stored] = work.conversations.append(conversation, [draft])
        if assessment.level >= DangerLevel.CLEAR:
            answer = danger_draft(work, conversation, assessment, municipality, self._replies)
            work.conversations.append(conversation, [replace(answer, final=True, reply_to=stored.sequence)])
        elif assessment.level:
            work.conversations.raise_danger(conversation, Danger(int(assessment.level), assessment.kinds))
        return Received(stored, conversation, fresh=True)

    def _title(self, work: Work, conversation: str, arrival: Arrival) -> str:
        button = work.conversations.offered(conversation, arrival.payload or "")
        if button is None:
            raise PayloadNotOfferedError
        return button.title

    def _assess(self, arrival: Arrival) -> Assessment:
        if pressed := CRISIS_PAYLOAD.fullmatch(arrival.payload or ""):
            return Assessment(DangerLevel.CLEAR, (pressed["kind"],), (), about_another=bool(pressed["another"]))
        return self._screen.assess(arrival.text or "")


def _asked_how_to_be_reached(conversation: Conversation) -> bool:
    """Whether a number is meant for us: by the form's question, or by a human who was asked for or is there."""
    return conversation.asks in CONTACT_QUESTIONS or conversation.holder is not Holder.BOT


def _draft(arrival: Arrival, masked: Masked, assessment: Assessment, conversation: Conversation) -> Draft:
    level = int(assessment.level)
    answered_here = level >= DangerLevel.CLEAR or conversation.holder is Holder.HUMAN
    return Draft(
        Sender.YOUNG,
        masked.text,
        data={"danger": {"level": level, "kinds": list(assessment.kinds)}} if level else {},
        client_id=arrival.client_id,
        payload=arrival.payload,
        answered=answered_here,
    )
