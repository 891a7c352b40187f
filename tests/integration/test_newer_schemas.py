"""Two versions at once: what a newer store is to older code, and what a migration that breaks off leaves."""

import re

import pytest
from alembic import command
from alembic.config import Config

from bot.store.migrate import MIGRATIONS, MigrationError, is_current, migrate, revision_of, serves
from bot.store.store import Store


def test_a_store_of_a_newer_version_is_refused(store: Store) -> None:
    with store._database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(MigrationError, match="9999"):
        store.migrate()


def test_a_store_of_a_newer_version_that_serves_this_one_is_left_as_it_is(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """While all processes are replaced one by one, one of before may have to start once more."""
    with store._database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999_serves_0035'")
    store.migrate()
    assert "9999_serves_0035" in caplog.text
    assert revision_of(store._database) == "9999_serves_0035"
    with pytest.raises(MigrationError, match="another schema"):
        store.must_be_current()


@pytest.mark.parametrize(
    ("revision", "head", "is_served"),
    [
        ("0040_serves_0037", "0037_serves_0035", True),
        ("0040_serves_0037", "0039_serves_0036", True),
        ("0040_serves_0037", "0036_serves_0035", False),
        ("0036_serves_0035", "0035", True),
        ("9999", "0035", False),
    ],
)
def test_a_revision_says_from_which_code_on_it_serves(revision: str, head: str, *, is_served: bool) -> None:
    assert serves(revision, head) is is_served


def test_each_migration_from_now_on_says_what_it_serves_and_none_serves_more_than_the_one_before() -> None:
    """Else the code that the one before has shut out would be let in again."""
    revisions = sorted(file.stem for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    names = [re.match(r"(\d{4})_(?:serves_(\d{4})_)?", name) for name in revisions]
    oldest = [name[2] for name in names if name and name[1] > "0035"]
    assert all(oldest)
    assert oldest == sorted(oldest, key=str)


@pytest.mark.usefixtures("migrates_by_hand")
def test_a_migration_that_breaks_off_leaves_the_store_as_it_was(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, upgrade = Store(database_url, "a key for tests"), command.upgrade

    def breaks_off(config: Config, _to: str) -> None:
        upgrade(config, "0034")
        raise OSError("the machine went down")

    monkeypatch.setattr("bot.store.migrate.command.upgrade", breaks_off)
    with pytest.raises(OSError, match="went down"):
        opened.migrate()
    assert revision_of(opened._database) is None
    monkeypatch.undo()
    migrate(opened._database)
    assert is_current(opened._database)
    opened.close()
