"""Real trainings on data that somebody spoilt: each is refused, by the gate that is there for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.training import train
from bot.training.files import DataError
from bot.training.models.predictions import predictions_of
from bot.training.models.trained import TrainedModel
from bot.training.progress import unwatched
from bot.training.promotion import RefusedByGatesError, promote
from bot.training.train import train_model
from tests.support.small_checkout import DOMAIN, TOPICS, nlu, small_checkout

SAID = {
    **TOPICS,
    "crisis_suicide": [
        "jeg vil dø",
        "jeg orker ikke at leve",
        "jeg tænker på at tage mit liv",
        "livet er ikke værd at leve",
        "jeg vil slå mig selv ihjel",
        "jeg har lyst til at dø",
        "jeg vil ikke være i live mere",
        "jeg overvejer selvmord",
        "jeg ønsker at forsvinde for altid",
        "jeg har planlagt at dø",
        "det bedste var hvis jeg døde",
        "jeg gør en ende på det hele",
    ],
}
TESTED = {
    intent: [
        f"{text} {more}" for text in texts for more in (("altså", "nu", "ikke") if "crisis" in intent else ("nu",))
    ]
    for intent, texts in SAID.items()
}


def checkout(root: Path, said: dict[str, list[str]]) -> Path:
    small_checkout(root)
    contents = {
        "data/nlu/all.yml": nlu(said),
        "tests/held_out/intents.yml": nlu(TESTED),
        "bot/domain/all.yml": DOMAIN.replace("chat_greet,", "chat_greet, crisis_suicide,"),
    }
    for name, content in contents.items():
        (root / name).write_text(content, encoding="utf-8")
    return root


@pytest.fixture
def folder(good: TrainedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where models lie, with the good one in service. Rasa keeps its training cache where it is started."""
    monkeypatch.chdir(tmp_path)
    return good.archive.parent


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrainedModel]:
    root = checkout(tmp_path_factory.mktemp("good"), SAID)
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(root)
        model, _ = train_model(root / "models", unwatched, root)
        assert promote(root / "models").model == model
        yield model


def refused(folder: Path, root: Path) -> set[str]:
    model, _ = train_model(folder, unwatched, root)
    with pytest.raises(RefusedByGatesError) as caught:
        promote(folder, model.name)
    return {verdict.gate for verdict in caught.value.judgement.refused}


def test_the_same_data_and_seed_give_the_same_model(good: TrainedModel, folder: Path, tmp_path: Path) -> None:
    again, _ = train_model(tmp_path / "models", unwatched, checkout(tmp_path, SAID))
    assert (again.code, again.data, again.held_out, again.seed) == (good.code, good.data, good.held_out, good.seed)
    assert predictions_of(again) == predictions_of(good)


def test_two_intents_whose_labels_were_swapped(folder: Path, tmp_path: Path) -> None:
    one, other = "booking_request", "housing_couch_surfing"
    turned = SAID | {one: SAID[other], other: SAID[one]}
    assert {"topic booking", "topic housing"} <= refused(folder, checkout(tmp_path, turned))


@pytest.mark.soak
def test_a_component_that_dawdles(folder: Path, tmp_path: Path) -> None:
    root = checkout(tmp_path, SAID)
    config = root / "config.yml"
    slow = config.read_text(encoding="utf-8").replace(
        "pipeline:\n", "pipeline:\n- name: tests.support.slow_component.Dawdler\n"
    )
    config.write_text(slow, encoding="utf-8")
    assert refused(folder, root) == {"time"}


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (SAID | {"crisis_suicide": []}, "crisis_suicide has 0 utterances"),
        (SAID | {"chat_greet": [*SAID["chat_greet"], "Hejsa, nu!"]}, "'Hejsa, nu!' is held out for testing"),
    ],
    ids=["no danger", "a held-out message"],
)
def test_what_the_checks_find_is_not_trained(
    folder: Path, tmp_path: Path, said: dict[str, list[str]], fault: str
) -> None:
    before = sorted(folder.iterdir())
    with pytest.raises(DataError, match=fault):
        train_model(folder, unwatched, checkout(tmp_path, said))
    assert sorted(folder.iterdir()) == before


@pytest.fixture
def nothing_trains(monkeypatch: pytest.MonkeyPatch) -> None:
    def trains(*_: object) -> None:
        pytest.fail("it was trained")

    for long in ("_encode", "_rasa_train"):
        monkeypatch.setattr(train, long, trains)


@pytest.mark.usefixtures("nothing_trains")
def test_a_story_that_contradicts_a_rule_is_refused_with_both_places_before_anything_is_trained(
    folder: Path, tmp_path: Path
) -> None:
    root = checkout(tmp_path, SAID)
    story = "- story: says nothing\n  steps:\n  - intent: chat_greet\n  - action: action_restart\n"
    stories = root / "data" / "stories" / "all.yml"
    line = stories.read_text(encoding="utf-8").count("\n") + 1
    with stories.open("a", encoding="utf-8") as file:
        file.write(story)
    before = sorted(folder.iterdir())
    with pytest.raises(DataError) as told:
        train_model(folder, unwatched, root)
    assert f"{stories}, line {line}: the story 'says nothing' says action_restart" in str(told.value)
    assert f"the rule 'greet' in {root / 'data' / 'rules' / 'all.yml'}, line 3 says utter_greet" in str(told.value)
    assert sorted(folder.iterdir()) == before


@pytest.mark.usefixtures("nothing_trains")
def test_stories_that_contradict_each_other_are_refused_with_both_places(folder: Path, tmp_path: Path) -> None:
    root = checkout(tmp_path, SAID)
    told = "- story: {}\n  steps:\n  - intent: booking_request\n  - action: {}\n"
    for name, action in (("one", "utter_greet"), ("other", "action_restart")):
        file = root / "data" / "stories" / f"{name}.yml"
        file.write_text("stories:\n" + told.format(name, action), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        train_model(folder, unwatched, root)
    for name in ("one", "other"):
        assert f"{root / 'data' / 'stories' / name}.yml, line 2" in str(caught.value)
