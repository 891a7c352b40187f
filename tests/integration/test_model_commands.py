"""Putting a model into service and taking it out again, as a maintainer types it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import load_settings
from bot.training import report, train
from bot.training.danger_models import telling
from bot.training.models.fits import data_digest
from bot.training.models.service import in_service
from tests.support.commands import Run, audit_log, said
from tests.support.models import misread, put, read_well


@pytest.fixture
def folder(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the models of these commands lie, beside the store of one municipality."""
    models = tmp_path / "models"
    models.mkdir()
    monkeypatch.setenv("HJEMAD_MODELS", str(models))
    assert run("add-municipality", "eksempel").exit_code == 0
    return models


def test_a_worse_model_is_refused_with_its_messages_and_taken_with_a_reason(folder: Path, run: Run) -> None:
    put(folder, "1")
    assert "1 is in service" in run("promote").output
    money = misread(read_well(), lambda one: (one.label or "").startswith("money"), 20, read="chat_hi")
    put(folder, "2", money)
    told = run("promote")
    assert told.exit_code == 1
    assert "'money_debt 0' means money_debt: was read as money_debt, now as chat_hi" in said(told.output)
    assert "refused by: all topics, topic chat, topic money" in said(told.output)
    assert "override_model" not in {action for action, _ in audit_log()}
    opened = run("promote", "--override", "money is answered by people from now on")
    assert (opened.exit_code, "2 is in service" in opened.output) == (0, True)
    assert ("override_model", "2") in audit_log()
    assert "1 is in service" in run("rollback").output


def test_no_reason_opens_the_gate_of_danger(folder: Path, run: Run) -> None:
    put(folder, "1", [replace(one, sure=False) for one in read_well()])
    told = run("promote", "--override", "it is urgent")
    assert (told.exit_code, "nothing opens danger" in said(told.output), "Traceback" in told.output) == (1, True, False)
    assert "override_model" not in {action for action, _ in audit_log()}


def test_an_empty_reason_is_none(folder: Path, run: Run) -> None:
    put(folder, "1")
    told = run("promote", "--override", " ")
    assert (told.exit_code, "an override needs a reason" in said(told.output)) == (1, True)


def test_where_the_override_cannot_be_noted_nothing_is_put_into_service(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "1", size=43)
    run("promote")
    put(folder, "2", size=430)
    monkeypatch.setenv("HJEMAD_DATABASE_URL", "postgresql://nobody:nothing@127.0.0.1:1/nowhere")
    load_settings.cache_clear()
    told = run("promote", "--override", "it may be large")
    assert (told.exit_code, "Traceback" in told.output) == (1, False)
    [serving] = [line for line in run("models").output.splitlines() if "in service" in line]
    assert serving.startswith("│ 1 ")


def test_two_models_are_compared(folder: Path, run: Run) -> None:
    put(folder, "1")
    put(folder, "2", pace=99.0)
    told = run("compare", "1", "2").output
    [time] = [line for line in told.splitlines() if "│ time " in line]
    assert "refuses" in time
    assert "10.0 → 99.0" in time


def test_the_list_tells_of_a_model_that_an_older_version_kept(folder: Path, run: Run) -> None:
    put(folder, "1")
    sidecar = folder / "1.json"
    sidecar.write_text(sidecar.read_text(encoding="utf-8").replace('"shape": 3', '"shape": 1'), encoding="utf-8")
    assert "1 was kept by another version of this code" in said(run("models").output)


def test_what_is_trained_by_itself_comes_into_service_and_anew_when_its_file_was_changed(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the training itself, which has tests of its own."""
    made = iter(("1", "2", "3"))
    monkeypatch.setattr(telling, "see_to_danger", lambda *_: None)
    monkeypatch.setattr(train, "train_model", lambda models, _: (put(models, next(made), data=data_digest()), None))
    monkeypatch.setattr(report, "print_evaluation", lambda *_: None)
    assert "1 is in service" in run("train", "--if-needed").output
    assert run("train", "--if-changed").output.strip() == ""
    (folder / "1.tar.gz").write_bytes(b"another")
    told = run("train", "--if-needed")
    assert "1.tar.gz is not the file that was trained" in told.output
    assert (told.exit_code, in_service(folder).name) == (0, "2.tar.gz")


def test_what_is_trained_by_itself_and_worse_leaves_the_one_in_service(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "1")
    run("promote")
    monkeypatch.setattr(telling, "see_to_danger", lambda *_: None)
    monkeypatch.setattr(train, "train_model", lambda models, _: (put(models, "2", pace=99.0), None))
    monkeypatch.setattr(report, "print_evaluation", lambda *_: None)
    told = run("train", "--if-changed")
    assert (told.exit_code, "refused by: time" in said(told.output)) == (1, True)
    assert in_service(folder).name == "1.tar.gz"
