"""Numbers and words of a message that look like a time and are none, beside the wish itself."""

from datetime import date, time

import pytest

from bot.language.time_wish import Refused, TimeWish
from tests.support.times import FRIDAY, MONDAY, NOW, wish


@pytest.mark.parametrize(
    "text",
    [
        "er snart 18 og kan komme fredag",
        "vi er kun 3 og kan fredag",
        "fredag er god, jeg bor Nørregade 7",
        "fredag går, det er opgang nr 4",
        "fredag passer, der blev vi 2",
        "fredag kan jeg, jeg har 20 % tilbage",
    ],
)
def test_an_age_a_count_or_a_house_number_makes_no_day_unclear(text: str) -> None:
    assert wish(text) == TimeWish(day=FRIDAY)


@pytest.mark.parametrize(
    "text", ["fredag, så skal det være 9", "ok fredag så, jeg kan ved 10", "er klar 10 og kan fredag"]
)
def test_a_number_that_may_be_the_hour_of_a_day_is_asked_about(text: str) -> None:
    found = wish(text)
    assert found is not None
    assert (found.day, found.unclear) == (FRIDAY, True)


def test_only_what_is_better_than_another_takes_its_place() -> None:
    both = TimeWish(day=MONDAY, last_day=FRIDAY, not_days=tuple(date(2026, 11, day) for day in (24, 25, 26)))
    assert wish("mandag eller fredag passer mig bedst") == both
    assert wish("mandag eller fredag er nok bedre") == TimeWish(day=FRIDAY)
    assert wish("kl 13 eller 14 er nok bedre") == TimeWish(exact=time(14))


@pytest.mark.parametrize(
    "text", ["må kl 9 være muligt?", "jeg må kl 9 gerne for chefen", "så må det blive, ja må kl 9"]
)
def test_what_may_be_is_no_monday(text: str) -> None:
    assert wish(text) == TimeWish(exact=time(9))


@pytest.mark.parametrize("text", ["ma kl 10 vil være fint", "på ma kl 10"])
def test_monday_may_be_written_with_two_letters(text: str) -> None:
    assert wish(text) == TimeWish(day=MONDAY, exact=time(10))


@pytest.mark.parametrize("text", ["hvad sker der til jul", "skal jeg flytte igen i jul"])
def test_christmas_is_no_july(text: str) -> None:
    assert wish(text) is None


def test_july_may_be_waited_for() -> None:
    assert wish("til juli") == TimeWish(day=date(2027, 7, 1), last_day=date(2027, 7, 31))


@pytest.mark.parametrize(
    "text",
    [
        "værelset er 26.5 kvm", "der er 24.5 m2 til tre", "strømmen steg 31.5 procent", "en pose koster 25.10 kr",
        "renten er 24.12 %",
    ],
)  # fmt: skip
def test_so_many_of_something_is_no_date(text: str) -> None:
    assert wish(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "jeg går om en halv time", "min bus går om et kvarter", "han kommer om 20 min", "vi skal spise om en time",
        "toget kører om 10 minutter",
    ],
)  # fmt: skip
def test_what_happens_soon_is_no_wish(text: str) -> None:
    assert wish(text) is None


@pytest.mark.parametrize("text", ["om 3 timer", "kan I ringe om 3 timer?", "det går fint om tre timer"])
def test_so_long_from_now_at_night_is_refused(text: str) -> None:
    assert wish(text) == TimeWish(day=date(2026, 11, 22), exact=time(14))
    late = wish(text, NOW.replace(hour=22, minute=30))
    assert late == TimeWish(day=MONDAY, exact=time(1, 30), refused=Refused.NIGHT)
