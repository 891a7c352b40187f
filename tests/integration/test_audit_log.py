"""The audit log only grows: the store itself refuses whatever else somebody tries."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from bot.store.audit import Sought
from bot.store.store import Store
from bot.store.tables import audit
from tests.support.the_tests import THE_TESTS


@pytest.fixture(autouse=True)
def noted(store: Store) -> None:
    """One look at the desk of now, and one of a year and a day ago."""
    with store.write(THE_TESTS) as work:
        user = work.people.user("demo")
        assert user
        work.people.note(user, "read", "young")
        old = datetime.now(UTC) - timedelta(days=366)
        line = {"municipality": "eksempel", "desk_user": user.id, "action": "read", "subject": "old"}
        work._connection.execute(insert(audit).values(**line, at=old))


def subjects(store: Store) -> list[str | None]:
    with store.read(THE_TESTS) as work:
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
    with pytest.raises(IntegrityError, match="only grows"), store.write(THE_TESTS) as work:
        work._connection.execute(text(statement))
    assert subjects(store) == ["young", "old"]


def test_the_way_back_to_a_conversation_may_be_taken_out(store: Store) -> None:
    with store.write(THE_TESTS) as work:
        work._connection.execute(text("UPDATE audit SET subject = NULL WHERE subject = 'young'"))
    assert subjects(store) == [None, "old"]


def test_an_old_line_may_go(store: Store) -> None:
    with store.write(THE_TESTS) as work:
        work._connection.execute(text("DELETE FROM audit WHERE subject = 'old'"))
    assert subjects(store) == ["young"]


def test_the_whole_log_cannot_be_emptied_at_once(store: Store) -> None:
    if store._database.engine.dialect.name == "sqlite":
        return  # SQLite has no such statement: DELETE is its only way
    with pytest.raises(IntegrityError, match="only grows"), store.write(THE_TESTS) as work:
        work._connection.execute(text("TRUNCATE audit"))
    assert subjects(store) == ["young", "old"]


def test_a_part_of_it_is_read_newest_first_and_from_a_line_on(store: Store) -> None:
    young = str(uuid4())
    with store.write(THE_TESTS) as work:
        user = work.people.user("demo")
        assert user
        for action, subject in (("claim", young), ("say", young), ("release", young), ("sign_out", None)):
            work.people.note(user, action, subject)
        work.people.note_by_operator("eksempel", "add_user", "demo")

    def found(most: int = 50, before: int | None = None, **sought: Any) -> list[str]:
        with store.read(THE_TESTS) as work:
            return [line.action for line in work.audit.lines("eksempel", Sought(**sought), most, before)]

    assert found(most=3) == ["add_user", "sign_out", "release"]
    assert found(subject=young) == found(subject=young[:5]) == ["release", "say", "claim"]
    assert found(subject="%") == found(subject="_____") == []
    assert found(user=user.id, actions={"say", "sign_out"}) == ["sign_out", "say"]
    assert found(by_command=True) == ["add_user"]
    now = datetime.now(UTC)
    assert found(since=now - timedelta(days=1), subject="old") == []
    assert found(until=now - timedelta(days=1)) == ["read"]
    with store.read(THE_TESTS) as work:
        [_, second] = work.audit.lines("eksempel", Sought(), 2)
        assert work.audit.lines("nabo", Sought(), 50) == []
        assert work.audit.did_since(user, "say", now - timedelta(hours=1))
        assert not work.audit.did_since(user, "say", now + timedelta(hours=1))
    assert found(before=second.id, most=2) == ["release", "say"]
