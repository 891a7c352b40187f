"""Days told by what they are part of: what is left of a week, a part of a month, the days before something happens."""

from datetime import date, datetime, time

import pytest

from bot.language.time_wish import TimeWish
from bot.language.times import DENMARK, find_time_wish

TUESDAY = datetime(2026, 11, 24, 10, 20, tzinfo=DENMARK)


def wish(text: str, now: datetime = TUESDAY) -> TimeWish:
    found = find_time_wish(text, now)
    assert found is not None, text
    return found


def november(*days: int) -> tuple[date, ...]:
    return tuple(date(2026, 11, day) for day in days)


def december(*days: int) -> tuple[date, ...]:
    return tuple(date(2026, 12, day) for day in days)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("ugen efter næste", *december(7, 13)),
        ("the week after next", *december(7, 13)),
        ("de næste tre dage", *november(25, 27)),
        ("om et par uger", *december(7, 13)),
        ("midt i uge 50", *december(8, 10)),
        ("først i december", *december(1, 5)),
        ("midt i december", *december(12, 18)),
        ("sidst i december", *december(25, 31)),
        ("jeg kan først i december", *december(1, 31)),
        ("de første to dage i december", *december(1, 2)),
        ("2-3 dage fra nu?", *november(26, 27)),
        ("vi har travlt hele december men mellem jul å nytår har jeg fri", *december(27, 30)),
        ("jeg er i praktik til og med den 11. december og kan først ugen derpå", *december(14, 20)),
        ("min ex smider mig ud den 30., så jeg vil gerne tale med jer inden da", *november(24, 29)),
        (
            "min søster kommer den 5. december. jeg vil gerne tale med jer inden hun kommer",
            *(*november(24), *december(4)),
        ),
    ],
)
def test_a_stretch_of_days(text: str, first: date, last: date) -> None:
    assert (wish(text).day, wish(text).last_day, wish(text).unclear) == (first, last, False)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("den sidste i måneden", *november(30)),
        ("den første hverdag i december", *december(1)),
        ("december 10", *december(10)),
        ("om præcis tre uger fra i dag", *december(15)),
        ("onsdag 25", *november(25)),
        ("første hverdag i maj", date(2027, 5, 3)),
        ("torsdag den tredje december kl 10-12", *december(3)),
        ("i næste uge (gerne onsdag den 2. december)", *december(2)),
        ("sidste hverdag i januar", date(2027, 1, 29)),
        ("can we take it wednesday next week", *december(2)),
    ],
)
def test_one_day(text: str, day: date) -> None:
    assert (wish(text).day, wish(text).last_day, wish(text).unclear) == (day, None, False)


@pytest.mark.parametrize(
    ("text", "first", "last", "not_days"),
    [
        ("jeg kan ikke i dag og ikke i morgen, men resten af ugen", *november(26, 29), ()),
        ("torsdag går ikke, men resten af ugen er fin", *november(24, 29), november(26)),
        (
            "jeg kan ikke tirsdag og onsdag, men resten af næste uge er fin",
            *(*november(30), *december(6)),
            december(1, 2),
        ),
        ("alle andre dage i næste uge end fredag", *(*november(30), *december(6)), december(4)),
        ("hele december undtagen den 8., 9. og 10.", *december(1, 31), december(8, 9, 10)),
    ],
)
def test_what_is_left_beside_days_that_are_not_wished_for(
    text: str, first: date, last: date, not_days: tuple[date, ...]
) -> None:
    assert (wish(text).day, wish(text).last_day, wish(text).not_days) == (first, last, not_days)


@pytest.mark.parametrize(
    "text",
    [
        "torsdag. resten af ugen er jeg i praktik",
        "torsdag, hele ugen har jeg vagt",
        "torsdag, jeg arbejder resten af ugen",
        "torsdag. resten af ugen er optaget",
        "torsdag, resten af ugen går desværre slet ikke",
        "torsdag er fint, og resten af ugen går også",
        "jeg er væk resten af ugen, men torsdag kan jeg",
        "mandag kan jeg ikke er torsdag ok",
        "torsdag er mindst dårlig",
        "i want it thursday",
        "klokken er 4 om natten og jeg kan ikke sove. kan i torsdag",
        "torsdag i stedet for kl 10",
    ],
)
def test_a_day_that_is_wished_for_stays_wished_for(text: str) -> None:
    found = wish(text)
    assert (found.day, found.last_day, found.names_hours(), found.refused) == (*november(26), None, False, None)


@pytest.mark.parametrize("text", ["jeg kan ikke resten af ugen", "jeg er væk resten af ugen", "hilsen tor, og tak"])
def test_what_only_sounds_so_names_no_day(text: str) -> None:
    assert find_time_wish(text, TUESDAY) is None


@pytest.mark.parametrize("text", ["jeg blev smidt ud sidst i oktober", "jeg fik løn den sidste i oktober"])
def test_a_month_that_is_over_is_not_that_of_next_year(text: str) -> None:
    assert find_time_wish(text, TUESDAY) is None


@pytest.mark.parametrize(
    ("text", "now", "first", "last"),
    [
        ("kan ikke resten af ugen, men mandag eller tirsdag", 27, *(*november(30), *december(1))),
        ("i dag og i morgen kan jeg ikke, men resten af ugen", 28, *(*november(30), *december(6))),
    ],
)
def test_no_day_is_wished_for_that_has_been(text: str, now: int, first: date, last: date) -> None:
    found = wish(text, TUESDAY.replace(day=now))
    assert (found.day, found.last_day) == (first, last)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("fredag hvor jeg er færdig kl 12", time(12), None),
        ("fredag for jeg skal på arbejde kl 16", None, time(16)),
        ("fredag hvor jeg har skole til 13, så efter det", time(13), None),
    ],
)
def test_the_hour_that_bounds_a_day_stays(text: str, earliest: time | None, latest: time | None) -> None:
    assert (wish(text).day, wish(text).earliest, wish(text).latest) == (*november(27), earliest, latest)


def test_all_but_one_day_rules_that_one_out() -> None:
    assert wish("anything but friday").not_days == november(27)


def test_an_hour_with_a_nought_before_it_is_in_the_morning() -> None:
    assert wish("torsdag kl 08").exact == time(8)
    assert wish("torsdag kl 05").exact == time(5)


def test_the_hours_of_a_reason_are_no_wish() -> None:
    found = wish("findes der en tid i weekenden? i hverdagene har jeg praktik fra 8 til 16")
    assert (found.day, found.names_hours()) == (*november(28), False)


def test_where_it_hangs_on_somebody_else_it_is_asked_about() -> None:
    assert wish("hvis min chef siger ja, kan jeg torsdag").unclear


def test_what_is_asked_behind_a_condition_is_the_wish() -> None:
    found = wish(
        "bussen går 13.12 og 17.40, så hvis jeg skal komme selv, skal det være mellem halv to og fem på fredag"
    )
    assert (found.day, found.earliest, found.latest) == (*november(27), time(13, 30), time(17))


@pytest.mark.parametrize("text", ["jeg har ikke sovet i 2-3 dage", "min bror går i 1. og 3. klasse", "hilsen Maj 17"])
def test_what_only_looks_like_days_is_no_wish(text: str) -> None:
    found = find_time_wish(text, TUESDAY)
    assert found is None or found.day is None


@pytest.mark.parametrize(
    ("text", "soonest"),
    [
        ("det haster, jeg sover på en sofa", True),
        ("giv mig den allerførste tid", True),
        ("det haster ik", False),
        ("det haster slet ikke", False),
        ("ring, hvis det haster", False),
        ("det er allerførste gang jeg skriver", False),
    ],
)
def test_only_haste_asks_for_the_first_time(text: str, *, soonest: bool) -> None:
    found = find_time_wish(text, TUESDAY)
    assert bool(found and found.soonest) is soonest


@pytest.mark.parametrize("text", ["mandag er ikke noget godt tidspunkt", "mandag kan jeg ikke noget"])
def test_a_day_that_is_no_good_is_ruled_out(text: str) -> None:
    assert (wish(text).day, wish(text).not_days) == (None, november(30))


def test_a_day_on_which_there_is_nothing_to_do_is_wished_for() -> None:
    assert wish("torsdag der har vi ik timer på skolen").day == november(26)[0]


def test_not_free_before_an_hour_is_free_after_it() -> None:
    assert (wish("torsdag ikke fri før 15").day, wish("torsdag ikke fri før 15").earliest) == (*november(26), time(15))
