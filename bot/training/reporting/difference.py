"""What changes for those who write when one model takes the place of another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.training.gates.paired import SIGNIFICANT, likely_by_chance
from bot.training.gates.verdict import Pair, ours, shared
from bot.training.models.predictions import Prediction
from bot.training.reporting.topics import f1_of_topics


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

    `topics_before` is the macro F1 of each topic of the other model. `chance` is how likely so uneven a change, for
    better or worse, would be if the two were equally good: McNemar's exact test over what only one of them reads right.
    """

    messages: int
    right_before: int
    right_after: int
    mended: tuple[Changed, ...]
    broken: tuple[Changed, ...]
    topics_before: Mapping[str, float]
    chance: float

    @property
    def words(self) -> str:
        """The same for people."""
        told = (
            f"Of {self.messages} messages that both have read, this model understands {len(self.mended)} "
            f"that the other did not, and no longer understands {len(self.broken)}."
        )
        if not self.mended and not self.broken:
            return f"{told} To those who write nothing changes."
        if self.chance >= SIGNIFICANT:
            return f"{told} That may be chance (p = {self.chance:.2f})."
        better = "better" if len(self.mended) > len(self.broken) else "worse"
        return f"{told} It is {better}, and that is hardly chance (p = {self.chance:.2g})."


def difference(before: Sequence[Prediction], after: Sequence[Prediction]) -> Difference:
    """What changes from one to the other, over what both have read, by the labels of the later, as for the gates."""
    pairs = ours(shared(before, after))
    mended = _changed(pair for pair in pairs if pair.right(pair.now) and not pair.right(pair.before))
    broken = _changed(pair for pair in pairs if pair.right(pair.before) and not pair.right(pair.now))
    return Difference(
        messages=len(pairs),
        right_before=sum(pair.right(pair.before) for pair in pairs),
        right_after=sum(pair.right(pair.now) for pair in pairs),
        mended=mended,
        broken=broken,
        topics_before={name: f1 for name, (f1, _) in f1_of_topics(pairs).items()},
        chance=_chance(len(mended), len(broken)),
    )


def _changed(pairs: Iterable[Pair]) -> tuple[Changed, ...]:
    return tuple(
        Changed(pair.now.text, pair.label or "", pair.before.read or "", pair.now.read or "")
        for pair in sorted(pairs, key=lambda pair: (pair.label or "", pair.now.text))
    )


def _chance(mended: int, broken: int) -> float:
    """Two-sided, unlike the gates: the page tells of better and of worse."""
    return min(1.0, 2 * likely_by_chance(max(mended, broken), min(mended, broken)))
