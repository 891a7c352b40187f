"""Figures in full fives: however the days are asked for and subtracted, nobody learns a number from one to four.

The attacker here knows how is counted, sees every figure of every stretch of days, and concludes all that follows.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.casework.figures import FIVE, PARTS, Cell, Figure, TalkEvent, Waited, fold, stretch_of, tables, waited
from bot.casework.free_times import DANISH_TIME
from bot.casework.periods import Period, PeriodKind, period_of

SMALL = range(1, 5)
Days = list[int]
"""How many came on each day."""
Stretch = tuple[int, int]
"""The days from the one to before the other."""
Shown = dict[Stretch, int]
# Days on which nobody comes are as telling as others, and a few people a day is what small towns have.
DAYS = st.lists(st.one_of(st.just(0), st.integers(0, 7)), min_size=1, max_size=9)


def in_fives(days: Days) -> Days:
    """What is written down for each day, counting as the store does."""
    rest, written = 0, []
    for came in days:
        rest, fives = fold(rest, came)
        written.append(fives)
    return written


def shown(days: Days) -> Shown:
    """The figure of every stretch of days that can be asked for."""
    cell, written = Cell(Figure.TALK, TalkEvent.BOOKED), in_fives(days)
    return {
        (first, end): dict(_rows({cell: sum(written[first:end])}, cell.figure))[cell.part]
        for first, end in combinations(range(len(days) + 1), 2)
    }


def rounded(days: Days) -> Shown:
    """The same where each stretch is rounded to the nearest five by itself, as one might think is enough."""
    return {
        (first, end): FIVE * round(sum(days[first:end]) / FIVE) for first, end in combinations(range(len(days) + 1), 2)
    }


def _rows(fives: dict[Cell, int], figure: Figure) -> Sequence[tuple[str, int]]:
    return next(table for table in tables(fives) if table.figure is figure).rows


def concluded(
    figures: Shown, least: Callable[[Stretch, int], int], most: Callable[[Stretch, int], int]
) -> dict[Stretch, tuple[int, int]]:
    """The tightest bounds of each stretch that follow from all figures together.

    How many came until a day are unknowns, and each figure bounds a difference of two of them: shortest ways between
    the days give all that follows, and whole numbers reach each bound.
    """
    last = max(end for _, end in figures)
    far = {(one, other): 0 if one >= other else 10**6 for one in range(last + 1) for other in range(last + 1)}
    for (first, end), figure in figures.items():
        far[first, end] = min(far[first, end], most((first, end), figure))
        far[end, first] = min(far[end, first], -least((first, end), figure))
    for by in range(last + 1):
        for one in range(last + 1):
            for other in range(last + 1):
                far[one, other] = min(far[one, other], far[one, by] + far[by, other])
    return {(first, end): (-far[end, first], far[first, end]) for first, end in figures}


def of_fives(days: Days) -> dict[Stretch, tuple[int, int]]:
    """What follows from ours. From the first day on a figure is never too high, and never too low by five."""
    return concluded(
        shown(days),
        lambda stretch, figure: figure if stretch[0] == 0 else max(0, figure - FIVE + 1),
        lambda _, figure: figure + FIVE - 1,
    )


def of_rounded(days: Days) -> dict[Stretch, tuple[int, int]]:
    half = FIVE // 2
    return concluded(rounded(days), lambda _, figure: max(0, figure - half), lambda _, figure: figure + half)


@settings(deadline=None)
@given(DAYS)
def test_no_figure_is_between_none_and_five_nor_any_sum_or_difference_of_figures(days: Days) -> None:
    assert {figure % FIVE for figure in shown(days).values()} <= {0}


@settings(deadline=None)
@given(DAYS)
def test_what_follows_from_all_figures_together_never_leads_to_a_number_from_one_to_four(days: Days) -> None:
    for stretch, (least, most) in of_fives(days).items():
        came = sum(days[slice(*stretch)])
        assert least <= came <= most, "the attacker reckons right"
        assert least not in SMALL or most not in SMALL
        assert most - least >= FIVE - 1


def test_the_same_attack_reads_the_very_number_where_each_figure_is_rounded_by_itself() -> None:
    """So that the test above can fail: figures that are all full fives tell how many came on each of four days."""
    days = [2, 2, 4, 3]
    found = of_rounded(days)
    assert [found[day, day + 1] for day in range(len(days))] == [(came, came) for came in days]


@settings(deadline=None)
@given(DAYS, st.data())
def test_for_every_small_number_there_is_another_course_that_shows_the_same(days: Days, data: st.DataObject) -> None:
    """Not by reckoning bounds but by building it: nobody or five and more came, and each figure stays as it was."""
    stretches = list(combinations(range(len(days) + 1), 2))
    small = [each for each in stretches if sum(days[slice(*each)]) in SMALL]
    if not small:
        return
    stretch = data.draw(st.sampled_from(small))
    other = another_course(days, stretch)
    assert shown(other) == shown(days)
    assert sum(other[slice(*stretch)]) not in SMALL


def another_course(days: Days, stretch: Stretch) -> Days:
    """The same figures of another world. What filled no five in the stretch came later; what did had come then."""
    first, end = stretch
    other = list(days)
    if not any(in_fives(days)[first:end]):
        came = sum(days[first:end])
        other[first:end] = [0] * (end - first)
        if end < len(days):
            other[end] += came
        return other
    waiting = sum(days[:first]) % FIVE
    other[first] += waiting
    for day in reversed(range(first)):
        taken = min(waiting, other[day])
        other[day] -= taken
        waiting -= taken
    return other


@settings(deadline=None)
@given(DAYS)
def test_no_stretch_is_wrong_by_five_and_stretches_add_up(days: Days) -> None:
    figures = shown(days)
    assert all(abs(figure - sum(days[slice(*stretch)])) < FIVE for stretch, figure in figures.items())
    whole = figures[0, len(days)]
    for cut in range(1, len(days)):
        assert figures[0, cut] + figures[cut, len(days)] == whole


@settings(deadline=None)
@given(st.lists(st.sampled_from([1, 1, 1, -1]), max_size=60))
def test_what_is_put_right_leaves_a_rest_of_less_than_five_and_loses_nothing(changes: list[int]) -> None:
    rest = fives = 0
    for change, truth in zip(changes, accumulate(changes), strict=True):
        rest, more = fold(rest, change)
        fives += more
        assert abs(rest) < FIVE
        assert FIVE * fives + rest == truth


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(sorted(Cell(each, part) for each in Figure for part in PARTS[each])), st.integers(-1, 40)
    )
)
def test_a_total_is_the_sum_of_what_is_shown_and_nothing_below_none_is(fives: dict[Cell, int]) -> None:
    for table in tables(fives):
        numbers = [number for _, number in table.rows]
        assert min(numbers) >= 0
        assert table.total in (None, sum(numbers))
        assert [part for part, _ in table.rows] == list(PARTS[table.figure])


@pytest.mark.parametrize("part", ["", "jeg sover hos Mads", "HOME", "home "])
def test_what_stands_in_no_list_cannot_be_counted(part: str) -> None:
    for figure in Figure:
        with pytest.raises(ValueError, match=figure):
            Cell(figure, part)


@pytest.mark.parametrize(
    ("minutes", "step"),
    [
        (-3, Waited.UNDER_5),
        (0, Waited.UNDER_5),
        (4.99, Waited.UNDER_5),
        (5, Waited.UNDER_15),
        (15, Waited.UNDER_60),
        (60, Waited.OVER_60),
        (9000, Waited.OVER_60),
    ],
)
def test_a_wait_is_told_in_coarse_steps(minutes: float, step: Waited) -> None:
    since = datetime(2026, 11, 28, 12, tzinfo=UTC)
    assert waited(since, since + timedelta(minutes=minutes)) is step


@settings(deadline=None)
@given(st.integers(0, 366 * 24 * 60))
def test_every_moment_has_its_time_of_day_by_the_danish_clock(minutes: int) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    hour, start = moment.astimezone(DANISH_TIME).hour, int(stretch_of(moment).part)
    assert start <= hour < start + 3


@settings(deadline=None)
@given(st.dates(date(1999, 1, 1), date(2100, 12, 31)), st.sampled_from(PeriodKind))
def test_a_period_holds_its_day_and_its_neighbours_touch_it(day: date, kind: PeriodKind) -> None:
    period = period_of(kind, day)
    assert period.first <= day <= period.last
    assert period.before.last + timedelta(days=1) == period.first
    assert period.after.first - timedelta(days=1) == period.last
    assert period.after.before == period.before.after == period
    assert all(period_of(kind, end) == period for end in (period.first, period.last))


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        (PeriodKind.WEEK, date(2026, 12, 28), date(2027, 1, 3)),
        (PeriodKind.MONTH, date(2026, 12, 1), date(2026, 12, 31)),
        (PeriodKind.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_the_periods_of_new_years_eve(kind: PeriodKind, first: date, last: date) -> None:
    assert period_of(kind, date(2026, 12, 31)) == Period(kind, first, last)


def test_a_year_has_four_quarters_and_twelve_months() -> None:
    for kind, many in ((PeriodKind.QUARTER, 4), (PeriodKind.MONTH, 12)):
        periods = [period_of(kind, date(2028, 1, 1))]
        while periods[-1].after.first.year == 2028:
            periods.append(periods[-1].after)
        assert len(periods) == many
        assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(periods))
        assert periods[-1].last == date(2028, 12, 31)


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Period(PeriodKind.SPAN, date(2026, 11, 2), date(2026, 11, 1))
