"""What keeps a worse model out: each kind of worse is refused by its own gate, with the messages."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.training.gates.danger import FEWEST
from bot.training.models.history import steps
from bot.training.models.trained import Stories
from bot.training.promotion import Override, RefusedByGatesError, promote
from tests.support.models import misread, put, read_well
from tests.support.promotions import (
    CRISIS_SWAPPED,
    SWAPPED,
    at_random,
    gates,
    in_service,
    of,
    refused,
    swapped,
    worse_at,
)

WHY = Override("it is urgent", lambda _: None)


def test_labels_of_two_intents_swapped_are_refused_by_their_topic_with_the_messages(tmp_path: Path) -> None:
    in_service(tmp_path)
    judgement = refused(tmp_path, swapped(SWAPPED))
    assert gates(judgement) == {"all topics", "answers", "sure", "topic housing"}
    [housing] = [verdict for verdict in judgement.refused if verdict.gate == "topic housing"]
    assert len(housing.lost) == 64
    assert {pair.label for pair in housing.lost} == set(SWAPPED)
    assert all(SWAPPED[pair.before.read or ""] == pair.now.read for pair in housing.lost)


def test_danger_that_is_no_longer_read_is_refused_by_the_gate_of_danger_and_no_reason_opens_it(tmp_path: Path) -> None:
    in_service(tmp_path)
    judgement = refused(tmp_path, worse_at("crisis", 70))
    assert {"danger", "topic crisis"} <= gates(judgement)
    noted: list[str] = []
    with pytest.raises(RefusedByGatesError, match="nothing opens danger"):
        promote(tmp_path, "2", override=Override("it is urgent", noted.append))
    assert (noted, [step.model for step in steps(tmp_path)]) == ([], ["1"])


def test_danger_that_is_asked_about_instead_of_met_is_not_heard(tmp_path: Path) -> None:
    in_service(tmp_path)
    judgement = refused(tmp_path, [replace(one, sure=one.sure and not of("crisis")(one)) for one in read_well()])
    assert "danger" in gates(judgement)


def test_a_few_dangers_lost_are_refused_though_enough_are_heard(tmp_path: Path) -> None:
    in_service(tmp_path)
    judgement = refused(tmp_path, worse_at("crisis", 5))
    absolute, against = (verdict for verdict in judgement.verdicts if verdict.gate == "danger")
    assert (absolute.passed, against.passed, len(against.lost)) == (True, False, 5)


def test_one_danger_taken_for_another_is_refused_by_its_topic_and_no_reason_opens_it(tmp_path: Path) -> None:
    in_service(tmp_path)
    judgement = refused(tmp_path, swapped(CRISIS_SWAPPED))
    assert "danger" not in gates(judgement)
    with pytest.raises(RefusedByGatesError, match="nothing opens topic crisis"):
        promote(tmp_path, override=Override("why not", lambda _: None))


def test_a_few_dangers_lost_are_lost_for_no_reason(tmp_path: Path) -> None:
    in_service(tmp_path)
    put(tmp_path, "2", worse_at("crisis", 5))
    with pytest.raises(RefusedByGatesError, match="nothing opens danger"):
        promote(tmp_path, override=WHY)


def test_a_first_model_that_hears_too_little_danger_is_taken_for_no_reason(tmp_path: Path) -> None:
    # What it asks about it understands, so that no other gate closes; 58 of 70 are the least.
    asks = [misread(read_well(), of("crisis"), most, sure=False) for most in (6, 7)]
    assert gates(refused(tmp_path, asks[1])) == {"danger"}
    with pytest.raises(RefusedByGatesError, match="nothing opens danger"):
        promote(tmp_path, override=WHY)
    put(tmp_path, "3", asks[0])
    assert promote(tmp_path).model.name == "3"


@pytest.mark.parametrize(("left", "enough"), [(0, False), (FEWEST - 1, False), (FEWEST, True)])
def test_too_few_held_out_dangers_tell_nothing(tmp_path: Path, left: int, enough: bool) -> None:  # noqa: FBT001
    heard = [one for one in read_well() if of("crisis")(one) and one.read == one.label]
    # Some of both kinds, for each has its figure among all topics.
    put(tmp_path, "1", [*(one for one in read_well() if not of("crisis")(one)), *heard[::2][:left]])
    if enough:
        assert promote(tmp_path).refused == []
        return
    with pytest.raises(RefusedByGatesError, match="nothing opens danger") as caught:
        promote(tmp_path, override=WHY)
    assert gates(caught.value.judgement) == {"danger"}
    assert f"{left} held-out messages" in caught.value.judgement.refused[0].told


def test_a_third_of_the_labels_at_random_is_refused(tmp_path: Path) -> None:
    in_service(tmp_path)
    assert {"danger", "all topics", "answers"} <= gates(refused(tmp_path, at_random()))


def test_a_first_model_is_refused_that_understands_too_little(tmp_path: Path) -> None:
    judgement = refused(tmp_path, worse_at("money", 40))
    assert gates(judgement) == {"all topics"}


def test_what_is_none_of_ours_answered_as_if_it_were_is_refused(tmp_path: Path) -> None:
    in_service(tmp_path)
    judgement = refused(tmp_path, [replace(one, sure=True) for one in read_well()])
    assert gates(judgement) == {"answers", "sure"}
    assert {pair.label for pair in judgement.refused[0].lost} == {None}


def test_to_be_surely_wrong_where_it_asked_before_is_refused(tmp_path: Path) -> None:
    in_service(tmp_path, predictions=[replace(one, sure=one.read == one.label) for one in read_well()])
    # As with a lower threshold: it answers all of ours and reads nothing otherwise.
    judgement = refused(tmp_path, [replace(one, sure=one.label is not None) for one in read_well()])
    assert gates(judgement) == {"sure"}
    assert len(judgement.refused[0].lost) == 21
    assert "of 285 is wrong and sure of 21 more and 0 less than 1 (in service)" in judgement.refused[0].told


def test_to_be_surely_wrong_a_little_more_or_elsewhere_is_taken(tmp_path: Path) -> None:
    wrong = [one.text for one in read_well() if one.label and one.read != one.label]
    asked_at = (set(wrong), set(wrong[2:]), {*wrong[2:-2], *wrong[:2]})
    for name, asked in enumerate(asked_at):
        put(tmp_path, str(name), [replace(one, sure=one.sure and one.text not in asked) for one in read_well()])
        assert promote(tmp_path, str(name)).model.name == str(name)


def test_a_story_that_goes_otherwise_is_refused_by_name(tmp_path: Path) -> None:
    judgement = refused(tmp_path, stories=Stories(30, ("a crisis in the middle of the plan ends it",)))
    assert gates(judgement) == {"stories"}
    assert "a crisis in the middle of the plan ends it" in judgement.refused[0].told
    assert gates(refused(tmp_path, stories=Stories(0, ()))) == {"stories"}


@pytest.mark.parametrize(("told", "gate"), [({"pace": 25.1}, "time"), ({"size": 54_000_000}, "size")])
def test_a_slow_model_and_a_large_one_are_refused(tmp_path: Path, told: dict[str, object], gate: str) -> None:
    in_service(tmp_path)
    assert gates(refused(tmp_path, **told)) == {gate}


def test_a_model_as_good_or_better_or_worse_within_chance_is_taken(tmp_path: Path) -> None:
    in_service(tmp_path)
    as_good, some = read_well(), worse_at("housing", 3)
    better = [replace(one, read=one.label or one.read) for one in read_well()]
    for name, predictions in {"2": as_good, "3": some, "4": better}.items():
        put(tmp_path, name, predictions, pace=24.0, size=45_000_000)
        assert promote(tmp_path, name).model.name == name
