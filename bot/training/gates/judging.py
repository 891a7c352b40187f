"""All gates over one model."""

from collections.abc import Sequence

from bot.training.gates.costs import costs
from bot.training.gates.danger import danger
from bot.training.gates.messages import messages
from bot.training.gates.stories import stories
from bot.training.gates.topics import topics
from bot.training.gates.verdict import Measure, Record, Verdict


def judged(
    record: Record, measures: Sequence[Measure], of_danger: Sequence[Measure], served: Record | None
) -> list[Verdict]:
    """What each gate says; `of_danger` are those that hearing danger is held against.

    `served` is what was kept with the one in service, also where that has read too little to be a measure.
    """
    return [
        *danger(record, of_danger),
        *messages(record, served),
        *topics(record, measures),
        stories(record),
        *costs(record, measures),
    ]
