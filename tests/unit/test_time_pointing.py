"""Times told by pointing at others of the message, and by how far away they are."""

from datetime import date, time

import pytest

from bot.language.time_wish import TimeWish
from tests.support.times import FRIDAY, MONDAY, NOW, THURSDAY, TUESDAY, WEDNESDAY, wish

NEXT_MONDAY, NEXT_SUNDAY = date(2026, 11, 30), date(2026, 12, 6)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("har modul 9 til 11.45 hver dag, så bagefter", TimeWish(earliest=time(11, 45))),
        ("jeg sover til 13, alt efter det er fint", TimeWish(earliest=time(13))),
        ("vagt i kiosken 15-22 på torsdag, så inden den", TimeWish(day=THURSDAY, latest=time(15))),
        ("helst om aftenen, men vi spiser kl 19 så inden da", TimeWish(earliest=time(17), latest=time(19))),
        ("jeg er alene hjemme fra 8 til cirka 12, så der imellem", TimeWish(earliest=time(8), latest=time(12))),
        ("mens far er ude, han går kl 9 og kommer kl 16", TimeWish(earliest=time(9), latest=time(16))),
        ("vi er færdige torsdag kl 11.30 så en halv time efter", TimeWish(day=THURSDAY, exact=time(12))),
        ("inden min søster kommer hjem kl 15", TimeWish(latest=time(15))),
        ("onsdag før træning det begynder halv 5", TimeWish(day=WEDNESDAY, latest=time(16, 30))),
        ("på fredag, jeg har fri kl 13", TimeWish(day=FRIDAY, earliest=time(13))),
        ("mandag kl 10 eller senere", TimeWish(day=MONDAY, earliest=time(10))),
        ("fredag kun til kl 12", TimeWish(day=FRIDAY, latest=time(12))),
    ],
)  # fmt: skip
def test_hours_are_told_by_others(text: str, meant: TimeWish) -> None:
    assert wish(text) == meant


def test_an_hour_said_beside_what_it_comes_before_stays_exact() -> None:
    assert wish("torsdag kl 14.15 lige inden den") == TimeWish(day=THURSDAY, exact=time(14, 15))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("dagen efter torsdag", FRIDAY, None),
        ("dagen før fredag", THURSDAY, None),
        ("onsdag er jeg i retten, men dagen efter går", THURSDAY, None),
        ("den 3. december eller dagen efter", date(2026, 12, 3), date(2026, 12, 4)),
        ("på lejr fra 24/11 til 27/11, men ugen efter er fin", NEXT_MONDAY, NEXT_SUNDAY),
        ("uge 50 går ikke, så hellere ugen før", NEXT_MONDAY, NEXT_SUNDAY),
        ("ikke næste uge. den næste", NEXT_MONDAY, NEXT_SUNDAY),
        ("jeg skal ud på torsdag, så gerne inden da", date(2026, 11, 22), WEDNESDAY),
        ("torsdag ugen efter", date(2026, 11, 26), None),
    ],
)
def test_days_are_told_by_their_neighbours(text: str, first: date, last: date | None) -> None:
    found = wish(text)
    assert found is not None
    assert (found.day, found.last_day) == (first, last)


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("om en time", time(12)),
        ("om et par timers tid hvis nogen kan", time(13)),
        ("om et kvarter", time(11, 15)),
        ("om 20 minutter", time(11, 20)),
        ("in an hour please", time(12)),
    ],
)
def test_an_hour_is_told_by_how_far_away_it_is(text: str, exact: time) -> None:
    assert wish(text) == TimeWish(day=NOW.date(), exact=exact)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("vi har gæster søndag så glem søndag, hellere torsdag kl 10", TimeWish(day=THURSDAY, exact=time(10))),
        ("jeg har prøve tirsdag og onsdag, vil helst undgå de to dage", TimeWish(not_days=(TUESDAY, WEDNESDAY))),
        ("forhindret både tirsdag og onsdag", TimeWish(not_days=(TUESDAY, WEDNESDAY))),
        ("ik i morgen", TimeWish(not_days=(MONDAY,))),
        ("flyt den fra torsdag til fredag kl 10", TimeWish(day=FRIDAY, exact=time(10))),
        ("onsdag efter kl 14, men ikke onsdag morgen", TimeWish(day=WEDNESDAY, earliest=time(14))),
        ("fredag kl 10, bare ikke fredag kl 12", TimeWish(day=FRIDAY, exact=time(10))),
        ("mandag nej tirsdag, mandag er jo min mors dag", TimeWish(day=TUESDAY)),
        ("kl 10 eller 10.30 er nok bedre på fredag", TimeWish(day=FRIDAY, exact=time(10, 30))),
    ],
)
def test_days_and_hours_are_called_off(text: str, meant: TimeWish) -> None:
    assert wish(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "torsdag kl 10 eller 14",
        "en time tidligere på torsdag",
        "d 31 november kl 10",
        "onsdag kl 9-11, der er også kl 13-15",
        "en mandag men kan ikke huske hvilken",
        "fredag, de andre dage har jeg praktik til kl 16",
        "torsdag, der er jeg klar 10",
        "onsdag hvis min ven kan, ellers tager vi en dag i uge 50",
    ],
)
def test_what_is_left_open_is_asked_about(text: str) -> None:
    found = wish(text)
    assert found is not None
    assert found.unclear
