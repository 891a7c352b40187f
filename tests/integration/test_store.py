"""The store keeps its promises on SQLite and on PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Timer
from unittest.mock import Mock

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, event

from bot.casework.bookings import Contact
from bot.casework.consent import Shared
from bot.casework.conversations import ConversationNotFoundError, Danger, Draft, Sender
from bot.casework.rights import Role
from bot.store import database
from bot.store.database import BUSY_SECONDS, StoreUnreachableError
from bot.store.migrate import _lock
from bot.store.store import Store
from bot.store.tables import metadata
from bot.store.vault import Vault, VaultError
from tests.integration.conftest import TOKEN
from tests.support.store_of_before import store_of_before
from tests.support.the_tests import THE_TESTS


def young(text: str, client_id: str | None = None) -> Draft:
    return Draft(Sender.YOUNG, text, client_id=client_id, answered=False)


def add(store: Store, conversation: str, text: str) -> None:
    with store.write(THE_TESTS) as work:
        work.conversations.append(work.conversations.lock(conversation), [young(text)])


@pytest.mark.usefixtures("migrates_by_hand")
def test_the_migrations_make_what_the_code_expects(database_url: str) -> None:
    store = Store(database_url, "key")
    store.migrate()
    with store._database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    store.close()


@pytest.mark.usefixtures("migrates_by_hand")
def test_migrating_twice_at_once_does_it_once(database_url: str) -> None:
    stores = [Store(database_url, "key") for _ in range(4)]
    with ThreadPoolExecutor(4) as together:
        list(together.map(Store.migrate, stores))
    for each in stores:
        each.ping()
        each.close()


def test_whoever_finds_nothing_to_migrate_waits_for_nobody(store: Store) -> None:
    """In production every process looks, also while another writes or migrates."""
    with store._database.write() as writing:
        _lock(writing)
        other = ThreadPoolExecutor(1).submit(store.migrate)
        other.result(timeout=BUSY_SECONDS / 4)


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'hjemad.sqlite'}", "key")
    opened.migrate()
    yield opened
    opened.close()


def test_threads_of_one_process_take_turns_and_nobody_asks_sqlite_in_vain(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked while another writes, it lets them sleep ever longer: under many at once some slept for seconds."""
    begun = Mock()
    with ThreadPoolExecutor(1) as other:
        with sqlite_store.write(THE_TESTS):
            event.listen(sqlite_store._database.engine, "begin", begun)
            waiting = other.submit(add_town, sqlite_store)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.2)
            assert not begun.called
        waiting.result(timeout=BUSY_SECONDS)
    assert begun.called
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    with (
        ThreadPoolExecutor(1) as other,
        sqlite_store.write(THE_TESTS),
        pytest.raises(StoreUnreachableError, match="writing"),
    ):
        other.submit(add_town, sqlite_store).result(timeout=BUSY_SECONDS)
    add_town(sqlite_store, "nabo")


def add_town(store: Store, slug: str = "by") -> None:
    with store.write(THE_TESTS) as work:
        work.people.add_municipality(slug)


def test_whoever_opens_a_new_file_while_another_writes_in_it_waits(tmp_path: Path) -> None:
    file = tmp_path / "hjemad.sqlite"
    first = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    first.execute("BEGIN IMMEDIATE")
    done = Timer(0.3, first.rollback)
    done.start()
    second = Store(f"sqlite:///{file}", "key")
    second.ping()
    done.join()
    first.close()
    second.close()


def test_messages_written_at_once_are_numbered_without_a_gap(store: Store, conversation: str) -> None:
    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(lambda number: add(store, conversation, str(number)), range(40)))
    with store.read(THE_TESTS) as work:
        assert [m.sequence for m in work.conversations.after(conversation, 0)] == list(range(1, 41))


def test_one_process_at_a_time_has_the_lease(store: Store, conversation: str) -> None:
    with store.write(THE_TESTS) as work:
        assert work.turns.lease(conversation, "first", 60)
        assert not work.turns.lease(conversation, "second", 60)
        work.turns.give_back(conversation, "first")
        assert work.turns.lease(conversation, "second", 0)
        assert work.turns.lease(conversation, "third", 60), "a lease that ran out is anybody's"


def test_a_message_is_marked_answered_once(store: Store, conversation: str) -> None:
    add(store, conversation, "hej")
    with store.write(THE_TESTS) as work:
        message = work.turns.next_unanswered(conversation)
        assert message
        assert work.turns.mark_answered(message)
        assert not work.turns.mark_answered(message)
        assert work.turns.next_unanswered(conversation) is None


def test_messages_of_a_process_that_died_are_found_again(store: Store, conversation: str) -> None:
    add(store, conversation, "hej")
    with store.write(THE_TESTS) as work:
        assert work.turns.abandoned() == [conversation]
        work.turns.lease(conversation, "alive", 60)
        assert work.turns.abandoned() == []


def test_of_thirty_who_claim_at_once_one_has_the_conversation(store: Store, conversation: str) -> None:
    with store.write(THE_TESTS) as work:
        work.queue.enqueue(conversation, work.conversations.get(conversation).created_at)
        user = work.people.user("demo")
        assert user

    def claim(_: int) -> bool:
        with store.write(THE_TESTS) as work:
            return work.queue.claim(conversation, user.id)

    with ThreadPoolExecutor(30) as crowd:
        assert sum(crowd.map(claim, range(30))) == 1


def test_danger_is_raised_and_never_lowered_by_a_calm_message(store: Store, conversation: str) -> None:
    with store.write(THE_TESTS) as work:
        for danger in (Danger(3, ("suicide",)), Danger(1, ("self_harm",))):
            work.conversations.raise_danger(work.conversations.lock(conversation), danger)
        assert work.conversations.get(conversation).danger == Danger(3, ("self_harm", "suicide"))


def test_a_token_opens_its_conversation_only(store: Store, conversation: str) -> None:
    with store.write(THE_TESTS) as work:
        work.conversations.open("another", "eksempel", "da", "another token")
        assert work.conversations.opens(conversation, TOKEN)
        assert not work.conversations.opens(conversation, "another token")
        assert not work.conversations.opens("none", TOKEN)


def test_after_erasing_nothing_is_left_and_nothing_comes_back(store: Store, conversation: str) -> None:
    add(store, conversation, "noget hemmeligt")
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(conversation)
        work.conversations.keep_contact(found, Contact(phone="12345678"))
        work.trackers.put(conversation, "{}")
        work.conversations.erase(conversation)
    with store.read(THE_TESTS) as work:
        assert work.trackers.get(conversation) is None
        assert work.conversations.after(conversation, 0) == []
    with pytest.raises(ConversationNotFoundError), store.write(THE_TESTS) as work:
        work.conversations.append(found, [young("for sent")])


def test_a_store_that_is_away_is_named_without_its_password() -> None:
    away = Store("postgresql://hjemad:secret@127.0.0.1:1/hjemad", "key")
    with pytest.raises(StoreUnreachableError) as error:
        away.ping()
    assert "127.0.0.1" in str(error.value)
    assert "secret" not in str(error.value)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "not-a-database.sqlite"
    file.write_text("hello")
    with pytest.raises(StoreUnreachableError, match="not-a-database"):
        Store(f"sqlite:///{file}", "key").ping()


def test_another_key_cannot_open_what_was_sealed() -> None:
    sealed = Vault("one").encrypt({"phone": "12345678"})
    assert b"12345678" not in sealed
    with pytest.raises(VaultError):
        Vault("two").decrypt(sealed)


def test_a_store_of_before_keeps_its_yes_to_a_plan_and_what_was_written_to_a_human(database_url: str) -> None:
    store = Store(database_url, "key")
    with store_of_before(store, "0004") as connection:
        connection.exec_driver_sql("INSERT INTO municipalities (slug) VALUES ('eksempel')")
        for number, holder in (("waits", "waiting"), ("robot", "bot")):
            _of_before(connection, number, holder)
    store.migrate()
    with store.read(THE_TESTS) as work:
        assert list(work.consents.of("waits")) == [Shared.PLAN]
        assert work.consents.of("robot") == {}
        assert [m.for_human for m in work.conversations.after("waits", 0)] == [True]
        assert [m.for_human for m in work.conversations.after("robot", 0)] == [False]
    store.close()


def test_whoever_worked_at_a_desk_of_before_goes_on_as_before_and_whoever_was_removed_does_not(
    database_url: str,
) -> None:
    store = Store(database_url, "key")
    with store_of_before(store, "0013") as connection:
        connection.exec_driver_sql("INSERT INTO municipalities (slug) VALUES ('eksempel')")
        for name, role, removed in (
            ("anna", "boligagent", "NULL"),
            ("bo", "ungerådgiver", "NULL"),
            ("gone", "boligagent", "'2026-11-01 10:00:00'"),
        ):
            connection.exec_driver_sql(
                "INSERT INTO desk_users (municipality, name, shown_name, password_hash, role, removed_at)"
                f" VALUES ('eksempel', '{name}', '{name}', 'x', '{role}', {removed})"
            )
    store.migrate()
    with store.read(THE_TESTS) as work:
        found = {user.name: (user.title, user.access.roles) for user in work.people.users("eksempel")}
    before = frozenset({Role.BEFORE})
    assert found == {
        "anna": ("boligagent", before),
        "bo": ("ungerådgiver", before),
        "gone": ("boligagent", frozenset()),
    }
    store.close()


def test_who_is_signed_in_when_sign_ins_come_to_be_listed_stays_signed_in(database_url: str) -> None:
    store, token = Store(database_url, "key"), "a token"
    with store_of_before(store, "0014") as connection:
        for line in (
            "INSERT INTO municipalities (slug) VALUES ('eksempel')",
            (
                "INSERT INTO desk_users (id, municipality, name, shown_name, password_hash, title)"
                " VALUES (7, 'eksempel', 'anna', 'Anna', 'x', 'boligagent')"
            ),
            (
                "INSERT INTO desk_sessions (digest, desk_user, municipality, csrf, expires_at)"
                f" VALUES ('{Vault('key').digest(token)}', 7, 'eksempel', 'csrf', '2999-01-01 00:00:00')"
            ),
            (
                "INSERT INTO desk_sessions (digest, desk_user, municipality, csrf, expires_at)"
                " VALUES ('other', 7, 'eksempel', 'csrf', '2999-01-01 00:00:00')"
            ),
        ):
            connection.exec_driver_sql(line)
    store.migrate()
    with store.read(THE_TESTS) as work:
        session, listed = work.people.session(token), work.sign_ins.of_user(7)
    assert session
    assert (session.user.name, session.csrf) == ("anna", "csrf")
    assert (session.id in [one.id for one in listed], len({one.id for one in listed})) == (True, 2)
    store.close()


def _of_before(connection: Connection, number: str, holder: str) -> None:
    """A conversation as revision 0004 kept it, with a plan that is shared while somebody waits."""
    now, at = "'2026-11-01 10:00:00'", "'2026-11-01 10:05:00'" if holder == "waiting" else "NULL"
    connection.exec_driver_sql(
        "INSERT INTO conversations (id, municipality, token_digest, locale, holder, danger_level, danger_kinds,"
        f" last_sequence, created_at) VALUES ('{number}', 'eksempel', 'x', 'da', '{holder}', 0, '[]', 1, {now})"
    )
    connection.exec_driver_sql(
        "INSERT INTO messages (conversation, sequence, municipality, sender, kind, text, buttons, sources, data, final,"
        f" answered, created_at) VALUES ('{number}', 1, 'eksempel', 'young', 'text', 'hej', '[]', '[]', '{{}}', false,"
        f" true, {now})"
    )
    sealed = "decode('00', 'hex')" if connection.dialect.name == "postgresql" else "x'00'"
    connection.exec_driver_sql(
        "INSERT INTO plans (conversation, municipality, sealed, shared_at)"
        f" VALUES ('{number}', 'eksempel', {sealed}, {at})"
    )
