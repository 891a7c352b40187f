"""The days a municipality sets: each bound, each default, and what is refused in words."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.casework.keeping import Course, Keeping, KeepingError, keeping_from, limit
from bot.municipality.towns import TOWNS, MunicipalityError, load_municipalities


def test_what_a_municipality_has_not_set_is_ours() -> None:
    assert keeping_from({}) == Keeping()
    assert keeping_from({"quiet": 7}) == Keeping(quiet=7)


@pytest.mark.parametrize("days", [0, -1, 3651, 1.5, "30", True, None])
def test_what_is_no_number_of_days_is_refused_by_name(days: object) -> None:
    with pytest.raises(KeepingError, match="quiet"):
        keeping_from({"quiet": days})


@pytest.mark.parametrize("given", [{"secrets": 30}, ["quiet"], None, 30])
def test_what_is_not_kept_is_refused(given: object) -> None:
    with pytest.raises(KeepingError):
        keeping_from(given)


@pytest.mark.parametrize(
    "days",
    [{"audit_log": 365}, {"danger": 731, "danger_log": 731}, {"human": 800, "danger_log": 800, "audit_log": 799}],
)
def test_who_read_a_conversation_is_known_for_as_long_as_it_stands(days: dict[str, int]) -> None:
    with pytest.raises(KeepingError, match=r"^audit_log:"):
        keeping_from(days)


@pytest.mark.parametrize("days", [{"danger": 731, "audit_log": 731}, {"quiet": 20, "danger_log": 19}])
def test_why_a_conversation_was_raised_is_known_for_as_long_as_it_stands(days: dict[str, int]) -> None:
    with pytest.raises(KeepingError, match=r"^danger_log:"):
        keeping_from(days)


def test_each_course_has_its_own_days() -> None:
    own = Keeping(quiet=1, talk=2, human=3, danger=4)
    assert [own.days(course) for course in Course] == [4, 3, 2, 1]


def test_a_day_is_a_day() -> None:
    now = datetime(2026, 11, 28, 12, tzinfo=UTC)
    assert limit(28, now) == datetime(2026, 10, 31, 12, tzinfo=UTC)


def test_a_file_with_days_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    text = (TOWNS / "eksempel.yml").read_text(encoding="utf-8")
    assert "\n  quiet: 30 " in text
    (tmp_path / "by.yml").write_text(text.replace("\n  quiet: 30 ", "\n  quiet: 0 "), encoding="utf-8")
    with pytest.raises(MunicipalityError, match=r"by\.yml.*quiet: 0"):
        load_municipalities(tmp_path)


def test_a_file_sets_its_own_days(tmp_path: Path) -> None:
    text = (TOWNS / "eksempel.yml").read_text(encoding="utf-8")
    (tmp_path / "by.yml").write_text(text.replace("\n  quiet: 30 ", "\n  quiet: 5 "), encoding="utf-8")
    assert load_municipalities(tmp_path)["by"].keeping.quiet == 5
