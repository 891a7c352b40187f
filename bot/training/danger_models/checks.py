"""What graded messages must hold before anything learns from them: a kind that is not told of is never heard."""

from collections import Counter
from collections.abc import Sequence

from bot.safety.graded import Graded, GradedError
from bot.safety.levels import KINDS

FEWEST_OF_A_KIND = 10


def check_kinds(messages: Sequence[Graded]) -> None:
    """Raises GradedError where too few messages tell of a kind of danger, naming it."""
    counted = Counter(kind for message in messages for kind in message.kinds)
    few = [f"{kind} ({counted[kind]})" for kind in KINDS if counted[kind] < FEWEST_OF_A_KIND]
    if few:
        raise GradedError(f"too few messages to learn from, {FEWEST_OF_A_KIND} are the least: {', '.join(few)}")
