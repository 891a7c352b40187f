"""What a checkout already holds: what is trained on, what is only tested on, and the meanings there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.teaching.decided import Use
from bot.training.data import domain_intents, plain, utterances
from bot.training.files import Example
from bot.training.gathered import gathered
from bot.training.held_out import ELSEWHERE, for_choosing, held_out


@dataclass(frozen=True)
class Standing:
    """Where a text already stands; `use` is None where it is neither for learning nor for measuring a meaning."""

    example: Example
    use: Use | None


@dataclass(frozen=True)
class Known:
    """The texts of a checkout and its meanings."""

    intents: frozenset[str]
    trained: tuple[Example, ...]
    tested: tuple[Example, ...]
    standing: Mapping[str, Standing]

    def of(self, text: str) -> Standing | None:
        """Where the same words stand, whatever their case and marks."""
        return self.standing.get(plain(text))


def read_known(root: Path) -> Known:
    """What stands in the checkout `root`. Raises DataError for a file that cannot be read."""
    written = held_out(root)
    trained, tested = tuple(utterances(root)), (*written.examples, *gathered(root).examples)
    chosen_on = for_choosing(root)
    elsewhere = [Example(text, "none of ours", root / ELSEWHERE, 0) for text in written.elsewhere]
    standing = {plain(one.text): Standing(one, None) for one in (*elsewhere, *chosen_on)}
    standing |= {plain(one.text): Standing(one, Use.HELD_OUT) for one in tested}
    standing |= {plain(one.text): Standing(one, Use.TRAIN) for one in trained}
    return Known(frozenset(domain_intents(root)), trained, (*tested, *chosen_on), standing)
