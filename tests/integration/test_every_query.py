"""Of three towns none sees, counts or changes anything of another, whatever a transaction of it is asked.

Each method of everything that a transaction has at hand is asked with its own town's rows and with another's. A new
method is asked by itself, and a new table has its rows by itself.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.support.asked import NUMBERED, OF_NO_TOWN, Asked, proved_by, tell_nothing_of_others
from tests.support.every_query import every_method
from tests.support.rows_of_towns import HERE, STATES, THERE, TOWNS, Rows


@pytest.fixture(params=STATES.values(), ids=STATES, scope="module")
def state(request: pytest.FixtureRequest) -> Mapping[str, Any]:
    found: Mapping[str, Any] = request.param
    return found


@pytest.fixture(scope="module")
def three(state: Mapping[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    asked = Asked(f"sqlite:///{tmp_path_factory.mktemp('three') / 'hjemad.sqlite'}", TOWNS, state)
    yield asked
    asked.store.close()


@pytest.fixture(scope="module")
def alone(state: Mapping[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """The same without the other towns: nobody may tell the difference."""
    asked = Asked(f"sqlite:///{tmp_path_factory.mktemp('alone') / 'hjemad.sqlite'}", (HERE,), state)
    yield asked
    asked.store.close()


@pytest.mark.parametrize("asked_of", [THERE, HERE], ids=["another's rows", "its own rows"])
def test_no_town_tells_whether_there_are_others(three: Asked, alone: Asked, asked_of: Rows) -> None:
    tell_nothing_of_others(three, alone, asked_of)


def test_across_the_towns_the_same_questions_find_something(three: Asked) -> None:
    """So that nothing is found above for the right reason."""
    assert len(proved_by(three)) >= 130


def test_what_belongs_to_no_town_is_what_is_said_here() -> None:
    assert {str(method) for method in every_method()} >= {*OF_NO_TOWN, *NUMBERED}
