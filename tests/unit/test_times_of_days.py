"""Which day, or which days, a wish names."""

from datetime import date

import pytest

from bot.language.days import find_days
from tests.support.times import FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, wish


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("i dag", date(2026, 11, 22)),
        ("idag", date(2026, 11, 22)),
        ("i morgen", MONDAY),
        ("imorgen passer fint", MONDAY),
        ("i overmorgen", TUESDAY),
        ("overmorgen går", TUESDAY),
        ("på torsdag", THURSDAY),
        ("nu på torsdag", THURSDAY),
        ("tors.", THURSDAY),
        ("Fredag!", FRIDAY),
        ("på lordag", date(2026, 11, 28)),
        ("loerdag", date(2026, 11, 28)),
        ("søndag", date(2026, 11, 29)),
        ("man. kl 10", MONDAY),
        ("næste torsdag", date(2026, 11, 26)),
        ("torsdag i næste uge", THURSDAY),
        ("i naeste uge paa torsdag", THURSDAY),
        ("torsdag i uge 49", date(2026, 12, 3)),
        ("om tre dage", WEDNESDAY),
        ("om 14 dage", date(2026, 12, 6)),
        ("om en uge", date(2026, 11, 29)),
        ("d. 3.", date(2026, 12, 3)),
        ("den 3", date(2026, 12, 3)),
        ("d. 25. kl. 10", date(2026, 11, 25)),
        ("torsdag den tredje", date(2026, 12, 3)),
        ("den tredje december", date(2026, 12, 3)),
        ("den ottende kl 10", date(2026, 12, 8)),
        ("den 3. december", date(2026, 12, 3)),
        ("3 dec", date(2026, 12, 3)),
        ("torsdag d. 3. december", date(2026, 12, 3)),
        ("den 7. januar", date(2027, 1, 7)),
        ("3/12", date(2026, 12, 3)),
        ("3/12-26", date(2026, 12, 3)),
        ("d. 3.12", date(2026, 12, 3)),
        ("03.12.2026", date(2026, 12, 3)),
        ("2026-12-03", date(2026, 12, 3)),
        ("ikke torsdag men fredag", FRIDAY),
        ("torsdag kan jeg ikke, men fredag går fint", FRIDAY),
        ("ikke torsdag, fredag er fint", FRIDAY),
        ("kan ikke mandag og tirsdag, men onsdag går", WEDNESDAY),
        ("hellere fredag end torsdag", FRIDAY),
        ("om torsdagen", THURSDAY),
        ("torsdagen", THURSDAY),
        ("torsdag om to uger", date(2026, 12, 3)),
        ("om to uger på torsdag", date(2026, 12, 3)),
        ("første torsdag i december", date(2026, 12, 3)),
        ("den sidste mandag i måneden", date(2026, 11, 30)),
        ("d. 22", date(2026, 11, 22)),
        ("22/11", date(2026, 11, 22)),
        ("torsdag i stedet for mandag", THURSDAY),
        ("torsdag 3. december", date(2026, 12, 3)),
        ("26.11. kl 9", THURSDAY),
        ("26-11", THURSDAY),
        ("den femtende", date(2026, 12, 15)),
        ("man aften", MONDAY),
        ("ma kl 9", MONDAY),
        ("to kl 14", THURSDAY),
        ("i morgen mandag kl 10", MONDAY),
        ("kl 10 på man", MONDAY),
        ("torsdage er bedst", THURSDAY),
        ("fredag otte dage", date(2026, 12, 4)),
        ("i dag om en uge", date(2026, 11, 29)),
        ("om en måned", date(2026, 12, 22)),
        ("her til eftermiddag", date(2026, 11, 22)),
        ("juledag", date(2026, 12, 25)),
        ("i næste uge but only monday", MONDAY),
        ("d. 8/12, det er vist en tirsdag", date(2026, 12, 8)),
        ("mandag i næste uge, nej fredag i uge 51", date(2026, 12, 18)),
    ],
)
def test_a_day_is_the_coming_one(text: str, day: date) -> None:
    found = wish(text)
    assert found is not None
    assert (found.day, found.last_day) == (day, None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("i næste uge", MONDAY, date(2026, 11, 29)),
        ("en gang i naste uge", MONDAY, date(2026, 11, 29)),
        ("uge 50", date(2026, 12, 7), date(2026, 12, 13)),
        ("næste måned", date(2026, 12, 1), date(2026, 12, 31)),
        ("mandag eller tirsdag", MONDAY, TUESDAY),
        ("senest onsdag", date(2026, 11, 22), WEDNESDAY),
        ("inden onsdag", date(2026, 11, 22), TUESDAY),
        ("fra mandag", MONDAY, date(2026, 11, 29)),
        ("ikke før torsdag", THURSDAY, date(2026, 12, 2)),
        ("før torsdag kan jeg ikke", THURSDAY, date(2026, 12, 2)),
        ("ikke efter onsdag", date(2026, 11, 22), WEDNESDAY),
        ("mandag-fredag", MONDAY, FRIDAY),
        ("fra mandag til onsdag", MONDAY, WEDNESDAY),
        ("mellem mandag og onsdag", MONDAY, WEDNESDAY),
        ("i næste uge men ikke mandag", TUESDAY, date(2026, 11, 29)),
        ("i december", date(2026, 12, 1), date(2026, 12, 31)),
        ("i november", date(2026, 11, 22), date(2026, 11, 30)),
        ("den 4., 5. eller 6. december", date(2026, 12, 4), date(2026, 12, 6)),
        ("den 1. til den 3. december", date(2026, 12, 1), date(2026, 12, 3)),
        ("1.-3. december", date(2026, 12, 1), date(2026, 12, 3)),
        ("inden jul", date(2026, 11, 22), date(2026, 12, 23)),
        ("efter nytår", date(2027, 1, 2), date(2027, 1, 8)),
        ("mellem jul og nytår", date(2026, 12, 27), date(2026, 12, 30)),
        ("første uge i december", date(2026, 12, 1), date(2026, 12, 6)),
        ("en hverdag i uge 50", date(2026, 12, 7), date(2026, 12, 11)),
        ("inden for en uge", date(2026, 11, 22), date(2026, 11, 29)),
        ("i 2027", date(2027, 1, 1), date(2027, 12, 31)),
        ("først i august", date(2027, 8, 1), date(2027, 8, 5)),
        ("om et par dage", TUESDAY, WEDNESDAY),
        ("fra og med mandag", MONDAY, date(2026, 11, 29)),
        ("en af de næste fire dage", MONDAY, date(2026, 11, 26)),
        ("de kommende 2 dage", MONDAY, TUESDAY),
        ("efter vinterferien", date(2027, 2, 1), date(2027, 3, 31)),
        ("først til påske", date(2027, 3, 1), date(2027, 4, 30)),
    ],
)
def test_a_wish_may_span_days(text: str, first: date, last: date) -> None:
    found = wish(text)
    assert found is not None
    assert (found.day, found.last_day) == (first, last)


@pytest.mark.parametrize("text", ["29. februar", "29/2", "d. 29.02", "den niogtyvende februar"])
def test_the_leap_day_is_the_coming_one(text: str) -> None:
    found = wish(text)
    assert found is not None
    assert (found.day, found.last_day) == (date(2028, 2, 29), None)


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("den 20. februar", date(2028, 3, 10), date(2028, 2, 20)),
        ("29/2", date(2028, 3, 10), date(2028, 2, 29)),
        ("den 20. november", date(2026, 11, 24), date(2026, 11, 20)),
    ],
)
def test_a_date_that_was_lately_is_that_very_date(text: str, today: date, day: date) -> None:
    (found,) = find_days(text, today)
    assert (found.first, found.last, found.past) == (day, day, True)


def test_a_leap_day_long_past_is_the_next_one() -> None:
    (found,) = find_days("29/2", date(2028, 9, 1))
    assert (found.first, found.past) == (date(2032, 2, 29), False)
