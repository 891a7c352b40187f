"""A model is found only when it is whole, and serves only when it fits the code and is no worse."""

import json
import subprocess
import sys
from datetime import datetime
from itertools import chain
from pathlib import Path

import pytest

from bot.training.models.errors import ModelError, PromotionRefusedError
from bot.training.models.fits import data_digest
from bot.training.models.history import How, Step, standing, steps
from bot.training.models.predictions import Prediction, predictions_of
from bot.training.models.service import current, in_service, rollback
from bot.training.models.trained import IN_SERVICE, find, models, unusable
from bot.training.promotion import promote
from tests.support.models import put

PREDICTIONS = (
    Prediction("hej", "chat_greet", ("chat_greet", "chat_thank"), "chat_greet", 1 / 3, sure=True),
    Prediction("jeg vil dø", "crisis_suicide", ("crisis_suicide",), None, 0.0, sure=False),
    Prediction("hvad koster en bil", None, (), "money_debt", 0.25, sure=False),
)


def test_a_model_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    model = put(tmp_path, "20261122-100000-aaaaaa")
    assert models(tmp_path) == [model]
    assert model.name == "20261122-100000-aaaaaa"


def test_what_a_model_made_of_the_held_out_messages_is_read_back(tmp_path: Path) -> None:
    model = put(tmp_path, "1", PREDICTIONS)
    assert predictions_of(model) == PREDICTIONS
    assert models(tmp_path) == [model]


def test_predictions_that_are_gone_or_were_changed_are_not_believed(tmp_path: Path) -> None:
    model = put(tmp_path, "1")
    file = tmp_path / "1.predictions.json"
    file.write_text(file.read_text(encoding="utf-8").replace("false", "true"), encoding="utf-8")
    with pytest.raises(ModelError, match=r"1\.predictions\.json is not what was written"):
        predictions_of(model)
    file.unlink()
    with pytest.raises(ModelError, match=r"1\.predictions\.json cannot be read"):
        predictions_of(model)


def test_an_archive_without_its_sidecar_was_never_finished(tmp_path: Path) -> None:
    (tmp_path / "half.tar.gz").write_bytes(b"half a model")
    assert models(tmp_path) == []


def test_a_sidecar_without_its_archive_is_no_model(tmp_path: Path) -> None:
    put(tmp_path, "gone").archive.unlink()
    assert models(tmp_path) == []


@pytest.mark.parametrize("content", ["{", '{"shape": 3, "archive": "old.tar.gz"}', "[]"])
def test_a_sidecar_that_cannot_be_read_is_named_and_hides_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: str
) -> None:
    model = put(tmp_path, "whole")
    (tmp_path / "broken.json").write_text(content, encoding="utf-8")
    assert models(tmp_path) == [model]
    assert "broken.json" in caplog.text


def test_a_broken_sidecar_is_told_of_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    put(tmp_path, "1")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    for _ in range(3):
        current(tmp_path)
    assert caplog.text.count("broken.json is passed over") == 1
    (tmp_path / "another.json").write_text("{", encoding="utf-8")
    current(tmp_path)
    assert caplog.text.count("is passed over") == 2


def test_a_sidecar_that_is_deleted_while_the_folder_is_read_hides_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    model = put(tmp_path, "whole")
    promote(tmp_path)
    # As one that is gone by the time it is opened: its name is there, and what it leads to is not.
    (tmp_path / "gone.json").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.json").mkdir()
    assert (models(tmp_path), current(tmp_path), in_service(tmp_path)) == ([model], model, model.archive)
    assert ("gone.json" in caplog.text, "folder.json" in caplog.text) == (False, True)


def test_the_model_trained_last_is_promoted_unless_one_is_named(tmp_path: Path) -> None:
    first, last = put(tmp_path, "1"), put(tmp_path, "2")
    assert promote(tmp_path).model == last
    assert in_service(tmp_path) == last.archive
    assert promote(tmp_path, "1").model == first
    assert current(tmp_path) == first


def test_a_model_may_be_named_by_its_file(tmp_path: Path) -> None:
    model = put(tmp_path, "1")
    assert find(tmp_path, str(model.archive)) == find(tmp_path, model.archive.name) == model


def test_an_unknown_model_is_refused_and_the_known_are_told(tmp_path: Path) -> None:
    put(tmp_path, "known")
    with pytest.raises(ModelError, match=r"'other'.*known: known"):
        promote(tmp_path, "other")


def test_a_model_of_other_code_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "1", code="other")
    with pytest.raises(PromotionRefusedError, match="other code"):
        promote(tmp_path)


def test_a_model_in_service_that_no_longer_fits_does_not_stand_in_the_way(tmp_path: Path) -> None:
    put(tmp_path, "1", code="other")
    (tmp_path / IN_SERVICE).write_text(json.dumps({"history": ["1"]}), encoding="utf-8")
    with pytest.raises(ModelError, match="other code"):
        in_service(tmp_path)
    put(tmp_path, "2")
    assert promote(tmp_path).model.name == "2"


def test_without_a_model_in_service_it_is_said_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="hjemad train"):
        in_service(tmp_path)


def test_rollback_takes_the_model_before(tmp_path: Path) -> None:
    put(tmp_path, "1")
    promote(tmp_path)
    put(tmp_path, "2")
    promote(tmp_path)
    assert rollback(tmp_path).name == "1"
    assert in_service(tmp_path).name == "1.tar.gz"
    with pytest.raises(ModelError, match="no model before"):
        rollback(tmp_path)


def test_rollback_to_a_model_of_other_code_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "1")
    promote(tmp_path)
    put(tmp_path, "2")
    promote(tmp_path)
    put(tmp_path, "1", code="other")
    with pytest.raises(ModelError, match="no model before"):
        rollback(tmp_path)
    assert in_service(tmp_path).name == "2.tar.gz"


def test_rollback_passes_over_a_model_that_is_gone(tmp_path: Path) -> None:
    for name in ("1", "2", "3"):
        put(tmp_path, name)
        promote(tmp_path)
    (tmp_path / "2.tar.gz").unlink()
    assert rollback(tmp_path).name == "1"


def test_the_same_model_promoted_twice_is_no_step_in_the_history(tmp_path: Path) -> None:
    put(tmp_path, "1")
    promote(tmp_path)
    promote(tmp_path)
    with pytest.raises(ModelError, match="no model before"):
        rollback(tmp_path)


def test_the_data_digest_changes_with_any_file_that_is_learnt_from(tmp_path: Path) -> None:
    digests = {data_digest(tmp_path)}
    for name in ("config.yml", "data/nlu/chat.yml", "data/rules/chat.yml", "bot/domain/chat.yml", "data/lookups/x.txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")
        digests.add(data_digest(tmp_path))
    assert len(digests) == 6


def test_a_file_that_is_not_the_one_trained_is_found_put_into_service_and_served_by_nobody(tmp_path: Path) -> None:
    put(tmp_path, "1")
    promote(tmp_path)
    put(tmp_path, "2")
    promote(tmp_path)
    (tmp_path / "2.tar.gz").write_bytes(b"another model")
    for asked in (lambda: in_service(tmp_path), lambda: find(tmp_path, "2"), lambda: promote(tmp_path, "2")):
        with pytest.raises(ModelError, match=r"2\.tar\.gz is not the file that was trained.*hjemad rollback"):
            asked()
    assert rollback(tmp_path).name == "1"
    assert in_service(tmp_path).name == "1.tar.gz"


def test_rollback_passes_over_a_file_that_is_not_the_one_trained(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("1", "2", "3"):
        put(tmp_path, name)
        promote(tmp_path)
    (tmp_path / "2.tar.gz").write_bytes(b"another model")
    assert rollback(tmp_path).name == "1"
    assert "2 is passed over" in caplog.text


def test_a_model_kept_by_an_older_version_is_told_as_that(tmp_path: Path) -> None:
    old = put(tmp_path, "old")
    promote(tmp_path)
    sidecar = tmp_path / "old.json"
    content = json.loads(sidecar.read_text(encoding="utf-8"))
    del content["shape"], content["sha256"]
    sidecar.write_text(json.dumps(content), encoding="utf-8")
    assert models(tmp_path) == []
    assert set(unusable(tmp_path)) == {"old"}
    with pytest.raises(ModelError, match=r"old is in service and was kept by another version.*hjemad train.*promote"):
        in_service(tmp_path)
    for name in (None, "old", str(old.archive)):
        with pytest.raises(ModelError, match="old was kept by another version"):
            find(tmp_path, name)
    put(tmp_path, "new")
    assert promote(tmp_path).model.name == "new"


def test_the_history_keeps_when_and_how_and_reads_what_older_versions_kept(tmp_path: Path) -> None:
    put(tmp_path, "1")
    put(tmp_path, "2")
    (tmp_path / IN_SERVICE).write_text(json.dumps({"history": ["0", "1"]}), encoding="utf-8")
    promote(tmp_path)
    rollback(tmp_path)
    zero, first, promoted, back = steps(tmp_path)
    assert (zero, first) == (Step("0"), Step("1"))
    assert (promoted.model, promoted.how, back.model, back.how) == ("2", How.PROMOTED, "1", How.ROLLED_BACK)
    assert datetime.fromisoformat(promoted.at or "") <= datetime.fromisoformat(back.at or "")
    with pytest.raises(ModelError, match="no model before"):
        rollback(tmp_path)


def test_a_rollback_goes_to_the_last_time_that_a_model_served() -> None:
    served = [Step(name) for name in ("a", "b", "a", "c")]
    assert [step.model for step in standing([*served, Step("a", how=How.ROLLED_BACK)])] == ["a", "b", "a"]


def test_a_history_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    put(tmp_path, "1")
    for broken in ("{", "[]", '{"history": [{"model": "1", "how": "by magic"}]}'):
        (tmp_path / IN_SERVICE).write_text(broken, encoding="utf-8")
        with pytest.raises(ModelError, match=r"in_service\.json cannot be read.*move it aside"):
            in_service(tmp_path)


def test_after_a_history_was_moved_aside_a_model_comes_by_the_bars_alone_and_that_is_told(tmp_path: Path) -> None:
    put(tmp_path, "1")
    assert promote(tmp_path).remarks == ()
    (tmp_path / IN_SERVICE).rename(tmp_path / "in_service.json.broken")
    put(tmp_path, "2", pace=99.0)
    judgement = promote(tmp_path)
    assert (current(tmp_path) == judgement.model, len(judgement.remarks)) == (True, 1)
    assert "No model is known to have been in service" in judgement.remarks[0]


PROMOTE = """
import sys
from pathlib import Path
from bot.training.models.history import How, Step, standing, steps
from bot.training.models.predictions import Prediction, predictions_of
from bot.training.models.service import rollback
from bot.training.promotion import promote
folder = Path(sys.argv[1])
sys.stdin.readline()
for name in sys.argv[2:]:
    promote(folder, name)
    rollback(folder)
    promote(folder, name)
"""


def test_promotions_and_rollbacks_at_once_lose_nothing_of_the_history(tmp_path: Path) -> None:
    put(tmp_path, "base")
    promote(tmp_path)
    named = [[f"{one}{number}" for number in range(8)] for one in "abcd"]
    for name in chain.from_iterable(named):
        put(tmp_path, name)
    waiting = [
        subprocess.Popen([sys.executable, "-c", PROMOTE, str(tmp_path), *names], stdin=subprocess.PIPE)
        for names in named
    ]
    for process in waiting:
        assert process.stdin
        process.stdin.write(b"go\n")
        process.stdin.close()
    assert [process.wait(timeout=240) for process in waiting] == [0] * 4
    kept = steps(tmp_path)
    # A rollback may come after another's promotion, and the second promotion then changes nothing.
    assert sum(step.how is How.ROLLED_BACK for step in kept) == 32
    assert {step.model for step in kept} == {"base", *chain.from_iterable(named)}
    assert in_service(tmp_path).name == f"{standing(kept)[-1].model}.tar.gz"
