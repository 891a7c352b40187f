"""Counting in the store: a day only ever stands beside full fives, and whoever counts at once loses nothing."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError

from bot.casework.conversations import ConversationNotFoundError
from bot.casework.figures import FIVE, PARTS, Cell, Figure, Mark, TalkEvent, Topic, fold
from bot.casework.free_times import danish_day
from bot.casework.keeping import Keeping
from bot.conversation.retention import count_due, erase_due
from bot.store.store import Store
from bot.store.tables import figure_fives, figure_marks, figure_rests
from tests.support.store_of_before import store_of_before
from tests.support.the_tests import THE_TESTS

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
HOME, MET = Cell(Figure.TOPIC, Topic.HOME), Cell(Figure.TALK, TalkEvent.MET)
ALL = (date.min, date.max)


def count(store: Store, cell: Cell, now: datetime = NOON, change: int = 1, town: str = "eksempel") -> None:
    with store.write(THE_TESTS) as work:
        work.figures.count(town, cell, now, change)


def fives(store: Store, first: date = ALL[0], last: date = ALL[1], town: str = "eksempel") -> dict[Cell, int]:
    with store.read(THE_TESTS) as work:
        return dict(work.figures.fives(town, first, last))


def rests(store: Store) -> list[int]:
    with store.read(THE_TESTS) as work:
        return list(work._connection.scalars(select(figure_rests.c.rest)))


def test_four_have_no_day_and_five_have_that_of_the_fifth(store: Store) -> None:
    for ahead in range(FIVE - 1):
        count(store, HOME, NOON + timedelta(days=ahead))
    assert (fives(store), rests(store)) == ({}, [4])
    count(store, HOME, NOON + timedelta(days=30))
    assert (fives(store), rests(store)) == ({HOME: 1}, [0])
    fifth = danish_day(NOON + timedelta(days=30))
    assert fives(store, fifth, fifth) == {HOME: 1}
    assert fives(store, ALL[0], fifth - timedelta(days=1)) == fives(store, fifth + timedelta(days=1), ALL[1]) == {}


def test_what_is_kept_is_what_the_rule_says_whatever_comes(store: Store) -> None:
    random, cells = Random(26), [HOME, MET]
    expected: dict[tuple[Cell, date], int] = {}
    left = dict.fromkeys(cells, 0)
    for day in range(40):
        now = NOON + timedelta(days=day)
        for cell in cells:
            change = random.choice([-1, 0, 1, 1, 2, 7])
            left[cell], full = fold(left[cell], change)
            expected[cell, danish_day(now)] = full
            count(store, cell, now, change)
    for first in range(0, 40, 7):
        days = [danish_day(NOON + timedelta(days=day)) for day in range(first, min(first + 7, 40))]
        told = {cell: sum(expected[cell, day] for day in days) for cell in cells}
        assert fives(store, days[0], days[-1]) == {
            cell: number for cell, number in told.items() if _was_full(expected, cell, days)
        }
    assert sorted(rests(store)) == sorted(left.values())


def _was_full(expected: dict[tuple[Cell, date], int], cell: Cell, days: Sequence[date]) -> bool:
    return any(expected[cell, day] for day in days)


def test_many_who_count_at_once_in_any_order_lose_nothing_and_wait_for_nobody_for_ever(store: Store) -> None:
    def count_both(number: int) -> None:
        with store.write(THE_TESTS) as work:
            for cell in (HOME, MET) if number % 2 else (MET, HOME):
                work.figures.count("eksempel", cell, NOON)

    with ThreadPoolExecutor(10) as crowd:
        list(crowd.map(count_both, range(53)))
    assert fives(store) == {HOME: 10, MET: 10}
    assert rests(store) == [3, 3]


def test_what_is_taken_back_was_not_counted(store: Store) -> None:
    def count_and_break() -> None:
        with store.write(THE_TESTS) as work:
            work.figures.count("eksempel", HOME, NOON)
            raise ConversationNotFoundError

    with pytest.raises(ConversationNotFoundError):
        count_and_break()
    assert rests(store) == []


def test_what_is_put_right_in_the_same_breath_leaves_no_trace(store: Store) -> None:
    with store.write(THE_TESTS) as work:
        work.figures.count("eksempel", HOME, NOON)
        work.figures.count("eksempel", HOME, NOON, -1)
    assert rests(store) == []


def test_each_town_has_its_own(store: Store) -> None:
    with store.write(THE_TESTS) as work:
        work.people.add_municipality("nabo")
    count(store, HOME, change=6)
    count(store, HOME, change=4, town="nabo")
    assert (fives(store), fives(store, town="nabo"), sorted(rests(store))) == ({HOME: 1}, {}, [1, 4])


def test_the_database_itself_keeps_no_larger_rest(store: Store) -> None:
    count(store, HOME)
    with pytest.raises(IntegrityError), store.write(THE_TESTS) as work:
        work._connection.execute(update(figure_rests).values(rest=5))


def test_what_another_version_counted_is_left_out(store: Store) -> None:
    count(store, HOME, change=5)
    row = {"municipality": "eksempel", "day": danish_day(NOON), "fives": 1}
    with store.write(THE_TESTS) as work:
        for figure, part in ((Figure.TOPIC, "of before"), ("of_before", Topic.HOME)):
            work._connection.execute(insert(figure_fives).values(figure=figure, part=part, **row))
    assert fives(store) == {HOME: 1}


def test_a_place_is_long_enough_for_every_name(store: Store) -> None:
    """SQLite takes any length: what PostgreSQL would refuse shows here."""
    for figure in Figure:
        for part in PARTS[figure]:
            assert len(figure) <= figure_rests.c.figure.type.length
            assert len(part) <= figure_rests.c.part.type.length
            assert len(f"{figure}:{part}:{danish_day(NOON)}") <= figure_marks.c.subject.type.length
            count(store, Cell(figure, part))
    assert set(rests(store)) == {1}


def test_figures_are_kept_for_their_days_and_the_rest_waits_on(store: Store) -> None:
    count(store, HOME, change=7)
    last = NOON + timedelta(days=Keeping().figures)
    assert erase_due(store, {}, last) == {}
    due = last + timedelta(days=1)
    counted = count_due(store, {}, due)
    assert erase_due(store, {}, due) == counted == {("eksempel", "figures"): 1}
    assert (fives(store), rests(store)) == ({}, [2])
    count(store, HOME, due, change=3)
    assert fives(store) == {HOME: 1}, "nobody learns from an erasure how many waited"


def test_a_mark_goes_with_its_conversation(store: Store, conversation: str) -> None:
    with store.write(THE_TESTS) as work:
        assert work.figures.mark(conversation) is None
        for mark in (Mark(), Mark(subject="topic:home"), Mark(waited="left")):
            work.figures.set_mark(conversation, "eksempel", mark)
            assert work.figures.mark(conversation) == mark
        work.conversations.erase(conversation)
        assert work.figures.mark(conversation) is None


def test_counting_begins_with_the_municipality(store: Store) -> None:
    with store.write(THE_TESTS) as work:
        work.people.add_municipality("nabo")
        assert work.figures.since("nabo") == work.figures.since("eksempel") == danish_day(datetime.now(UTC))


def test_a_store_of_before_counts_from_today_and_no_old_conversation_as_new(database_url: str) -> None:
    store, old = Store(database_url, "key"), str(uuid4())
    with store_of_before(store, "0013") as connection:
        connection.execute(text("INSERT INTO municipalities (slug) VALUES ('eksempel')"))
        connection.execute(
            text(
                "INSERT INTO conversations (id, municipality, token_digest, locale, holder, danger_level, danger_kinds,"
                " last_sequence, created_at) VALUES (:id, 'eksempel', '', 'da', 'bot', 0, '[]', 3, '2026-11-01')"
            ),
            {"id": old},
        )
    store.migrate()
    with store.read(THE_TESTS) as work:
        assert work.figures.mark(old) == Mark()
        assert work.figures.since("eksempel") == danish_day(datetime.now(UTC))
    store.close()
