"""Which facts a human must look at again, how a check is noted, and what `hjemad facts` says of it."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import cli
from bot.knowledge.answers import ANSWER, DANGER, Answer, shipped_answers, uses
from bot.knowledge.checks import IN_DANGER, SHOWN, SHOWN_NOWHERE, due, good_until, months_between_checks
from bot.knowledge.facts import SHIPPED_FACTS, Fact, FactError, load_facts, shipped_facts
from bot.knowledge.recording import record_check

TODAY = date(2026, 11, 28)
COMMENTED = """\
section: A
facts:
  # A comment of somebody's.
  - number: A01
    status: verified
    ready: "yes"
    text: >-
      Ring
      112.
    evidence: primær
    sources:
      - https://a.dk/
    page_date: '2024'
    said: Noget.

  - number: A011  # not A01
    status: verified
    ready: "yes"
    text: 'Ring ''igen''.'
    evidence: primær
    sources: [https://a.dk/]
    page_date: ukendt
    said: Noget.
    checked: 2025-01-02  # by phone
    note: Sidst.
"""


def fact(text: str = "Noget.", checked: date | None = None, *, number: str = "A01", every: int | None = None) -> Fact:
    return Fact(number, "verified", "yes", text, "primær", ("https://a.dk/",), None, None, None, (), checked, every)


@pytest.mark.parametrize(
    "text",
    [
        "Ring til dem på 116 111.",
        "Der er åbent hele døgnet.",
        "De har åbent mandag og tirsdag.",
        "Det kostede 93 kroner.",
        "Du har to uger til at svare.",
        "Det står i servicelovens § 85 a.",
        "Det gælder cirka halvdelen.",
    ],
)
def test_numbers_hours_rates_and_laws_are_checked_twice_a_year(text: str) -> None:
    assert months_between_checks(fact(text)) == 6


def test_all_else_is_checked_once_a_year_unless_the_fact_says_otherwise() -> None:
    assert months_between_checks(fact("Kommunen skal vejlede dig.")) == 12
    assert months_between_checks(fact("Ring på 112.", every=1)) == 1


@pytest.mark.parametrize(
    ("checked", "every", "last"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 1, 1), 12, date(2027, 1, 1)),
        (date(2026, 11, 28), 1, date(2026, 12, 28)),
        (date(2026, 12, 15), 24, date(2028, 12, 15)),
    ],
)
def test_a_check_is_good_for_whole_months(checked: date, every: int, last: date) -> None:
    assert good_until(fact(checked=checked, every=every)) == last


def test_never_checked_is_due_and_checked_is_due_on_its_day() -> None:
    facts = [fact(number="A01"), fact(number="A02", checked=date(2025, 11, 28)), fact(number="A03", checked=TODAY)]
    assert [each.fact.number for each in due(facts, date(2025, 11, 27), {})] == ["A01"]
    assert [each.fact.number for each in due(facts, TODAY, {})] == ["A01", "A02"]


def test_what_is_said_in_danger_comes_first_and_what_may_not_be_said_never() -> None:
    hidden = Fact("A09", "unverified", "never", "Noget.", "–", (), None, None)
    facts = [fact(number="A01"), fact(number="A02"), fact(number="A03"), hidden]
    resting = uses((Answer(ANSWER, "utter_x", "", ("A02", "A03")), Answer(DANGER, "acute.x", "", ("A03",))))
    found = due(facts, TODAY, resting)
    assert [(each.fact.number, each.urgency) for each in found] == [
        ("A03", IN_DANGER),
        ("A02", SHOWN),
        ("A01", SHOWN_NOWHERE),
    ]


def test_answers_danger_replies_and_pages_are_found_by_the_facts_they_rest_on() -> None:
    resting = {str(answer) for answer in uses(shipped_answers())["A02"]}
    assert {"utter_network_helplines", "acute.suicide.another", "tonight.html A02"} <= resting
    assert "privacy.html D07" in {str(answer) for answer in uses(shipped_answers())["D07"]}


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    (tmp_path / "emergency.yml").write_text(COMMENTED, encoding="utf-8")
    return tmp_path


def lines(folder: Path) -> list[str]:
    return (folder / "emergency.yml").read_text(encoding="utf-8").splitlines()


def test_a_check_adds_one_line_and_changes_no_other(bank: Path) -> None:
    record_check(bank, ["A01"], TODAY, TODAY)
    after = lines(bank)
    after.remove("    checked: 2026-11-28")
    assert after == COMMENTED.splitlines()
    assert load_facts(bank)["A01"].checked == TODAY
    assert load_facts(bank)["A011"].checked == date(2025, 1, 2)


def test_a_later_check_takes_the_place_of_the_earlier_and_keeps_the_comment(bank: Path) -> None:
    record_check(bank, ["A011"], TODAY, TODAY)
    assert lines(bank) == COMMENTED.replace("2025-01-02", "2026-11-28").splitlines()


def test_a_check_can_be_noted_in_every_fact_of_the_shipped_bank(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED_FACTS, tmp_path / "facts")
    verified = [number for number, each in shipped_facts().items() if each.status == "verified"]
    record_check(tmp_path / "facts", verified, TODAY, TODAY)
    after = load_facts(tmp_path / "facts")
    assert {number for number, each in after.items() if each.checked == TODAY} == set(verified)
    for file in SHIPPED_FACTS.glob("*.yml"):
        noted = (tmp_path / "facts" / file.name).read_text(encoding="utf-8")
        assert noted.replace("    checked: 2026-11-28\n", "") == file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("numbers", "on", "message"),
    [
        (["A01", "Z99"], TODAY, "Z99: no such fact"),
        (["A01"], date(2026, 11, 29), "cannot be recorded before"),
    ],
)
def test_a_check_that_cannot_be_is_refused_and_nothing_written(
    bank: Path, numbers: list[str], on: date, message: str
) -> None:
    with pytest.raises(FactError, match=message):
        record_check(bank, numbers, on, TODAY)
    assert lines(bank) == COMMENTED.splitlines()


def test_a_fact_without_a_source_is_not_checked_but_verified(bank: Path) -> None:
    file = bank / "emergency.yml"
    file.write_text(COMMENTED.replace('verified\n    ready: "yes"', 'unverified\n    ready: "never"', 1), "utf-8")
    with pytest.raises(FactError, match="A01: is not verified"):
        record_check(bank, ["A01"], TODAY, TODAY)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.app, ["facts", *arguments])
    return result.exit_code, result.output


def test_the_command_lists_what_is_overdue_with_pages_and_answers() -> None:
    code, output = run()
    assert code == 0
    assert output.index("Said to people in danger") < output.index("Said in answers and on pages")
    assert "A05 Har du tanker om selvmord, kan du ringe til Livslinien på 70 201 201." in output
    assert "https://levudenvold.dk/aktuelt/nyheder/lev-uden-vold-modtog-i-2022-rekordmange-opkald/" in output
    assert "acute.suicide.another" in output
    assert "facts are to be checked by" in output


def test_a_launch_check_fails_while_people_are_told_what_nobody_has_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_today", lambda: TODAY)
    assert run("--strict")[0] == (1 if any(not shipped_facts()[n].checked for n in uses(shipped_answers())) else 0)


def test_one_fact_is_shown_whole() -> None:
    code, output = run("A05")
    assert code == 0
    assert "Skriv aldrig en tid." in output
    assert "Check every: 6 months" in output


def test_an_unknown_fact_is_named() -> None:
    assert run("Z99")[0] == 1
    assert run("--checked", "Z99")[0] == 1


def test_the_command_records_a_check_of_the_day_given(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.knowledge.facts.SHIPPED_FACTS", bank)
    assert run("--checked", "A01", "--checked", "A011", "--on", "2026-10-01")[0] == 0
    assert {each.checked for each in load_facts(bank).values()} == {date(2026, 10, 1)}
