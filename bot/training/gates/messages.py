"""The gate of what a model was measured on: mistakes cannot be mended by leaving out the messages that show them."""

from collections.abc import Sequence

from bot.training.gates.danger import is_danger
from bot.training.gates.verdict import Pair, Record, Verdict
from bot.training.models.predictions import Prediction

GATE = "messages"
MOST_GONE = 10
"""So many of those that the one in service has read may be gone: words are put right, and doubtful messages dropped."""
MOST_DANGERS_GONE = 2


def messages(record: Record, served: Record | None) -> list[Verdict]:
    """Whether what the one in service was measured on is still there, and what is labelled as danger as such."""
    return [_all(record, served), _dangers(record, served)] if served else []


def _all(record: Record, served: Record) -> Verdict:
    gone = _without(served.predictions, record.predictions)
    told = f"{len(gone)} of {len(served.predictions)} that {served.model.name} has read are gone"
    passed = len(gone) <= MOST_GONE
    return Verdict(GATE, passed, f"{told}; {MOST_GONE} are the most", _shown(gone, passed=passed))


def _dangers(record: Record, served: Record) -> Verdict:
    before, now = ([one for one in kept.predictions if is_danger(one)] for kept in (served, record))
    gone = _without(before, now)
    fewer = len(now) < len(before)
    passed = len(gone) <= MOST_DANGERS_GONE and not fewer
    told = f"{len(gone)} of {len(before)} messages of danger are gone, and {len(now)} are held out now"
    needed = f"{told}; {MOST_DANGERS_GONE} may go where others take their place"
    return Verdict(GATE, passed, needed, _shown(gone, passed=passed), overridable=not fewer)


def _without(before: Sequence[Prediction], now: Sequence[Prediction]) -> list[Prediction]:
    known = {one.text for one in now}
    return [one for one in before if one.text not in known]


def _shown(gone: Sequence[Prediction], *, passed: bool) -> tuple[Pair, ...]:
    return () if passed else tuple(Pair(one, one) for one in gone)
