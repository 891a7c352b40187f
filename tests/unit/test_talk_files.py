"""What tells the conversations of tests/system/talks apart from each other, and an answer from another."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.casework.free_times import DANISH_TIME
from bot.municipality.towns import load_municipalities
from bot.municipality.week import WEEKDAYS
from tests.support.open_days import open_days
from tests.support.talks import TalkError, load_talks
from tests.support.wording import responses, says

GOOD = "- name: says hello\n  who: a boy\n  turns:\n  - {say: hej, answer: chat_greet}\n"


def of(folder: Path, text: str) -> None:
    (folder / "some.yml").write_text(text, encoding="utf-8")
    load_talks({"answer", "times"}, folder)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (GOOD.replace("answer:", "anwser:"), "anwser"),
        (GOOD.replace("who:", "whom:"), "whom"),
        (GOOD.replace("  turns", "  does: [corects]\n  turns"), "corects"),
        (GOOD.replace("{say: hej,", "{say: hej, tap: Ja,"), "a turn is one of"),
        (GOOD.replace(", answer: chat_greet", ""), "nothing must be true"),
        (GOOD.replace("  who: a boy\n", ""), "who"),
    ],
)
def test_a_slip_in_a_file_is_told_by_its_conversation(tmp_path: Path, wrong: str, named: str) -> None:
    of(tmp_path, GOOD)
    with pytest.raises(TalkError, match=named) as raised:
        of(tmp_path, wrong)
    assert "some.yml: 'says hello'" in str(raised.value)


def test_an_answer_is_known_whatever_stands_before_and_after_it() -> None:
    text = responses()["housing_deposit"][0]["text"]
    assert says(f"Hej.\n{text}\nOg mere.", "housing_deposit")
    assert not says(text, "housing_benefit")
    assert not says(text.replace("beboerindskudslån", "lån"), "housing_deposit")


def test_an_answer_without_its_question_is_known_only_where_that_is_asked_for() -> None:
    *lines, _question = responses()["housing_deposit"][0]["text"].splitlines()
    assert not says("\n".join(lines), "housing_deposit")
    assert says("\n".join(lines), "housing_deposit", but_the_question=True)


def test_two_answers_that_begin_alike_are_told_apart() -> None:
    assert not says(responses()["housing_thrown_out"][2]["text"], "money_emergency", but_the_question=True)


def test_the_variation_of_an_age_is_told_from_that_of_another() -> None:
    young = responses()["housing_shelter"][0]["text"]
    assert says(young, "housing_shelter@under_18")
    assert not says(young, "housing_shelter@adult")
    assert not says(young, "housing_shelter@any")


def test_a_placeholder_stands_for_any_words() -> None:
    assert says("Din tid mandag kl. 10 er aflyst. Det er helt i orden. Du kan altid få en ny.", "booking_cancelled")


def test_there_are_two_open_days_in_every_week_of_the_year() -> None:
    today, closed = datetime.now(DANISH_TIME).date(), load_municipalities()["eksempel"].rules.closed_days
    for start in (today + timedelta(days=ahead) for ahead in range(366)):
        dates = {WEEKDAYS[day.weekday()]: day for day in (start + timedelta(days=ahead) for ahead in range(1, 8))}
        first, second = (dates[name] for name in open_days(start).values())
        assert start < first < second
        assert closed.isdisjoint({first, second})
