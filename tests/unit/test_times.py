from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.time_wish import TimeWish
from bot.language.times import find_time_wish, locate_time_wish
from tests.support.times import FRIDAY, MONDAY, NOW, THURSDAY, TUESDAY, WEDNESDAY, wish


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("på torsdag kl halv tre", time(14, 30)),
        ("halvtre", time(14, 30)),
        ("14.30", time(14, 30)),
        ("kl. 14:30", time(14, 30)),
        ("kl 1430", time(14, 30)),
        ("kl.14", time(14)),
        ("klokken to", time(14)),
        ("kl 3", time(15)),
        ("kl 10", time(10)),
        ("kvart over ti", time(10, 15)),
        ("kvart i tre", time(14, 45)),
        ("ti i halv tre", time(14, 20)),
        ("kl fem over ni", time(9, 5)),
        ("ved 14-tiden", time(14)),
        ("torsdag 14", time(14)),
        ("i morgen omkring 10", time(10)),
        ("i morgen formiddag kl 10", time(10)),
        ("torsdag eftermiddag kl 8", time(20)),
        ("d. 3. kl. 9.15", time(9, 15)),
        ("ikke kl 14, hellere kl 10", time(10)),
        ("hellere kl 10 end kl 14", time(10)),
        ("kl 14 duer ikke, men kl 10", time(10)),
        ("torsdag kl 10 eller mandag kl 14", time(14)),
        ("klokken ni femogfyrre", time(9, 45)),
        ("kl 9 er for tidligt, men 10 er fint", time(10)),
        ("torsdag kl 10, hvis ikke så fredag kl 10", time(10)),
        ("kv over 4", time(16, 15)),
        ("lidt over 11", time(11)),
        ("fredag lidt i ti", time(10)),
        ("torsdag ti i elleve", time(10, 50)),
        ("torsdag 14,15", time(14, 15)),
        ("kl13", time(13)),
        ("14 på torsdag", time(14)),
        ("lad os sige 11", time(11)),
        ("2 pm i morgen", time(14)),
        ("quarter to 4", time(15, 45)),
        ("jeg er træt om formiddagen, så ved femtiden", time(17)),
    ],
)
def test_a_clock_time_is_read_as_said(text: str, exact: time) -> None:
    found = wish(text)
    assert found is not None
    assert (found.exact, found.earliest, found.latest) == (exact, None, None)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("torsdag eftermiddag", time(12), time(17)),
        ("i morgen formiddag", time(8), time(12)),
        ("i eftermiddag", time(12), time(17)),
        ("helst om formiddagen", time(8), time(12)),
        ("i morgen tidlig", time(7), time(10)),
        ("mandag morgen", time(7), time(10)),
        ("efter kl 14", time(14), None),
        ("efter 14", time(14), None),
        ("tidligst kl. 13", time(13), None),
        ("foer kl 12", None, time(12)),
        ("inden 12", None, time(12)),
        ("mellem 10 og 12", time(10), time(12)),
        ("efter kl 12, men inden kl 4 om eftermiddagen", time(12), time(16)),
        ("han går kl 9 og henter mig kl 13, så imellem det", time(9), time(13)),
        ("kl 10-12", time(10), time(12)),
        ("fra kl. 9 til 11", time(9), time(11)),
        ("efter skole", time(15), None),
        ("sidst på dagen", time(15), time(18)),
        ("ikke før kl 12", time(12), None),
        ("ikk før kl 12, jeg er ikke et morgenmenneske", time(12), None),
        ("Ikke før 12", time(12), None),
        ("jeg kan ikke før kl 12", time(12), None),
        ("før kl 12 kan jeg ikke", time(12), None),
        ("ikke efter kl 14", None, time(14)),
        ("efter kl 14 kan jeg desværre ikke", None, time(14)),
        ("ikke senere end kl 14", None, time(14)),
        ("ikke før 10 og ikke efter 14", time(10), time(14)),
        ("efter 10 men før 14", time(10), time(14)),
        ("kl 14 er for sent", None, time(13, 59)),
        ("10 er for tidligt", time(10, 1), None),
        ("10-12", time(10), time(12)),
        ("helst 10-12", time(10), time(12)),
        ("ml. 10 og 12", time(10), time(12)),
        ("torsdag 10-12", time(10), time(12)),
        ("ikke om formiddagen, hellere om eftermiddagen", time(12), time(17)),
        ("hellere om formiddagen end om eftermiddagen", time(8), time(12)),
        ("mellem to og fire", time(14), time(16)),
        ("jeg er ikke hjemme før 11", time(11), None),
        ("mandag i frikvarteret 11.30-12", time(11, 30), time(12)),
        ("fra kl 10 og frem til kaffe kl 12.30", time(10), time(12, 30)),
        ("vi malker fra kl 5 om morgenen så efter 9", time(9), None),
        ("morgen eller formiddag", time(7), time(12)),
        ("midt på dagen", time(11), time(14)),
        ("fredag em", time(12), time(17)),
        ("aftener, fra syv og frem", time(19), time(22)),
    ],
)
def test_a_part_of_the_day_is_a_window(text: str, earliest: time | None, latest: time | None) -> None:
    found = wish(text)
    assert found is not None
    assert (found.earliest, found.latest, found.exact) == (earliest, latest, None)


@pytest.mark.parametrize(
    "text",
    [
        "så hurtigt som muligt",
        "sa hurtigt som muligt",
        "hurtigst muligt",
        "snarest",
        "asap",
        "jo før jo bedre",
        "den første ledige tid",
    ],
)
def test_as_soon_as_possible_asks_for_the_first_free_time(text: str) -> None:
    assert wish(text) == TimeWish(soonest=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "😊😊",
        "hej",
        "jeg er 17 år",
        "det koster 3.500 kr",
        "jeg har 14 kroner",
        "jeg blev smidt ud i går",
        "siden mandag",
        "det er åbent 24/7",
        "31. februar",
        "det ved man. hejsa",
        "min søn er syg",
        "for 2 år siden",
        "efter 14 dage på gaden",
        "jeg bor på 3. sal",
        "sover lidt hos den ene og lidt hos den anden",
        "den første",
        "den tredje, tak",
        "ikke kl 14",
        "alt andet end kl 14",
        "bortset fra kl 14",
        "kl 14 kan jeg ikke",
        "kl 14 går ikke",
        "ikke for tidligt",
        "ikke kl 10 eller 11",
        "ikke mellem 10 og 12",
        "10-12 kan jeg ikke",
        "kan ikke i morgen kl 10",
        "i morgen kan jeg ikke kl 10",
        "ikke i morgen eftermiddag kl 14",
        "ikke om eftermiddagen kl 14",
        "kl 15 om eftermiddagen kan jeg ikke",
        "kl 8 om aftenen er for sent",
        "jeg er 16-17 år",
        "vi er 10-12 personer",
        "jeg blev smidt ud i september",
        "jeg fylder 18 i december",
    ],
)
def test_a_text_without_a_time_wish_has_none(text: str) -> None:
    assert wish(text) is None


def test_day_and_hour_are_read_together() -> None:
    assert wish("Torsdag den 3. december kl. 14.30 passer mig") == TimeWish(day=date(2026, 12, 3), exact=time(14, 30))
    assert wish("i overmorgen efter 13") == TimeWish(day=TUESDAY, earliest=time(13))
    assert wish("hurtigst muligt i næste uge") == TimeWish(day=MONDAY, last_day=date(2026, 11, 29), soonest=True)


def test_a_refusal_leaves_the_rest_of_the_wish() -> None:
    assert wish("fredag men ikke før kl 12") == TimeWish(day=FRIDAY, earliest=time(12))
    assert wish("ikke torsdag før kl 12") == TimeWish(day=THURSDAY, earliest=time(12))
    assert wish("fredag, ikke kl 14") == TimeWish(day=FRIDAY)
    assert wish("fredag, men kl 7 om aftenen er for sent") == TimeWish(day=FRIDAY)
    assert wish("fredag, men kl 14 er for sent") == TimeWish(day=FRIDAY, latest=time(13, 59))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("mandag-fredag", 30, 4),
        ("fra mandag til onsdag", 30, 2),
        ("mandag til og med onsdag", 30, 2),
        ("d. 25", 25, 25),
    ],
)
def test_a_span_said_midweek_is_the_coming_one(text: str, first: int, last: int) -> None:
    found = find_time_wish(text, datetime(2026, 11, 25, 9, 0, tzinfo=NOW.tzinfo))
    assert found is not None
    assert found.day is not None
    assert (found.day.day, (found.last_day or found.day).day) == (first, last)


def test_a_weekday_named_on_its_own_day_is_next_weeks() -> None:
    thursday = datetime(2026, 11, 26, 9, 0, tzinfo=NOW.tzinfo)
    found = find_time_wish("på torsdag", thursday)
    assert found is not None
    assert found.day == date(2026, 12, 3)


def test_the_day_is_that_of_denmark() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    found = find_time_wish("i morgen", late)
    assert found is not None
    assert found.day == TUESDAY


@pytest.mark.parametrize(
    "text",
    [
        "mandag er jeg i skole, hellere onsdag", "mandag arbejder jeg, men onsdag", "mandag har jeg eksamen. onsdag",
        "onsdag. mandag skal jeg desværre på job",
    ],
)  # fmt: skip
def test_a_day_on_which_one_is_busy_is_no_day_wished_for(text: str) -> None:
    assert wish(text) == TimeWish(day=WEDNESDAY)


@pytest.mark.parametrize("text", ["mandag arbejder jeg til 14", "mandag har jeg fri", "mandag er jeg i skole til 12"])
def test_a_day_on_which_one_is_busy_for_a_while_is_still_wished_for(text: str) -> None:
    found = wish(text)
    assert found is not None
    assert found.day == MONDAY


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        find_time_wish("i morgen", datetime(2026, 11, 22, 11, 0))  # noqa: DTZ001


def test_the_place_of_the_wish_is_that_of_the_original_text() -> None:
    text = "Åh, kan vi sige på lørdag kl. halv tre? Tak"
    found = locate_time_wish(text, NOW)
    assert found is not None
    assert text[found.start : found.end] == "på lørdag kl. halv tre"


def test_a_wish_survives_json() -> None:
    said = TimeWish(day=THURSDAY, last_day=FRIDAY, earliest=time(12), latest=time(17, 30), soonest=True)
    assert said.as_dict()["day"] == "2026-11-26"
    assert TimeWish.from_dict(said.as_dict()) == said


@given(st.text(alphabet="tord i morgenæøå.:/-0123456789halvkl ", max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = locate_time_wish(text, NOW)
    if found:
        assert 0 <= found.start < found.end <= len(text)
        assert found.wish.day is None or found.wish.day >= NOW.date()


def test_the_small_hours_are_no_afternoon() -> None:
    for text, hour in (("kl 4 om morgenen", 4), ("12 am", 0), ("three in the morning", 3), ("kl 2 om natten", 2)):
        found = wish(text)
        assert found is not None
        assert found.exact == time(hour)
