"""What happens when a message arrives: screened, masked, stored, and in danger answered at once."""

import logging
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.casework.bookings import Contact
from bot.casework.conversations import Conversation, Danger, Draft, Holder, Message, Sender, Writer
from bot.casework.free_times import danish_day
from bot.casework.handoffs import asks_for_human
from bot.conversation.agent_names import NAMES_AGENT, NOBODY, Agents
from bot.conversation.ages import age_data
from bot.conversation.anonymity import anonymity_beside_human
from bot.conversation.check_ins import ABOUT_ANOTHER
from bot.conversation.consent_words import step_of, take_step
from bot.conversation.contacts import keep_contact
from bot.conversation.danger import danger_draft, raised
from bot.conversation.hidden import hidden_data, notice_beside_human
from bot.conversation.how_to_erase import erasing_beside_human
from bot.conversation.reaching import contact_in, expected, is_anothers, is_given
from bot.conversation.safe import SAYS_SAFE, safe_data
from bot.conversation.sentences import tongue_in
from bot.conversation.subjects import DANGER
from bot.conversation.tally import count_message, count_subject
from bot.conversation.typed_words import Opened, answer_to_words
from bot.conversation.wording import spoken
from bot.language.helpers import tells_of_another
from bot.language.tongue import Tongue, tongue_after
from bot.municipality.towns import Municipality
from bot.privacy.mask import Masked, mask
from bot.safety.reader import Meaning, Reader
from bot.safety.replies_by_tongue import RepliesByTongue
from bot.safety.says_safe import shipped_safe_words
from bot.safety.screen import Assessment, DangerLevel, Screen
from bot.store.store import Work

log = logging.getLogger(__name__)

# Behind the kind, whether a helper pressed it for somebody else.
CRISIS_PAYLOAD = re.compile(r'/crisis_(?P<kind>\w+)(?P<another>\{"role": "helper"\})?')

REASONS = "reasons"
"""The key beside a message's danger: the words of it that raised it, as private as the message. None: as a whole."""
_WORD = re.compile(r"\w+")


class PayloadNotOfferedError(Exception):
    """A button's payload that was never shown in this conversation."""


@dataclass(frozen=True)
class Arrival:
    """A message as it came in: typed words, or the payload of a button."""

    client_id: str
    text: str | None = None
    payload: str | None = None


@dataclass(frozen=True)
class Heard:
    """A message as it may be kept and understood, and what the reader makes of it, if it could.

    `judged` is what it makes of the message with its slips mended, for the screen. `opened` is what the three words in
    it have opened, if there are any. `names_agent`: it asks for a talk with an agent by name.
    """

    arrival: Arrival
    masked: Masked
    meaning: Meaning | None = None
    judged: Meaning | None = None
    opened: Opened | None = None
    names_agent: bool = False


@dataclass(frozen=True)
class Received:
    """What became of it. `fresh` is False for one that had arrived before.

    `given` is how its writer can be reached, to be kept only if a human is called by its answer.
    """

    message: Message
    conversation: Conversation
    fresh: bool
    given: Contact | None = None


class Reception:
    """Takes messages in. Works without the dialogue server: whoever is in danger is answered from here."""

    def __init__(self, screen: Screen, replies: RepliesByTongue, reader: Reader) -> None:
        self._screen = screen
        self._safe_words = shipped_safe_words()
        self._replies = replies
        self._reader = reader

    def hear(self, arrival: Arrival, agents: Agents = NOBODY) -> Heard:
        """Masks and reads it, before any transaction is open. `agents` are those it may ask for by name."""
        masked = mask(arrival.text or "", kept=agents.asked_for(arrival.text or ""))
        if not arrival.text:
            return Heard(arrival, masked)
        meaning, mended = self._meaning(masked.text), self._screen.mended(masked.text)
        judged = meaning if mended == masked.text else self._meaning(mended)
        return Heard(arrival, masked, meaning, judged, names_agent=agents.are_wished_for(arrival.text))

    def receive(self, work: Work, conversation_id: str, heard: Heard, municipality: Municipality) -> Received:
        """Stores the message, and with it the answer when it tells of danger, in one transaction.

        Raises ConversationNotFoundError, PayloadNotOfferedError.
        """
        arrival, conversation = heard.arrival, work.conversations.lock(conversation_id)
        known = work.conversations.by_client_id(conversation_id, arrival.client_id)
        if known:
            return Received(known, conversation, fresh=False)
        conversation = _in_their_language(work, conversation, arrival)
        masked = heard.masked if arrival.text else Masked(self._title(work, conversation_id, arrival))
        assessment = self._assess(heard, conversation.danger)
        conversation = _with_writer(work, conversation, arrival, assessment)
        told = self._told(heard, masked, assessment, conversation)
        goes_on = assessment.level or conversation.holder is Holder.HUMAN or asks_for_human(masked.text)
        opened = None if goes_on else heard.opened
        draft = _draft(arrival, masked.text, assessment, conversation, told)
        draft = replace(draft, answered=draft.answered or opened is not None)
        [stored] = work.conversations.append(conversation, [draft])
        count_message(work, conversation, stored)
        if conversation.holder is Holder.HUMAN:
            work.signs.sent(conversation, Sender.YOUNG)
        if SAYS_SAFE in told:
            work.conversations.say_safe(conversation, datetime.now(UTC))
        if step := step_of(arrival.payload):
            work.conversations.append(conversation, [take_step(work, conversation, step, stored)])
        elif assessment.level >= DangerLevel.CLEAR:
            answer = danger_draft(work, conversation, assessment, municipality, self._replies, stored)
            work.conversations.append(conversation, [replace(answer, final=True, reply_to=stored.sequence)])
            count_subject(work, conversation, DANGER, stored.created_at)
        elif assessment.level:
            raised(work, conversation, Danger(int(assessment.level), assessment.kinds), stored.sequence)
            _tell_beside_human(work, conversation, stored, assessment)
        elif opened is not None:
            answer = answer_to_words(conversation, opened)
            work.conversations.append(conversation, [replace(answer, final=True, reply_to=stored.sequence)])
        else:
            _tell_beside_human(work, conversation, stored, assessment)
        return Received(stored, conversation, fresh=True, given=_reached_later(work, conversation, masked, assessment))

    def help_unkept(self, arrival: Arrival) -> str | None:
        """What helps whoever is in danger where their message cannot be stored; None where it tells of no danger."""
        assessment = self._assess(self.hear(arrival), Danger())
        if assessment.level < DangerLevel.CLEAR:
            return None
        tongue = tongue_after(arrival.text or "", Tongue.DANISH)
        return self._replies.say(tongue, lambda said: said.unkept(assessment)).text

    def _title(self, work: Work, conversation: str, arrival: Arrival) -> str:
        button = work.conversations.offered(conversation, arrival.payload or "")
        if button is None:
            raise PayloadNotOfferedError
        return button.title

    def _meaning(self, text: str) -> Meaning | None:
        try:
            return self._reader.read(text)
        except Exception as error:  # noqa: BLE001 - whatever it is, the patterns must still be read
            log.error("a message could not be encoded: %s", type(error).__name__)  # noqa: TRY400 - no texts in logs
            return None

    def _assess(self, heard: Heard, before: Danger) -> Assessment:
        if pressed := CRISIS_PAYLOAD.fullmatch(heard.arrival.payload or ""):
            return Assessment(DangerLevel.CLEAR, (pressed["kind"],), (), about_another=bool(pressed["another"]))
        return self._screen.assess(heard.arrival.text or "", heard.judged, before.kinds)

    def _told(self, heard: Heard, masked: Masked, assessment: Assessment, conversation: Conversation) -> dict[str, Any]:
        """What a message's `data` says."""
        hidden = masked.hidden - expected(masked, conversation, assessment)
        return (
            self._danger_data(assessment, masked)
            | safe_data(self._safe_words, heard.arrival.text, assessment, conversation)
            | hidden_data(hidden)
            | age_data(masked.text, heard.arrival.payload, danish_day(datetime.now(UTC)), conversation.asks)
            | ({NAMES_AGENT: True} if heard.names_agent else {})
        )

    @staticmethod
    def _danger_data(assessment: Assessment, masked: Masked) -> dict[str, Any]:
        """What a message's `data` says of its danger; its reasons are words that are stored, never hidden ones."""
        if not assessment.level:
            return {}
        stored = set(_WORD.findall(masked.text))
        reasons = [one for one in assessment.reasons if not masked.hidden or stored.issuperset(_WORD.findall(one))]
        danger = {"level": int(assessment.level), "kinds": list(assessment.kinds), REASONS: reasons}
        return {"danger": danger | ({ABOUT_ANOTHER: True} if assessment.about_another else {})}


def _in_their_language(work: Work, conversation: Conversation, arrival: Arrival) -> Conversation:
    before = tongue_in(conversation)
    tongue = tongue_after(arrival.text or "", before)
    if tongue is before:
        return conversation
    work.conversations.set_locale(conversation.id, tongue.value)
    return replace(conversation, locale=tongue.value)


def _with_writer(work: Work, conversation: Conversation, arrival: Arrival, assessment: Assessment) -> Conversation:
    """The same, a helper's where danger is told of a young person: the model, which tells it of all else, is not asked.

    Of whoever said who they are it is known already.
    """
    helps = assessment.level >= DangerLevel.CLEAR and assessment.about_another and tells_of_another(arrival.text or "")
    if not helps or conversation.writer:
        return conversation
    work.conversations.set_writer(conversation.id, Writer.HELPER)
    return replace(conversation, writer=Writer.HELPER)


def _tell_beside_human(work: Work, conversation: Conversation, message: Message, assessment: Assessment) -> None:
    # Whoever may fear that somebody reads what they wrote is shown how it goes away, and nothing else.
    told = erasing_beside_human(work, conversation, message)
    if not assessment.level:
        told += notice_beside_human(work, conversation, message) + anonymity_beside_human(work, conversation, message)
    if told:
        work.conversations.append(conversation, told)


def _reached_later(work: Work, before: Conversation, masked: Masked, assessment: Assessment) -> Contact | None:
    """Keeps how the writer can be reached where it is meant for that; else what is to be kept if a human is called."""
    contact = contact_in(masked)
    if contact is None:
        return None
    if not is_given(masked, before, assessment):
        return None if is_anothers(masked.text) else contact
    # As it is now: only the danger in the message may have called the human with whom it is shared.
    keep_contact(work, work.conversations.get(before.id), contact)
    return None


def _draft(
    arrival: Arrival, text: str, assessment: Assessment, conversation: Conversation, told: dict[str, Any]
) -> Draft:
    of_consent = step_of(arrival.payload) is not None
    is_clear = assessment.level >= DangerLevel.CLEAR
    answered_here = is_clear or of_consent or conversation.holder is Holder.HUMAN
    return Draft(
        Sender.YOUNG,
        text,
        data=told | spoken(tongue_in(conversation)),
        client_id=arrival.client_id,
        payload=arrival.payload,
        answered=answered_here,
    )
