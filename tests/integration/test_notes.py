"""Notes in the store, on SQLite and on PostgreSQL: two hands at one note, and the way back of the migration."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from bot.casework.notes import NoteChangedError, NoteNotFoundError
from bot.conversation.desk_notes import DeskNotes
from bot.conversation.notices import Notices
from bot.store.migrate import MIGRATIONS
from bot.store.store import Store
from tests.support.desk import YoungPerson, add_caseworker
from tests.support.the_tests import THE_TESTS


@pytest.fixture
def young(store: Store) -> YoungPerson:
    add_caseworker(store, "eksempel", "anna")
    return YoungPerson(store).waits().writes("er der nogen?")


def test_of_two_tabs_that_correct_one_note_at_once_one_is_told(store: Store, young: YoungPerson) -> None:
    notes, number = DeskNotes(store, Notices()), int(young.is_noted("anna"))
    with store.read(THE_TESTS) as work:
        anna = work.people.user("anna")
        assert anna

    def correct(text: str) -> str | None:
        try:
            notes._correct(anna, number, text, seen=0)
        except NoteChangedError:
            return None
        return text

    with ThreadPoolExecutor(8) as tabs:
        kept = [text for text in tabs.map(correct, "abcdefgh") if text]
    with store.read(THE_TESTS) as work:
        note = work.notes.get(number)
    assert (len(kept), note.text, note.revision) == (1, kept[0], 1)


def test_a_note_corrected_while_its_conversation_is_erased_is_gone(store: Store, young: YoungPerson) -> None:
    notes, number = DeskNotes(store, Notices()), int(young.is_noted("anna"))
    with store.read(THE_TESTS) as work:
        anna = work.people.user("anna")
        assert anna
    young.erases()
    with pytest.raises(NoteNotFoundError):
        notes._correct(anna, number, "for sent", seen=0)


def test_the_migration_goes_back_and_forth(store: Store) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store._database.write() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0018")
        assert "notes" not in inspect(connection).get_table_names()
        command.upgrade(config, "head")
        assert "notes" in inspect(connection).get_table_names()
        assert MigrationContext.configure(connection).get_current_revision() != "0018"
