"""What a municipality's file may say about its talks, and what is refused by name."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from dateutil.easter import easter

from bot.casework.free_times import DANISH_TIME, Agent, Way, danish_day, free_spans
from bot.municipality.towns import TOWNS, Municipality, MunicipalityError, load_municipalities

SHIPPED = (TOWNS / "eksempel.yml").read_text(encoding="utf-8")
OWN_CLOSED = 'closed: ["05-01", "06-05", "12-24", "12-31"]'
NOBODY_CHOOSES = "choose_agent: false"
# Days from Easter Sunday: the Thursday, Friday and Monday, the Ascension, Whit Sunday and Monday.
WITH_EASTER = (-3, -2, 0, 1, 39, 49, 50)
PRAYER_DAY = 26
"""A public holiday until 2023."""


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


def test_whether_young_people_may_choose_whom_they_talk_with_is_off_unless_it_says_so(tmp_path: Path) -> None:
    assert [with_changes(tmp_path, *said).choose_agent for said in ((), ((NOBODY_CHOOSES, ""),))] == [False, False]
    assert with_changes(tmp_path, (NOBODY_CHOOSES, "choose_agent: true")).choose_agent


def test_the_robot_learns_from_nobody_unless_it_says_so(tmp_path: Path) -> None:
    assert not with_changes(tmp_path, ("learns: true", "")).learns
    assert with_changes(tmp_path).learns


def test_a_code_is_asked_of_everybody_who_signs_in_unless_the_town_is_invented_or_says_no(tmp_path: Path) -> None:
    real, unsaid = ("invented: true", "invented: false"), ("second_factor: false", "")
    said = ((unsaid,), (unsaid, real), (real,))
    assert [with_changes(tmp_path, *changes).second_factor for changes in said] == [False, True, False]


def test_where_concern_is_reported_is_nowhere_unless_it_says_so(tmp_path: Path) -> None:
    assert with_changes(tmp_path).reports_at == ""
    address = "https://by.example/underretning?a=b"
    assert with_changes(tmp_path, (NOBODY_CHOOSES, f'reports_at: "{address}"')).reports_at == address


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("second_factor: false", 'second_factor: "nej"', "second_factor: 'nej'"),
        (NOBODY_CHOOSES, 'reports_at: "http://by.example"', "reports_at: 'http://by.example'"),
        (NOBODY_CHOOSES, 'reports_at: "javascript:x"', "reports_at: 'javascript:x'"),
        (NOBODY_CHOOSES, 'reports_at: "https://by.example/a b"', "reports_at: 'https://by.example/a b'"),
        (NOBODY_CHOOSES, "reports_at: 7", "reports_at: 7"),
        ("learns: true", 'learns: "ja"', "learns: 'ja'"),
        (NOBODY_CHOOSES, "choose_agent: 1", "choose_agent: 1"),
        (NOBODY_CHOOSES, 'choose_agent: "ja"', "choose_agent: 'ja'"),
        ("- name: Boligagenten\n", "- name: Boligagenten\n    talks_a_day: 0\n", "talks_a_day: 0"),
        ('minutes: 30, place: "Her', 'minutes: 30, pause_minutes: -5, place: "Her', "pause_minutes: -5"),
        ('minutes: 30, place: "Her', 'minutes: 0, place: "Her', "minutes: 0"),
        ('["09:00-12:00", "12:30-15:30"]', '["09:00-12:00", "11:30-15:30"]', "11:30-15:30"),
        ('["09:00-13:00"]', '["13:00-09:00"]', "13:00-09:00"),
        (OWN_CLOSED, 'closed: ["12-24", "13-01"]', "closed: '13-01'"),
        (OWN_CLOSED, 'closed: ["02-29"]', "closed: '02-29'"),
        (OWN_CLOSED, 'closed: ["5-1"]', "closed: '5-1'"),
        (OWN_CLOSED, 'closed: ["W01-1"]', "closed: 'W01-1'"),
        (OWN_CLOSED, "closed: [12.24]", "closed: 12.24"),
        (OWN_CLOSED, 'closed: "12-24"', "closed: '12-24'"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(MunicipalityError, match=rf"(?s)by\.yml.*{told}"):
        with_changes(tmp_path, (old, new))


@pytest.mark.parametrize("own", ['closed: ["05-01", "06-05", "12-24", "12-31"]', "closed: []"])
def test_a_town_is_closed_on_public_holidays_and_on_days_of_its_own_alone(tmp_path: Path, own: str) -> None:
    town = with_changes(tmp_path, (OWN_CLOSED, own))
    this_year = datetime.now(DANISH_TIME).year
    for year in range(this_year - 1, this_year + 3):
        public = {easter(year) + timedelta(days=days) for days in WITH_EASTER}
        public |= {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}
        asked = {date(year, 5, 1), date(year, 6, 5), date(year, 12, 24), date(year, 12, 31)}
        closed = {day for day in town.rules.closed_days if day.year == year}
        assert closed == (public | asked if "05-01" in own else public)
        assert easter(year) + timedelta(days=PRAYER_DAY) not in closed - asked


def test_nobody_answers_and_nothing_is_offered_on_a_closed_day() -> None:
    """The Monday after Easter, at an hour at which every other Monday is open."""
    town = load_municipalities(TOWNS)["eksempel"]
    monday = easter(datetime.now(DANISH_TIME).year + 1) + timedelta(days=1)
    at_ten, week = datetime.combine(monday, time(10), DANISH_TIME), timedelta(days=7)
    assert [town.staffed_at(at_ten + week * weeks) for weeks in (-1, 0, 1)] == [True, False, True]
    [agent] = [Agent(1, town.slug, one.name, one.openings) for one in town.agents]
    rules = replace(town.rules, horizon=timedelta(days=9))
    spans = free_spans([agent], (), Way.OFFICE, rules, at_ten - timedelta(days=1))
    offered = {danish_day(span.starts_at) for span in spans}
    assert (monday in offered, monday + week in offered) == (False, True)
