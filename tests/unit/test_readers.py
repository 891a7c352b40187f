"""Who has read a conversation, told as sittings."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.casework.readers import SITTING, Look, Reading, readings

MORNING = datetime(2026, 12, 2, 9, tzinfo=UTC)


def look(action: str, minutes: int = 0, user: int = 1, role: str = "boligagent") -> Look:
    return Look(user, role, action, MORNING + timedelta(minutes=minutes))


def test_looks_close_together_are_one_sitting_with_all_that_was_read() -> None:
    [one] = readings([look("read"), look("read_plan"), look("follow", 20), look("read_contact", 40)])
    assert one == Reading(
        "boligagent", ("chat", "plan", "contact"), in_danger=False, first_at=MORNING, last_at=look("read", 40).at
    )


def test_a_later_look_is_another_and_the_newest_stands_first() -> None:
    later = int(SITTING.total_seconds() / 60) + 1
    assert [one.first_at for one in readings([look("read"), look("read", later)])] == [look("read", later).at, MORNING]


def test_two_who_look_at_once_are_two() -> None:
    found = readings([look("read"), look("read_in_danger", user=2, role="ungerådgiver"), look("follow", 5)])
    assert {(one.role, one.in_danger) for one in found} == {("boligagent", False), ("ungerådgiver", True)}


@pytest.mark.parametrize("actions", [("read", "read_in_danger"), ("read_in_danger", "read")])
def test_danger_in_any_look_is_told_of_the_whole_sitting(actions: tuple[str, str]) -> None:
    [one] = readings([look(action, minutes) for minutes, action in enumerate(actions)])
    assert one.in_danger


def test_who_only_opened_the_page_or_acted_has_read_nothing() -> None:
    assert readings([look("open"), look("claim"), look("say"), look("release")]) == []
