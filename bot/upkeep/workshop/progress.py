"""What came of an order so far, as lines that a maintainer reads."""

from collections.abc import Mapping
from typing import Any

WORKING = "Arbejder"
STEPS = {
    "Checking the data": "Ser det efter, som robotten skal lære af",
    "Encoding what is new": "Læser de nye sætninger",
    "Looking for what is hard to tell apart": "Leder efter sætninger, der er svære at kende fra hinanden",
    "Learning": "Lærer. Det tager et par minutter",
    "Looking after danger": "Sørger for, at robotten hører fare",
    "Loading the model": "Gør robotten klar",
    "Reading the held-out messages": "Prøver med sætninger, den ikke har lært af",
    "Holding stories and rules against each other": "Ser efter, om historier og regler passer sammen",
    "Judging": "Holder den op mod den, der er i brug",
    "Teaching": "Skriver det ind, som I har besluttet",
    "Running the test stories": "Prøver hele samtaler",
}
"""The steps of `bot.training` and of our own, as they are named in code."""


class Lines:
    """The lines that were told, and the step that is being done as the last of them."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._step: tuple[str, int, int] | None = None

    def take(self, told: Mapping[str, Any]) -> None:
        """A line or a step, as `Tell` writes them."""
        if "line" in told:
            self._lines.append(str(told["line"]))
        elif "step" in told:
            step = STEPS.get(told["step"], WORKING)
            if self._step and self._step[0] != step:
                self._lines.append(f"{self._step[0]}: færdig.")
            self._step = step, told["done"], told["of"]

    @property
    def now(self) -> list[str]:
        return [*self._lines, *([_words(*self._step)] if self._step else [])]

    @property
    def done(self) -> list[str]:
        """When all is over: without how far the last step was."""
        return [*self._lines, *([f"{self._step[0]}: færdig."] if self._step else [])]


def _words(step: str, done: int, of: int) -> str:
    return f"{step}: {done} af {of}" if of else f"{step} …"
