"""A time said in English is found as its Danish words are."""

from datetime import date, datetime, time

import pytest

from bot.language.english_times import in_danish
from bot.language.folding import fold_in_place
from bot.language.time_wish import TimeWish
from bot.language.times import DENMARK, find_time_wish, locate_time_wish

# A Monday.
NOW = datetime(2026, 11, 23, 9, tzinfo=DENMARK)
THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Thursday", TimeWish(day=THURSDAY)),
        ("Thursdays are good for me", TimeWish(day=THURSDAY)),
        ("tomorrow at 10", TimeWish(day=date(2026, 11, 24), exact=time(10))),
        ("the day after tomorrow", TimeWish(day=date(2026, 11, 25))),
        ("Thursday afternoon please", TimeWish(day=THURSDAY, earliest=time(12), latest=time(17))),
        ("I can do Thursday after 2 pm", TimeWish(day=THURSDAY, earliest=time(14))),
        ("before 11 am on Thursday", TimeWish(day=THURSDAY, latest=time(11))),
        ("at half past two", TimeWish(exact=time(14, 30))),
        ("quarter past ten on Thursday works", TimeWish(day=THURSDAY, exact=time(10, 15))),
        ("in two days please", TimeWish(day=date(2026, 11, 25))),
        ("this afternoon please", TimeWish(day=date(2026, 11, 23), earliest=time(12), latest=time(17))),
        ("I finish at 6 so Thursday evening after that", TimeWish(day=THURSDAY, earliest=time(18), latest=time(22))),
        ("on Thursday 3 December at 1.15 pm", TimeWish(day=date(2026, 12, 3), exact=time(13, 15))),
        ("ten o'clock is fine", TimeWish(exact=time(10))),
        ("as soon as possible", TimeWish(soonest=True)),
        ("not Thursday, Friday please", TimeWish(day=date(2026, 11, 27))),
        ("next week, but not Monday", TimeWish(day=date(2026, 12, 1), last_day=date(2026, 12, 6))),
        ("next week, any day", TimeWish(day=date(2026, 11, 30), last_day=date(2026, 12, 6))),
    ],
)
def test_a_time_in_english_is_found(text: str, wish: TimeWish) -> None:
    said = in_danish(fold_in_place(text))
    assert said is not None
    assert find_time_wish(said.text, NOW) == wish


@pytest.mark.parametrize("text", ["I am 19", "two people", "not more than 4000", "12 34 56 78", "hello", ""])
def test_what_is_no_time_is_none(text: str) -> None:
    assert in_danish(fold_in_place(text)) is None


@pytest.mark.parametrize("text", ["jeg har fri og går til fods", "man ved det ikke", "ons kl 13", "before"])
def test_danish_is_not_read_as_english(text: str) -> None:
    assert in_danish(fold_in_place(text)) is None


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("tomorrow at 2 pls", TimeWish(day=date(2026, 11, 24), exact=time(14))),
        ("friday before 10 am", TimeWish(day=date(2026, 11, 27), latest=time(10))),
        ("sorry thursday not wednesday, 4pm", TimeWish(day=THURSDAY, exact=time(16))),
        ("3rd of december at half past one", TimeWish(day=date(2026, 12, 3), exact=time(13, 30))),
        ("may 5 maybe", TimeWish(day=date(2027, 5, 5))),
        ("December 3rd at 10", TimeWish(day=date(2026, 12, 3), exact=time(10))),
        ("any day after school", TimeWish(earliest=time(15))),
        ("14:30", TimeWish(exact=time(14, 30))),
        ("I have to be out by the 30th, so Thursday", TimeWish(day=THURSDAY)),
        ("kl 7 pm på torsdag", TimeWish(day=THURSDAY, exact=time(19))),
        ("12.30 pm", TimeWish(exact=time(12, 30))),
        ("not before 11 am", TimeWish(earliest=time(11))),
        ("nine in the morning tomorrow", TimeWish(day=date(2026, 11, 24), exact=time(9))),
        ("four in the afternoon", TimeWish(exact=time(16))),
        ("between 10 and 12 in the morning", TimeWish(earliest=time(10), latest=time(12))),
    ],
)
def test_a_message_in_english_is_heard(text: str, wish: TimeWish) -> None:
    found = find_time_wish(text, NOW)
    assert found is not None
    assert found == wish


def test_it_knows_its_place_in_the_text() -> None:
    text = "maybe Friday at 9, ok"
    found = locate_time_wish(text, NOW)
    assert found is not None
    assert text[found.start : found.end] == "Friday at 9"
