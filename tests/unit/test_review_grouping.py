"""Groups of messages that mean about the same: the same whatever the order, and each of one reading."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.review.grouping import ALIKE, MOST, Item, grouped

READINGS = st.sampled_from([None, "housing_find_home", "money_debt"])


def item(key: str, angle: float, read_as: str | None = "money_debt", cost: float = 1.0) -> Item:
    return Item(key, read_as, cost, np.array([np.cos(angle), np.sin(angle)], dtype=np.float32))


def keys(groups: list[list[Item]]) -> list[list[str]]:
    return [[one.key for one in group] for group in groups]


SOME = st.lists(st.tuples(st.floats(0, 6.2), READINGS, st.sampled_from([1.0, 2.0, 8.0])), min_size=1, max_size=30).map(
    lambda rows: [item(f"{number:03}", *row) for number, row in enumerate(rows)]
)


@given(SOME, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_in_which_they_come_changes_nothing(items, random) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)
    assert keys(grouped(shuffled)) == keys(grouped(items))


@given(SOME)
@settings(deadline=None)
def test_everyone_is_in_one_group_of_its_reading_and_is_like_its_first(items) -> None:
    groups = grouped(items)
    assert sorted(one for group in keys(groups) for one in group) == sorted(one.key for one in items)
    for group in groups:
        assert len({one.read_as for one in group}) == 1
        assert all(group[0].vector @ one.vector >= ALIKE - 1e-6 for one in group)
        assert group[0].cost == max(one.cost for one in group)


def test_what_is_alike_is_one_decision_and_what_is_not_is_another() -> None:
    assert keys(grouped([item("a", 0.0), item("b", 0.1), item("c", 1.5), item("d", 1.6)])) == [["a", "b"], ["c", "d"]]


def test_a_group_is_no_longer_than_somebody_reads() -> None:
    groups = grouped([item(f"{number:03}", 0.0) for number in range(MOST * 2 + 1)])
    assert [len(group) for group in groups] == [MOST, MOST, 1]


def test_nothing_makes_no_group() -> None:
    assert grouped([]) == []
