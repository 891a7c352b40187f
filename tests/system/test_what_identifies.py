"""What identifies somebody stands nowhere after it was written: not in what the dialogue keeps, nor in any log."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import chain, zip_longest
from pathlib import Path

import pytest

from tests.support.identifying import NUMBERS_AND_EMAILS, Telling, telling
from tests.support.running import System
from tests.support.young import Young

pytestmark = pytest.mark.system

MESSAGES = 20


def chosen() -> list[Telling]:
    """As many of each kind as there are, in turn; each message once."""
    by_kind = [[one for one in telling() if kind in _kinds(one)] for kind in sorted(NUMBERS_AND_EMAILS)]
    in_turn = filter(None, chain.from_iterable(zip_longest(*by_kind)))
    return list({one.text: one for one in in_turn}.values())[:MESSAGES]


def _kinds(one: Telling) -> set[str]:
    return {hide.kind for hide in one.hides}


def test_no_number_or_email_stands_in_the_store_a_tracker_or_a_log(system: System) -> None:
    written = chosen()
    assert set().union(*map(_kinds, written)) >= NUMBERS_AND_EMAILS
    people = [says(system.address, one.text) for one in written]
    kept = trackers(system.folder / "var", {young.id for young in people})
    assert len(kept) > MESSAGES / 2, "the dialogue server keeps something of most of them"
    raw = b"".join(everything(system.folder))
    assert all(young.id.encode() in raw for young in people), "what was written is among these bytes"
    assert raw.count(b"[telefonnummer]") > 2
    assert b"dialogue | " in raw, "and what the parts have said"
    wanted = [hide for one in written for hide in one.hides if hide.kind in NUMBERS_AND_EMAILS]
    assert len(wanted) >= MESSAGES
    assert [hide for hide in wanted for spelled in hide.spellings() if spelled in raw] == []


def says(address: str, text: str) -> Young:
    young = Young(address)
    young.say(text)
    return young


def trackers(var: Path, of: set[str]) -> list[str]:
    with closing(sqlite3.connect(f"file:{var / 'hjemad.sqlite'}?mode=ro", uri=True)) as store:
        rows = store.execute("SELECT conversation, document FROM trackers").fetchall()
    return [document for conversation, document in rows if conversation in of]


def everything(folder: Path) -> Iterator[bytes]:
    return (file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())
