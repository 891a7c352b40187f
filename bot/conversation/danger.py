"""What happens at once when somebody is in danger: the level is raised, a human is called, help is shown."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.casework.conversations import Conversation, Danger, Draft, Holder, Kind
from bot.casework.handoffs import ask_for_human
from bot.conversation.sentences import tongue_in
from bot.conversation.wording import from_reply
from bot.municipality.towns import Municipality
from bot.safety.replies import Presence
from bot.safety.replies_by_tongue import RepliesByTongue
from bot.safety.screen import Assessment
from bot.store.store import Work


def _presence(conversation: Conversation, municipality: Municipality, now: datetime) -> Presence:
    if conversation.holder is Holder.HUMAN:
        return Presence.HERE
    return Presence.STAFFED if municipality.staffed_at(now) else Presence.AWAY


def danger_draft(
    work: Work, conversation: Conversation, assessment: Assessment, municipality: Municipality, replies: RepliesByTongue
) -> Draft:
    """The danger message to an assessment of level 2 or 3; raises the conversation and puts it in the queue."""
    now = datetime.now(UTC)
    work.conversations.raise_danger(conversation, Danger(int(assessment.level), assessment.kinds))
    ask_for_human(work.queue, conversation.id, now)
    tongue, presence = tongue_in(conversation), _presence(conversation, municipality, now)
    reply = replies.say(
        tongue, lambda said: said.danger(assessment, municipality_name=municipality.name, presence=presence)
    )
    draft = from_reply(reply, tongue)
    data = draft.data | {"level": int(assessment.level), "kinds": list(assessment.kinds)}
    return replace(draft, kind=Kind.DANGER, data=data)
