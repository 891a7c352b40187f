"""On which side of eighteen the one in danger is, where it was said for certain. How old they are is never kept."""

import re
from datetime import date
from typing import Any

from bot.casework.ages import AgeGroup
from bot.casework.conversations import Conversation, Message, Writer
from bot.conversation.said_ages import age_group_of_another, may_be_of_minor, own_age_groups, seems_minor
from bot.store.store import Work

MINOR, ADULT = AgeGroup.UNDER_18.value, AgeGroup.ADULT.value
"""The keys in the `data` of a message of the young person who says by it that they are under 18, or not."""
SEEMS_MINOR = "seems_under_18"
"""The key where they say no age but, for one, their class at school: it chooses what is explained, and no lines."""
NUMBER_ALONE = re.compile(r"\W*\d+\W*")


def age_data(text: str, payload: str | None, today: date, asks: str | None = None) -> dict[str, Any]:
    """What a message's `data` says of its writer's age; `asks` is the question of a form that is open, if any."""
    if payload:
        pressed = payload.replace(" ", "")
        return {group.value: True for group in AgeGroup if f'"age_group":"{group.value}"' in pressed}
    # Within a form "16" is an hour or a place in the list.
    if asks and NUMBER_ALONE.fullmatch(text):
        return {}
    if groups := own_age_groups(text, today):
        return {group.value: True for group in groups}
    return {SEEMS_MINOR: True} if seems_minor(text, today) else {}


def age_group_in_danger(
    work: Work, conversation: Conversation, message: Message, *, about_another: bool
) -> AgeGroup | None:
    """That of the one whom this message of danger is about, or None.

    Of another only the message itself tells, for the next may be about somebody else. Of the writer any message so
    far does, unless one says this and one says that.
    """
    if about_another or conversation.writer is Writer.HELPER:
        return age_group_of_another(message.text)
    heard = [group for group in AgeGroup if work.conversations.has_heard(conversation.id, group.value)]
    # Nobody of 15 whom the screen took for the writer may get an adult's lines.
    if len(heard) != 1 or (heard == [AgeGroup.ADULT] and may_be_of_minor(message.text)):
        return None
    return heard[0]
