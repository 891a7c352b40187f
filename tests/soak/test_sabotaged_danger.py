"""Real learning of danger on messages that somebody spoilt: each is kept out by a gate that no reason opens.

A tenth of the messages each, for all would take ten minutes; the patterns and the tuned layers are those that serve.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.safety.graded import Graded, graded_messages
from bot.safety.levels import DangerLevel
from bot.served import How
from bot.training.danger import learn
from bot.training.danger_models.checks import FEWEST_OF_A_KIND
from bot.training.danger_models.heard import hearing
from bot.training.danger_models.promotion import promote, serving
from bot.training.models.history import add
from bot.training.promotion import Override, RefusedByGatesError
from tests.support.danger_models import put_real

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]
KIND = "sexual_exploitation"


def learnt(folder: Path, name: str, messages: Sequence[Graded]) -> None:
    classifier = learn(messages, name)
    found = hearing(classifier)
    put_real(folder, name, classifier, heard=found.heard, pace=found.pace)


@pytest.fixture(scope="module")
def messages() -> list[Graded]:
    return graded_messages()[::10]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, messages: list[Graded]) -> Iterator[Path]:
    """With one in service that has learnt from what nobody spoilt."""
    folder = tmp_path_factory.mktemp("models") / "danger"
    learnt(folder, "good", messages)
    # A tenth of the messages is too little for the bar of alarms; here it is the measure alone.
    add(folder, "good", How.PROMOTED)
    yield folder
    assert serving(folder).name == "good"


def closed(folder: Path, name: str) -> set[str]:
    """The gates that keep it out and that no reason opens."""
    with pytest.raises(RefusedByGatesError) as caught:
        promote(folder, name, override=Override("it is urgent", lambda _: None))
    for verdict in caught.value.judgement.refused:
        print(name, verdict.gate, verdict.told)
    return {verdict.gate for verdict in caught.value.judgement.refused if not verdict.overridable}


def test_nearly_no_message_of_one_kind(folder: Path, messages: list[Graded]) -> None:
    of_kind = [one for one in messages if KIND in one.kinds]
    without = [one for one in messages if one not in of_kind[FEWEST_OF_A_KIND:]]
    learnt(folder, "deaf to one kind", without)
    # Patterns and tuned layers still hear most of that kind: over all dangers it shows, not over its own fifty-two.
    assert "danger" in closed(folder, "deaf to one kind")


def test_calm_and_danger_swapped_for_three_of_ten(folder: Path, messages: list[Graded]) -> None:
    chance = random.Random(0)

    def swapped(one: Graded) -> Graded:
        if one.level:
            return replace(one, level=DangerLevel.NONE, kinds=())
        return replace(one, level=DangerLevel.CLEAR, kinds=("violence",))

    learnt(folder, "swapped", [swapped(one) if chance.random() < 0.3 else one for one in messages])
    assert "danger" in closed(folder, "swapped")
