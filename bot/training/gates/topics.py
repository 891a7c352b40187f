"""The gates of understanding: no topic may be understood worse, nor all, nor less be answered, nor more wrongly."""

from collections.abc import Sequence

from bot.casework.meanings import CRISIS, OUT_OF_SCOPE
from bot.training.gates.paired import SIGNIFICANT, F1Losses, likely_by_chance
from bot.training.gates.verdict import Measure, Pair, Record, Verdict, ours, shared
from bot.training.models.predictions import Prediction

LEAST_F1 = 0.85
"""Macro F1 over all held-out messages; 0.911 when this was set."""
MARGIN = 0.01
MARGIN_OF_TOPIC = 0.03
"""How much may be lost whatever a test says: a topic has few messages, so one of them is more there."""


def topics(record: Record, measures: Sequence[Measure]) -> list[Verdict]:
    """Whether enough is understood, and no less than by others."""
    return [_enough(record), *(verdict for measure in measures for verdict in _no_less(record, measure))]


def good(pair: Pair, read: Prediction) -> bool:
    """Whether what comes of a reading is good: the right answer, or none to what is none of ours."""
    if pair.label is None:
        return not read.sure or read.read == OUT_OF_SCOPE
    return read.sure and pair.right(read)


def surely_wrong(pair: Pair, read: Prediction) -> bool:
    """Whether somebody is answered past the point, and not asked."""
    return read.sure and not good(pair, read)


def _enough(record: Record) -> Verdict:
    own = ours(shared(record.predictions, record.predictions))
    f1 = F1Losses(own).f1("")[1] if own else 0.0
    told = f"macro F1 {f1:.3f} over {len(own)} messages; {LEAST_F1:.2f} is the least"
    return Verdict("all topics", f1 >= LEAST_F1, told, absolute=True)


def _no_less(record: Record, measure: Measure) -> list[Verdict]:
    pairs = shared(measure.record.predictions, record.predictions)
    labelled = ours(pairs)
    if not labelled:
        return []
    losses = F1Losses(labelled)
    each = [_of_topic(losses, labelled, topic, measure) for topic in ("", *losses.topics)]
    return [*each, _answers(pairs, measure), _sure(pairs, measure)]


def _of_topic(losses: F1Losses, pairs: Sequence[Pair], topic: str, measure: Measure) -> Verdict:
    before, now = losses.f1(topic)
    chance = losses.likely_by_chance(topic)
    own = [pair for pair in pairs if (pair.label or "").startswith(topic)]
    lost = tuple(pair for pair in own if pair.right(pair.before) and not pair.right(pair.now))
    passed = before - now <= (MARGIN_OF_TOPIC if topic else MARGIN) or chance >= SIGNIFICANT
    told = f"macro F1 {before:.3f} → {now:.3f} over {len(own)} against {measure.title}; p = {chance:.3f}"
    name = f"topic {topic.removesuffix('_')}" if topic else "all topics"
    return Verdict(name, passed, told, lost, overridable=topic != CRISIS)


def _answers(pairs: Sequence[Pair], measure: Measure) -> Verdict:
    lost = tuple(pair for pair in pairs if good(pair, pair.before) and not good(pair, pair.now))
    won = sum(good(pair, pair.now) and not good(pair, pair.before) for pair in pairs)
    passed, chance = _bearable(len(lost), won, pairs)
    told = f"of {len(pairs)} loses {len(lost)} good answers and wins {won} against {measure.title}; p = {chance:.3f}"
    return Verdict("answers", passed, told, lost)


def _sure(pairs: Sequence[Pair], measure: Measure) -> Verdict:
    """Who asked before and answers wrongly now has lost no good answer: "answers" would not see it."""
    lost = tuple(pair for pair in pairs if surely_wrong(pair, pair.now) and not surely_wrong(pair, pair.before))
    won = sum(surely_wrong(pair, pair.before) and not surely_wrong(pair, pair.now) for pair in pairs)
    passed, chance = _bearable(len(lost), won, pairs)
    told = (
        f"of {len(pairs)} is wrong and sure of {len(lost)} more and {won} less than {measure.title}; p = {chance:.3f}"
    )
    return Verdict("sure", passed, told, lost)


def _bearable(lost: int, won: int, pairs: Sequence[Pair]) -> tuple[bool, float]:
    chance = likely_by_chance(lost, won)
    return lost - won <= MARGIN * len(pairs) or chance >= SIGNIFICANT, chance
