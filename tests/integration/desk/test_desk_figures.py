"""The page of figures: the same in picture, table and file, of one's own municipality and of the days asked for."""

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from html import unescape
from io import StringIO
from random import Random

import pytest
from httpx import Response
from sqlalchemy import update
from starlette.testclient import TestClient

from bot.casework.figures import PARTS, Cell, Figure, TalkEvent, Topic, Waited
from bot.casework.free_times import danish_day
from bot.casework.keeping import Keeping
from bot.casework.periods import PeriodKind, period_of
from bot.language.danish import spoken_date
from bot.language.readability import lix
from bot.store.store import Store
from bot.store.tables import municipalities
from bot.web.desk.figure_words import WORDS, period_words
from tests.support.desk import PAGE
from tests.support.figures import count
from tests.support.the_tests import THE_TESTS

HOME, MET = Cell(Figure.TOPIC, Topic.HOME), Cell(Figure.TALK, TalkEvent.MET)
TODAY = danish_day(datetime.now(UTC))
Figures = Mapping[str, Sequence[tuple[str, str]]]


@pytest.fixture
def counted(store: Store) -> Store:
    """A store in which has been counted for two years."""
    with store.write(THE_TESTS) as work:
        work._connection.execute(update(municipalities).values(counted_since=TODAY - timedelta(days=730)))
    return store


def look(client: TestClient, query: str = "") -> Response:
    answer = client.get(f"/desk/figures?{query}", headers=PAGE)
    assert answer.status_code == 200, answer.text
    return answer


def in_tables(page: Response) -> Figures:
    """Each table by its heading: its lines, and the sum."""
    rows = re.compile(r'<th scope="row">([^<]+)</th><td class="number">([^<]+)</td>')
    return {heading: rows.findall(part) for heading, part in _sections(page).items() if rows.search(part)}


def in_pictures(page: Response) -> Figures:
    found = {heading: re.findall(r"<text[^>]*>([^<]+)</text>", part) for heading, part in _sections(page).items()}
    return {heading: list(zip(told[::2], told[1::2], strict=True)) for heading, told in found.items() if told}


def _sections(page: Response) -> dict[str, str]:
    parts = re.findall(r'<h2 id="figure-\d">([^<]+)</h2>(.*?)</section>', page.text, re.DOTALL)
    return {unescape(heading): part for heading, part in parts}


def in_file(answer: Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"\xef\xbb\xbf"), "or Excel takes æ for two letters"
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_picture_table_and_file_say_the_same(anna: TestClient, counted: Store) -> None:
    count(counted, HOME, 23)
    count(counted, MET, 7)
    count(counted, Cell(Figure.WAIT, Waited.UNDER_5), 5)
    count(counted, Cell(Figure.DANGER, Waited.UNDER_5), 4)
    page = look(anna)
    tables, pictures = in_tables(page), in_pictures(page)
    assert tables["Hvad de skriver om"][0] == ("Et sted at bo", "20")
    assert {number for _, number in tables["Hvad de skriver om"][1:]} == {"under 5"}
    assert ("I alt", "5") in tables["Hvor længe de ventede"]
    assert set(tables) == {"Hvad de skriver om", "Hvor længe de ventede", "Aftaler"}, "of danger there were four"
    assert pictures == {heading: [line for line in lines if line[0] != "I alt"] for heading, lines in tables.items()}
    lines = in_file(anna.get("/desk/figures.csv"))
    for heading, told in tables.items():
        assert [(line["Linje"], line["Antal i hele femmere"]) for line in lines if line["Tal"] == heading] == told
    month = period_of(PeriodKind.MONTH, TODAY)
    assert {(line["Kommune"], line["Fra"], line["Til"]) for line in lines} == {
        ("Eksempel Kommune", str(month.first), str(month.last))
    }


def test_the_file_is_named_by_its_days_and_opens_in_a_danish_excel(anna: TestClient, counted: Store) -> None:
    answer = anna.get("/desk/figures.csv?fra=2026-01-01&til=2026-02-03")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="hjemad-tal-2026-01-01-2026-02-03.csv"'
    head, first, *_ = answer.content.decode("utf-8-sig").split("\r\n")
    assert head == "Kommune;Tal;Linje;Antal i hele femmere;Fra;Til"
    assert first == "Eksempel Kommune;Hvornår de skriver;Kl. 0 til 3;under 5;2026-01-01;2026-02-03"


def test_only_the_days_that_were_asked_for_count(anna: TestClient, counted: Store) -> None:
    for days_ago, fives in ((0, 1), (1, 2), (200, 4)):
        count(counted, HOME, 5 * fives, TODAY - timedelta(days=days_ago))
    told = {}
    for first, last in ((0, 0), (1, 1), (1, 0), (200, 2), (200, 0)):
        query = f"fra={TODAY - timedelta(days=first)}&til={TODAY - timedelta(days=last)}"
        told[first, last] = in_tables(look(anna, query))["Hvad de skriver om"][0][1]
    assert told == {(0, 0): "5", (1, 1): "10", (1, 0): "15", (200, 2): "20", (200, 0): "35"}


@pytest.mark.parametrize(("name", "kind"), [("uge", "WEEK"), ("maaned", "MONTH"), ("kvartal", "QUARTER")])
def test_the_ways_lead_to_the_same_stretch_before_and_after(
    anna: TestClient, counted: Store, name: str, kind: str
) -> None:
    this = period_of(PeriodKind[kind], TODAY)
    count(counted, HOME, 5, TODAY)
    count(counted, HOME, 10, this.before.last)
    page = look(anna, f"periode={name}")
    assert 'aria-current="true"' in page.text
    assert f"dag={this.after.first}" not in page.text, "it is not there yet"
    [before] = re.findall(rf'"/desk/figures\?(periode={name}&amp;dag={this.before.first})"', page.text)
    earlier = look(anna, unescape(before))
    assert in_tables(earlier)["Hvad de skriver om"][0] == ("Et sted at bo", "10")
    assert f"dag={this.first}" in earlier.text


def test_nobody_reads_a_small_number_whatever_days_they_ask_for(anna: TestClient, counted: Store) -> None:
    random, first = Random(5), TODAY - timedelta(days=30)
    for day in range(30):
        for cell in (HOME, MET, Cell(Figure.HOUR, "12")):
            if came := random.choice([0, 0, 1, 2, 3, 8]):
                count(counted, cell, came, first + timedelta(days=day))
    numbers = set()
    for begins in range(0, 30, 3):
        for ends in range(begins, 30, 4):
            query = f"fra={first + timedelta(days=begins)}&til={first + timedelta(days=ends)}"
            lines = in_file(anna.get(f"/desk/figures.csv?{query}"))
            numbers |= {line["Antal i hele femmere"] for line in lines}
    assert numbers > {"under 5", "for få til at vise", "5", "10"}
    assert {int(number) % 5 for number in numbers if number.isdigit()} == {0}
    assert all(number.isdigit() for number in numbers - {"under 5", "for få til at vise"})


def test_another_towns_figures_are_not_there(anna: TestClient, carl: TestClient, counted: Store) -> None:
    count(counted, HOME, 15)
    count(counted, HOME, 40, town="nabo")
    assert in_tables(look(anna))["Hvad de skriver om"][0] == ("Et sted at bo", "15")
    assert in_tables(look(carl))["Hvad de skriver om"][0] == ("Et sted at bo", "40")


def test_who_is_not_signed_in_sees_none(stranger: TestClient) -> None:
    assert stranger.get("/desk/figures", headers=PAGE).headers["location"].startswith("/desk/sign-in")
    assert stranger.get("/desk/figures.csv").status_code == 401


def test_where_nothing_is_to_show_it_says_what_to_do(anna: TestClient, counted: Store) -> None:
    count(counted, HOME, 4)
    page = look(anna)
    assert "Vælg flere dage, for eksempel et kvartal." in page.text
    assert "<svg" not in page.text
    assert "figures.csv" not in page.text
    tomorrow = TODAY + timedelta(days=1)
    assert "ikke kommet endnu" in look(anna, f"fra={tomorrow}&til={tomorrow}").text
    count(counted, HOME, 1)
    assert "Der er under 5 i hver linje." in look(anna).text, "of the others"


def test_days_before_counting_began_are_no_days_on_which_nobody_came(anna: TestClient, store: Store) -> None:
    """The store was made just now."""
    month = period_of(PeriodKind.MONTH, TODAY)
    begins = f"Vi har tal fra {_spoken(TODAY)}."
    before = look(anna, f"fra={month.before.first}&til={TODAY - timedelta(days=1)}").text
    assert f"{begins} Vælg dage efter det." in before
    count(store, HOME)
    assert begins in look(anna, f"fra={TODAY - timedelta(days=1)}&til={TODAY}").text
    assert "Vi har tal fra" not in look(anna, f"fra={TODAY}&til={TODAY}").text


def test_figures_begin_where_they_are_kept_no_more(anna: TestClient, store: Store) -> None:
    with store.write(THE_TESTS) as work:
        work._connection.execute(update(municipalities).values(counted_since=date(2000, 1, 1)))
    kept = TODAY - timedelta(days=Keeping().figures)
    assert (
        f"Vi har tal fra {_spoken(kept)}."
        in look(anna, f"fra={kept - timedelta(days=9)}&til={kept - timedelta(days=5)}").text
    )


def _spoken(day: date) -> str:
    return f"{spoken_date(day)} {day.year}"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("fra=2026-11-03&til=2026-11-02", "Byt om på dem."),
        ("fra=2026-11-03", "Vælg både den første og den sidste dag."),
        ("fra=&til=", "Vælg både den første og den sidste dag."),
        ("fra=2026-02-30&til=2026-03-01", "Vælg både den første og den sidste dag."),
        ("fra=0001-01-01&til=9999-12-31", "Vælg både den første og den sidste dag."),
        ("fra=%3Cscript%3E&til=2026-11-02", "Vælg både den første og den sidste dag."),
    ],
)
def test_days_that_are_none_are_said_to_be_and_stay_in_their_fields(anna: TestClient, query: str, said: str) -> None:
    page = anna.get(f"/desk/figures?{query}", headers=PAGE)
    assert (page.status_code, said in page.text, "<script>" in page.text) == (422, True, False)
    for name, typed in re.findall(r"(fra|til)=([^&]+)", query):
        if "%" not in typed:
            assert f'name="{name}" required value="{typed}"' in page.text
    assert anna.get(f"/desk/figures.csv?{query}").status_code == 422


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("periode=aar", PeriodKind.MONTH),
        ("periode=uge&dag=i+morgen", PeriodKind.WEEK),
        ("dag=9999-12-31", PeriodKind.MONTH),
        ("periode=", PeriodKind.MONTH),
    ],
)
def test_a_period_that_is_none_is_now(anna: TestClient, query: str, kind: PeriodKind) -> None:
    assert f"<h1>Tal for Eksempel Kommune, {period_words(period_of(kind, TODAY))}</h1>" in look(anna, query).text


def test_every_part_has_its_words_and_they_are_easy_to_read(anna: TestClient, counted: Store) -> None:
    for figure in Figure:
        assert list(WORDS[figure].parts) == list(PARTS[figure])
        for part in PARTS[figure]:
            count(counted, Cell(figure, part))
    page = look(anna)
    assert len(in_tables(page)) == len(Figure)
    said = re.findall(r"<(?:p|h2)[^>]*>([^<]+)</", page.text.partition("<main")[2])
    assert len(said) > 2 * len(Figure)
    assert lix("\n".join(said)) <= 30
