"""What a municipality's file may say about its talks, and what is refused by name."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.casework.free_times import Way
from bot.municipality.towns import TOWNS, Municipality, MunicipalityError, load_municipalities

SHIPPED = (TOWNS / "eksempel.yml").read_text(encoding="utf-8")


def with_changes(folder: Path, *changes: tuple[str, str]) -> Municipality:
    text = SHIPPED
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "by.yml").write_text(text, encoding="utf-8")
    return load_municipalities(folder)["by"]


def test_a_pause_and_a_limit_are_read(tmp_path: Path) -> None:
    town = with_changes(
        tmp_path,
        ("phone: {minutes: 30,", "phone: {minutes: 30, pause_minutes: 10,"),
        ("- name: Boligagenten\n", "- name: Boligagenten\n    talks_a_day: 4\n"),
    )
    assert (town.rules.pause(Way.PHONE), town.rules.pause(Way.CHAT)) == (timedelta(minutes=10), timedelta())
    assert [agent.talks_a_day for agent in town.agents] == [4]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- name: Boligagenten\n", "- name: Boligagenten\n    talks_a_day: 0\n", "talks_a_day: 0"),
        ('minutes: 30, place: "Her', 'minutes: 30, pause_minutes: -5, place: "Her', "pause_minutes: -5"),
        ('minutes: 30, place: "Her', 'minutes: 0, place: "Her', "minutes: 0"),
        ('["09:00-12:00", "12:30-15:30"]', '["09:00-12:00", "11:30-15:30"]', "11:30-15:30"),
        ('["09:00-13:00"]', '["13:00-09:00"]', "13:00-09:00"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(MunicipalityError, match=rf"by\.yml.*{told}"):
        with_changes(tmp_path, (old, new))
