"""Wishes among what else is told: weeks, reasons, doubt, corrections, and the bounds of an hour said in two places."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.language.time_wish import Refused, TimeWish
from tests.support.times import wish

TUESDAY_MORNING = datetime(2026, 11, 24, 10, 20, tzinfo=ZoneInfo("Europe/Copenhagen"))
THURSDAY, FRIDAY, SATURDAY = date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 28)
NEXT_MONDAY, NEXT_WEDNESDAY, NEXT_SUNDAY = date(2026, 11, 30), date(2026, 12, 2), date(2026, 12, 6)


def said(text: str) -> TimeWish | None:
    return wish(text, TUESDAY_MORNING)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("mandag til onsdag i næste uge", NEXT_MONDAY, NEXT_WEDNESDAY),
        ("i næste uge, men tidligst onsdag", NEXT_WEDNESDAY, NEXT_SUNDAY),
        ("i næste uge, dog senest onsdag", NEXT_MONDAY, NEXT_WEDNESDAY),
        ("tidligst mandag og senest onsdag i næste uge", NEXT_MONDAY, NEXT_WEDNESDAY),
        ("fra onsdag i næste uge", NEXT_WEDNESDAY, date(2026, 12, 8)),
        ("i næste uge skal det være onsdag eller torsdag", NEXT_WEDNESDAY, date(2026, 12, 3)),
        ("weekend i uge 49", date(2026, 12, 5), NEXT_SUNDAY),
        ("i uge 49, bare ikke weekenden", NEXT_MONDAY, date(2026, 12, 4)),
        ("kan ikke i weekenden, men i næste uge", NEXT_MONDAY, NEXT_SUNDAY),
        ("i weekenden eller i næste uge", SATURDAY, NEXT_SUNDAY),
        ("i dag om 14 dage", date(2026, 12, 8), None),
        ("fredag om otte dage", date(2026, 12, 4), None),
    ],
)
def test_weekdays_go_with_the_week_said_beside_them(text: str, first: date, last: date | None) -> None:
    assert said(text) == TimeWish(day=first, last_day=last)


def test_a_list_lies_in_the_week_said_before_it() -> None:
    found = said("i næste uge mandag, onsdag eller fredag")
    assert found == TimeWish(
        day=NEXT_MONDAY, last_day=date(2026, 12, 4), not_days=(date(2026, 12, 1), date(2026, 12, 3))
    )


@pytest.mark.parametrize(
    "text",
    [
        "hurtigst muligt tak, jeg har kun lov at sove her til på fredag",
        "Så snart som muligt. Min moster vil have os ud før december",
        "det hurtigste I har. Mit fremlejemål stopper mandag",
        "så hurtigt det overhovedet kan lade sig gøre",
        "kan i nu",
    ],
)
def test_why_it_is_urgent_names_no_day(text: str) -> None:
    assert said(text) == TimeWish(soonest=True)


def test_a_day_offered_beside_it_counts() -> None:
    assert said("så hurtigt som muligt, gerne torsdag") == TimeWish(day=THURSDAY, soonest=True)
    assert said("hurtigst muligt, ring bare på torsdag") == TimeWish(day=THURSDAY, soonest=True)


@pytest.mark.parametrize(
    "text",
    [
        "måske fredag, jeg ved det faktisk ikke",
        "onsdag kl 15, nå nej, lad det være",
        "min plan kommer på fredag så jeg kan ikke sige noget endnu",
        "jeg kan desværre først svare, når jeg har fået mit skema på fredag",
        "next thursday ok?",
    ],
)
def test_a_time_named_in_doubt_is_asked_about(text: str) -> None:
    found = said(text)
    assert found is not None
    assert found.unclear


@pytest.mark.parametrize("text", ["jeg er i tvivl", "lad det være", "jeg ved det bare ikke."])
def test_doubt_alone_names_no_time(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("på torsdag tidligst kl 10, nej 11", TimeWish(day=THURSDAY, earliest=time(11))),
        ("tirsdag i næste uge, nej der har jeg prøve, onsdag", TimeWish(day=NEXT_WEDNESDAY)),
        ("kan vi gøre det fredag kl 13 i stedet for", TimeWish(day=FRIDAY, exact=time(13))),
        ("kl 12 i dag? nej, bussen er der 11.40. kl 15 i dag", TimeWish(day=date(2026, 11, 24), exact=time(15))),
        ("fredag kl 10 tak. Eller nej, 11.", TimeWish(day=FRIDAY, exact=time(11))),
        ("først er jeg til læge kl 10, altså torsdag kl 11.15", TimeWish(day=THURSDAY, exact=time(11, 15))),
    ],
)
def test_what_is_said_last_puts_right(text: str, meant: TimeWish) -> None:
    assert said(text) == meant


def test_a_day_ruled_out_by_mistake_is_not_ruled_out() -> None:
    assert said("ikke torsdag, nej ikke fredag") == TimeWish(not_days=(FRIDAY,))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("har skole til 14.20. derefter", TimeWish(earliest=time(14, 20))),
        (
            "helst om aftenen, jeg er sjældent hjemme, så helst efter kl 19",
            TimeWish(earliest=time(19), latest=time(22)),
        ),
        ("kan jeg tidligst være der 14.30 og senest 16", TimeWish(earliest=time(14, 30), latest=time(16))),
        ("har undervisning fra 8 til 10 og igen kl 14, så midt imellem", TimeWish(earliest=time(10), latest=time(14))),
        ("færgen går 13.30 så det skal være før det på fredag", TimeWish(day=FRIDAY, latest=time(13, 30))),
        (
            "i morgen mellem 11 30 og 12 10",
            TimeWish(day=date(2026, 11, 25), earliest=time(11, 30), latest=time(12, 10)),
        ),
        ("klokken fjorten femten på torsdag", TimeWish(day=THURSDAY, exact=time(14, 15))),
        ("d 2 12 kl 14 30", TimeWish(day=NEXT_WEDNESDAY, exact=time(14, 30))),
        ("3 in the night", TimeWish(exact=time(3), refused=Refused.NIGHT)),
    ],
)
def test_hours_and_their_bounds_are_read(text: str, meant: TimeWish) -> None:
    assert said(text) == meant


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ikke torsdag, torsdag skal jeg til samtale", (THURSDAY,)),
        ("torsdag er helt fyldt", (THURSDAY,)),
        ("regn ikke med fredag", (FRIDAY,)),
        ("torsdag og fredag har vi besøg så de dage kan i glemme", (THURSDAY, FRIDAY)),
        ("torsdag og fredag træner jeg", (THURSDAY, FRIDAY)),
    ],
)
def test_days_are_ruled_out_in_many_words(text: str, days: tuple[date, ...]) -> None:
    assert said(text) == TimeWish(not_days=days)


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("kan den bare rykkes en uge", 1),
        ("kan den vi har rykkes en uge? nej to uger", 2),
        ("samme tid men 14 dage senere", 2),
        ("the same hour one week later", 1),
    ],
)
def test_a_talk_is_moved_by_weeks(text: str, weeks: int) -> None:
    found = said(text)
    assert found is not None
    assert found.weeks_later == weeks
