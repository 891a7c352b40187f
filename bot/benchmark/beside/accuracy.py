"""How often a model understands what is held out: `python -m bot.benchmark.beside.accuracy MODEL` prints a share of 1.

In an interpreter of its own: Rasa's components bring TensorFlow, which nothing measured beside them is to carry.
"""

import sys
from pathlib import Path

from bot.settings import ROOT
from bot.training.evaluate import evaluate
from bot.training.held_out import held_out
from bot.training.quiet import keep_rasa_quiet
from bot.training.understanding import Understanding


def main() -> None:
    """Of the model that is named. Prints one line, whatever Rasa prints around it."""
    keep_rasa_quiet()
    found = evaluate(Understanding(Path(sys.argv[1])), held_out(ROOT))
    print(f"accuracy {found.figures.accuracy}")  # noqa: T201 - its only output


if __name__ == "__main__":
    main()
