"""What a municipality reads says the days that the code keeps, and leads to what is there."""

import re
from pathlib import Path

import pytest

from bot.casework.keeping import Course, Keeping
from bot.settings import ROOT

PAGE = ROOT / "docs" / "for-kommuner.md"
DECISION = ROOT / "docs" / "decisions" / "0016-how-long-what-is-kept.md"


def test_the_page_tells_the_days_of_each_kind() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \|.*\| (\d+) dage", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert told == {name: str(days) for name, days in vars(Keeping()).items()}


def test_the_decision_tells_the_days_of_each_course() -> None:
    text = DECISION.read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \|[^|]*\| (\d+)", text, re.MULTILINE))
    days = {course.value: str(Keeping().days(course)) for course in Course}
    assert told == days | {"figures": str(Keeping().figures)}
    logs = re.search(r"^\| `danger_log`, `audit_log` \|[^|]*\| (\d+)", text, re.MULTILINE)
    assert logs
    assert {int(logs[1])} == {Keeping().danger_log, Keeping().audit_log}


@pytest.mark.parametrize("page", [PAGE, DECISION])
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert (page.parent / target.split("#")[0]).exists(), target
    named, used = (
        set(re.findall(r"^\[(\w+)\]: https://\S+$", text, re.MULTILINE)),
        set(re.findall(r"\]\[(\w+)\]", text)),
    )
    assert named == used


def test_each_line_of_the_checklist_has_somebody_who_decides() -> None:
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(number) for number, *_ in rows] == list(range(1, 17))
    assert all(what.strip() and who.strip() for _, what, who in rows)
