"""When a conversation's level falls because the young person is safe: by one step, and never to nothing."""

from datetime import datetime, timedelta

from bot.casework.conversations import Conversation, Danger

CLEAR, ACUTE = 2, 3
# What is within somebody, or within their body, is not over because they are somewhere else.
OF_THE_BODY = frozenset({"suicide", "self_harm", "substance"})
SHORT_QUIET = timedelta(minutes=10)
LONG_QUIET = timedelta(minutes=30)


def may_fall(danger: Danger) -> bool:
    """Whether the level may fall without a human at all."""
    return danger.level == CLEAR or (danger.level == ACUTE and OF_THE_BODY.isdisjoint(danger.kinds))


def falls(conversation: Conversation, now: datetime, *, calm_message: bool) -> bool:
    """Whether the level falls now. `calm_message`: a message without danger came after they said that they are safe."""
    said, danger = conversation.safe_said_at, conversation.danger
    if said is None or conversation.eased_at is not None or not may_fall(danger):
        return False
    if danger.level == CLEAR and OF_THE_BODY.isdisjoint(danger.kinds):
        return calm_message or now - said >= SHORT_QUIET
    return now - said >= LONG_QUIET
