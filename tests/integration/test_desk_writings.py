"""What the desk writes and is told, on SQLite and on PostgreSQL: facts, ready answers, lowered dangers, reports."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import update

from bot.casework.conversations import Danger, Draft, Sender
from bot.casework.lowering import Decision, Why, Wish
from bot.casework.ready_answers import BadReadyAnswerError, Wording
from bot.conversation.desk import DeskConversations
from bot.conversation.desk_journal import DeskJournal
from bot.conversation.notices import Notices
from bot.conversation.ready_answers import ReadyAnswers
from bot.conversation.summary import facts_of
from bot.store.desk_tables import danger_lowerings, handovers, notes
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.store.vault import UNREADABLE, Vault
from tests.support.desk import YoungPerson, add_caseworker
from tests.support.the_tests import THE_TESTS

AT_ONCE = 6


@pytest.fixture
def anna(store: Store) -> DeskUser:
    add_caseworker(store, "eksempel", "anna")
    with store.read(THE_TESTS) as work:
        user = work.people.user("anna")
    assert user
    return user


def at_once(does: Callable[[int], object]) -> list[object]:
    with ThreadPoolExecutor(AT_ONCE) as together:
        return list(together.map(does, range(AT_ONCE)))


def test_facts_are_of_what_was_written_to_a_human_or_of_all(store: Store) -> None:
    young = YoungPerson(store)
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(young.id)
        for about in ("money_debt", "network_lonely"):
            [stored] = work.conversations.append(found, [Draft(Sender.YOUNG, "…", answered=False)])
            assert work.turns.mark_answered(stored, about)
        work.queue.enqueue(young.id, datetime.now(UTC))
        work.conversations.append(found, [Draft(Sender.BOT, "…", final=True)])
    with store.read(THE_TESTS) as work:
        closed, whole = facts_of(work, [young.id])[young.id], facts_of(work, [young.id], {young.id})[young.id]
        assert facts_of(work, []) == {}
    assert (closed.topics, closed.answers) == (("network_lonely",), 1)
    assert (whole.topics, whole.answers) == (("network_lonely", "money_debt"), 1)


def test_of_many_who_take_one_title_at_once_one_has_it(store: Store, anna: DeskUser) -> None:
    answers = ReadyAnswers(store)

    def add(_: int) -> bool:
        try:
            return bool(answers._add(anna, Wording("Samtidig", "Hej.")))
        except BadReadyAnswerError:
            return False

    assert sum(map(bool, at_once(add))) == 1


def test_a_danger_that_is_lowered_many_times_at_once_is_lowered_once(store: Store, anna: DeskUser) -> None:
    young = YoungPerson(store).writes("jeg er bange", Danger(3, ("violence",))).waits()
    desk = DeskConversations(store, Notices())
    desk._claim(anna, young.id)
    at_once(lambda _: desk._calm(anna, young.id, Wish(1, Why.TALKED)))
    with store.read(THE_TESTS) as work:
        [lowered] = work.lowerings.of(young.id)
        assert work.conversations.get(young.id).danger == Danger(1, ("violence",))
    assert (lowered.before, lowered.after, lowered.by_name) == (3, 1, "Anna")


def test_a_report_that_is_noted_many_times_at_once_is_noted_once(store: Store, anna: DeskUser) -> None:
    young, journal = YoungPerson(store).waits(), DeskJournal(store, Notices())
    at_once(lambda _: journal._report(anna, young.id, confirmed=True))
    with store.read(THE_TESTS) as work:
        assert [one.by_name for one in work.reports.of(young.id)] == ["Anna"]
    young.erases()
    with store.read(THE_TESTS) as work:
        assert work.reports.of(young.id) == []


def test_a_message_that_is_sent_many_times_at_once_is_stored_once(store: Store, anna: DeskUser) -> None:
    young, same = YoungPerson(store).waits(), uuid4()
    desk = DeskConversations(store, Notices())
    desk._claim(anna, young.id)
    sent = at_once(lambda _: desk._say(anna, young.id, "Hej.", same))
    with store.read(THE_TESTS) as work:
        [stored] = [one for one in work.conversations.after(young.id, 0) if one.sender is Sender.CASEWORKER]
    assert {one.sequence for one in sent} == {stored.sequence}  # type: ignore[attr-defined]


def test_what_was_kept_with_another_key_is_told_as_unreadable_and_closes_nothing(store: Store, anna: DeskUser) -> None:
    young = YoungPerson(store).writes("hej", Danger(3, ("violence",))).waits()
    now, other = datetime.now(UTC), Vault("another key")
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(young.id)
        work.notes.add(found, anna.id, "ring til skolen", now)
        work.lowerings.add(found, Decision(2, Why.OTHER, "talt med"), anna.id, now)
        work.handovers.add(found, anna.id, "hun er hos en ven", now)
        for table, name in ((notes, "text"), (danger_lowerings, "words"), (handovers, "note")):
            work._connection.execute(update(table).values(sealed=other.encrypt({name: "x"})))
        assert [note.text for note in work.notes.of(young.id)] == [UNREADABLE]
        assert [one.words for one in work.lowerings.of(young.id)] == [UNREADABLE]
        assert [one.note for one in work.handovers.of([young.id])[young.id]] == [UNREADABLE]
