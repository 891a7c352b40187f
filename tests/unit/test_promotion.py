"""How a model comes into service: what it is held against, what a reason opens, and what a full disk leaves."""

import json
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.training.models.errors import ModelError
from bot.training.models.history import How, steps
from bot.training.models.predictions import Prediction
from bot.training.models.service import rollback
from bot.training.models.trained import IN_SERVICE
from bot.training.promotion import Override, RefusedByGatesError, compare, promote
from tests.support.models import misread, put, read_well
from tests.support.promotions import (
    SWAPPED,
    Predictions,
    gates,
    in_service,
    of,
    refused,
    refused_as,
    swapped,
    worse_at,
)


def test_a_little_lost_each_time_is_refused_in_the_end_by_the_best_that_served(tmp_path: Path) -> None:
    in_service(tmp_path)
    for lost in (2, 4):
        put(tmp_path, f"{lost} lost", worse_at("housing", lost))
        promote(tmp_path, f"{lost} lost")
    put(tmp_path, "6 lost", worse_at("housing", 6))
    assert compare(tmp_path, "4 lost", "6 lost").refused == []
    with pytest.raises(RefusedByGatesError) as caught:
        promote(tmp_path, "6 lost")
    assert all("1 (the best that served)" in verdict.told for verdict in caught.value.judgement.refused)


def test_the_best_that_served_is_a_measure_when_its_archive_is_gone(tmp_path: Path) -> None:
    in_service(tmp_path)
    in_service(tmp_path, "2", worse_at("housing", 4))
    (tmp_path / "1.tar.gz").unlink()
    put(tmp_path, "3", worse_at("housing", 6))
    with pytest.raises(RefusedByGatesError) as caught:
        promote(tmp_path)
    assert all("1 (the best that served)" in verdict.told for verdict in caught.value.judgement.refused)


def test_a_reason_opens_what_may_be_opened_and_is_kept(tmp_path: Path) -> None:
    in_service(tmp_path)
    put(tmp_path, "2", swapped(SWAPPED))
    noted: list[str] = []
    promote(tmp_path, override=Override(" two intents changed names ", noted.append))
    assert (noted, steps(tmp_path)[-1].reason) == (["2"], "two intents changed names")
    kept = json.loads((tmp_path / IN_SERVICE).read_text(encoding="utf-8"))["history"]
    assert kept[-1] | {"at": ""} == {"model": "2", "at": "", "how": "promoted", "reason": "two intents changed names"}


def test_without_a_reason_or_a_trace_nothing_is_opened(tmp_path: Path) -> None:
    def away(_: str) -> None:
        raise ConnectionError

    in_service(tmp_path)
    put(tmp_path, "2", swapped(SWAPPED))
    with pytest.raises(ModelError, match="needs a reason"):
        promote(tmp_path, override=Override("  ", lambda _: None))
    with pytest.raises(ConnectionError):
        promote(tmp_path, override=Override("a good one", away))
    assert [step.model for step in steps(tmp_path)] == ["1"]


@contextmanager
def full_disk() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_where_the_disk_is_full_nothing_is_put_into_service_nothing_left_and_no_trace_kept(tmp_path: Path) -> None:
    in_service(tmp_path)
    put(tmp_path, "2", swapped(SWAPPED))
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    with full_disk(), pytest.raises(ModelError, match=r"in_service\.json cannot be written: File too large"):
        promote(tmp_path, override=Override("a good one", pytest.fail))
    put(tmp_path, "3")
    with full_disk(), pytest.raises(ModelError, match="cannot be written"):
        promote(tmp_path)
    assert {file: file.read_bytes() for file in tmp_path.iterdir() if not file.name.startswith("3")} == before


def test_a_folder_in_which_nothing_can_be_changed_is_told(tmp_path: Path) -> None:
    # Whoever runs the tests may be allowed to write anywhere, but not below a file.
    (tmp_path / "models").write_text("", encoding="utf-8")
    for change in (promote, rollback):
        with pytest.raises(ModelError, match=r"nothing in .*models can be changed"):
            change(tmp_path / "models")


def test_a_trace_that_cannot_be_kept_leaves_nothing_half_written(tmp_path: Path) -> None:
    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    in_service(tmp_path)
    put(tmp_path, "2", swapped(SWAPPED))
    before = sorted(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        promote(tmp_path, override=Override("a good one", interrupted))
    assert (sorted(tmp_path.iterdir()), [step.model for step in steps(tmp_path)]) == (before, ["1"])


def test_a_reason_that_is_not_needed_is_no_override(tmp_path: Path) -> None:
    in_service(tmp_path)
    put(tmp_path, "2")
    promote(tmp_path, override=Override("to be sure", pytest.fail))
    assert steps(tmp_path)[-1].reason is None


def test_what_was_given_up_with_a_reason_is_not_asked_for_again_but_danger_is(tmp_path: Path) -> None:
    better = [replace(one, read=one.label, sure=True) if of("crisis")(one) else one for one in read_well()]
    in_service(tmp_path, predictions=better)
    two_lost = misread(better, of("crisis"), 2, read="chat_hi")
    put(tmp_path, "2", misread(two_lost, of("housing"), 30, read="money_su"))
    promote(tmp_path, override=Override("housing is written anew", lambda _: None))
    put(tmp_path, "3", misread(two_lost, of("housing"), 31, read="money_su"))
    promote(tmp_path, override=Override("all topics are below what is asked", lambda _: None))
    put(tmp_path, "4", misread(misread(better, of("crisis"), 6, read="chat_hi"), of("housing"), 31, read="money_su"))
    with pytest.raises(RefusedByGatesError) as caught:
        promote(tmp_path)
    told = {verdict.gate: verdict.told for verdict in caught.value.judgement.refused}
    assert set(told) == {"danger", "all topics"}
    assert "1 (the best that served)" in told["danger"]


def test_what_was_rolled_back_from_is_no_measure(tmp_path: Path) -> None:
    in_service(tmp_path)
    # It reads everything as danger: nobody hears more of it.
    wolf = [replace(one, read=one.label, sure=True) if of("crisis")(one) else one for one in read_well()]
    in_service(tmp_path, "2", wolf)
    rollback(tmp_path)
    put(tmp_path, "3", worse_at("crisis", 1))
    assert promote(tmp_path).model.name == "3"


def other_messages(predictions: Predictions) -> list[Prediction]:
    return [replace(one, text=f"{one.text} på en ny måde") for one in predictions]


def test_where_the_messages_are_others_the_one_in_service_reads_them(tmp_path: Path) -> None:
    in_service(tmp_path)
    asked: list[str] = []

    def reread(model: object) -> tuple[Prediction, ...]:
        asked.append(model.name)  # type: ignore[attr-defined]
        return tuple(other_messages(read_well()))

    put(tmp_path, "2", other_messages(swapped(SWAPPED)), held_out="others")
    with pytest.raises(RefusedByGatesError) as caught:
        promote(tmp_path, reread=reread)
    assert asked == ["1"]
    assert "topic housing" in gates(caught.value.judgement)


def test_one_that_does_not_fit_this_code_is_never_asked_to_read(tmp_path: Path) -> None:
    after_a_change_of_code(tmp_path)
    put(tmp_path, "2", other_messages(read_well()), held_out="others")
    why = Override("all messages are written anew", lambda _: None)
    assert (
        "1 in service has read too few"
        in promote(tmp_path, reread=lambda model: pytest.fail(model.name), override=why).remarks[0]
    )


def test_where_nobody_can_read_them_it_is_said_and_what_is_asked_of_all_counts(tmp_path: Path) -> None:
    in_service(tmp_path)
    put(tmp_path, "2", other_messages(worse_at("housing", 10)), held_out="others")
    judgement = promote(tmp_path, override=Override("all messages are written anew", lambda _: None))
    assert "1 in service has read too few" in judgement.remarks[0]
    assert all(verdict.absolute or verdict.gate == "messages" for verdict in judgement.verdicts)
    assert gates(judgement) == {"messages"}


def test_messages_that_are_gone_are_missed_and_told(tmp_path: Path) -> None:
    in_service(tmp_path)
    judgement = refused(tmp_path, [one for one in read_well() if not of("money")(one)])
    assert gates(judgement) == {"messages"}
    assert {pair.label for pair in judgement.refused[0].lost} == {"money_debt", "money_su"}
    promote(tmp_path, "2", override=Override("money is answered by people from now on", lambda _: None))
    assert [step.model for step in steps(tmp_path)] == ["1", "2"]


def test_a_few_messages_may_go(tmp_path: Path) -> None:
    in_service(tmp_path)
    assert gates(refused(tmp_path, read_well()[:-11])) == {"messages"}
    put(tmp_path, "3", read_well()[:-10])
    assert promote(tmp_path).model.name == "3"


def missed(one: Prediction) -> bool:
    return of("crisis")(one) and one.read != one.label


def no_danger(one: Prediction) -> Prediction:
    return replace(one, label="chat_hi", accepted=("chat_hi",))


@pytest.mark.parametrize("left", [{no_danger}, set()], ids=["called something else", "left out"])
def test_dangers_that_are_missed_cannot_be_left_out_for_any_reason(
    tmp_path: Path, left: set[Callable[[Prediction], Prediction]]
) -> None:
    in_service(tmp_path)
    without = [change(one) for one in read_well() if missed(one) for change in left]
    judgement = refused(tmp_path, [*(one for one in read_well() if not missed(one)), *without])
    assert gates(judgement) == {"messages"}
    assert all(missed(pair.before) for pair in judgement.refused[0].lost)
    with pytest.raises(RefusedByGatesError, match="nothing opens messages"):
        promote(tmp_path, override=Override("they were never clear", pytest.fail))


def test_not_one_danger_fewer_is_held_out_and_two_may_be_put_in_other_words(tmp_path: Path) -> None:
    in_service(tmp_path)
    first, second, *others = read_well()
    assert gates(refused(tmp_path, [second, *others])) == {"messages"}
    put(tmp_path, "3", [*other_messages([first, second]), *others])
    assert promote(tmp_path).model.name == "3"


def test_dangers_in_other_words_need_a_reason(tmp_path: Path) -> None:
    in_service(tmp_path)
    anew = [*other_messages(read_well()[:9]), *read_well()[9:]]
    assert gates(refused(tmp_path, anew)) == {"messages"}
    promote(tmp_path, override=Override("they named somebody", lambda _: None))
    assert [step.model for step in steps(tmp_path)] == ["1", "2"]


def test_a_few_new_messages_leave_the_others_to_compare(tmp_path: Path) -> None:
    in_service(tmp_path)
    more = other_messages(read_well()[:70])
    judgement = refused(tmp_path, [*swapped(SWAPPED), *more], held_out="more")
    [housing] = [verdict for verdict in judgement.refused if verdict.gate == "topic housing"]
    assert "over 70 against 1 (in service)" in housing.told


def test_a_label_put_right_counts_for_both(tmp_path: Path) -> None:
    wrong = [replace(one, label="money_su", accepted=("money_su",)) if of("money")(one) else one for one in read_well()]
    put(tmp_path, "1", wrong)
    promote(tmp_path, override=Override("labels are put right next", lambda _: None))
    put(tmp_path, "2", worse_at("money", 20))
    with pytest.raises(RefusedByGatesError) as caught:
        promote(tmp_path)
    assert "topic money" in gates(caught.value.judgement)


def after_a_change_of_code(folder: Path) -> None:
    put(folder, "1", code="other")
    (folder / IN_SERVICE).write_text(json.dumps({"history": ["1"]}), encoding="utf-8")


def test_after_a_change_of_code_a_maintainer_is_told_what_got_worse(tmp_path: Path) -> None:
    after_a_change_of_code(tmp_path)
    assert "topic housing" in gates(refused(tmp_path, swapped(SWAPPED)))


def test_after_a_change_of_code_what_is_good_enough_comes_into_service_by_itself(tmp_path: Path) -> None:
    after_a_change_of_code(tmp_path)
    put(tmp_path, "2", worse_at("housing", 12))
    judgement = promote(tmp_path, by_itself=True)
    assert judgement.bars_alone
    assert judgement.refused == []
    assert "topic housing" in {verdict.gate for verdict in judgement.verdicts if not verdict.passed}
    put(tmp_path, "3", worse_at("crisis", 70))
    with pytest.raises(RefusedByGatesError):
        promote(tmp_path, by_itself=True)


def test_after_a_change_of_code_what_is_not_good_enough_does_not_come_by_itself(tmp_path: Path) -> None:
    after_a_change_of_code(tmp_path)
    put(tmp_path, "2", worse_at("crisis", 7))
    with pytest.raises(RefusedByGatesError, match="nothing opens danger"):
        promote(tmp_path, by_itself=True)
    assert [step.model for step in steps(tmp_path)] == ["1"]


def test_what_came_by_the_bars_alone_keeps_nothing_out_that_is_as_good(tmp_path: Path) -> None:
    best = [replace(one, read=one.label) if one.label else one for one in read_well()]
    put(tmp_path, "1", best, code="other")
    (tmp_path / IN_SERVICE).write_text(json.dumps({"history": ["1"]}), encoding="utf-8")
    worse = misread(misread(best, of("crisis"), 8, read="chat_hi"), of("housing"), 8, read="money_su")
    put(tmp_path, "2", worse)
    promote(tmp_path, by_itself=True)
    assert steps(tmp_path)[-1].how is How.BY_BARS_ALONE
    put(tmp_path, "3", misread(worse, of("crisis"), 1, read="chat_hi"))
    assert promote(tmp_path, by_itself=True).model.name == "3"
    put(tmp_path, "4", misread(worse, of("crisis"), 5, read="chat_hi"))
    with pytest.raises(RefusedByGatesError) as caught:
        promote(tmp_path)
    assert "2 (the best that served)" in "".join(verdict.told for verdict in caught.value.judgement.refused)


def test_what_is_as_good_after_a_change_of_code_leaves_older_ones_as_measures(tmp_path: Path) -> None:
    after_a_change_of_code(tmp_path)
    put(tmp_path, "2")
    promote(tmp_path, by_itself=True)
    assert steps(tmp_path)[-1].how is How.PROMOTED


def test_the_best_is_the_best_at_what_the_new_one_has_read_too(tmp_path: Path) -> None:
    # It was measured on what is easy alone, and is right in a larger share than the one that hears the most.
    def easy(one: Prediction) -> bool:
        return not of("crisis")(one) or one.read == one.label

    best = [replace(one, read=one.label) if of("crisis")(one) else one for one in read_well()]
    in_service(tmp_path, "1", [one for one in read_well() if easy(one)])
    in_service(tmp_path, "2", best)
    in_service(tmp_path, "3", misread(best, of("crisis"), 4, read="chat_hi"))
    judgement = refused_as(tmp_path, "4", misread(best, of("crisis"), 8, read="chat_hi"))
    assert "2 (the best that served)" in "".join(v.told for v in judgement.refused if v.gate == "danger")


def test_by_itself_nothing_worse_comes_after_one_that_fits(tmp_path: Path) -> None:
    in_service(tmp_path)
    put(tmp_path, "2", worse_at("housing", 12))
    with pytest.raises(RefusedByGatesError):
        promote(tmp_path, by_itself=True)


def test_predictions_that_were_changed_get_no_model_into_service(tmp_path: Path) -> None:
    put(tmp_path, "1")
    file = tmp_path / "1.predictions.json"
    file.write_text(file.read_text(encoding="utf-8").replace("0.9", "0.8"), encoding="utf-8")
    with pytest.raises(ModelError, match=r"1\.predictions\.json is not what was written"):
        promote(tmp_path)


def test_two_models_are_compared_by_the_same_gates(tmp_path: Path) -> None:
    put(tmp_path, "1")
    put(tmp_path, "2", swapped(SWAPPED))
    assert gates(compare(tmp_path, "1", "2")) == {"all topics", "answers", "sure", "topic housing"}
    assert gates(compare(tmp_path, "1", "1")) == set()
    assert steps(tmp_path) == []
    put(tmp_path, "3", other_messages(read_well()))
    assert "too few messages in common" in compare(tmp_path, "1", "3").remarks[0]
