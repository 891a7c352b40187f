"""Numbers and words of a message that look like a time and are none, beside the wish itself."""

from datetime import date, time

import pytest

from bot.language.time_wish import TimeWish
from tests.support.times import FRIDAY, MONDAY, wish


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
