"""The queue over a real store: the order of casework, read in pieces, and held to whatever is claimed."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.casework.conversations import Conversation, Danger
from bot.casework.waiting import TURN, TURN_BESIDE_ACUTE, Reader, age, line_of, turn_of, urgency
from bot.store.store import Store, Work
from tests.support.store_of_before import store_of_before
from tests.support.the_tests import THE_TESTS

TOWN = "eksempel"
NOW = datetime(2026, 11, 4, 8, tzinfo=UTC)
ACUTE = 3


@pytest.fixture
def user(store: Store) -> int:
    with store.read(THE_TESTS) as work:
        demo = work.people.user("demo")
    assert demo
    return demo.id


def comes(work: Work, number: object, level: int = 0, since: datetime = NOW, town: str = TOWN) -> str:
    work.conversations.open(str(number), town, "da", "a token")
    work.conversations.raise_danger(work.conversations.get(str(number)), Danger(level, ("violence",) if level else ()))
    assert work.queue.enqueue(str(number), since)
    return str(number)


def in_line(work: Work, now: datetime, most: int | None = None) -> list[str]:
    return [one.id for one in work.waiting.line(TOWN, now, most).first]


def take_first(store: Store, user: int, now: datetime) -> str:
    with store.write(THE_TESTS) as work:
        [first] = in_line(work, now, most=1)
        assert work.queue.claim(first, user)
    return first


def by_the_rule(waiting: list[Conversation], passed_over: int, now: datetime) -> list[str]:
    acute = sum(one.danger.level == ACUTE for one in waiting)
    turn = turn_of(min(waiting, key=age), passed_over, acute, now) if waiting else None
    return [one.id for one in line_of(sorted(waiting, key=urgency), len(waiting), turn).first]


@pytest.mark.parametrize("seed", range(2))
def test_the_line_its_pages_and_every_place_in_it_agree_with_the_rule(store: Store, user: int, seed: int) -> None:
    chance, now, passed_over, numbers = random.Random(seed), NOW, 0, iter(range(1_000, 10_000, 7))
    for _ in range(40):
        now += timedelta(minutes=chance.randrange(0, 20, 5))
        with store.write(THE_TESTS) as work:
            for _ in range(chance.randrange(3)):
                comes(work, next(numbers) * 7919 % 10_007, chance.choice([0, 0, 1, 2, 3, 3]), now)
        with store.read(THE_TESTS) as work:
            waiting = list(work.waiting.line(TOWN, now).first)
            order = by_the_rule(waiting, passed_over, now)
            assert [one.id for one in waiting] == order
            assert [work.waiting.place(one, now) for one in waiting] == list(range(1, len(order) + 1))
            assert in_line(work, now, 3) == order[:3]
            assert work.waiting.line(TOWN, now, 3).in_all == work.waiting.count(TOWN) == len(order)
        if order:
            taken = chance.choice(order[:4])
            with store.write(THE_TESTS) as work:
                assert work.queue.claim(taken, user)
            longest = min(waiting, key=age).id
            passed_over = 0 if taken == longest else passed_over + 1


@pytest.mark.parametrize(("danger", "turn"), [(2, TURN), (ACUTE, TURN_BESIDE_ACUTE)])
def test_whoever_waits_while_danger_comes_faster_than_it_is_taken_is_taken_in_turn(
    store: Store, user: int, danger: int, turn: int
) -> None:
    with store.write(THE_TESTS) as work:
        calm = [comes(work, f"calm {place}", since=NOW + timedelta(seconds=place)) for place in range(2)]
    now, taken = NOW + timedelta(hours=1), []
    for number in range(2 * turn):
        with store.write(THE_TESTS) as work:
            for each in "ab":
                comes(work, f"{number:02}{each}", danger, now)
        taken.append(take_first(store, user, now))
    assert [one for one in taken if one in calm] == calm
    assert [place for place, one in enumerate(taken, start=1) if one in calm] == [turn, 2 * turn]


def test_a_claim_that_came_too_late_moves_nobody_up(store: Store, user: int) -> None:
    now = NOW + timedelta(hours=1)
    with store.write(THE_TESTS) as work:
        comes(work, "calm")
        for number in range(TURN):
            comes(work, f"danger {number}", 2, now)
        assert work.queue.claim("danger 0", user)
        for _ in range(TURN):
            assert not work.queue.claim("danger 0", user)
        assert in_line(work, now) == ["danger 1", "danger 2", "calm", "danger 3"]


def test_what_is_taken_in_another_town_moves_nobody_up(store: Store, user: int) -> None:
    now = NOW + timedelta(hours=1)
    with store.write(THE_TESTS) as work:
        work.people.add_municipality("nabo")
        comes(work, "calm")
        comes(work, "danger", 2, now)
        comes(work, "calm there", town="nabo")
        for number in range(TURN):
            comes(work, f"there {number}", 2, now, town="nabo")
        for number in range(TURN - 1):
            assert work.queue.claim(f"there {number}", user)
        assert in_line(work, now) == ["danger", "calm"]
        assert [one.id for one in work.waiting.line("nabo", now).first] == ["calm there", f"there {TURN - 1}"]
        # And who has waited longest is the one of that town.
        assert work.queue.claim("calm there", user)
        comes(work, "another there", town="nabo")
        assert [one.id for one in work.waiting.line("nabo", now).first] == [f"there {TURN - 1}", "another there"]


def test_those_who_came_at_once_have_places_of_their_own(store: Store) -> None:
    with store.write(THE_TESTS) as work:
        for number in "bca":
            comes(work, number)
        waiting = [work.conversations.get(number) for number in "abc"]
        assert [work.waiting.place(one, NOW) for one in waiting] == [1, 2, 3]
        assert in_line(work, NOW) == ["a", "b", "c"]


def test_a_store_of_before_has_a_queue_in_which_nobody_was_passed_over(database_url: str) -> None:
    store = Store(database_url, "key")
    with store_of_before(store, "0013") as connection:
        connection.exec_driver_sql("INSERT INTO municipalities (slug) VALUES ('eksempel')")
    store.migrate()
    now = NOW + timedelta(hours=1)
    with store.write(THE_TESTS) as work:
        comes(work, "calm")
        for number in range(TURN):
            comes(work, f"danger {number}", 2, now)
        assert in_line(work, now).index("calm") == TURN - 1
    store.close()


def test_no_look_at_the_queue_reads_or_sorts_all_conversations(tmp_path: Path) -> None:
    store, plans = Store(f"sqlite:///{tmp_path / 'hjemad.sqlite'}", "a key for tests"), []

    def explain(_connection, cursor, statement, parameters, *_):
        plan = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
        plans.extend(detail for *_, detail in plan)

    store.migrate()
    with store.write(THE_TESTS) as work:
        work.people.add_municipality(TOWN)
        one = work.conversations.get(comes(work, "one"))
    with store.read(THE_TESTS) as work:
        event.listen(work._connection, "before_cursor_execute", explain)
        work.waiting.line(TOWN, NOW, most=50)
        work.waiting.place(one, NOW)
        work.waiting.in_danger(TOWN, 200)
        work.waiting.held(TOWN, but_by=1, most=50)
        work.waiting.count_held(TOWN, but_by=1)
        work.waiting.unanswered_dangers(1)
        work.waiting.waiting_long([TOWN, "nabo"], NOW)
        for reader in (Reader(), Reader("bolig")):
            work.waiting.count(TOWN, NOW, reader)
        work.waiting.line(TOWN, NOW, most=50, reader=Reader())
        work.looks.news(1)
        work.handovers.of(["one"])
        assert len(plans) > 10
        assert [plan for plan in plans if "ORDER BY" in plan] == []
        work.waiting.held_by(1)  # sorts the few of one user
    store.close()
    assert [plan for plan in plans if plan.startswith("SCAN")] == []
    assert "SEARCH conversations USING INDEX ix_conversations_held_by (held_by=?)" in plans
