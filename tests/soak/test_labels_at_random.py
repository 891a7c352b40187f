"""A real training on the shipped data in which three labels of ten are drawn at random: the gates keep it out."""

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.training.data import check_all, utterances
from bot.training.gates.verdict import Verdict
from bot.training.progress import unwatched
from bot.training.promotion import RefusedByGatesError, promote
from bot.training.train import train_model
from tests.support.model import copies_of_the_model

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]
BEFORE = "20260101-000000-before"
SPOILT = 0.3
SEED = 7


def spoil(root: Path) -> int:
    """Draws three utterances of ten and gives each the place of another: how many mean something else now.

    Each intent has as many as before, so that no check before the training can see it.
    """
    draws, everything = random.Random(SEED), utterances(root)
    drawn = draws.sample(everything, round(SPOILT * len(everything)))
    places = draws.sample(drawn, len(drawn))
    lines = {file: file.read_text(encoding="utf-8").split("\n") for file in {one.file for one in drawn}}
    # As they stand, with what marks an entity in them.
    written = [lines[one.file][one.line - 1] for one in drawn]
    for place, text in zip(places, written, strict=True):
        lines[place.file][place.line - 1] = text
    for file, own in lines.items():
        file.write_text("\n".join(own), encoding="utf-8")
    return sum(one.intent != place.intent for one, place in zip(drawn, places, strict=True))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    for name in ("bot/domain", "data", "tests/held_out", "tests/tuning", "tests/dialogue"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "config.yml", root)
    return root


def test_three_labels_of_ten_at_random_are_refused(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = copies_of_the_model(checkout.parent / "models", BEFORE)
    before = sorted(one.text for one in utterances(checkout))
    spoilt = spoil(checkout)
    assert sorted(one.text for one in utterances(checkout)) == before
    assert spoilt > 0.28 * len(before)
    check_all(checkout)
    monkeypatch.chdir(checkout.parent)
    model, evaluation = train_model(folder, unwatched, checkout)
    with pytest.raises(RefusedByGatesError) as caught:
        promote(folder, model.name)
    refused = caught.value.judgement.refused
    print(
        f"\n{spoilt} of {len(before)} labels: accuracy {evaluation.figures.accuracy:.1%}; refused:",
        *_told(refused),
        sep="\n  ",
    )
    assert {"danger", "topic crisis", "all topics", "answers", "stories"} <= {verdict.gate for verdict in refused}


def _told(refused: Sequence[Verdict]) -> list[str]:
    return [f"{verdict.gate}: {verdict.told}" for verdict in refused]
