"""A store is copied whole: to a backup and back, and from one kind of database to the other."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from bot.casework.bookings import Contact
from bot.casework.consent import Shared
from bot.casework.conversations import Danger
from bot.municipality.towns import Municipality
from bot.settings import load_settings
from bot.store import copying
from bot.store.copying import CopyError
from bot.store.store import Store
from bot.store.tables import messages, metadata
from tests.support.commands import Run, run_in
from tests.support.desk import YoungPerson, add_caseworker
from tests.support.empty_database import empty_database
from tests.support.reminders import MAILBOX, talk_far_ahead, wished
from tests.support.store_of_before import store_of_before
from tests.support.the_tests import THE_TESTS

SECRET = "a key for tests"


def filled(store: Store, municipality: Municipality) -> YoungPerson:
    """One of each of the more intricate things: sealed, in JSON, with a constraint, with several keys."""
    add_caseworker(store, "eksempel", "vera")
    young = YoungPerson(store).writes("jeg sover på sofaer, ær ø æ", Danger(2, ("violence",))).waits()
    young.shares(Shared.PLAN).can_be_reached(Contact("Sofie", "12345678")).is_noted("vera")
    talk = talk_far_ahead(store, municipality, Contact("Sofie", "12345678"))
    wished(store, talk, MAILBOX)
    with store.write(THE_TESTS) as work:
        vera = work.people.user("vera")
        assert vera
        work.queue.claim(young.id, vera.id)
        work.people.note(vera, "read", young.id)
        work.on_call.ask(work.conversations.get(young.id), 2, datetime.now(UTC))
        work.trackers.put(young.id, '{"events": []}')
    return young


def counts(store: Store) -> dict[str, int]:
    with store.read(THE_TESTS) as work:
        return {table.name: work._connection.scalar(select(func.count()).select_from(table)) for table in TABLES}


TABLES = metadata.sorted_tables


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A second store, which is empty."""
    on_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'other.sqlite'}" if on_sqlite else empty_database(request.getfixturevalue("postgres"))
    opened = Store(url, SECRET)
    yield opened
    opened.close()


def test_all_of_it_comes_and_goes_on_there(store: Store, other: Store, municipality: Municipality) -> None:
    young, told = filled(store, municipality), dict[str, int]()
    before = counts(store)
    store.copy_into(other, lambda table, rows: told.update({table: rows}))
    assert counts(other) == before == counts(store) == told
    assert len([count for count in before.values() if count]) > 15
    with store.read(THE_TESTS) as here, other.read(THE_TESTS) as there:
        assert there.conversations.after(young.id, 0) == here.conversations.after(young.id, 0)
        assert there.conversations.contact(young.id) == Contact("Sofie", "12345678")
        assert there.people.user("vera") == here.people.user("vera")
        now = datetime.now(UTC) - timedelta(seconds=1)
        assert there.workload.at(now) == here.workload.at(now)
    # Numbers that the database gives begin after those that came along.
    add_caseworker(other, "eksempel", "victor")
    young.store = other
    young.writes("hej igen").is_noted("victor")


def test_what_is_written_meanwhile_is_not_half_in_it(
    store: Store, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    young = YoungPerson(store).writes("hej")
    copied = copying._copy_table

    def slow(table: object, *connections: object) -> object:
        found = copied(table, *connections)
        if table is not messages:
            young.writes("mere")
        return found

    monkeypatch.setattr(copying, "_copy_table", slow)
    store.copy_into(other, lambda *_: None)
    with other.read(THE_TESTS) as work:
        assert [one.text for one in work.conversations.after(young.id, 0)] == ["hej"]
        assert work.conversations.get(young.id)


def test_a_store_that_holds_anything_is_not_copied_into(store: Store, other: Store) -> None:
    other.migrate()
    with other.write(THE_TESTS) as work:
        work.people.add_municipality("nabo")
    with pytest.raises(CopyError, match="rows in municipalities"):
        store.copy_into(other, lambda *_: None)
    assert sum(counts(other).values()) == 1


def test_a_copy_that_differs_is_none(store: Store, other: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    YoungPerson(store).writes("hej")
    copied = copying._copy_table

    def broken(table: object, reading: object, writing: object) -> object:
        found = copied(table, reading, writing)
        if table is messages:
            writing.execute(update(messages).values(text="hov"))
        return found

    monkeypatch.setattr(copying, "_copy_table", broken)
    with pytest.raises(CopyError, match="messages differs"):
        store.copy_into(other, lambda *_: None)
    assert set(counts(other).values()) == {0}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setenv("HJEMAD_SECRET_KEY", SECRET * 3)
    yield from run_in(tmp_path / "var", monkeypatch)


@pytest.fixture
def running(run: Run, tmp_path: Path, municipality: Municipality) -> Iterator[Store]:
    """The store that the commands are about."""
    opened = Store(f"sqlite:///{tmp_path / 'var' / 'hjemad.sqlite'}", SECRET * 3)
    opened.migrate()
    with opened.write(THE_TESTS) as work:
        work.people.add_municipality("eksempel")
    yield opened
    opened.close()


def test_a_backup_is_restored(run: Run, running: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    young, file = YoungPerson(running).writes("hej"), tmp_path / "backup.sqlite"
    done = run("backup", str(file))
    assert done.exit_code == 0, done.output
    assert "1 messages" in done.output
    assert (file.stat().st_mode & 0o777, [one.name for one in tmp_path.glob("backup*")]) == (0o600, [file.name])
    young.erases()
    assert run("restore", str(file)).exit_code == 1, "the store is not empty"
    monkeypatch.setenv("HJEMAD_DATABASE_URL", f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    load_settings.cache_clear()
    restored = run("restore", str(file))
    assert restored.exit_code == 0, restored.output
    assert "erased since the backup is back. Run `hjemad retention`" in " ".join(restored.output.split())
    fresh = Store(f"sqlite:///{tmp_path / 'fresh.sqlite'}", SECRET * 3)
    with fresh.read(THE_TESTS) as work:
        assert [one.text for one in work.conversations.after(young.id, 0)] == ["hej"]
    fresh.close()


def test_a_backup_of_an_older_version_is_restored_and_stays_as_it_is(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "old.sqlite"
    old = Store(f"sqlite:///{file}", SECRET * 3)
    with store_of_before(old, "0029") as connection:
        connection.exec_driver_sql("INSERT INTO municipalities (slug, passed_over) VALUES ('eksempel', 0)")
    old.close()
    kept = file.read_bytes()
    done = run("restore", str(file))
    assert done.exit_code == 0, done.output
    assert "1 municipalities" in done.output
    assert file.read_bytes() == kept


def test_a_backup_never_writes_over_one_and_half_of_one_is_none(
    run: Run, running: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "backup.sqlite"
    file.write_text("yesterday's")
    assert "exists already" in " ".join(run("backup", str(file)).output.split())
    assert file.read_text() == "yesterday's"

    def broken(*_: object) -> None:
        raise CopyError("so")

    monkeypatch.setattr(copying, "_count_on", broken)
    assert run("backup", str(tmp_path / "half.sqlite")).exit_code == 1
    assert not list(tmp_path.glob("half*"))


def test_what_is_no_backup_is_told(run: Run, running: Store, tmp_path: Path) -> None:
    assert "is no file" in " ".join(run("restore", str(tmp_path / "none")).output.split())
    nonsense = tmp_path / "nonsense"
    empty = tmp_path / "empty"
    empty.touch()
    assert "is no backup of Hjemad" in " ".join(run("restore", str(empty)).output.split())
    nonsense.write_bytes(b"nonsense" * 1000)
    done = run("restore", str(nonsense))
    assert (done.exit_code, done.exception.__class__) == (1, SystemExit)
    assert nonsense.read_bytes() == b"nonsense" * 1000


def test_a_store_is_moved_only_while_nobody_serves_from_it(run: Run, running: Store, postgres_url: str) -> None:
    YoungPerson(running).writes("hej")
    with running.write(THE_TESTS) as work:
        work.dialogue_servers.serves("http://127.0.0.1:5005", "a model", datetime.now(UTC))
    assert "Stop it first" in " ".join(run("move-store", postgres_url).output.split())
    with running.write(THE_TESTS) as work:
        work.dialogue_servers.forget("http://127.0.0.1:5005")
    done = run("move-store", postgres_url)
    assert done.exit_code == 0, done.output
    assert "HJEMAD_DATABASE_URL" in done.output
    moved = Store(postgres_url, SECRET * 3)
    assert counts(moved) == counts(running)
    moved.close()
