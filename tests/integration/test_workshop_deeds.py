"""What the workshop does for an order, and how it tells of it: over models that were never trained."""

import io
import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from bot.casework.orders import OrderKind, OrderState, Outcome
from bot.casework.shelf import Judged, Shelf
from bot.review.reviewing import is_given
from bot.settings import load_settings
from bot.store.store import Store
from bot.training.files import DataError
from bot.training.models.service import current
from bot.training.models.trained import find
from bot.training.promotion import promote as puts_into_service
from bot.training.train import TrainingError
from bot.upkeep.workshop.deeds import look, promote, rollback, teach, train
from bot.upkeep.workshop.job import Job, Tell
from tests.support.commands import Run
from tests.support.desk import YoungPerson
from tests.support.models import misread, put, read_well
from tests.support.review import asks, group_of, lets_learn, night
from tests.support.reviewing import corrects, maintainer
from tests.support.small_checkout import small_checkout
from tests.support.teaching import nothing_near
from tests.support.the_tests import THE_TESTS

TELL = Tell(io.StringIO())


@pytest.fixture
def folder(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Models "1" and "2" served; beside them the store of two municipalities."""
    models = tmp_path / "models"
    models.mkdir()
    monkeypatch.setenv("HJEMAD_MODELS", str(models))
    assert run("add-municipality", "eksempel").exit_code == 0
    settings = load_settings()
    with Store(settings.store_url, settings.key()).write(THE_TESTS) as work:
        work.people.add_municipality("nabo")
    for name in ("1", "2"):
        put(models, name)
        puts_into_service(models, name)
    return models


@pytest.fixture
def store(folder: Path) -> Store:
    settings = load_settings()
    return Store(settings.store_url, settings.key())


def job(kind: OrderKind, **given: str) -> Job:
    return Job(kind, "eksempel", 1, given)


def shelf(outcome: Outcome) -> Shelf:
    return Shelf.of(outcome.shown["shelf"])


def worse_at_money() -> list:
    return misread(read_well(), lambda one: (one.label or "").startswith("money"), 20, read="chat_hi")


def noted(store: Store, town: str) -> list[tuple[str, str | None]]:
    with store.read(THE_TESTS) as work:
        return [(one.action, one.subject) for one in work.people.noted(town)]


def test_a_look_tells_the_models_the_newest_first(folder: Path) -> None:
    put(folder, "3", code="another")
    outcome = look.carry_out(job(OrderKind.LOOK), TELL)
    seen = shelf(outcome)
    assert [(one.name, one.in_service, one.fits) for one in seen.models] == [
        ("3", False, False), ("2", True, True), ("1", False, True),
    ]  # fmt: skip
    assert (seen.before, seen.serving.name if seen.serving else "") == ("1", "2")


def test_a_good_model_goes_into_service_with_what_the_gates_said(folder: Path) -> None:
    put(folder, "3")
    outcome = promote.carry_out(job(OrderKind.PROMOTE, model="3"), TELL)
    assert outcome.state is OrderState.DONE
    judged = Judged.of(outcome.shown["judged"])
    assert not judged.closed
    names = [gate.name for gate in judged.gates]
    assert {"danger", "answers", "stories", "topic money"} <= set(names)
    assert len(names) == len(set(names)), "each gate once"
    assert [one.name for one in shelf(outcome).models if one.in_service] == ["3"]


def test_a_worse_model_is_refused_with_its_messages_and_taken_with_a_reason(folder: Path, store: Store) -> None:
    put(folder, "3", worse_at_money())
    refused = promote.carry_out(job(OrderKind.PROMOTE, model="3"), TELL)
    assert refused.state is OrderState.REFUSED
    judged = Judged.of(refused.shown["judged"])
    assert judged.openable
    [money] = [gate for gate in judged.closed if gate.name == "topic money"]
    assert ("money_debt 0", "money_debt", "chat_hi") in [(one.text, one.label, one.now.read) for one in money.lost]
    assert current(folder) == find(folder, "2")
    taken = promote.carry_out(job(OrderKind.PROMOTE, model="3", why="det er med vilje"), TELL)
    assert taken.state is OrderState.DONE
    for town in ("eksempel", "nabo"):
        assert ("override_model", "3") in noted(store, town)
    assert "det er med vilje" in (folder / "in_service.json").read_text()


def test_no_reason_opens_what_danger_closes(folder: Path, store: Store) -> None:
    put(folder, "3", [replace(one, sure=False) for one in read_well()])
    refused = promote.carry_out(job(OrderKind.PROMOTE, model="3", why="det haster"), TELL)
    assert refused.state is OrderState.REFUSED
    judged = Judged.of(refused.shown["judged"])
    assert (judged.openable, "danger" in [gate.name for gate in judged.closed]) == (False, True)
    assert "override_model" not in {action for action, _ in noted(store, "eksempel")}


def test_a_model_that_is_gone_changed_or_of_other_code_is_told_plainly(folder: Path) -> None:
    gone = promote.carry_out(job(OrderKind.PROMOTE, model="9"), TELL)
    assert (gone.state, gone.told) == (OrderState.REFUSED, [promote.CANNOT_BE_USED])
    put(folder, "3", code="another")
    assert promote.carry_out(job(OrderKind.PROMOTE, model="3"), TELL).told == [promote.OTHER_CODE]
    put(folder, "4").archive.write_bytes(b"changed")
    assert promote.carry_out(job(OrderKind.PROMOTE, model="4"), TELL).told == [promote.CANNOT_BE_USED]
    assert current(folder) == find(folder, "2")


def test_an_order_that_names_no_model_puts_none_into_service(folder: Path) -> None:
    put(folder, "3")
    with pytest.raises(KeyError):
        promote.carry_out(job(OrderKind.PROMOTE), TELL)
    assert current(folder) == find(folder, "2")


def test_the_way_back_goes_only_from_the_model_that_was_seen(folder: Path) -> None:
    refused = rollback.carry_out(job(OrderKind.ROLLBACK, **{"from": "1"}), TELL)
    assert refused.state is OrderState.REFUSED
    back = rollback.carry_out(job(OrderKind.ROLLBACK, **{"from": "2"}), TELL)
    assert (back.state, back.shown["model"]) == (OrderState.DONE, "1")
    assert current(folder) == find(folder, "1")
    assert rollback.carry_out(job(OrderKind.ROLLBACK, **{"from": "1"}), TELL).told == [rollback.NONE_BEFORE]


def test_a_training_is_told_with_its_gates_and_its_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "see_to_danger", lambda *_: None)
    monkeypatch.setattr(train, "doubts", lambda _: ["to ligner hinanden"])
    monkeypatch.setattr(train, "train_model", lambda *_: (put(folder, "3", worse_at_money()), None))
    outcome = train.carry_out(job(OrderKind.TRAIN), TELL)
    assert (outcome.state, outcome.shown["model"]) == (OrderState.DONE, "3")
    assert outcome.shown["doubts"] == ["to ligner hinanden"]
    assert "topic money" in [gate.name for gate in Judged.of(outcome.shown["judged"]).closed]
    assert "Held against 2" in outcome.page
    assert current(folder) == find(folder, "2"), "nothing goes into service by itself"


@pytest.mark.parametrize(
    ("error", "state"), [(DataError("fejl i a.yml"), OrderState.REFUSED), (TrainingError("fuld"), OrderState.FAILED)]
)
def test_a_training_that_does_not_come_to_its_end_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, state: OrderState
) -> None:
    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(train, "see_to_danger", lambda *_: None)
    monkeypatch.setattr(train, "doubts", lambda _: [])
    monkeypatch.setattr(train, "train_model", fails)
    outcome = train.carry_out(job(OrderKind.TRAIN), TELL)
    assert (outcome.state, outcome.shown["faults"]) == (state, [str(error)])


def test_nobodys_words_are_among_what_every_municipality_reads() -> None:
    told = [
        "a.yml:3: 'jeg hedder Åge' is near \"it's \\'me\\'\" (housing_pets)",
        "housing_pets: a fifth look like money_debt",
    ]
    assert train.without_words(told) == ["a.yml:3: … is near … (housing_pets)", told[1]]


def test_what_became_of_hearing_danger_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served = iter(["a", "b"])
    monkeypatch.setattr(train, "_serving_danger", lambda _: next(served))
    monkeypatch.setattr(train, "see_to_danger", lambda *_: None)
    told = StringIO()
    train._see_to_danger(folder, Tell(told))
    assert json.loads(told.getvalue().splitlines()[-1]) == {"line": train.DANGER_SERVES}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = small_checkout(tmp_path / "checkout")
    monkeypatch.setattr(teach, "ROOT", root)
    monkeypatch.setattr(teach, "near", nothing_near)
    return root


def test_what_is_decided_is_written_into_the_data_and_shown_as_a_diff(store: Store, checkout: Path) -> None:
    vera = maintainer(store, "vera")
    text = "må jeg låne din sofa i nat"
    night(store, [lets_learn(asks(YoungPerson(store), text))])
    assert corrects(store, vera, group_of(store, text), "housing_couch_surfing")
    outcome = teach.carry_out(job(OrderKind.TEACH), TELL)
    assert outcome.state is OrderState.DONE
    assert any(text in diff and diff.startswith("--- a/") for diff in outcome.shown["diffs"])
    assert not any(text in line for line in outcome.told)
    written = [file for file in checkout.rglob("*.yml") if text in file.read_text()]
    assert len(written) == 1
    with store.read(THE_TESTS) as work:
        [message] = work.found.settled("eksempel")
    assert is_given(message), "whoever undoes it hears where it went"
    around = [line for diff in outcome.shown["diffs"] for line in diff.splitlines() if line.startswith(" ")]
    assert around == [], "the lines beside it may be another town's"
    again = teach.carry_out(job(OrderKind.TEACH), TELL)
    assert (again.state, again.shown["diffs"], again.shown["known"]) == (OrderState.DONE, [], 1)


def test_what_cannot_be_written_is_told_and_nothing_is(store: Store, checkout: Path) -> None:
    vera = maintainer(store, "vera")
    texts = ["bolig her", "gæld hos alle"]
    night(store, [lets_learn(asks(YoungPerson(store), *texts))])
    corrects(store, vera, group_of(store, texts[0]), "housing_couch_surfing")
    corrects(store, vera, group_of(store, texts[1]), "money_debt")
    before = {file: file.read_bytes() for file in checkout.rglob("*.yml")}
    outcome = teach.carry_out(job(OrderKind.TEACH), TELL)
    assert (outcome.state, outcome.told) == (OrderState.REFUSED, [teach.FAULTY])
    assert any("money_debt" in line for line in outcome.shown["faults"])
    assert before == {file: file.read_bytes() for file in checkout.rglob("*.yml")}


def test_a_town_that_does_not_learn_teaches_nothing(folder: Path, checkout: Path) -> None:
    outcome = teach.carry_out(Job(OrderKind.TEACH, "nabo", 1), TELL)
    assert (outcome.state, outcome.told) == (OrderState.REFUSED, [teach.LEARNS_NO_MORE])
