"""Which places of a municipality somebody can go to tonight: by age, by the hour, and while they are checked."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.ages import AgeGroup
from bot.casework.free_times import DANISH_TIME, Opening
from bot.casework.tonight import SURE_MONTHS, TOLD_MONTHS, Place, PlaceTonight, places_tonight
from bot.knowledge.checks import CHANGES_SELDOM, CHANGES_SOON
from bot.safety.places import MOST_PLACES
from bot.safety.replies_by_tongue import shipped_replies_by_tongue

CHECKED = date(2026, 11, 1)
# A Wednesday; the night before and the day after are ordinary days too.
WEDNESDAY = date(2026, 11, 18)
EVENING = time(20, 30)
NIGHTLY = tuple(Opening(weekday, time(21), time(8)) for weekday in range(7))
ALL_DAY = tuple(Opening(weekday, time(0), time(0)) for weekday in range(7))


def place(text: str = "Natcafeen", *, age: AgeGroup | None = None, hours: tuple[Opening, ...] = ()) -> Place:
    return Place(text, CHECKED, age, hours)


def at(clock: time, day: date = WEDNESDAY) -> datetime:
    return datetime.combine(day, clock, DANISH_TIME)


def told(
    *places: Place, now: datetime, age: AgeGroup | None = None, closed: tuple[date, ...] = ()
) -> list[PlaceTonight]:
    return places_tonight(places, age, closed, now)


def hours_told(*hours: Opening, now: datetime) -> tuple[str, str] | None:
    """When it opens and closes, as the clock in Denmark shows; None for a place that is not told."""
    found = told(place(hours=hours), now=now)
    if not found:
        return None
    return tuple(f"{hour.astimezone(DANISH_TIME):%H:%M}" if hour else "" for hour in (found[0].opens, found[0].closes))  # type: ignore[return-value]


FOR_ALL, YOUNG, GROWN = place("alle"), place("unge", age=AgeGroup.UNDER_18), place("voksne", age=AgeGroup.ADULT)


@pytest.mark.parametrize(
    ("age", "names"),
    [
        (AgeGroup.UNDER_18, [("alle", None), ("unge", None)]),
        (AgeGroup.ADULT, [("alle", None), ("voksne", None)]),
        (None, [("alle", None), ("unge", AgeGroup.UNDER_18), ("voksne", AgeGroup.ADULT)]),
    ],
)
def test_the_age_chooses_and_without_one_it_is_said_whom_each_takes(
    age: AgeGroup | None, names: list[tuple[str, AgeGroup | None]]
) -> None:
    found = told(FOR_ALL, YOUNG, GROWN, now=at(EVENING), age=age)
    assert [(one.place.text, one.age) for one in found] == names


@pytest.mark.parametrize(
    ("clock", "hours"),
    [
        (time(20, 59), ("21:00", "")),
        (time(21), ("", "08:00")),
        (time(23, 59), ("", "08:00")),
        (time(0), ("", "08:00")),
        (time(7, 59), ("", "08:00")),
        (time(8), ("21:00", "")),
        (time(6), ("", "08:00")),
    ],
)
def test_a_night_that_runs_past_midnight_is_one(clock: time, hours: tuple[str, str]) -> None:
    assert hours_told(*NIGHTLY, now=at(clock)) == hours


@pytest.mark.parametrize(
    ("opening", "clock", "hours"),
    [
        # Open on Tuesday night only: at two on Wednesday it still is.
        (Opening(1, time(21), time(8)), time(2), ("", "08:00")),
        (Opening(1, time(21), time(8)), time(9), None),
        (Opening(2, time(21), time(8)), time(2), None),
        # What opens after six in the morning is no longer this night.
        (Opening(3, time(5, 59), time(9)), time(20), ("05:59", "")),
        (Opening(3, time(6), time(9)), time(20), None),
        (Opening(2, time(7), time(9)), time(5), None),
        (Opening(2, time(7), time(9)), time(6), ("07:00", "")),
        (Opening(2, time(9), time(15)), time(15), None),
        # On Sunday night from a Monday.
        (Opening(6, time(22), time(6)), time(23), None),
    ],
)
def test_only_what_is_open_or_opens_in_this_night_is_told(
    opening: Opening, clock: time, hours: tuple[str, str] | None
) -> None:
    assert hours_told(opening, now=at(clock)) == hours


def test_sunday_runs_on_into_monday() -> None:
    monday = WEDNESDAY - timedelta(days=2)
    assert hours_told(Opening(6, time(22), time(6)), now=at(time(3), monday)) == ("", "06:00")


def test_stretches_that_touch_are_one() -> None:
    assert hours_told(Opening(2, time(20), time(0)), Opening(3, time(0), time(8)), now=at(EVENING)) == ("", "08:00")


@pytest.mark.parametrize("now", [at(time(0)), at(time(23, 59)), at(time(23, 30), date(2026, 3, 28))])
def test_what_never_closes_is_told_without_hours(now: datetime) -> None:
    """Also the evening before a day of 23 hours."""
    assert hours_told(*ALL_DAY, now=now) == ("", "")
    assert hours_told(now=now) == ("", "")


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 10, 24)], ids=["an hour is skipped", "an hour is twice"])
def test_the_clock_in_denmark_counts_also_in_the_night_it_changes(day: date) -> None:
    opens, closes = at(time(21), day).astimezone(UTC), at(time(8), day + timedelta(days=1)).astimezone(UTC)
    assert closes - opens in (timedelta(hours=10), timedelta(hours=12))
    moment = timedelta(seconds=1)
    nightly = place(hours=NIGHTLY)
    assert told(nightly, now=opens - moment)[0].opens == opens
    assert told(nightly, now=opens)[0].closes == closes
    assert told(nightly, now=closes - moment)[0].closes == closes
    assert told(nightly, now=closes)[0].opens == at(time(21), day + timedelta(days=1))


def test_what_is_open_stands_before_what_opens_and_else_the_files_order_holds() -> None:
    late, later, now_open = (
        place(name, hours=(Opening(2, start, time(6)),))
        for name, start in (("sen", time(22)), ("senere", time(23)), ("nu", time(19)))
    )
    found = told(later, late, now_open, place("altid"), now=at(EVENING))
    assert [one.place.text for one in found] == ["nu", "altid", "sen", "senere"]


@pytest.mark.parametrize(
    ("day", "sure"),
    [(date(2027, 5, 1), True), (date(2027, 5, 2), False), (date(2027, 11, 1), False), (date(2027, 11, 2), None)],
)
def test_after_six_months_it_is_to_be_checked_and_after_twelve_nobody_is_sent_there(
    day: date, *, sure: bool | None
) -> None:
    found = told(place(), now=at(time(23), day))
    assert [not one.check_first for one in found] == ([] if sure is None else [sure])


def test_it_is_sure_for_as_long_as_a_fact_with_hours_is() -> None:
    assert (SURE_MONTHS, TOLD_MONTHS) == (CHANGES_SOON, CHANGES_SELDOM)


def test_on_a_closed_day_nobody_knows_whether_the_hours_hold() -> None:
    thursday = WEDNESDAY + timedelta(days=1)
    nightly, always = place("nat", hours=NIGHTLY), place("altid")
    checks = [
        {one.place.text: one.check_first for one in told(nightly, always, now=now, closed=(WEDNESDAY,))}
        for now in (at(EVENING), at(time(3), thursday), at(EVENING, thursday))
    ]
    assert checks == [{"nat": True, "altid": False}, {"nat": True, "altid": False}, {"nat": False, "altid": False}]


@given(
    weekday=st.integers(0, 6),
    start=st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
    end=st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
    now=st.datetimes(datetime(2026, 11, 1, 12), datetime(2027, 4, 30), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_it_is_told_as_open_only_within_its_hours(weekday: int, start: time, end: time, now: datetime) -> None:
    """Held against the wall clock, the nights of the change aside."""
    local = now.astimezone(DANISH_TIME)
    if start == end or local.date() in {date(2027, 3, 27), date(2027, 3, 28)}:
        return
    found = told(place(hours=(Opening(weekday, start, end),)), now=now)
    clock = local.time()
    today, yesterday = local.weekday() == weekday, (local.weekday() - 1) % 7 == weekday
    past_midnight = end < start
    is_open = (today and start <= clock and (past_midnight or clock < end)) or (
        yesterday and past_midnight and clock < end
    )
    assert bool(found and found[0].opens is None) is is_open


def said_of(age: AgeGroup | None, *places: Place) -> list[str]:
    """The lines of a message about these places, below the lead."""
    words = shipped_replies_by_tongue().danish.places
    return words.said(told(*places, now=at(EVENING), age=age)).splitlines()[1:]


def test_many_places_of_one_age_do_not_crowd_out_those_of_the_other() -> None:
    grown = [place(f"Herberget {number}", age=AgeGroup.ADULT) for number in range(MOST_PLACES + 1)]
    lines = said_of(None, *grown, place("Ungehuset", age=AgeGroup.UNDER_18))
    assert len(lines) == MOST_PLACES + 1
    assert "Ungehuset" in lines[-1]
    assert f"Herberget {MOST_PLACES}" not in "".join(lines)


def test_whose_age_is_known_is_told_of_no_more_than_can_be_read_at_once() -> None:
    lines = said_of(AgeGroup.ADULT, *(place(f"Herberget {number}") for number in range(MOST_PLACES + 1)))
    assert [line.split(".")[0] for line in lines] == [f"Herberget {number}" for number in range(MOST_PLACES)]
