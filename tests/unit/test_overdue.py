"""Whoever has not answered is warned in good time, in words that are true for each minute."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.web.desk.overdue import goes_back_words, overdue_words

SINCE = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)
KEEP = "Skriv et par ord, hvis du vil beholde den."


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, ""),
        (24.9, ""),
        (25, f"En besked har ventet på dig i 25 minutter. Om 5 minutter går samtalen tilbage i køen. {KEEP}"),
        (26.5, f"En besked har ventet på dig i 26 minutter. Om 4 minutter går samtalen tilbage i køen. {KEEP}"),
        (29.5, f"En besked har ventet på dig i 29 minutter. Om 1 minut går samtalen tilbage i køen. {KEEP}"),
        (30, f"En besked har ventet på dig i 30 minutter. Nu går samtalen tilbage i køen. {KEEP}"),
    ],
)
def test_the_warning_counts_both_ways(minutes: float, words: str) -> None:
    assert overdue_words(SINCE, HALF_AN_HOUR, SINCE + timedelta(minutes=minutes)) == words


def test_where_nothing_waits_for_an_answer_nothing_is_said() -> None:
    assert overdue_words(None, HALF_AN_HOUR, SINCE) == ""


@pytest.mark.parametrize(("left", "words"), [(4.2, "om 5 minutter"), (0.5, "om 1 minut"), (0, "nu"), (-1, "nu")])
def test_a_list_says_when_it_goes_back(left: float, words: str) -> None:
    assert goes_back_words(SINCE + timedelta(minutes=left), SINCE) == f"går tilbage {words}"


def test_a_list_says_nothing_while_there_is_time() -> None:
    assert goes_back_words(None, SINCE) == ""


def test_where_there_is_little_time_the_warning_does_not_stand_there_from_the_first_moment() -> None:
    patience = timedelta(minutes=5)
    assert overdue_words(SINCE, patience, SINCE + timedelta(minutes=2)) == ""
    assert "Om 2 minutter" in overdue_words(SINCE, patience, SINCE + timedelta(minutes=3))
