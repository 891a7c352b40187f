"""Wishes for a time in the words of those who write: several days, put right, told beside other things, misspelt."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.asides import MOST_CORRECTIONS, corrections
from bot.language.day_span import days_from
from bot.language.lookups import words_for
from bot.language.time_spelling import SPELLINGS
from bot.language.time_wish import Refused, TimeWish
from bot.language.times import locate_time_wish
from bot.language.tongue import everyday_words
from bot.privacy.word_lists import known_names, names_that_are_words
from tests.support.times import FRIDAY, MONDAY, NOW, THURSDAY, TUESDAY, WEDNESDAY, wish

SAID = (
    "imo", "i", "går", "tosda", "klokn", "halv", "ålve", "eller", "nej", "samme", "tid", "ugen", "efter", "før", "10",
    "1430", "kl", "ikke", "næste", "weekend", "mandag", "nat", "snart", "hurtigst", "muligt", "tomorrow", "at", "3",
    "pm", "may", "5", "to", "by", "the", "30th", "half", "past", "friday", "or",
)  # fmt: skip


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
        ("ryk den fra 9.30 til 11", TimeWish(exact=time(11))),
        ("kan I flytte snakken fra 13 til 15 på fredag", TimeWish(day=FRIDAY, exact=time(15))),
        ("udskyd det fra kl. 9 til tolv", TimeWish(exact=time(12))),
        ("flyt den fra d. 3. til 4. december", TimeWish(day=date(2026, 12, 4))),
        ("flyt den fra mandag til onsdag", TimeWish(day=WEDNESDAY)),
        ("kan I flytte det, for jeg kan fra 10 til 12", TimeWish(earliest=time(10), latest=time(12))),
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


@pytest.mark.parametrize(
    "text",
    [
        "i går kl 12", "i torsdags", "sidste fredag", "kan vi sige i mandags kl 10", "kan man komme i går når man vil",
        "den 20. november kl 12", "i dag kl 9", "i dag inden 10",
    ],
)  # fmt: skip
def test_what_is_over_is_refused(text: str) -> None:
    found = wish(text)
    assert found is not None
    assert found.refused is Refused.PAST


@pytest.mark.parametrize(
    "text",
    [
        "kl 3 i nat",
        "kl halv fire om natten",
        "natten til torsdag kl 3",
        "kl 23.30 i aften",
        "at 3 am",
        "5 am",
        "tomorrow 12 am",
        "four in the morning on Friday",
        "klokken to om morgenen",
        "kl 11 pm",
        "ved midnat på fredag",
        "kl 03.00",
        "om natten",
        "kunne nogen ringe til mig i nat",
        "jeg kan kun snakke om natten",
    ],
)
def test_the_night_is_refused(text: str) -> None:
    found = wish(text)
    assert found is not None
    assert found.refused is Refused.NIGHT


@pytest.mark.parametrize(
    "text",
    [
        "tirsdag den 3.", "fredag d. 5. december kl 12", "måske onsdag, det ved jeg først senere",
        "jeg hænger ud med dem kl 9 og kl 12 og igen kl 17",
    ],
)  # fmt: skip
def test_what_may_mean_several_times_is_unclear(text: str) -> None:
    found = wish(text)
    assert found is not None
    assert found.unclear


TUESDAY_AT_TEN = datetime(2026, 11, 24, 10, 20, tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("text", "unclear"),
    [("næste torsdag", True), ("næste mandag", False), ("torsdag i næste uge", False), ("næste weekend", True)],
)
def test_next_is_unclear_only_where_this_week_still_has_it(text: str, unclear: bool) -> None:  # noqa: FBT001
    found = wish(text, TUESDAY_AT_TEN)
    assert found is not None
    assert found.unclear is unclear


def test_a_weekend_is_the_coming_one_and_the_next_the_one_after() -> None:
    for text, first in (("i weekenden", 28), ("til weekenden", 28), ("i weekend", 28), ("next weekend please", 5)):
        found = wish(text, TUESDAY_AT_TEN)
        assert found is not None
        assert found.day is not None
        assert found.day.day == first


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


@pytest.mark.parametrize(
    "text",
    [
        "huslejen er 1500 om måneden", "jeg bor i 2300", "siden 2020", "for ca to uger siden", "jeg vil have to is",
        "omkring fem venner", "min veninde Ida er syg", "vi mødes i hal 3", "efter 4. modul",
    ],
)  # fmt: skip
def test_other_numbers_and_names_are_no_times(text: str) -> None:
    assert wish(text) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("i januar, fx den 5. januar kl 10", TimeWish(day=date(2027, 1, 5), exact=time(10))),
        ("jeg skal hente i børnehaven kl. 15.30 på torsdag, så inden da", TimeWish(day=THURSDAY, latest=time(15, 30))),
        ("tidligt mandag, helst kl 2", TimeWish(day=MONDAY, exact=time(14))),
        ("asap tosda", TimeWish(day=THURSDAY, soonest=True)),
        ("når som helst på torsdag", TimeWish(day=THURSDAY)),
        ("jeg skal flytte hurtigst muligt, helst en tid torsdag kl 10", TimeWish(day=THURSDAY, exact=time(10))),
        ("torsdag 14. tak", TimeWish(day=THURSDAY, exact=time(14))),
        ("torsdag 1430", TimeWish(day=THURSDAY, exact=time(14, 30))),
        ("jeg ved ikke hvor jeg skal bo, kan jeg få en tid torsdag kl 10", TimeWish(day=THURSDAY, exact=time(10))),
        ("jeg sov ude i nat, kan jeg få en tid på torsdag kl 3", TimeWish(day=THURSDAY, exact=time(15))),
        ("han var her i går. nu er det stille, så kl 12 passer mig", TimeWish(exact=time(12))),
        ("flyt tiden til torsdag kl 10", TimeWish(day=THURSDAY, exact=time(10))),
        ("vi skal flytte den til torsdag i næste uge", TimeWish(day=THURSDAY)),
    ],
)
def test_other_words_do_not_change_what_is_wished_for(text: str, meant: TimeWish) -> None:
    assert wish(text) == meant


def test_no_spelling_is_a_name_or_another_everyday_word() -> None:
    """But for "lordag", which is how "lørdag" is typed without Danish keys, and for what names no time by itself."""
    spellings = {spelling for word in words_for(SPELLINGS).values() for spelling in word}
    assert spellings & (known_names() | names_that_are_words() | everyday_words()) <= {"lordag", "imellem", "ka", "ska"}
    assert not spellings & {"ida", "hal", "sex", "fridag"}


def test_only_the_last_corrections_are_read() -> None:
    assert len(corrections("nej " * 50)) == MOST_CORRECTIONS


@given(st.lists(st.sampled_from(SAID), min_size=1, max_size=12))
def test_a_wish_lies_within_the_text(words: list[str]) -> None:
    text = " ".join(words)
    found = locate_time_wish(text, NOW)
    if found:
        assert 0 <= found.start < found.end <= len(text)


def test_a_wish_is_kept_as_it_was() -> None:
    for said in ("mandag eller onsdag kl 10", "i går kl 12", "samme tid om to uger", "tirsdag den 3."):
        found = wish(said)
        assert found is not None
        assert TimeWish.from_dict(found.as_dict()) == found


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("jeg har fri kl 14, så torsdag kl 15", TimeWish(day=THURSDAY, exact=time(15))),
        ("Can we meet Thursday before noon? He gets home at 3.", TimeWish(day=THURSDAY, latest=time(12))),
        ("torsdag kl 14.30 hvis jeg når bussen kl 13.52", TimeWish(day=THURSDAY, exact=time(14, 30))),
        ("torsdag passer fint, men kun hvis det er efter kl 14", TimeWish(day=THURSDAY, earliest=time(14))),
        (
            "gerne i næste uge, hvis I har tid torsdag kl 10",
            TimeWish(day=THURSDAY, exact=time(10)),
        ),
        ("har praktik til kl 15 hele ugen så onsdag efter praktikken", TimeWish(day=WEDNESDAY, earliest=time(16))),
        ("min mor kommer hjem kl 17 så det skal være inden", TimeWish(latest=time(17))),
        ("har vagt torsdag 9-13 og 17-23, så kl. 14 er perfekt den dag", TimeWish(day=THURSDAY, exact=time(14))),
    ],
)
def test_of_several_parts_the_one_that_asks_is_the_wish(text: str, meant: TimeWish) -> None:
    assert wish(text) == meant


def test_a_message_of_very_many_parts_is_read_as_one() -> None:
    assert wish("torsdag kl 10. " + "hej med jer. " * 20) == TimeWish(day=THURSDAY, exact=time(10))
