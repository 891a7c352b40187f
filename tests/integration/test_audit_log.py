"""The audit log only grows: the store itself refuses whatever else somebody tries."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from bot.store.store import Store
from bot.store.tables import audit


@pytest.fixture(autouse=True)
def noted(store: Store) -> None:
    """One look at the desk of now, and one of a year and a day ago."""
    with store.write() as work:
        user = work.people.user("demo")
        assert user
        work.people.note(user, "read", "young")
        old = datetime.now(UTC) - timedelta(days=366)
        line = {"municipality": "eksempel", "desk_user": user.id, "action": "read", "subject": "old"}
        work._connection.execute(insert(audit).values(**line, at=old))


def subjects(store: Store) -> list[str | None]:
    with store.read() as work:
        return [entry.subject for entry in work.people.noted("eksempel")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET subject = 'somebody else' WHERE subject = 'young'",
        "UPDATE audit SET action = 'say' WHERE subject = 'old'",
        "UPDATE audit SET subject = NULL, action = 'say' WHERE subject = 'young'",
        "UPDATE audit SET subject = NULL, desk_user = NULL WHERE subject = 'young'",
        "UPDATE audit SET subject = NULL, at = '2020-01-01 00:00:00.000000' WHERE subject = 'young'",
        "UPDATE audit SET at = '2020-01-01 00:00:00.000000'",
        "DELETE FROM audit WHERE subject = 'young'",
        "DELETE FROM audit",
    ],
)
def test_no_line_is_changed_and_no_young_one_taken_away(store: Store, statement: str) -> None:
    with pytest.raises(IntegrityError, match="only grows"), store.write() as work:
        work._connection.execute(text(statement))
    assert subjects(store) == ["young", "old"]


def test_the_way_back_to_a_conversation_may_be_taken_out(store: Store) -> None:
    with store.write() as work:
        work._connection.execute(text("UPDATE audit SET subject = NULL WHERE subject = 'young'"))
    assert subjects(store) == [None, "old"]


def test_an_old_line_may_go(store: Store) -> None:
    with store.write() as work:
        work._connection.execute(text("DELETE FROM audit WHERE subject = 'old'"))
    assert subjects(store) == ["young"]


def test_the_whole_log_cannot_be_emptied_at_once(store: Store) -> None:
    if store._database.engine.dialect.name == "sqlite":
        return  # SQLite has no such statement: DELETE is its only way
    with pytest.raises(IntegrityError, match="only grows"), store.write() as work:
        work._connection.execute(text("TRUNCATE audit"))
    assert subjects(store) == ["young", "old"]
