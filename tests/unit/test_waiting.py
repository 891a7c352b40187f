"""The order of those who wait: danger first, and within a bound everybody is taken."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.casework.conversations import Conversation, Danger, Holder
from bot.casework.waiting import (
    LONG_WAIT,
    TURN,
    TURN_BESIDE_ACUTE,
    Line,
    Turn,
    age,
    line_of,
    place_of,
    turn_of,
    urgency,
)

NINE = datetime(2026, 11, 4, 8, tzinfo=UTC)
CALM, CLEAR, ACUTE = 0, 2, 3
LEVELS = st.integers(CALM, ACUTE)
NUMBERS = count()


def who_waits(level: int, since: datetime) -> Conversation:
    """Of two who came at once the later number need not sort behind."""
    number = f"{next(NUMBERS) * 7919 % 10_007:05}"
    return Conversation(number, "eksempel", "da", Holder.WAITING, None, Danger(level), since, None, None, since)


def line(waiting: list[Conversation], passed_over: int, now: datetime, most: int | None = None) -> Line:
    by_urgency = sorted(waiting, key=urgency)
    return line_of(by_urgency[:most], len(waiting), turn(waiting, passed_over, now))


def turn(waiting: list[Conversation], passed_over: int, now: datetime) -> Turn | None:
    acute = sum(one.danger.level == ACUTE for one in waiting)
    return turn_of(min(waiting, key=age), passed_over, acute, now) if waiting else None


@dataclass
class Desk:
    """Those who wait, and caseworkers who take them."""

    now: datetime = NINE
    waiting: list[Conversation] = field(default_factory=list)
    passed_over: int = 0
    from_the_top: int = 0
    since_long: dict[str, tuple[int, int]] = field(default_factory=dict)

    def comes(self, level: int) -> Conversation:
        self.waiting.append(who_waits(level, self.now))
        return self.waiting[-1]

    def passes(self, minutes: int) -> None:
        """Of whoever has waited long from then on: how many had been taken, and how many had waited longer."""
        self.now += timedelta(minutes=minutes)
        for rank, one in enumerate(sorted(self.waiting, key=age)):
            if one.waiting_since and self.now - one.waiting_since >= LONG_WAIT:
                self.since_long.setdefault(one.id, (self.from_the_top, rank))

    def takes(self, place: int = 0) -> Conversation | None:
        """The store's rule: whoever is taken past the one who has waited longest passes them over."""
        order = line(self.waiting, self.passed_over, self.now).first
        if not order:
            return None
        taken = order[place % len(order)]
        longest = min(self.waiting, key=age)
        self.passed_over = 0 if taken.id == longest.id else self.passed_over + 1
        self.from_the_top += taken.id == order[0].id
        self.waiting.remove(taken)
        return taken

    def changes(self, place: int, level: int) -> None:
        if self.waiting:
            place %= len(self.waiting)
            self.waiting[place] = replace(self.waiting[place], danger=Danger(level))

    def leaves(self, place: int) -> None:
        if self.waiting:
            self.waiting.pop(place % len(self.waiting))

    def waits_too_long(self, bound: int) -> list[str]:
        """Whoever should have been taken by now."""
        began = {one.id: self.since_long[one.id] for one in self.waiting if one.id in self.since_long}
        return [who for who, (taken, longer) in began.items() if self.from_the_top - taken >= bound * (longer + 1)]


PLACES = st.integers(0, 200)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("comes"), LEVELS),
        st.tuples(st.just("comes"), st.just(ACUTE)),
        st.tuples(st.just("passes"), st.sampled_from([0, 1, 10, 45])),
        st.tuples(st.just("takes")),
        st.tuples(st.just("takes")),
        st.tuples(st.just("takes"), PLACES),
        st.tuples(st.just("changes"), PLACES, LEVELS),
        st.tuples(st.just("leaves"), PLACES),
    ),
    max_size=60,
)


@settings(max_examples=200)
@given(STEPS, st.lists(LEVELS, max_size=4), st.integers(0, 30))
def test_whoever_has_waited_long_is_taken_within_the_bound_whatever_comes(steps, first, passed_over):
    """A crowd in acute danger that never ends follows on whatever came before: nobody of before waits any more."""
    desk = Desk(passed_over=passed_over)
    for level in first:
        desk.comes(level)
    for act, *told in steps:
        getattr(desk, act)(*told)
        assert desk.waits_too_long(TURN_BESIDE_ACUTE) == []
    desk.passes(30)
    of_before = [one.id for one in desk.waiting]
    for _ in range(TURN_BESIDE_ACUTE * len(of_before)):
        desk.comes(ACUTE)
        desk.comes(ACUTE)
        desk.takes()
        assert desk.waits_too_long(TURN_BESIDE_ACUTE) == []
    assert not {one.id for one in desk.waiting} & set(of_before)


@settings(max_examples=100)
@given(st.lists(st.lists(st.integers(CALM, CLEAR), max_size=4), min_size=20, max_size=60), st.integers(0, 30))
def test_while_nobody_is_in_acute_danger_the_bound_is_the_shorter_one(crowds, passed_over):
    desk = Desk(passed_over=passed_over)
    for crowd in crowds:
        for level in crowd:
            desk.comes(level)
        desk.passes(10)
        desk.takes()
        assert desk.waits_too_long(TURN) == []


@pytest.mark.parametrize(("danger", "bound"), [(CLEAR, TURN), (ACUTE, TURN_BESIDE_ACUTE)])
def test_when_danger_comes_faster_than_it_is_taken_one_of_so_many_is_whoever_has_waited_longest(danger, bound):
    desk = Desk()
    calm = [desk.comes(CALM) for _ in range(3)]
    desk.passes(30)
    taken = []
    for _ in range(3 * bound):
        desk.comes(danger)
        desk.comes(danger)
        taken.append(desk.takes())
    assert [one in calm for one in taken] == ([False] * (bound - 1) + [True]) * 3
    assert [one for one in taken if one in calm] == sorted(calm, key=age)


def test_nobody_is_moved_up_before_they_have_waited_long():
    desk = Desk(passed_over=100)
    desk.comes(CALM)
    desk.passes(29)
    for _ in range(3):
        desk.comes(ACUTE)
    assert [desk.takes().danger.level for _ in range(2)] == [ACUTE, ACUTE]
    desk.passes(1)
    assert desk.takes().danger.level == CALM


QUEUES = st.lists(st.tuples(LEVELS, st.integers(0, 90)), max_size=30)


@settings(max_examples=300)
@given(QUEUES, st.integers(0, 12))
def test_only_who_has_waited_longest_stands_before_more_danger(people, passed_over):
    """And before acute danger only after nine others, those who stand before them in the line among them."""
    waiting = [who_waits(level, NINE - timedelta(minutes=minutes)) for level, minutes in people]
    found = line(waiting, passed_over, NINE)
    others = [one for one in found.first if not (found.moved_up and one.id == found.longest)]
    assert others == sorted(others, key=urgency)
    assert sorted(found.first, key=urgency) == sorted(waiting, key=urgency)
    assert found.moved_up == (list(found.first) != sorted(waiting, key=urgency))
    for place, one in enumerate(found.first, start=1):
        behind = found.first[place:]
        if one.danger.level < ACUTE and any(other.danger.level == ACUTE for other in behind):
            assert one == min(waiting, key=age)
            assert place + passed_over >= TURN_BESIDE_ACUTE
        if any(other.danger.level > one.danger.level for other in behind):
            assert place + passed_over >= TURN
            assert NINE - one.waiting_since >= LONG_WAIT


@settings(max_examples=300)
@given(QUEUES, st.integers(0, 12), st.integers(TURN_BESIDE_ACUTE, 15))
def test_the_place_that_is_told_is_the_place_in_the_line_and_a_page_is_its_beginning(people, passed_over, most):
    waiting = [who_waits(level, NINE - timedelta(minutes=minutes)) for level, minutes in people]
    whole = line(waiting, passed_over, NINE)
    ranks = {one.id: rank for rank, one in enumerate(sorted(waiting, key=urgency), start=1)}
    assert [place_of(one, ranks[one.id], turn(waiting, passed_over, NINE)) for one in whole.first] == list(
        range(1, len(waiting) + 1)
    )
    page = line(waiting, passed_over, NINE, most)
    assert (page.first[:most], page.longest, page.moved_up) == (whole.first[:most], whole.longest, whole.moved_up)
