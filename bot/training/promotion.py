"""How a model comes into service: past all gates, or with a reason past those that may be opened. Imports no Rasa."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.training.gates.held_against import Named
from bot.training.gates.judging import judged
from bot.training.gates.verdict import Measure, Verdict
from bot.training.measures import Reread, measures_for, record_of, says_enough
from bot.training.models import history
from bot.training.models.errors import ModelError, PromotionRefusedError
from bot.training.models.fits import code_digest
from bot.training.models.history import How
from bot.training.models.service import current
from bot.training.models.trained import TrainedModel, find


@dataclass(frozen=True)
class Judgement:
    """What the gates say of a model. With `bars_alone`, what is worse than another model is told and not refused."""

    model: Named
    verdicts: tuple[Verdict, ...] = ()
    remarks: tuple[str, ...] = ()
    bars_alone: bool = False

    @property
    def refused(self) -> list[Verdict]:
        return [one for one in self.verdicts if not one.passed and (one.absolute or not self.bars_alone)]

    @property
    def how(self) -> How:
        worse = self.bars_alone and not all(one.passed for one in self.verdicts)
        return How.BY_BARS_ALONE if worse else How.PROMOTED


class RefusedByGatesError(PromotionRefusedError):
    """At least one gate stayed closed."""

    def __init__(self, judgement: Judgement) -> None:
        self.judgement = judgement
        gates = list(dict.fromkeys(one.gate for one in judgement.refused))
        closed = list(dict.fromkeys(one.gate for one in judgement.refused if not one.overridable))
        never = f"; nothing opens {', '.join(closed)}" if closed else ""
        super().__init__(f"{judgement.model.name} is not put into service, refused by: {', '.join(gates)}{never}")


@dataclass(frozen=True)
class Override:
    """Why a model that was refused is put into service all the same; `note` writes that down, by the model's name."""

    reason: str
    note: Callable[[str], None]


def promote(
    folder: Path,
    name: str | None = None,
    *,
    reread: Reread | None = None,
    override: Override | None = None,
    by_itself: bool = False,
) -> Judgement:
    """Puts a model into service, the one trained last unless named.

    `by_itself`: no maintainer has asked for it, so where no model fits this code any is better that is good enough.
    Raises RefusedByGatesError, PromotionRefusedError, ModelError.
    """
    if override and not override.reason.strip():
        raise ModelError("an override needs a reason")
    with history.alone(folder):
        candidate, now = find(folder, name), current(folder)
        if candidate.code != code_digest():
            raise PromotionRefusedError(f"{candidate.name} was trained with other code than this; train again")
        if now and now.name == candidate.name:
            return Judgement(candidate)
        serves = now is not None and now.code == code_digest()
        judgement = _judged(folder, candidate, reread, bars_alone=by_itself and not serves)
        used = opened(judgement, override)
        with history.adding(folder, candidate.name, judgement.how, used.reason.strip() if used else None):
            # Nothing is put into service whose trace could not be kept, and no trace is kept of what could not be.
            if used:
                used.note(candidate.name)
    return judgement


def judge(folder: Path, name: str, *, reread: Reread | None = None) -> Judgement:
    """What `promote` would hear from the gates; changes nothing. Raises ModelError."""
    return _judged(folder, find(folder, name), reread, bars_alone=False)


def compare(folder: Path, first: str, second: str) -> Judgement:
    """What the gates say of the second, held against the first. Raises ModelError."""
    before, now = record_of(find(folder, first)), record_of(find(folder, second))
    measures = [Measure(before, "the first")] if says_enough(before, now) else []
    remarks = () if measures else ("They have read too few messages in common: neither is a measure of the other",)
    return Judgement(now.model, tuple(judged(now, measures, measures, before)), remarks)


def _judged(folder: Path, candidate: TrainedModel, reread: Reread | None, *, bars_alone: bool) -> Judgement:
    record = record_of(candidate)
    measures = measures_for(folder, record, reread)
    verdicts = judged(record, measures.usual, measures.of_danger, measures.served)
    return Judgement(candidate, tuple(verdicts), tuple(measures.remarks), bars_alone)


def opened(judgement: Judgement, override: Override | None) -> Override | None:
    """The override, where it was needed. Raises RefusedByGatesError."""
    if not judgement.refused:
        return None
    if override is None or not all(one.overridable for one in judgement.refused):
        raise RefusedByGatesError(judgement)
    return override
