"""What is said to a message: the dialogue model's words, or reviewed ones where they matter or it has none."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from bot.casework.bookings import Contact
from bot.casework.conversations import Conversation, Danger, Draft, Holder, Kind, Message
from bot.casework.handoffs import ask_for_human, asks_for_human
from bot.casework.meanings import CRISIS
from bot.conversation.anonymity import with_anonymity
from bot.conversation.check_ins import (
    CHECK_IN,
    affirmed,
    check_in,
    checks_in,
    denied,
    is_about_another,
    is_beside,
    with_check_in,
)
from bot.conversation.consent_words import HANDED_OVER, with_question
from bot.conversation.contacts import keep_for_human
from bot.conversation.danger import danger_draft, presence_of, raised
from bot.conversation.dialogue import Said, Turn
from bot.conversation.hidden import with_told
from bot.conversation.kept_forms import with_form_again
from bot.conversation.safe import SAYS_SAFE, ease_after
from bot.conversation.sentences import tongue_in
from bot.conversation.talk_news import untold_bookings
from bot.conversation.wording import from_booking, from_plan_card, from_reply, from_said
from bot.municipality.towns import Municipality
from bot.safety.levels import DangerLevel
from bot.safety.replies import Replies, Reply
from bot.safety.replies_by_tongue import RepliesByTongue
from bot.safety.screen import Assessment
from bot.store.store import Work

HANDOFF = "handoff_request"


class Answers:
    """Turns what the dialogue model said, or its silence, into messages. Lives as long as the web process."""

    def __init__(self, replies: RepliesByTongue, municipalities: Mapping[str, Municipality], booking_page: str) -> None:
        self._replies = replies
        self._municipalities = municipalities
        self._booking_page = booking_page

    def drafts(
        self,
        work: Work,
        conversation: Conversation,
        message: Message,
        turn: Turn | None,
        given: Contact | None = None,
    ) -> list[Draft]:
        """At least one message; `turn` is None when the dialogue server did not answer.

        A human is called, and danger raised or eased, in the same work. What was `given` in the message to reach its
        writer is kept if a human is called.
        """
        safe = SAYS_SAFE in message.data
        turn = _without_check_in(turn) if safe else turn
        careful = bool(level_of(message)) or safe or checks_in(turn)
        answer = self._answered(work, conversation, message, turn)
        if given:
            keep_for_human(work, conversation.id, given)
        answer = with_question(work, conversation, answer)
        answer = with_told(work, conversation, message, answer, careful=careful)
        answer = with_anonymity(work, conversation, message, answer, careful=careful)
        ease_after(work, message)
        answer = with_form_again(work, conversation, message, turn, answer)
        return [*answer, *untold_bookings(work, conversation, answer)]

    def _answered(self, work: Work, conversation: Conversation, message: Message, turn: Turn | None) -> list[Draft]:
        """What is said to the message itself."""
        if danger := denied(work, conversation, message, turn):
            return [self._danger(work, conversation, message, danger)]
        kinds = tuple(kinds_of(message)) or ((turn.intent.removeprefix(CRISIS),) if turn else ())
        answer = [self._draft(work, conversation, message, said, kinds) for said in turn.said] if turn else []
        if _wants_human(message, turn) and not _handed_over(turn):
            fresh = ask_for_human(work.queue, conversation.id, datetime.now(UTC), message.sequence)
            answer = [_handed(self._reply(conversation, Replies.human_called), fresh=fresh)]
        own = [draft for draft in answer if not is_beside(draft, turn)]
        if level_of(message) and not checks_in(turn):
            answer = with_check_in(work, message, conversation, kinds, self._replies, own)
        if SAYS_SAFE in message.data and not any(draft.kind is Kind.DANGER for draft in answer):
            answer = [self._safe(conversation), *own]
        return answer or [self._without_model(work, conversation, message, turn)]

    def _draft(
        self, work: Work, conversation: Conversation, message: Message, said: Said, kinds: tuple[str, ...]
    ) -> Draft:
        """What was said as a message."""
        match said.custom.get("kind"):
            case "booking":
                booking = work.bookings.by_id(said.custom["booking"])
                return from_booking(booking, said.text, said.tongue, said.buttons) if booking else from_said(said)
            case "plan":
                return from_plan_card(said)
            case "handoff":  # HANDED_OVER
                return _handed(from_said(said), fresh=bool(said.custom.get("fresh")))
            case "check_in":  # CHECK_IN, which a pattern would take for a name
                if not level_of(message):
                    raised(work, conversation, Danger(1, kinds), message.sequence)
                another = _is_about_another(said)
                return check_in(work, message, conversation, kinds, self._replies, about_another=another)
            case "danger":
                level, found = DangerLevel(said.custom["level"]), tuple(said.custom["kinds"])
                another = _is_about_another(said) or is_about_another(message, conversation)
                assessment = Assessment(level, found, about_another=another)
                return self._danger(work, conversation, message, assessment)
            case _:
                return from_said(said)

    def _without_model(self, work: Work, conversation: Conversation, message: Message, turn: Turn | None) -> Draft:
        if affirmed(work, conversation, message, turn):
            return self._reply(conversation, Replies.well)
        return self._reply(conversation, lambda said: said.without_model(self._booking_page))

    def _danger(self, work: Work, conversation: Conversation, message: Message, assessment: Assessment) -> Draft:
        town = self._municipalities[conversation.municipality]
        return danger_draft(work, conversation, assessment, town, self._replies, message)

    def _safe(self, conversation: Conversation) -> Draft:
        town = self._municipalities[conversation.municipality]
        waits = conversation.holder is not Holder.BOT
        presence = presence_of(conversation, town, datetime.now(UTC)) if waits else None
        return self._reply(conversation, lambda said: said.safe(town.name, presence))

    def _reply(self, conversation: Conversation, said: Callable[[Replies], Reply]) -> Draft:
        tongue = tongue_in(conversation)
        return from_reply(self._replies.say(tongue, said), tongue)


def _handed(draft: Draft, *, fresh: bool) -> Draft:
    return replace(draft, data=draft.data | {HANDED_OVER: True}) if fresh else draft


def _is_about_another(said: Said) -> bool:
    return bool(said.custom.get("about_another"))


def _without_check_in(turn: Turn | None) -> Turn | None:
    """The same, but nobody who has just said that they are safe is asked how they are."""
    if turn is None:
        return None
    return replace(turn, said=tuple(said for said in turn.said if said.custom.get("kind") != CHECK_IN))


def level_of(message: Message) -> int:
    """The danger level of a message of the young person."""
    level: int = message.data.get("danger", {}).get("level", 0)
    return level


def kinds_of(message: Message) -> list[str]:
    """The kinds of danger a message of the young person tells of."""
    kinds: list[str] = message.data.get("danger", {}).get("kinds", [])
    return kinds


def _wants_human(message: Message, turn: Turn | None) -> bool:
    """Whether a human was asked for; without the model only the button and the word itself tell."""
    if turn:
        return turn.sure and turn.intent == HANDOFF
    return message.payload == f"/{HANDOFF}" or asks_for_human(message.text)


def _handed_over(turn: Turn | None) -> bool:
    """Whether the action that brings a human ran; it cannot while the actions are down."""
    return turn is not None and any(said.custom.get("kind") == HANDED_OVER for said in turn.said)
