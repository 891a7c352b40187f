"""Learning, judging, serving and taking back a classifier of danger, as a maintainer types it."""

from pathlib import Path

import pytest

from bot.safety.classifier import CLASSIFIER
from bot.safety.graded import Graded
from bot.safety.in_service import FOLDER, in_service
from bot.safety.levels import DangerLevel
from bot.training import danger
from bot.training.danger_models import making, promotion
from bot.training.danger_models.heard import Hearing
from bot.training.danger_models.making import KEPT
from bot.training.danger_models.versions import read_sidecar
from tests.support.commands import Run, audit_log, said
from tests.support.danger_models import always, heard_otherwise, heard_well, put


@pytest.fixture
def folder(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where classifiers of danger lie for these commands, one of them in service, beside the store of one town."""
    monkeypatch.setenv("HJEMAD_MODELS", str(tmp_path / "models"))
    texts = {one.message: Graded(f"sagt {one.message}", DangerLevel(one.level), one.kinds) for one in heard_well()}
    monkeypatch.setattr(promotion, "held_out_dangers", lambda: texts)
    assert run("add-municipality", "eksempel").exit_code == 0
    folder = tmp_path / "models" / FOLDER
    put(folder, "1")
    assert "1 is in service" in run("promote", "--danger").output
    return folder


def deaf() -> tuple[object, ...]:
    return heard_otherwise(heard_well(), lambda one: one.kinds == ("threat",), 12, found=0)


def loud() -> tuple[object, ...]:
    return heard_otherwise(heard_well(), lambda one: not one.level, 9, found=2)


def test_one_that_misses_danger_is_refused_with_its_messages_whatever_the_reason(folder: Path, run: Run) -> None:
    put(folder, "2", deaf())
    told = run("promote", "--danger", "--override", "it is urgent")
    assert (told.exit_code, "Traceback" in told.output) == (1, False)
    assert "'sagt threat-1-0' means threat 1: was read as threat 1, now as nothing dangerous" in said(told.output)
    assert "nothing opens kind threat, danger" in said(told.output)
    assert "override_model" not in {action for action, _ in audit_log()}
    assert in_service(folder.parent).name == "1"


def test_one_that_alarms_more_is_taken_with_a_reason_which_every_town_finds(folder: Path, run: Run) -> None:
    put(folder, "2", loud())
    assert "refused by: alarms" in said(run("promote", "--danger").output)
    opened = run("promote", "--danger", "--override", "we would rather be called")
    assert (opened.exit_code, "2 is in service" in opened.output) == (0, True)
    assert ("override_model", "danger/2") in audit_log()
    assert in_service(folder.parent).name == "2"
    assert "1 is in service" in run("rollback", "--danger").output
    assert in_service(folder.parent).name == "1"


def test_they_are_listed_and_compared(folder: Path, run: Run) -> None:
    put(folder, "2", deaf())
    listed = run("models", "--danger").output
    [serving] = [line for line in listed.splitlines() if "in service" in line]
    assert serving.startswith("│ 1 ")
    assert "│ 95.0 " in serving
    told = said(run("compare", "--danger", "1", "2").output)
    assert "kind threat │ refuses" in told
    put(folder, "3")
    run("promote", "--danger", "3")
    (folder / "3.npz").write_bytes(b"another")
    assert "3.npz is not the file that was learnt" in said(run("models", "--danger").output)
    assert run("compare", "--danger", "1", "3").exit_code == 1


def test_it_is_learnt_and_told_what_the_gates_say_and_nothing_is_put_into_service(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(danger, "learn", lambda _, learnt_from: always(2, learnt_from))
    monkeypatch.setattr(danger, "fits", lambda *_: False)
    monkeypatch.setattr(making, "hearing", lambda *_: Hearing(deaf(), 2.0))
    told = run("train", "--danger")
    assert (told.exit_code, "kind threat" in told.output) == (0, True)
    assert in_service(folder.parent).name == "1"
    again = run("train", "--danger")
    assert "so it is not learnt again" in said(again.output)
    assert run("promote", "--danger").exit_code == 1
    assert run("train", "--danger", "--if-needed").exit_code == 2


def test_it_is_kept_with_the_code_and_measured_anew_where_the_patterns_are_others(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shipped = making.SHIPPED_MESSAGES.parent
    monkeypatch.setattr(making.keep_with_code, "__defaults__", (tmp_path,))
    monkeypatch.setattr(making, "read_with", lambda: "other patterns")
    monkeypatch.setattr(making, "hearing", lambda *_: Hearing(heard_well(), 2.0))
    assert run("keep-danger").exit_code == 0
    assert (tmp_path / CLASSIFIER).read_bytes() == (shipped / CLASSIFIER).read_bytes()
    kept, before = (read_sidecar(where / KEPT, where) for where in (tmp_path, shipped))
    assert (kept.name, kept.sha256) == (before.name, before.sha256)
    assert (kept.read_with, kept.heard) == ("other patterns", heard_well())


def test_a_history_that_cannot_be_read_is_told_before_anything_is_learnt(folder: Path, run: Run) -> None:
    (folder / "in_service.json").write_text("{", encoding="utf-8")
    for command in (("train", "--if-needed"), ("promote", "--danger"), ("rollback", "--danger")):
        told = run(*command)
        assert (told.exit_code, "cannot be read" in said(told.output), "Traceback" in told.output) == (1, True, False)
    assert sorted(file.name for file in folder.iterdir()) == [".lock", "1.json", "1.npz", "in_service.json"]
