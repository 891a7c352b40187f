"""What happens at once when somebody is in danger: the level is raised, a human is called, help is shown."""

import logging
from dataclasses import replace
from datetime import UTC, datetime

from bot.casework.conversations import Conversation, Danger, Draft, Holder, Kind, Message
from bot.casework.dangers import Shown
from bot.casework.handoffs import ask_for_human
from bot.conversation.ages import age_group_in_danger
from bot.conversation.sentences import tongue_in
from bot.conversation.wording import from_reply
from bot.municipality.towns import Municipality
from bot.safety.replies import Presence
from bot.safety.replies_by_tongue import RepliesByTongue
from bot.safety.screen import Assessment
from bot.store.store import Work

# What can be gone on with after a danger: the first part of the names of a form's questions.
FORMS = ("booking", "plan")

log = logging.getLogger(__name__)


def presence_of(conversation: Conversation, municipality: Municipality, now: datetime) -> Presence:
    """Whether a human can answer in this conversation now."""
    if conversation.holder is Holder.HUMAN:
        return Presence.HERE
    return Presence.STAFFED if municipality.staffed_at(now) else Presence.AWAY


def raised(work: Work, conversation: Conversation, danger: Danger, sequence: int) -> None:
    """Raises the conversation and keeps that the message of this number told of danger."""
    work.conversations.raise_danger(conversation, danger)
    if form := next((form for form in FORMS if (conversation.asks or "").startswith(f"{form}_")), None):
        work.conversations.keep_form(conversation.id, form)
    work.dangers.add(conversation, danger, sequence)


def checked_in(
    work: Work, conversation: Conversation, sequence: int, draft: Draft, *, about_another: bool = False
) -> None:
    """Keeps for review that this message was answered by a check-in."""
    shown = Shown("check_in", tongue_in(conversation).value, draft.text, (), about_another)
    work.dangers.show(conversation.id, sequence, shown)


def danger_draft(
    work: Work,
    conversation: Conversation,
    assessment: Assessment,
    municipality: Municipality,
    replies: RepliesByTongue,
    message: Message,
) -> Draft:
    """The danger message to an assessment of level 2 or 3 of this message.

    Raises the conversation, puts it in the queue and, outside staffed hours, has who is on call told.
    """
    now = datetime.now(UTC)
    raised(work, conversation, Danger(int(assessment.level), assessment.kinds), message.sequence)
    ask_for_human(work.queue, conversation.id, now, message.sequence)
    tongue, presence = tongue_in(conversation), presence_of(conversation, municipality, now)
    call_who_is_on_call(work, conversation, int(assessment.level), municipality, now)
    age_group = age_group_in_danger(work, conversation, message, about_another=assessment.about_another)
    reply = replies.say(
        tongue,
        lambda said: said.danger(
            assessment,
            municipality_name=municipality.name,
            presence=presence,
            age_group=age_group,
            places=municipality.places_tonight(age_group, now),
        ),
    )
    name = f"{assessment.level.name.lower()}/{assessment.kinds[0]}"
    shown = Shown(name, tongue.value, reply.text, reply.facts, assessment.about_another, presence.value)
    work.dangers.show(conversation.id, message.sequence, shown)
    draft = from_reply(reply, tongue)
    data = draft.data | {"level": int(assessment.level), "kinds": list(assessment.kinds)}
    return replace(draft, kind=Kind.DANGER, data=data)


def call_who_is_on_call(
    work: Work, conversation: Conversation, level: int, municipality: Municipality, now: datetime
) -> None:
    """Has them told outside staffed hours, also of a conversation that a human holds: they may have gone home."""
    if municipality.staffed_at(now):
        return
    if municipality.on_call:
        work.on_call.ask(conversation, level, now)
    else:
        log.warning("danger outside staffed hours, and %s has no on_call: nobody is told", municipality.slug)
