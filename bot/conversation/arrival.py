"""What happens when a message arrives: screened, masked, stored, and in danger answered at once."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.casework.bookings import Contact
from bot.casework.conversations import Conversation, Danger, Draft, Holder, Kind, Message, Sender
from bot.casework.handoffs import ask_for_human
from bot.conversation.wording import from_reply
from bot.municipality.towns import Municipality
from bot.privacy.mask import Masked, mask
from bot.safety.replies import Replies
from bot.safety.screen import Assessment, DangerLevel, Screen
from bot.store.store import Work

CRISIS_PAYLOAD = "/crisis_"
# The one question whose typed answer is kept as a contact detail; the slot of the booking form.
CONTACT_QUESTION = "booking_contact"


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
        if conversation.asks == CONTACT_QUESTION and (masked.phone or masked.email):
            work.conversations.keep_contact(conversation, Contact(phone=masked.phone, email=masked.email))
        stored = self._store(work, conversation, _draft(arrival, masked, assessment, conversation))
        if assessment.level >= DangerLevel.CLEAR:
            self._meet(work, conversation, stored, assessment, municipality)
        return Received(stored, conversation, fresh=True)

    def _title(self, work: Work, conversation: str, arrival: Arrival) -> str:
        button = work.conversations.offered(conversation, arrival.payload or "")
        if button is None:
            raise PayloadNotOfferedError
        return button.title

    def _assess(self, arrival: Arrival) -> Assessment:
        if arrival.payload and arrival.payload.startswith(CRISIS_PAYLOAD):
            return Assessment(DangerLevel.CLEAR, (arrival.payload.removeprefix(CRISIS_PAYLOAD),), ())
        return self._screen.assess(arrival.text or "")

    def _store(self, work: Work, conversation: Conversation, draft: Draft) -> Message:
        danger = Danger(**draft.data["danger"]) if draft.data else Danger()
        if danger.level:
            work.conversations.raise_danger(conversation, danger)
        return work.conversations.append(conversation, [draft])[0]

    def _meet(
        self,
        work: Work,
        conversation: Conversation,
        message: Message,
        assessment: Assessment,
        municipality: Municipality,
    ) -> None:
        now = datetime.now(UTC)
        reply = self._replies.danger(
            assessment, municipality_name=municipality.name, staffed_now=municipality.staffed_at(now)
        )
        data = {"level": int(assessment.level), "kinds": list(assessment.kinds)}
        draft = replace(from_reply(reply), kind=Kind.DANGER, data=data, final=True, reply_to=message.sequence)
        work.conversations.append(conversation, [draft])
        ask_for_human(work.queue, conversation.id, now)


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
