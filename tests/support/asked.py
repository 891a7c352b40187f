"""Asks a transaction of one town something, tells what came of it and takes it back."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bot.store.store import Store, Work
from bot.store.whose import Town, Whose
from tests.support.every_query import Method, every_method
from tests.support.rows_of_towns import BEYOND, HERE, KEY, THERE, Rows, fill, rows_of_others
from tests.support.the_tests import THE_TESTS

# What differs each time: sealed bytes, and what the clock says.
EACH_TIME = re.compile(r"sealed=b'[^']*'")
# What no row of a town decides.
OF_NO_TOWN = {
    "on_call.now": "the clock of the store",
    "reminders.address": "opens what it is given",
    "figures.write_down": "writes what was counted in the same transaction",
    **dict.fromkeys(
        (f"dialogue_servers.{name}" for name in ("serves", "leaves", "forget", "serving", "silent")),
        "dialogue servers serve all towns",
    ),
}
# They give a new row its number, or find one where the id is another's already.
NUMBERED = {"agents.add", "notes.add", "ready_answers.add", "orders.add", "trackers.put"}
METHODS = [method for method in every_method() if str(method) not in OF_NO_TOWN]


@dataclass(frozen=True)
class Outcome:
    """What a method said, or the name of the error that it raised, and whether rows of other towns changed."""

    said: str
    changed: bool


class _TakenBack(Exception):  # noqa: N818 - ends a transaction, and is no error
    pass


class Asked:
    """A store with these towns in this state, which stays as it is whatever it is asked."""

    def __init__(self, url: str, towns: tuple[Rows, ...], state: Mapping[str, Any]) -> None:
        self.store = Store(url, KEY)
        self.store.migrate()
        fill(self.store, towns, state)
        with self.store.read(THE_TESTS) as work:
            self._others = rows_of_others(work, HERE)

    def ask(self, whose: Whose, method: Method, town: Rows) -> Outcome:
        """What comes of asking about this town's rows."""
        with _taken_back(self.store, whose) as work:
            try:
                with work._connection.begin_nested():
                    said = EACH_TIME.sub("", repr(method.call(work, town)))
            except (TypeError, AttributeError, NotImplementedError):
                raise  # it was not asked as it is to be
            except Exception as error:  # noqa: BLE001 - to refuse is an answer
                said = type(error).__name__
            return Outcome(said, rows_of_others(work, HERE) != self._others)


@contextmanager
def _taken_back(store: Store, whose: Whose) -> Iterator[Work]:
    try:
        with store.write(whose) as work:
            yield work
            raise _TakenBack  # noqa: TRY301 - what takes all of it back is an error that leaves the transaction
    except _TakenBack:
        pass


def tell_nothing_of_others(three: Asked, alone: Asked, asked_of: Rows) -> None:
    """Fails where the first town sees or changes what is another's, or can tell that others are there."""
    for method in METHODS:
        outcome = three.ask(Town(HERE.slug), method, asked_of)
        assert not outcome.changed, f"{method} changed what is another's"
        for other in (THERE, BEYOND):
            assert other.slug not in outcome.said, f"{method} told of another's"
        if str(method) not in NUMBERED:
            assert outcome == alone.ask(Town(HERE.slug), method, asked_of), f"{method} tells that others are there"


def proved_by(three: Asked) -> set[str]:
    """The methods that would find or change something of another town's rows, were the towns not kept apart."""
    confined = Town(HERE.slug)
    return {str(one) for one in METHODS if three.ask(THE_TESTS, one, THERE) != three.ask(confined, one, THERE)}
