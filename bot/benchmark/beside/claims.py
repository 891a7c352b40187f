"""What is claimed of Hjemad beside stock Rasa (issue 8, "It must show" 1), and whether this run held it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.benchmark.beside.measuring import Found

PEOPLE = 20
FIRST, LONG = 0, 500


@dataclass(frozen=True)
class Claim:
    """A ratio of ours to theirs, or of ours alone, and the bound that it is held to: at most, or at least."""

    name: str
    ratio: Callable[[Found, Found], float]
    bound: float
    at_least: bool = False
    more: bool = False
    """Whether being equal to the bound is not enough."""

    def told(self, ours: Found, stock: Found) -> tuple[float, bool]:
        """The ratio, and whether it is held."""
        ratio = self.ratio(ours, stock)
        if self.more:
            return ratio, ratio > self.bound
        return ratio, ratio >= self.bound if self.at_least else ratio <= self.bound


CLAIMS: Sequence[Claim] = (
    Claim("milliseconds a message", lambda ours, stock: ours.message / stock.message, 0.5),
    Claim("memory of the dialogue server", lambda ours, stock: ours.memory / stock.memory, 0.6),
    Claim("start until the first answer", lambda ours, stock: ours.start / stock.start, 0.25),
    Claim("training", lambda ours, stock: ours.training / stock.training, 0.1),
    Claim(
        f"messages a second of {PEOPLE} people",
        lambda ours, stock: ours.a_second[PEOPLE] / stock.a_second[PEOPLE],
        3.0,
        at_least=True,
    ),
    Claim("accuracy", lambda ours, stock: ours.accuracy / stock.accuracy, 1.0, more=True),
    Claim(f"a message after {LONG} to the first", lambda ours, _: ours.at_turn[LONG] / ours.at_turn[FIRST], 1.2),
)
