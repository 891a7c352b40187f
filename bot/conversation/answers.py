"""What is said to a message: the dialogue model's words, or reviewed ones where they matter or it has none."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.casework.conversations import Conversation, Danger, Draft, Kind, Message
from bot.casework.handoffs import ask_for_human
from bot.conversation.danger import danger_draft
from bot.conversation.dialogue import Said, Turn
from bot.conversation.wording import from_booking, from_reply, from_said
from bot.language.danish import spoken_time
from bot.municipality.towns import Municipality
from bot.safety.levels import DangerLevel
from bot.safety.replies import Replies
from bot.safety.screen import Assessment
from bot.store.store import Work

HANDOFF = "handoff_request"
HANDED_OVER = "handoff"
CRISIS = "crisis_"
BOOKED = "Du har en tid {time}. Gem de tre ord. Med dem kan du se, flytte eller aflyse tiden."
# After a check-in these say the same again, or something beside the point.
SAID_BY_CHECK_IN = ("crisis_", "wellbeing_low_mood", "chat_")


class Answers:
    """Turns what the dialogue model said, or its silence, into messages. Lives as long as the web process."""

    def __init__(self, replies: Replies, municipalities: Mapping[str, Municipality], booking_page: str) -> None:
        self._replies = replies
        self._municipalities = municipalities
        self._booking_page = booking_page

    def drafts(self, work: Work, conversation: Conversation, message: Message, turn: Turn | None) -> list[Draft]:
        """At least one message; `turn` is None when the dialogue server did not answer.

        A human is called, and danger raised, in the same work.
        """
        answer = [self._draft(work, conversation, said, turn) for said in turn.said] if turn else []
        if _wants_human(message, turn) and not _handed_over(turn):
            ask_for_human(work.queue, conversation.id, datetime.now(UTC))
            answer = [from_reply(self._replies.human_called())]
        if level_of(message):
            check_in = from_reply(self._replies.check_in(tuple(message.data["danger"]["kinds"])))
            beside = turn is None or not turn.sure or turn.intent.startswith(SAID_BY_CHECK_IN)
            return [check_in] if beside else [check_in, *answer]
        answer = answer or [from_reply(self._replies.without_model(self._booking_page))]
        return [*answer, *_untold_booking(work, conversation, answer)]

    def _draft(self, work: Work, conversation: Conversation, said: Said, turn: Turn) -> Draft:
        match said.custom.get("kind"):
            case "booking":
                booking = work.bookings.by_id(said.custom["booking"])
                return from_booking(booking, said.text) if booking else from_said(said)
            case "check_in":
                kinds = (turn.intent.removeprefix(CRISIS),)
                work.conversations.raise_danger(conversation, Danger(1, kinds))
                return from_reply(self._replies.check_in(kinds))
            case "danger":
                assessment = Assessment(DangerLevel(said.custom["level"]), tuple(said.custom["kinds"]))
                town = self._municipalities[conversation.municipality]
                return danger_draft(work, conversation, assessment, town, self._replies)
            case _:
                return from_said(said)


def _untold_booking(work: Work, conversation: Conversation, answer: list[Draft]) -> list[Draft]:
    """A talk that was booked while its answer got lost on the way, after a crash or a reply that came too late."""
    booking = work.bookings.active_of(conversation.id, datetime.now(UTC))
    if booking is None or any(draft.kind is Kind.BOOKING for draft in answer):
        return []
    if work.conversations.tells_booking(conversation.id, booking.id):
        return []
    return [from_booking(booking, BOOKED.format(time=spoken_time(booking.starts_at)))]


def level_of(message: Message) -> int:
    """The danger level of a message of the young person."""
    level: int = message.data.get("danger", {}).get("level", 0)
    return level


def _wants_human(message: Message, turn: Turn | None) -> bool:
    """Whether a human was asked for; without the model only the button and the word itself tell."""
    if turn:
        return turn.sure and turn.intent == HANDOFF
    return message.payload == f"/{HANDOFF}" or "menneske" in message.text.casefold()


def _handed_over(turn: Turn | None) -> bool:
    """Whether the action that brings a human ran; it cannot while the actions are down."""
    return turn is not None and any(said.custom.get("kind") == HANDED_OVER for said in turn.said)
