"""The gates of what a model costs: its size, and how long a message takes."""

from collections.abc import Sequence

from bot.training.gates.verdict import Measure, Record, Verdict

MOST_SIZE = 1.25
MOST_TIME = 2.5
"""One model was read at 5.9 and at 7.9 times the yardstick on one machine, by what ran beside it alone."""


def costs(record: Record, measures: Sequence[Measure]) -> list[Verdict]:
    """Whether it is not much larger nor slower than others."""
    return [verdict for measure in measures for verdict in (_size(record, measure), _time(record, measure))]


def _size(record: Record, measure: Measure) -> Verdict:
    before, now = measure.record.model.size, record.model.size
    told = f"{before / 1e6:.1f} → {now / 1e6:.1f} MB against {measure.title}; {MOST_SIZE} times is the most"
    return Verdict("size", now <= MOST_SIZE * before, told)


def _time(record: Record, measure: Measure) -> Verdict:
    before, now = measure.record.model.pace, record.model.pace
    told = f"a message takes {before:.1f} → {now:.1f} yardsticks against {measure.title}; {MOST_TIME} times is the most"
    return Verdict("time", now <= MOST_TIME * before, told)
