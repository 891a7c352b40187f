"""What keeps a worse danger screen out: each kind of worse is refused by its own gate, with the messages."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from bot.safety.graded import Graded
from bot.safety.in_service import fault_of
from bot.safety.levels import KINDS, DangerLevel
from bot.served import How, steps
from bot.training.danger_models import promotion
from bot.training.danger_models.gates import FEWEST
from bot.training.danger_models.heard import Heard
from bot.training.danger_models.promotion import compare, names_of, promote, rollback, serving
from bot.training.models.errors import ModelError, PromotionRefusedError
from bot.training.promotion import Judgement, Override, RefusedByGatesError
from tests.support.danger_models import heard_otherwise, heard_well, put

WHY = Override("it is urgent", lambda _: None)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With one in service; what the invented messages say is known."""
    texts = {one.message: Graded(f"said {one.message}", DangerLevel(one.level), one.kinds) for one in heard_well()}
    monkeypatch.setattr(promotion, "held_out_dangers", lambda: texts)
    put(tmp_path / "danger", "1")
    promote(tmp_path / "danger")
    return tmp_path / "danger"


def refused(folder: Path, heard: Iterable[Heard] | None = None, **told: object) -> Judgement:
    put(folder, "2", None if heard is None else tuple(heard), **told)
    with pytest.raises(RefusedByGatesError) as caught:
        promote(folder, "2")
    assert serving(folder).name == "1"
    return caught.value.judgement


def gates(judgement: Judgement) -> set[str]:
    return {verdict.gate for verdict in judgement.refused}


def of_kind(kind: str) -> Callable[[Heard], bool]:
    return lambda one: kind in one.kinds


def deaf_to(which: Callable[[Heard], bool], most: int) -> tuple[Heard, ...]:
    return heard_otherwise(heard_well(), which, most, found=0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_that_is_heard_less_is_refused_by_its_gate_with_the_messages(folder: Path, kind: str) -> None:
    judgement = refused(folder, deaf_to(of_kind(kind), 6))
    assert {f"kind {kind}", "danger"} <= gates(judgement)
    [lost] = [one.lost for one in judgement.refused if one.gate == f"kind {kind}"]
    assert len(lost) == 6
    assert lost[0].now.text == f"said {kind}-1-0"
    assert (lost[0].label, lost[0].before.read, lost[0].now.read) == (f"{kind} 1", f"{kind} 1", "nothing dangerous")


@pytest.mark.parametrize("level", [1, 2, 3])
def test_so_is_a_level(folder: Path, level: int) -> None:
    judgement = refused(folder, deaf_to(lambda one: one.level == level, 5))
    assert f"level {level}" in gates(judgement)
    assert not gates(judgement) & {f"level {other}" for other in (1, 2, 3) if other != level}


def test_no_reason_opens_a_gate_of_missed_danger(folder: Path) -> None:
    put(folder, "2", deaf_to(of_kind("suicide"), 8))
    noted: list[str] = []
    with pytest.raises(RefusedByGatesError, match=r"nothing opens danger, .*kind suicide"):
        promote(folder, "2", override=Override("it is urgent", noted.append))
    assert (noted, [step.model for step in steps(folder)]) == ([], ["1"])


def test_danger_that_is_only_lowered_to_a_check_in_is_missed_and_one_raised_is_not(folder: Path) -> None:
    assert "level 3" in gates(refused(folder, heard_otherwise(heard_well(), of_level(3), 6, found=1)))
    put(folder, "3", heard_otherwise(heard_well(), of_level(2), 20, found=3))
    assert promote(folder, "3").refused == []


def of_level(level: int) -> Callable[[Heard], bool]:
    return lambda one: one.level == level


def test_danger_that_slips_of_the_fingers_hide_is_refused(folder: Path) -> None:
    judgement = refused(folder, heard_otherwise(heard_well(), lambda one: one.level > 0, 6, slips=0))
    assert gates(judgement) == {"slips"}
    assert {pair.now.text.endswith("(respelled)") for one in judgement.refused for pair in one.lost} == {True}


def test_more_alarms_are_refused_and_a_reason_opens_that_and_is_noted(folder: Path) -> None:
    loud = heard_otherwise(heard_well(), lambda one: not one.level, 9, found=2, slips=2)
    assert gates(refused(folder, loud)) == {"alarms", "alarms by slips"}
    noted: list[str] = []
    promote(folder, "2", override=Override(" we would rather be called ", noted.append))
    assert noted == ["2"]
    assert (steps(folder)[-1].model, steps(folder)[-1].reason) == ("2", "we would rather be called")


def test_what_could_not_be_noted_is_not_put_into_service(folder: Path) -> None:
    put(folder, "2", size=40_000_000)

    def fails(_: str) -> None:
        raise OSError("the store is away")

    with pytest.raises(OSError, match="the store is away"):
        promote(folder, "2", override=Override("it may be large", fails))
    assert serving(folder).name == "1"


@pytest.mark.parametrize(("told", "gate"), [({"size": 5_100_000}, "size"), ({"pace": 5.1}, "time")])
def test_what_is_larger_or_slower_is_refused(folder: Path, told: dict[str, float], gate: str) -> None:
    assert gates(refused(folder, **told)) == {gate}


def test_messages_of_danger_may_neither_go_nor_be_called_calm(folder: Path) -> None:
    without = [one for one in heard_well() if one.message not in {f"threat-1-{n}" for n in range(3)}]
    judgement = refused(folder, without)
    assert gates(judgement) == {"messages"}
    with pytest.raises(RefusedByGatesError, match="nothing opens messages"):
        promote(folder, "2", override=WHY)
    milder = heard_otherwise(heard_well(), of_kind("violence"), 12, level=0, found=0)
    put(folder, "3", milder)
    with pytest.raises(RefusedByGatesError, match=r"nothing opens .*messages"):
        promote(folder, "3", override=WHY)


def test_one_that_is_measured_on_too_little_is_refused(folder: Path) -> None:
    few = [one for one in heard_well() if one.kinds != ("substance",)]
    few += [one for one in heard_well() if one.kinds == ("substance",)][: FEWEST - 1]
    assert "kind substance" in gates(refused(folder, few))


def test_a_little_may_not_be_lost_each_time(folder: Path) -> None:
    """Four lost are no proof (p = 0.06); eight in two steps are, held against the best that served."""
    put(folder, "2", deaf_to(of_kind("threat"), 4))
    promote(folder, "2")
    put(folder, "3", deaf_to(of_kind("threat"), 8))
    with pytest.raises(RefusedByGatesError) as caught:
        promote(folder, "3")
    assert "1 (the best that served)" in " ".join(one.told for one in caught.value.judgement.refused)


def test_one_as_good_comes_into_service_and_the_one_before_comes_back(folder: Path) -> None:
    put(folder, "2")
    assert promote(folder).model.name == "2"
    assert rollback(folder).name == "1"
    assert (serving(folder).name, names_of(folder)) == ("1", ["1"])
    with pytest.raises(ModelError, match="before the one in service"):
        rollback(folder)


def test_a_changed_file_is_neither_promoted_nor_rolled_back_to(folder: Path) -> None:
    put(folder, "2")
    promote(folder, "2")
    put(folder, "3")
    for name in ("1", "3"):
        (folder / f"{name}.npz").write_bytes(b"another")
    with pytest.raises(ModelError, match="SHA-256"):
        promote(folder, "3")
    with pytest.raises(ModelError, match="before the one in service"):
        rollback(folder)
    assert serving(folder).name == "2"


def test_one_of_other_code_is_refused(folder: Path) -> None:
    put(folder, "2", code="other code")
    with pytest.raises(ModelError, match="other code"):
        promote(folder, "2")


def test_by_itself_the_bars_alone_count_where_nothing_fits_this_code(folder: Path) -> None:
    sidecar = folder / "1.json"
    fitting = sidecar.read_text(encoding="utf-8")
    worse = deaf_to(of_kind("substance"), 5)
    put(folder, "2", worse)
    with pytest.raises(RefusedByGatesError):
        promote(folder, "2", by_itself=True)
    sidecar.write_text(fitting.replace('"code": "', '"code": "other'), encoding="utf-8")
    assert "other code" in (fault_of(folder, "1") or "")
    assert promote(folder, "2", by_itself=True).how is How.BY_BARS_ALONE
    put(folder, "3", deaf_to(of_kind("substance"), 60))
    sidecar2 = folder / "2.json"
    sidecar2.write_text(sidecar2.read_text(encoding="utf-8").replace('"code": "', '"code": "other'), encoding="utf-8")
    with pytest.raises(RefusedByGatesError):
        promote(folder, "3", by_itself=True)


def test_one_is_heard_anew_where_the_patterns_are_others_now(folder: Path) -> None:
    """What was kept with it does not count then, here to its disadvantage."""
    put(folder, "2", deaf_to(of_kind("threat"), 3), read_with="other patterns")
    asked: list[str] = []

    def rehear(model: object) -> tuple[Heard, ...]:
        asked.append(model.name)  # type: ignore[attr-defined]
        return deaf_to(of_kind("threat"), 9)

    with pytest.raises(RefusedByGatesError):
        promote(folder, "2", rehear=rehear)
    assert asked == ["2"]


def test_two_are_compared(folder: Path) -> None:
    put(folder, "2", deaf_to(of_kind("threat"), 9))
    assert "kind threat" in gates(compare(folder, "1", "2"))
    assert compare(folder, "2", "1").refused == []


def test_one_in_service_stays_so(folder: Path) -> None:
    assert promote(folder, "1").verdicts == ()
    assert len(steps(folder)) == 1


def test_what_nobody_knows_is_named(folder: Path) -> None:
    with pytest.raises(ModelError, match="known: 1"):
        promote(folder, "9")
    assert not issubclass(ModelError, PromotionRefusedError)
