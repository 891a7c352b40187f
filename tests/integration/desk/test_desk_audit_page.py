"""Leads see who did what, newest first and a page at a time: their own town's, and no word of a conversation."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import event, insert
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.rights import Role
from bot.store.audit import Sought
from bot.store.store import Store
from bot.store.tables import audit
from bot.web.desk import audit as audit_module
from bot.web.desk.audit import SHOWN
from bot.web.desk.audit_words import OF_CONVERSATIONS
from tests.support.desk import PAGE, YoungPerson, add_caseworker, signed_in
from tests.support.second_factors import has_codes, user_of
from tests.support.the_tests import THE_TESTS

Line = list[str]
MANY = 10_000
WHOLE = "1a2b3c4d-0000-4000-8000-000000000000"
LOOKS = ("Så loggen", "Hentede loggen")


@pytest.fixture
def liv(app: Starlette, store: Store) -> TestClient:
    """She leads, and answers nobody."""
    add_caseworker(store, "eksempel", "liv", [Role.LEAD])
    return signed_in(app, "liv")


def lines(client: TestClient, query: str = "") -> list[Line]:
    """Those on the page, but for that somebody looks at it."""
    return [line for line in told(client.get(f"/desk/audit{query}", headers=PAGE).text) if line[1] not in LOOKS]


def told(page: str) -> list[Line]:
    """Who, what and about what, as the page shows it."""
    found = re.findall(r"<tr>\s*<td>.*?</tr>", page, re.DOTALL)
    return [
        [re.sub("<[^>]+>", "", cell).strip() for cell in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)][1:]
        for row in found
    ]


def downloaded(client: TestClient, query: str = "") -> list[Line]:
    answer = client.get(f"/desk/audit.csv{query}")
    assert answer.status_code == 200, answer.text
    return list(csv.reader(StringIO(answer.text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")), delimiter=";"))


def actions(store: Store) -> list[str]:
    with store.read(THE_TESTS) as work:
        return [entry.action for entry in work.people.noted("eksempel")]


def notes(store: Store, count: int, **changes: object) -> None:
    """So many lines at once, a minute apart."""
    line = {"municipality": "eksempel", "desk_user": user_of(store, "bo").id, "action": "claim", "subject": "x"}
    begins = datetime.now(UTC) - timedelta(days=20)
    with store.write(THE_TESTS) as work:
        work._connection.execute(
            insert(audit), [line | {"at": begins + timedelta(minutes=minute)} | changes for minute in range(count)]
        )


def test_what_was_done_stands_there_in_words_the_newest_first(
    anna: TestClient, liv: TestClient, young: YoungPerson, store: Store
) -> None:
    path = f"/desk/conversations/{young.id}"
    anna.get(path, headers=PAGE)
    anna.post(f"{path}/claim")
    anna.post(f"{path}/messages", json={"text": "hej fra Anna"})
    short = f"Samtale {young.id[:4].upper()}"
    assert lines(liv) == [
        ["Anna", "Skrev i chatten", short],
        ["Anna", "Tog samtalen", short],
        ["Anna", "Læste chatten", short],
        ["Liv", "Loggede ind", ""],
        ["Anna", "Loggede ind", ""],
    ]
    page = liv.get("/desk/audit", headers=PAGE).text
    assert not any(words in page for words in ("hej fra Anna", "jeg sover hos en ven"))


def test_what_subjects_are_called(app: Starlette, liv: TestClient, store: Store) -> None:
    with store.write(THE_TESTS) as work:
        [agent] = work.agents.names("eksempel")
        liv_user = user_of(store, "liv")
        for action, subject in (
            ("set_week", str(agent)),
            ("refused", "retraining"),
            ("end_sign_in", "bo"),
            ("talk_met", "abcd1234"),
            ("claim", None),
            ("of_another_version", WHOLE),
        ):
            work.people.note(liv_user, action, subject)
        work.people.note_by_operator("eksempel", "give_lead", "bo")
    assert lines(liv)[:7] == [
        ["Driften", "Gav rollen leder", "Bo"],
        ["Liv", "of_another_version", ""],
        ["Liv", "Tog samtalen", "Slettet samtale"],
        ["Liv", "Noterede: mødt", "Aftale ABCD"],
        ["Liv", "Loggede ud et sted", "Bo"],
        ["Liv", "Prøvede uden adgang", "lære robotten noget"],
        ["Liv", "Rettede ugen", "Boligagenten"],
    ]


def test_of_what_another_version_has_noted_no_whole_id_is_shown(liv: TestClient, store: Store) -> None:
    with store.write(THE_TESTS) as work:
        work.people.note(user_of(store, "liv"), "of_another_version", WHOLE)
    assert WHOLE not in liv.get("/desk/audit", headers=PAGE).text + str(downloaded(liv))


def test_two_of_one_name_are_told_apart(app: Starlette, liv: TestClient, store: Store) -> None:
    add_caseworker(store, "eksempel", "bo2")
    with store.write(THE_TESTS) as work:
        work._connection.exec_driver_sql("UPDATE desk_users SET shown_name = 'Bo' WHERE name = 'bo2'")
    has_codes(store, "bo2")
    signed_in(app, "bo")
    with store.write(THE_TESTS) as work:
        work.people.note(user_of(store, "bo2"), "reset_second_factor", "bo")
    assert lines(liv)[0] == ["Bo (bo2)", "Nulstillede totrinslogin", "Bo (bo)"]
    page = liv.get("/desk/people", headers=PAGE).text
    assert ("<h2>Bo (bo)</h2>" in page, '<p class="row-name">Bo (bo2)</p>' in page) == (True, True)


def test_an_erased_conversation_has_no_way_back(anna: TestClient, liv: TestClient, young: YoungPerson) -> None:
    anna.post(f"/desk/conversations/{young.id}/claim")
    young.erases()
    assert ["Anna", "Tog samtalen", "Slettet samtale"] in lines(liv)
    assert lines(liv, f"?samtale={young.id}") == []


def test_filters_by_person_deed_conversation_and_day(
    anna: TestClient, bo: TestClient, liv: TestClient, young: YoungPerson, store: Store
) -> None:
    anna.post(f"/desk/conversations/{young.id}/claim")
    notes(store, 1, at=datetime(2026, 11, 10, 22, 59, tzinfo=UTC), subject="late on the tenth")
    notes(store, 1, at=datetime(2026, 11, 10, 23, 1, tzinfo=UTC), subject="early on the eleventh")
    with store.write(THE_TESTS) as work:
        work.people.note_by_operator("eksempel", "add_user", "anna")
    number = user_of(store, "anna").id
    assert [line[0] for line in lines(liv, f"?hvem={number}")] == ["Anna", "Anna"]
    assert lines(liv, "?hvem=drift") == [["Driften", "Medarbejder tilføjet", "Anna"]]
    assert lines(liv, f"?hvem={number}&hvad=claim") == [["Anna", "Tog samtalen", f"Samtale {young.id[:4].upper()}"]]
    for said in (young.id, young.id[:4].upper(), f"samtale {young.id[:6]}", f" {young.id.upper()} "):
        assert [line[:2] for line in lines(liv, f"?samtale={said}")] == [["Anna", "Tog samtalen"]], said
    assert [line[2] for line in lines(liv, "?dag=2026-11-10")] == ["Samtale LATE"]
    assert [line[2] for line in lines(liv, "?dag=2026-11-11")] == ["Samtale EARL"]
    assert lines(liv, "?dag=2026-11-12") == []


def test_pages_follow_each_other_without_a_gap_also_while_more_is_noted(liv: TestClient, store: Store) -> None:
    notes(store, 2 * SHOWN + 7)
    seen: list[Line] = []
    for _ in walk(liv, seen, "?hvad=claim"):
        notes(store, 3, at=datetime.now(UTC))
    assert len(seen) == 2 * SHOWN + 7


def walk(client: TestClient, seen: list[Line], query: str) -> Iterator[int]:
    """From page to page by its own link."""
    while query:
        page = client.get(f"/desk/audit{query}", headers=PAGE).text
        seen += told(page)
        older = re.search(r'href="/desk/audit(\?[^"]*foer=\d+)"', page)
        query = older[1].replace("&amp;", "&") if older else ""
        yield len(seen)


def test_another_towns_lines_are_never_there(app: Starlette, liv: TestClient, carl: TestClient, store: Store) -> None:
    add_caseworker(store, "nabo", "nora", [Role.LEAD])
    nora = signed_in(app, "nora")
    number = user_of(store, "carl").id
    for query in ("", f"?hvem={number}", "?hvad=sign_in", "?foer=999999"):
        assert {line[0] for line in lines(liv, query)} <= {"Liv"}
    assert [line[0] for line in lines(nora, f"?hvem={number}")] == ["Carl"]
    assert "Carl" not in liv.get("/desk/audit", headers=PAGE).text
    assert "Carl" not in str(downloaded(liv))
    with store.write(THE_TESTS) as work:
        work.people.note(user_of(store, "carl"), "claim", "1a2b")
    assert lines(liv, "?samtale=1a2b") == []


@pytest.mark.parametrize(
    "query",
    [
        "hvem=x",
        "hvem=-1",
        "hvem=99999999999999999999",
        "hvem=%C2%B2",
        "hvad=findes-ikke",
        "samtale=1a",
        "samtale=%25%25%25%25",
        "samtale=" + "a" * 37,
        "dag=i-gaar",
        "dag=0001-01-01",
        "dag=9999-12-31",
        "foer=x",
        "foer=99999999999",
        "foer=-5",
    ],
)
def test_what_cannot_be_read_is_told_and_shows_the_newest(liv: TestClient, query: str) -> None:
    page = liv.get(f"/desk/audit?{query}", headers=PAGE)
    assert (page.status_code, 'role="alert"' in page.text, len(told(page.text)) > 0) == (422, True, True)
    if not query.startswith("foer"):
        assert liv.get(f"/desk/audit.csv?{query}").status_code == 422


def test_what_nobody_did_is_said_to_be_nothing(liv: TestClient) -> None:
    for query in ("?hvem=999999", "?foer=1", "?hvad=calm"):
        page = liv.get(f"/desk/audit{query}", headers=PAGE)
        assert (page.status_code, "Her er ikke noget at vise." in page.text, "Vis alt" in page.text) == (
            200,
            True,
            True,
        )


def test_reading_it_is_noted_once_a_look(liv: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for query in ("", "?hvad=claim", "?foer=3", ""):
        liv.get(f"/desk/audit{query}", headers=PAGE)
    liv.get("/desk/audit.csv")
    assert [one for one in actions(store) if one.endswith("_audit")] == ["read_audit", "download_audit"]
    monkeypatch.setattr(audit_module, "ONE_LOOK", timedelta())
    liv.get("/desk/audit", headers=PAGE)
    assert actions(store)[-1] == "read_audit"
    assert told(liv.get("/desk/audit", headers=PAGE).text)[0] == ["Liv", "Så loggen", ""], "before it is read"


def test_the_file_has_the_lines_of_the_filter_and_no_formula(liv: TestClient, store: Store) -> None:
    add_caseworker(store, "eksempel", "ond")
    evil = user_of(store, "ond")
    with store.write(THE_TESTS) as work:
        work._connection.exec_driver_sql("UPDATE desk_users SET shown_name = '=1+1;\"x' WHERE name = 'ond'")
        work.people.note(evil, "claim", "1a2b3c4d-0000-0000-0000-000000000000")
        work.people.note(evil, "end_sign_in", "@SUM(A1)")
    head, *found = downloaded(liv, f"?hvem={evil.id}")
    assert head == ["Hvornår", "Hvem", "Brugernavn", "Hvad", "Om"]
    assert [line[1:] for line in found] == [
        ["'=1+1;\"x", "ond", "Loggede ud et sted", "'@SUM(A1)"],
        ["'=1+1;\"x", "ond", "Tog samtalen", "Samtale 1A2B"],
    ]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", line[0]) for line in found)
    answer = liv.get("/desk/audit.csv")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="hjemad-log-')
    assert answer.headers["Content-Type"].startswith("text/csv")


def test_a_file_that_is_too_long_says_so(liv: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_module, "MOST_DOWNLOADED", 3)
    notes(store, 3)
    assert len(downloaded(liv, "?hvad=claim")) == 1 + 3
    notes(store, 1)
    *_, last = downloaded(liv, "?hvad=claim")
    assert last[3] == "Der er flere end 3 linjer. Vælg en dag eller en medarbejder."


def test_ten_thousand_lines_do_not_matter(liv: TestClient, store: Store) -> None:
    notes(store, MANY)
    number = user_of(store, "liv").id
    liv.get("/desk/audit", headers=PAGE)
    for query in ("", f"?hvem={number}", "?hvad=calm", "?samtale=1a2b", "?dag=2026-11-10", "?foer=200"):
        begins = monotonic()
        assert liv.get(f"/desk/audit{query}", headers=PAGE).status_code == 200
        assert monotonic() - begins < 1, query
    assert len(downloaded(liv)) == MANY + 2


@pytest.mark.parametrize(
    ("sought", "index"),
    [
        (Sought(user=3), "ix_audit_by_user"),
        (Sought(by_command=True), "ix_audit_by_user"),
        (Sought(actions={"calm"}), "ix_audit_by_action"),
        (Sought(subject=WHOLE, actions=OF_CONVERSATIONS), "ix_audit_subject"),
    ],
    ids=["person", "command", "deed", "conversation"],
)
def test_the_newest_of_a_filter_are_found_by_an_index(store: Store, sought: Sought, index: str) -> None:
    with explained(store) as plans, store.read(THE_TESTS) as work:
        work.audit.lines("eksempel", sought, SHOWN + 1, 1000)
    assert (index in plans[0], "TEMP B-TREE" in plans[0]) == (True, False)


def test_whether_somebody_has_just_looked_is_found_by_an_index(store: Store) -> None:
    with explained(store) as plans, store.read(THE_TESTS) as work:
        work.audit.did_since(user_of(store, "bo"), "read_audit", datetime.now(UTC))
    assert any("ix_audit_by" in plan and "SCAN" not in plan for plan in plans)


@contextmanager
def explained(store: Store) -> Iterator[list[str]]:
    """How the database goes about each statement, as it is really asked."""
    plans: list[str] = []

    def explain(connection: Any, cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            plans.append(
                str(connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", given).fetchall())
            )

    event.listen(store._database.engine, "before_cursor_execute", explain)
    yield plans
    event.remove(store._database.engine, "before_cursor_execute", explain)


def test_which_model_was_taken_into_service_past_a_gate_is_named(liv: TestClient, store: Store) -> None:
    with store.write(THE_TESTS) as work:
        work.people.note_by_operator("eksempel", "override_model", "20261130-202510-537f5c")
    assert lines(liv)[0][-2:] == ["Tog en sprogmodel i brug mod en advarsel", "20261130-202510-537f5c"]
