"""Of three towns none reaches a row of another by its number or its name, at whatever door of the desk.

One town has a row in every table, whose number or text no other row has. Rows and doors are found by themselves.
"""

import re
from typing import Any

import pytest
from sqlalchemy import insert, select
from starlette.testclient import TestClient

from bot.store.tables import metadata
from bot.web.app import _routes
from tests.support.desk import PAGE
from tests.support.rows_of_towns import BEFORE, FAR_AHEAD, WAITING, Rows, row_of
from tests.support.the_tests import THE_TESTS
from tests.support.two_towns import BEYOND, HERE, THERE, TwoTowns
from tests.support.walk import Door, doors

THEIRS = Rows(HERE, 990_001)
IDS = {str(THEIRS.number): "990002", THEIRS.mark: f"{HERE}-2"}
"""Their ids, each beside one that is nobody's."""
# Nothing that is looked after in the background has anything to do with them.
AT_REST = (
    WAITING
    | {"wait_told_at": BEFORE, "answered": True, "due_at": FAR_AHEAD, "tries": 0, "expires_at": FAR_AHEAD}
    | {"status": "active", "held_until": None, "outbox.state": "waiting"}
    | {"outbox.began_at": None, "nudges.began_at": None, "typing_until": None, "eased_at": BEFORE}
)


# What tells who tried: written when somebody only signs in.
OWN_ROWS = {"desk_sessions", "audit"}
# Whoever takes away what is gone already is not told that it is.
NOTHING_TO_DO = {"POST /desk/ready-answers/{id}/remove"}


class _Whole:
    routes = _routes()


DESK = [door for door in doors(_Whole()) if door.path.startswith("/desk")]  # type: ignore[arg-type]
WITH_ID = [door for door in DESK if "{id}" in door.path]
LISTS = [door for door in DESK if "{" not in door.path and not door.changes and door.path != "/desk/events"]


@pytest.fixture(scope="module")
def rows(served: TwoTowns) -> Rows:
    """The first town's, one in every table."""
    with served.store.write(THE_TESTS) as work:
        for table in metadata.sorted_tables:
            if table.name != "municipalities":
                work._connection.execute(
                    insert(table).values(row_of(table, THEIRS, AT_REST, served.store._database.vault))
                )
    return THEIRS


@pytest.fixture(scope="module", params=[THERE, BEYOND])
def stranger(served: TwoTowns, request: pytest.FixtureRequest) -> TestClient:
    """Works in another town and may do everything there."""
    return served.caseworker(request.param)


@pytest.mark.parametrize("door", WITH_ID, ids=str)
def test_no_row_of_another_town_is_there(served: TwoTowns, rows: Rows, stranger: TestClient, door: Door) -> None:
    before = _of_town(served, rows.slug)
    for theirs, nobodys in IDS.items():
        assert _told(stranger, door, theirs) == _told(stranger, door, nobodys)
    assert _of_town(served, rows.slug) == before


@pytest.mark.parametrize("door", LISTS, ids=str)
def test_no_list_tells_of_a_row_of_another_town(rows: Rows, stranger: TestClient, door: Door) -> None:
    answer = stranger.get(door.path, headers=PAGE)
    assert (rows.mark in answer.text, str(rows.number) in answer.text) == (False, False)


def test_its_own_town_finds_them_there(served: TwoTowns, rows: Rows) -> None:
    """So that nothing is found above for the right reason."""
    anna = served.caseworker(HERE)
    found = [door for door in WITH_ID if not door.changes and _opens(anna, door)]
    told = [door for door in LISTS if rows.mark in anna.get(door.path, headers=PAGE).text]
    assert (len(found) >= 3, len(told) >= 5) == (True, True), (found, told)


def _told(client: TestClient, door: Door, id_: str) -> tuple[int, str]:
    body = {"data": {"text": "hej"}} if door.changes else {}
    answer = client.request(door.method, door.at(id_), **body)
    assert answer.status_code == 404 or str(door) in NOTHING_TO_DO
    return answer.status_code, answer.text.replace(id_, "-")


def _opens(client: TestClient, door: Door) -> bool:
    # A stream has no end.
    return not re.search("events|stream", door.path) and any(
        client.get(door.at(id_), headers=PAGE).status_code == 200 for id_ in IDS
    )


def _of_town(served: TwoTowns, town: str) -> dict[str, list[tuple[Any, ...]]]:
    with served.store.read(THE_TESTS) as work:
        return {
            table.name: [
                tuple(row) for row in work._connection.execute(select(table).where(table.c.municipality == town))
            ]
            for table in metadata.sorted_tables
            if "municipality" in table.c and table.name not in OWN_ROWS
        }
