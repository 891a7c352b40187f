"""Wishes for a time in the words of those who write: several days, put right, told beside other things, misspelt."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.language.days import days_from
from bot.language.time_wish import Refused, TimeWish
from bot.language.times import find_time_wish

# A Sunday.
NOW = datetime(2026, 11, 22, 11, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 11, day) for day in range(23, 28))


def wish(text: str) -> TimeWish | None:
    return find_time_wish(text, NOW)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("tirsdag/torsdag", {TUESDAY, THURSDAY}),
        ("enten torsdag eller mandag", {MONDAY, THURSDAY}),
        ("mandag eller onsdag", {MONDAY, WEDNESDAY}),
        ("lør eller søn", {date(2026, 11, 28), date(2026, 11, 29)}),
        ("i næste uge, men ikke onsdag", {MONDAY, TUESDAY, THURSDAY, FRIDAY, date(2026, 11, 28), date(2026, 11, 29)}),
    ],
)
def test_days_that_do_not_follow_each_other_are_all_wished_for(text: str, days: set[date]) -> None:
    found = wish(text)
    assert found is not None
    assert found.day is not None
    assert found.last_day is not None
    assert set(days_from(found.day, found.last_day)) - set(found.not_days) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("kan ikke mandag og tirsdag", (MONDAY, TUESDAY)),
        ("kan ikke mandag, tirsdag og onsdag", (MONDAY, TUESDAY, WEDNESDAY)),
        ("mandag og tirsdag kan jeg ikke", (MONDAY, TUESDAY)),
        ("hverken mandag eller tirsdag", (MONDAY, TUESDAY)),
        ("ikke mandag og heller ikke tirsdag", (MONDAY, TUESDAY)),
        ("jeg kan ikke komme på mandag", (MONDAY,)),
        ("torsdag er for sent", (THURSDAY,)),
        ("onsdag er jeg i retten så ik der", (WEDNESDAY,)),
    ],
)
def test_days_are_ruled_out(text: str, days: tuple[date, ...]) -> None:
    assert wish(text) == TimeWish(not_days=days)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("fredag kl 10 nej 11", TimeWish(day=FRIDAY, exact=time(11))),
        ("den 8. ups mener den 9. december kl 15", TimeWish(day=date(2026, 12, 9), exact=time(15))),
        ("mandag. eller nej vent, så tirsdag", TimeWish(day=TUESDAY)),
        ("i morgen kan jeg ikke men dagen efter passer fint", TimeWish(day=TUESDAY)),
    ],
)
def test_what_is_put_right_counts(text: str, meant: TimeWish) -> None:
    assert wish(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("toget kører kl 10.40 så ikke før 11 på torsdag", TimeWish(day=THURSDAY, earliest=time(11))),
        ("Min kontrakt udløber om 3 uger. Jeg kan mødes mandag den 7. december", TimeWish(day=date(2026, 12, 7))),
        ("så snart i kan, jeg skal være ude på søndag", TimeWish(soonest=True)),
        ("jeg får fri fra skole 14.15 på fredag så efter det", TimeWish(day=FRIDAY, earliest=time(14, 15))),
        ("hverdage går ikke, jeg har vagt mandag, men fredag er fint", TimeWish(day=FRIDAY)),
    ],
)
def test_what_else_happens_at_other_times_is_no_wish(text: str, meant: TimeWish) -> None:
    assert wish(text) == meant


@pytest.mark.parametrize("text", ["i går kl 12", "i torsdags", "sidste fredag", "kan vi sige i mandags kl 10"])
def test_what_is_over_is_refused(text: str) -> None:
    found = wish(text)
    assert found is not None
    assert found.refused is Refused.PAST


@pytest.mark.parametrize("text", ["kl 3 i nat", "kl halv fire om natten", "natten til torsdag kl 3"])
def test_the_night_is_refused(text: str) -> None:
    found = wish(text)
    assert found is not None
    assert found.refused is Refused.NIGHT


@pytest.mark.parametrize(
    "text",
    [
        "tirsdag den 3.", "fredag d. 5. december kl 12", "måske onsdag, det ved jeg først i morgen",
        "jeg hænger ud med dem kl 9 og kl 12 og igen kl 17",
    ],
)  # fmt: skip
def test_what_may_mean_several_times_is_unclear(text: str) -> None:
    found = wish(text)
    assert found is not None
    assert found.unclear


def test_next_weekday_is_unclear_only_where_this_week_still_has_it() -> None:
    tuesday = datetime(2026, 11, 24, 10, 20, tzinfo=NOW.tzinfo)
    for text, unclear in (("næste torsdag", True), ("næste mandag", False), ("torsdag i næste uge", False)):
        found = find_time_wish(text, tuesday)
        assert found is not None
        assert found.unclear is unclear


@pytest.mark.parametrize(
    ("text", "weeks"),
    [("samme tid bare ugen efter", 1), ("skub den 2 uger frem", 2), ("samme klokkeslæt om tre uger", 3)],
)
def test_a_time_may_be_told_by_the_talk_already_booked(text: str, weeks: int) -> None:
    found = wish(text)
    assert found is not None
    assert found.weeks_later == weeks


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("tosda klåken to", TimeWish(day=THURSDAY, exact=time(14))),
        ("imårn efter skåle", TimeWish(day=MONDAY, earliest=time(15))),
        ("onsda i næste uje klokn kvat over ti", TimeWish(day=WEDNESDAY, exact=time(10, 15))),
        ("håber i ka lørda halv ålve", TimeWish(day=date(2026, 11, 28), exact=time(10, 30))),
        ("senst klåken ti på manda", TimeWish(day=MONDAY, latest=time(10))),
    ],
)
def test_words_are_read_as_they_are_heard(text: str, meant: TimeWish) -> None:
    assert wish(text) == meant


def test_a_wish_is_kept_as_it_was() -> None:
    for said in ("mandag eller onsdag kl 10", "i går kl 12", "samme tid om to uger", "tirsdag den 3."):
        found = wish(said)
        assert found is not None
        assert TimeWish.from_dict(found.as_dict()) == found
