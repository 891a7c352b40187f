"""A row in every table for each of several towns, in which every text, number and secret tells whose it is.

The rows are made from the tables themselves: a new table has its row by itself, and a new column its value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, LargeBinary, Table, Time, insert

from bot.casework.codes import code_words, tidy_code
from bot.store.columns import Moment
from bot.store.store import Store, Work
from bot.store.tables import metadata
from bot.store.vault import Vault
from tests.support.the_tests import THE_TESTS

KEY = "a key for tests"
VAULT = Vault(KEY)
NOW = datetime.now(UTC).replace(microsecond=0)
BEFORE, AFTER = NOW - timedelta(hours=2), NOW + timedelta(hours=2)
LONG_AGO, FAR_AHEAD = NOW - timedelta(days=4000), NOW + timedelta(days=4000)


@dataclass(frozen=True)
class Rows:
    """What is a town's: all its texts hold its slug, and all its numbers are one."""

    slug: str
    number: int

    @property
    def mark(self) -> str:
        """Each text of its rows: an id, a name, a token."""
        return f"{self.slug}-1"

    @property
    def code(self) -> str:
        """The words of its booking."""
        words = code_words()[self.number % 100 : self.number % 100 + 3]
        return tidy_code("-".join(words))


HERE, THERE, BEYOND = Rows("qxa", 1001), Rows("qxb", 2002), Rows("qxc", 3003)
TOWNS = (HERE, THERE, BEYOND)

# What only some values are right for, by column or by table and column.
FITTING: Mapping[str, Any] = {
    "sender": "young",
    "kind": "text",
    "orders.kind": "teach",
    "holder": "human",
    "way": "office",
    "status": "active",
    "bookings.about": "young",
    "state": "waiting",
    "locale": "da",
    "writer": "young",
    "kept_form": None,
    "role": "caseworker",
    "title": "boligagent",
    "part": "plan",
    "figure_rests.part": "money",
    "figure_fives.part": "money",
    "figure": "topic",
    "rest": 3,
    "fives": 1,
    "why": "talked",
    "verdict": "confirm",
    "reasons": ["unsure"],
    "feed_shows": "time",
    "weekday": 1,
    "level": 3,
    "danger_level": 3,
    "level_before": 3,
    "level_after": 1,
    "tries": 0,
    "passed_over": 3,
    "wrong_codes": 0,
    "last_step": 1,
    "revision": 0,
    "confidence": 0.4,
    "answered": False,
    "final": True,
    "for_human": True,
    "given_as": ["money_debt"],
    "labels": ["money_debt"],
    "data": {},
    "danger_events.shown": {},
    "buttons": [{"title": "x", "payload": "/x"}],
    "removed_at": None,
    "left_at": None,
    "settled_at": None,
    "nudges.began_at": None,
    "outbox.began_at": None,
    "taken_at": None,
    "taken_by": None,
    "lease_until": None,
    "held_until": None,
    "starts_at": AFTER,
    "ends_at": AFTER + timedelta(hours=1),
    "expires_at": FAR_AHEAD,
    "audit.action": "read",
}
# Other things that can be true of the same rows: one state of a store shows what another hides.
WAITING: Mapping[str, Any] = {
    "holder": "waiting",
    "held_by": None,
    "waiting_since": LONG_AGO,
    "wait_told_at": None,
    "back_at": None,
    "team": None,
    "eased_at": None,
    "status": "held",
    "held_until": LONG_AGO,
    "orders.kind": "look",
    "settled_at": BEFORE,
    "given_as": None,
    "given_at": None,
    "consents.part": "learning",
    "consents.given": True,
    "due_at": LONG_AGO,
    "outbox.state": "sending",
    "outbox.began_at": LONG_AGO,
    "nudges.began_at": LONG_AGO,
    "expires_at": LONG_AGO,
    "used_at": LONG_AGO,
    "sequence": 1,
    "private": True,
    "read": False,
    "audit.action": "report",
    "last_sequence": 1,
    "payload": None,
    "data": {"told": 1, "key": 1, "code": "x"},
}
WITH_BOT: Mapping[str, Any] = {
    "holder": "bot",
    "held_by": None,
    "waiting_since": None,
    "danger_level": 0,
    "danger_kinds": [],
    "safe_said_at": None,
    "eased_at": None,
    "status": "called_off",
    "bookings.way": "chat",
    "starts_at": NOW,
    "orders.state": "running",
    "sender": "caseworker",
    "created_at": LONG_AGO,
    "due_at": AFTER,
    "conversations.asks": None,
    "at": LONG_AGO,
    "ends_at": BEFORE,
}
STATES = {"held": {}, "waiting": WAITING, "with the bot": WITH_BOT}
NOT_YET = {"told", "page", "reply_to"}


def fill(store: Store, towns: tuple[Rows, ...], state: Mapping[str, Any]) -> None:
    """Gives each of these towns a row in every table, of which this is true."""
    with store.write(THE_TESTS) as work:
        for town in towns:
            for table in metadata.sorted_tables:
                work._connection.execute(insert(table).values(row_of(table, town, state)))


def row_of(table: Table, town: Rows, state: Mapping[str, Any], vault: Vault = VAULT) -> dict[str, Any]:
    """What the table would hold of it."""
    fitting = FITTING | state
    return {column.name: _value(table, column, town, fitting, vault) for column in table.columns}


def _value(table: Table, column: Column[Any], town: Rows, fitting: Mapping[str, Any], vault: Vault) -> Any:
    for name in (f"{table.name}.{column.name}", column.name):
        if name in fitting:
            return fitting[name]
    if column.name in NOT_YET:
        return None
    if column.name in ("municipality", "slug"):
        return town.slug
    if column.name.endswith("digest"):
        return vault.digest(town.code if table.name == "bookings" else town.mark)
    if isinstance(column.type, LargeBinary):
        return vault.encrypt(_sealed(table.name, column.name, town))
    return _plain(column, town)


def _plain(column: Column[Any], town: Rows) -> Any:
    made: dict[type, Any] = {
        Integer: town.number,
        Boolean: False,
        Float: 0.5,
        Moment: BEFORE,
        Date: NOW.date(),
        Time: time(town.number % 10 + 8),
        JSON: [],
    }
    return next((value for kind, value in made.items() if isinstance(column.type, kind)), town.mark)


def _sealed(table: str, column: str, town: Rows) -> dict[str, Any]:
    if table == "contacts":
        return {"first_name": town.mark, "phone": town.mark}
    if table == "bookings":
        return {"code": town.code, "first_name": town.mark}
    if table == "plans":
        return {"home": town.mark}
    if table == "orders":
        return {column: town.mark}
    return dict.fromkeys(("key", "words", "text", "note", "to"), town.mark) | {"channel": "mail"}


def rows_of_others(work: Work, town: Rows) -> dict[str, list[Any]]:
    """Every row of the other towns, seen past what keeps them apart."""
    cursor = work._connection.connection.cursor()
    found = {}
    for table in metadata.sorted_tables:
        column = "slug" if table.name == "municipalities" else "municipality"
        if column in table.c:
            cursor.execute(f"SELECT * FROM {table.name} WHERE {column} != '{town.slug}' ORDER BY 1, 2")
            found[table.name] = [tuple(row) for row in cursor.fetchall()]
    return found
