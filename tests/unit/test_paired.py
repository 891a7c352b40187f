"""How likely chance alone would lose so much is reckoned right."""

from itertools import product

import pytest
from sklearn.metrics import f1_score

from bot.training.gates.paired import F1Losses, likely_by_chance
from bot.training.gates.verdict import Pair
from bot.training.models.predictions import Prediction

INTENTS = ("a_one", "a_two", "b_one", "b_two")


def pair(label: str, before: str | None, now: str | None) -> Pair:
    return Pair(*(Prediction(label, label, (label,), read, 0.9, sure=True) for read in (before, now)))


@pytest.mark.parametrize(
    ("lost", "won", "chance"), [(0, 0, 1.0), (0, 3, 1.0), (5, 0, 1 / 32), (4, 0, 1 / 16), (8, 1, 10 / 512)]
)
def test_messages_read_differently_are_tossed_coins(lost: int, won: int, chance: float) -> None:
    assert likely_by_chance(lost, won) == pytest.approx(chance)


def mixed() -> list[Pair]:
    """Forty messages; eight of them read otherwise by the second model, seven of those wrongly."""
    same = [
        pair(label, label if number else "b_two", label if number else "b_two")
        for label in INTENTS
        for number in range(8)
    ]
    lost = [pair("a_one", "a_one", "b_one")] * 4 + [pair("a_two", "a_two", None)] * 3
    return [*same, *lost, pair("b_one", "a_one", "b_one")]


def macro(pairs: list[Pair], which: str, topic: str = "") -> float:
    labels = [intent for intent in INTENTS if intent.startswith(topic)]
    read = [getattr(one, which).read or "" for one in pairs]
    return float(f1_score([one.label for one in pairs], read, labels=labels, average="macro", zero_division=0))


@pytest.mark.parametrize("topic", ["", "a_", "b_"])
def test_macro_f1_is_that_of_everybody(topic: str) -> None:
    pairs = mixed()
    expected = macro(pairs, "before", topic), macro(pairs, "now", topic)
    assert F1Losses(pairs).f1(topic) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("topic", ["", "a_", "b_"])
def test_chance_is_as_often_as_when_all_ways_to_swap_are_tried(topic: str) -> None:
    pairs = mixed()
    differing = [at for at, one in enumerate(pairs) if one.before != one.now]
    losses = []
    for swaps in product([False, True], repeat=len(differing)):
        turned = list(pairs)
        for at, swap in zip(differing, swaps, strict=True):
            turned[at] = Pair(pairs[at].now, pairs[at].before) if swap else pairs[at]
        losses.append(macro(turned, "before", topic) - macro(turned, "now", topic))
    seen = macro(pairs, "before", topic) - macro(pairs, "now", topic)
    exact = sum(loss >= seen - 1e-9 for loss in losses) / len(losses)
    assert F1Losses(pairs).likely_by_chance(topic) == pytest.approx(exact, abs=0.03)


def test_chance_is_the_same_each_time() -> None:
    assert F1Losses(mixed()).likely_by_chance("") == F1Losses(mixed()).likely_by_chance("")


def test_what_a_second_reader_accepts_is_right() -> None:
    read = Prediction("x", "a_one", ("a_one", "b_one"), "b_one", 0.9, sure=True)
    assert F1Losses([Pair(read, read), pair("b_one", "b_one", "b_one")]).f1("b_") == (1.0, 1.0)
