"""What changes for those who write when one model takes the place of another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scipy.stats import binomtest

from bot.training.models.predictions import Prediction
from bot.training.reporting.topics import Topic, is_right, ours, topics

CHANCE = 0.05


@dataclass(frozen=True)
class Changed:
    """A message that one of the two reads right; what it means, and what each read it as."""

    text: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """The messages that both models have read, held against each other.

    `chance` is how likely so uneven a change would be if the two were equally good: McNemar's exact test (McNemar 1947)
    over the messages that only one of them reads right.
    """

    messages: int
    right_before: int
    right_after: int
    mended: tuple[Changed, ...]
    broken: tuple[Changed, ...]
    topics: tuple[tuple[Topic, Topic], ...]
    chance: float

    def topics_before(self) -> dict[str, float]:
        """The F1 of each topic of the other model."""
        return {before.name: before.f1 for before, _ in self.topics}

    @property
    def words(self) -> str:
        """The same for people."""
        told = (
            f"Of {self.messages} messages that both have read, this model understands {len(self.mended)} "
            f"that the other did not, and no longer understands {len(self.broken)}."
        )
        if not self.mended and not self.broken:
            return f"{told} To those who write nothing changes."
        if self.chance >= CHANCE:
            return f"{told} That may be chance (p = {self.chance:.2f})."
        better = "better" if len(self.mended) > len(self.broken) else "worse"
        return f"{told} It is {better}, and that is hardly chance (p = {self.chance:.2g})."


def difference(before: Iterable[Prediction], after: Iterable[Prediction]) -> Difference:
    """What changes from one to the other; messages are the same that have the same text and mean the same."""
    known = {(one.text, one.label): one for one in ours(before)}
    pairs = [(known[key], one) for one in ours(after) if (key := (one.text, one.label)) in known]
    mended = _changed((first, second) for first, second in pairs if is_right(second) and not is_right(first))
    broken = _changed((first, second) for first, second in pairs if is_right(first) and not is_right(second))
    both = topics(first for first, _ in pairs), topics(second for _, second in pairs)
    return Difference(
        messages=len(pairs),
        right_before=sum(is_right(first) for first, _ in pairs),
        right_after=sum(is_right(second) for _, second in pairs),
        mended=mended,
        broken=broken,
        topics=tuple(_side_by_side(*both)),
        chance=_chance(len(mended), len(broken)),
    )


def _changed(pairs: Iterable[tuple[Prediction, Prediction]]) -> tuple[Changed, ...]:
    return tuple(
        Changed(after.text, after.label or "", before.read or "", after.read or "")
        for before, after in sorted(pairs, key=lambda pair: (pair[1].label or "", pair[1].text))
    )


def _side_by_side(before: Sequence[Topic], after: Sequence[Topic]) -> Iterable[tuple[Topic, Topic]]:
    known = {topic.name: topic for topic in before}
    return ((known[topic.name], topic) for topic in after if topic.name in known)


def _chance(mended: int, broken: int) -> float:
    return float(binomtest(mended, mended + broken).pvalue) if mended + broken else 1.0
