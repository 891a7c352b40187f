"""What the desk is shown of a conversation: the one place that decides it, and every page and stream of it asks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.casework.bookings import Booking, Contact
from bot.casework.consent import Shared, readable
from bot.casework.conversations import Conversation, Danger, Holder, Message
from bot.casework.handovers import Handover
from bot.casework.lowering import Lowering
from bot.casework.notes import Note
from bot.casework.plans import Plan
from bot.casework.readers import READ, READ_CONTACT, READ_IN_DANGER, READ_PLAN
from bot.casework.reports import Report
from bot.casework.signs import NO_SIGNS, Signs
from bot.casework.summary import Facts
from bot.conversation.booking_words import without_words
from bot.conversation.own_conversations import is_held
from bot.conversation.plan_words import without_plan
from bot.conversation.summary import facts_of
from bot.store.people import DeskUser
from bot.store.store import Work


@dataclass(frozen=True)
class Opening:
    """What may be read: `given` by a yes and since when, and `opened`, which holds what danger opens as well.

    `private`: there are messages from before a human was asked for, which are the young person's to share.
    """

    given: dict[Shared, datetime]
    opened: frozenset[Shared]
    private: bool

    def by_danger(self, part: Shared) -> bool:
        """Whether this part may be read only because of danger."""
        return part in self.opened and part not in self.given

    def of(self, messages: Iterable[Message]) -> list[Message]:
        """Those of the messages that may be read."""
        whole = Shared.TRANSCRIPT in self.opened
        return [message for message in messages if whole or message.for_human]


@dataclass(frozen=True)
class Disclosed:
    """A conversation as a caseworker may see it.

    `plan` and `contact` are None when they may not be seen; the contact is for whoever holds the conversation
    alone. `mine`: it is the reader's now. `begins`: a talk in this chat can be begun now. `raised_by` is the
    message that raised it, None when it may not be read or there is no danger, `newest_danger` the number of the last
    that told of any: a number tells no word. `handovers` are notes of who gave
    it away that nobody has taken note of: for whoever holds it, and while it waits for whoever may take it.
    `notes` are those of the caseworkers; None where nothing may be read. `lowered`: each time a human lowered its
    danger, oldest first, and `reports`: that a concern was reported; none where nothing may be read. `facts`: what
    the messages tell that may be read, of all of them; `agreed` are those that said what was agreed on. `signs`: what
    the young person types and has seen, and `unanswered_since` since when they have waited for an answer; for whoever
    holds it alone.
    """

    conversation: Conversation
    messages: list[Message]
    opening: Opening
    contact: Contact | None
    plan: Plan | None
    talk: Booking | None
    begins: bool
    raised_by: Message | None
    newest_danger: int
    notes: Sequence[Note] | None
    lowered: Sequence[Lowering]
    facts: Facts
    agreed: Sequence[Message]
    reports: Sequence[Report]
    mine: bool = False
    handovers: Sequence[Handover] = ()
    signs: Signs = NO_SIGNS
    unanswered_since: datetime | None = None

    @property
    def danger(self) -> Danger:
        """What is told of danger: nothing to who only has the link of a conversation in which nothing may be read."""
        told = self.raised_by or self.conversation.holder is not Holder.BOT
        return self.conversation.danger if told else Danger()

    def reads(self) -> list[str]:
        """The actions of the audit log that say what is read by looking at this."""
        by_danger = self.opening.private and self.opening.by_danger(Shared.TRANSCRIPT)
        chat = [READ_IN_DANGER if by_danger else READ] if self.messages else []
        plan = [READ_PLAN] if self.plan else []
        return chat + plan + ([READ_CONTACT] if self.contact and self.contact.reach else [])


def disclose(work: Work, user: DeskUser, conversation: Conversation, after: int = 0) -> Disclosed:
    """The conversation as this caseworker may see it, with the messages that have a higher number than `after`."""
    given, now = work.consents.of(conversation.id), datetime.now(UTC)
    opening = Opening(given, readable(given, conversation), work.conversations.has_private(conversation.id))
    mine = is_held(conversation, user)
    sees_contact = mine and Shared.CONTACT in opening.opened
    messages = opening.of(work.conversations.after(conversation.id, after))
    raised = work.conversations.raised_by(conversation) if conversation.danger.level else None
    opens = _is_open(work, conversation, opening.opened)
    covered = _covered(work, conversation, [*messages, *opening.of(filter(None, [raised]))])
    return Disclosed(
        conversation=conversation,
        messages=covered[: len(messages)],
        opening=opening,
        contact=work.conversations.contact(conversation.id) if sees_contact else None,
        plan=_plan(work, conversation.id, opening),
        talk=work.bookings.active_of(conversation.id, now),
        begins=conversation.holder is Holder.BOT and work.bookings.chat_talk_of(conversation.id, now) is not None,
        raised_by=next(iter(covered[len(messages) :]), None),
        newest_danger=work.dangers.newest(conversation.id) if conversation.danger.level else 0,
        mine=mine,
        signs=work.signs.of_young(conversation, now) if mine else NO_SIGNS,
        unanswered_since=work.presence.unanswered_since([conversation.id]).get(conversation.id) if mine else None,
        handovers=_handovers(work, conversation) if mine or conversation.holder is Holder.WAITING else (),
        notes=work.notes.of(conversation.id) if opens else None,
        lowered=work.lowerings.of(conversation.id) if opens else (),
        facts=_facts(work, conversation.id, opening),
        agreed=opening.of(work.plans.agreed_in(conversation.id)),
        reports=work.reports.of(conversation.id) if opens else (),
    )


def _handovers(work: Work, conversation: Conversation) -> Sequence[Handover]:
    return work.handovers.of([conversation.id]).get(conversation.id, ())


def _facts(work: Work, conversation: str, opening: Opening) -> Facts:
    whole = {conversation} if Shared.TRANSCRIPT in opening.opened else set()
    return facts_of(work, [conversation], whole)[conversation]


def is_open(work: Work, conversation: Conversation) -> bool:
    """Whether a caseworker may read anything in it, so that they may read and write notes about it."""
    given = work.consents.of(conversation.id)
    return _is_open(work, conversation, readable(given, conversation))


def _is_open(work: Work, conversation: Conversation, opened: frozenset[Shared]) -> bool:
    # A contact alone tells of nothing that was said.
    shared = not opened.isdisjoint({Shared.TRANSCRIPT, Shared.PLAN})
    asked = conversation.holder is not Holder.BOT or work.conversations.has_for_human(conversation.id)
    return shared or asked


def _covered(work: Work, conversation: Conversation, messages: Sequence[Message]) -> list[Message]:
    return without_words(work, conversation.id, without_plan(work, conversation, messages))


def _plan(work: Work, conversation: str, opening: Opening) -> Plan | None:
    # Without a yes it is not even opened.
    plan = work.plans.of(conversation) if Shared.PLAN in opening.opened else Plan()
    return plan if plan.said else None
