"""The words of a plan belong to the young person: shown to them, and at the desk only with their yes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from bot.casework.consent import Shared
from bot.casework.conversations import Conversation, Message, Sender
from bot.casework.plans import TITLES, Plan
from bot.conversation.sentences import Sentence
from bot.conversation.wording import PLAN, tongue_of_message
from bot.language.titles import title_in
from bot.language.tongue import Tongue
from bot.store.plans import PLAN_PART
from bot.store.store import Work

# The slot of the plan form, which asks while its question is open.
PLAN_QUESTION = "plan_answer"
COVER = "[Skrevet til den unges egen plan. Det er ikke delt.]"
EMPTY = Sentence("Der står ikke noget i din plan lige nu.", "There is nothing in your plan right now.")


def with_plan(work: Work, conversation: str, messages: Sequence[Message]) -> list[Message]:
    """The messages as the young person sees them: where a plan is shown, it is the plan as it is now."""
    if not any(PLAN in message.data for message in messages):
        return list(messages)
    plan, shared = work.plans.of(conversation), Shared.PLAN in work.consents.of(conversation)
    return [_told(message, plan, shared=shared) if PLAN in message.data else message for message in messages]


def without_plan(work: Work, conversation: Conversation, messages: Iterable[Message]) -> list[Message]:
    """The messages as the desk sees them: what was written for a plan is covered, but for what stands in a shared one.

    So is what may be an answer to the plan's open question; danger was screened before and is never covered.
    """
    seen, asked = list(messages), conversation.asks == PLAN_QUESTION
    if not any(_is_for_plan(one, asked=asked) for one in seen):
        return seen
    plan = work.plans.of(conversation.id)
    shared = set(plan.texts.values()) if Shared.PLAN in work.consents.of(conversation.id) else set()
    return [
        replace(one, text=COVER) if _is_for_plan(one, asked=asked) and one.text.strip() not in shared else one
        for one in seen
    ]


def plan_data(plan: Plan, tongue: Tongue = Tongue.DANISH, *, shared: bool = False) -> dict[str, Any]:
    """A plan as the chat API shows it: its headings in that language, the words as they were written."""
    parts = [{"key": part.value, "title": title_in(tongue, TITLES[part]), "text": text} for part, text in plan.said]
    return {"parts": parts, "shared": shared}


def _told(message: Message, plan: Plan, *, shared: bool) -> Message:
    tongue = tongue_of_message(message)
    told = plan_data(plan, tongue, shared=shared)
    parts = [f"{part['title']}:\n{part['text']}" for part in told["parts"]]
    text = "\n\n".join([message.text, *parts]) if parts else EMPTY.said_in(tongue)
    return replace(message, text=text, data=message.data | {PLAN: told})


def _is_for_plan(message: Message, *, asked: bool) -> bool:
    if message.sender is not Sender.YOUNG or "danger" in message.data:
        return False
    return PLAN_PART in message.data or (asked and not message.answered and message.payload is None)
