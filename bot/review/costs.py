"""What a misreading costs: the dearest and the newest come first."""

import math
from collections.abc import Collection
from datetime import date

from bot.casework.misread import Found, Reason

COSTS = {
    Reason.DISAGREES: 8.0,
    Reason.SAID_SO: 5.0,
    Reason.WANTED_HUMAN: 5.0,
    Reason.ASKED_AGAIN: 3.0,
    Reason.LEFT: 2.0,
    Reason.UNSURE: 2.0,
    Reason.SAMPLE: 1.0,
}
"""A danger that may be overheard costs more than an answer that somebody had to ask for twice."""
HALVED_AFTER = 7
"""Days after which a message counts half: what was misread last week is likely to be misread this one."""


def cost(reasons: Collection[Reason]) -> float:
    """What these reasons weigh together."""
    return sum(COSTS[reason] for reason in set(reasons))


def weight(messages: Collection[Found], today: date) -> float:
    """What a group weighs today. Never more with fewer messages, nor with older ones."""
    return sum(cost(one.reasons) / math.pow(2, max(0, (today - one.day).days) / HALVED_AFTER) for one in messages)
