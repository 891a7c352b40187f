"""What a maintainer may decide: what there is, and nothing that is somebody's words."""

from dataclasses import replace

import pytest

from bot.casework.meanings import OUT_OF_SCOPE
from bot.casework.misread import (
    BadDecisionError,
    Decision,
    Found,
    FoundMessage,
    Opinion,
    UnknownLabelError,
    Verdict,
    is_seconded,
    needs_second,
)
from bot.review.decisions import checked, labels
from tests.unit.test_review_signals import NOW

KNOWN = labels()
HOME, DEBT, DANGER = "housing_find_home", "money_debt", "crisis_suicide"


@pytest.mark.parametrize(
    ("verdict", "given", "decision"),
    [
        (Verdict.CONFIRM, [], Decision(Verdict.CONFIRM, (HOME,))),
        (Verdict.CONFIRM, [DEBT], Decision(Verdict.CONFIRM, (HOME,))),
        (Verdict.CORRECT, [DEBT], Decision(Verdict.CORRECT, (DEBT,))),
        (Verdict.CORRECT, [HOME], Decision(Verdict.CONFIRM, (HOME,))),
        (Verdict.SEVERAL, [DEBT, HOME], Decision(Verdict.SEVERAL, (HOME, DEBT))),
        (Verdict.NOT_OURS, ["x"], Decision(Verdict.NOT_OURS, (OUT_OF_SCOPE,))),
        (Verdict.LEAVE_OUT, [DEBT], Decision(Verdict.LEAVE_OUT, ())),
        (Verdict.NEW, [" housing_pets "], Decision(Verdict.NEW, ("housing_pets",))),
    ],
)
def test_what_can_be_meant(verdict: Verdict, given: list[str], decision: Decision) -> None:
    assert checked(verdict, given, HOME, KNOWN) == decision


@pytest.mark.parametrize(
    ("verdict", "given"),
    [
        (Verdict.CORRECT, []),
        (Verdict.CORRECT, [HOME, DEBT]),
        (Verdict.SEVERAL, [DEBT]),
        (Verdict.SEVERAL, [DEBT, DEBT]),
        (Verdict.NEW, []),
        (Verdict.NEW, [HOME]),
        (Verdict.NEW, ["ring til Sofie"]),
        (Verdict.NEW, ["Housing_pets"]),
        (Verdict.NEW, ["pets"]),
        (Verdict.NEW, ["housing_" + "x" * 40]),
    ],
)
def test_what_lacks_something_is_refused(verdict: Verdict, given: list[str]) -> None:
    with pytest.raises(BadDecisionError):
        checked(verdict, given, HOME, KNOWN)


def test_nothing_can_be_confirmed_where_nothing_was_read() -> None:
    with pytest.raises(BadDecisionError):
        checked(Verdict.CONFIRM, [], None, KNOWN)


@pytest.mark.parametrize("verdict", [Verdict.CORRECT, Verdict.SEVERAL])
def test_a_meaning_that_there_is_not_is_named(verdict: Verdict) -> None:
    with pytest.raises(UnknownLabelError, match="housing_castle"):
        checked(verdict, [HOME, "housing_castle"], HOME, KNOWN)
    with pytest.raises(UnknownLabelError):
        checked(Verdict.CONFIRM, [], "gone_since", KNOWN)


def message(read_as: str | None = HOME, level: int = 0) -> FoundMessage:
    return FoundMessage(1, Found(1, NOW.date(), (), read_as, 0.5, level, "g"), "hej")


@pytest.mark.parametrize(
    ("messages", "label", "second"),
    [
        ([message()], DEBT, False),
        ([message(level=1)], DEBT, False),
        ([message(), message(level=2)], DEBT, True),
        ([message(DANGER)], DEBT, True),
        ([message(None)], DANGER, True),
    ],
)
def test_two_must_agree_where_it_was_or_will_be_danger(messages: list[FoundMessage], label: str, second: bool) -> None:  # noqa: FBT001
    assert needs_second(messages, Decision(Verdict.CORRECT, (label,))) is second


def test_where_one_says_that_it_is_danger_another_does_not_say_alone_that_it_is_none() -> None:
    assert needs_second([replace(message(), said_danger=True)], Decision(Verdict.CONFIRM, (HOME,)))


def test_anybody_may_leave_something_out() -> None:
    assert not needs_second([message(DANGER, level=3)], Decision(Verdict.LEAVE_OUT, ()))


def test_nobody_seconds_themselves_or_something_else() -> None:
    own, other = Decision(Verdict.CORRECT, (DEBT,)), Decision(Verdict.CORRECT, (HOME,))
    assert not is_seconded([], 1, own)
    assert not is_seconded([Opinion(1, own, NOW)], 1, own)
    assert not is_seconded([Opinion(2, other, NOW)], 1, own)
    assert is_seconded([Opinion(2, own, NOW), Opinion(3, other, NOW)], 1, own)


def test_every_meaning_has_something_to_call_it() -> None:
    assert all(KNOWN.values())
    assert OUT_OF_SCOPE in KNOWN
