"""Puts a model into service and tells what the gates said, whoever has asked for it."""

from pathlib import Path

from rich.console import Console

from bot.training.gate_report import print_judgement, refusal_told
from bot.training.promotion import Override, promote
from bot.training.rereading import read_anew


def promote_and_tell(
    console: Console,
    folder: Path,
    name: str | None,
    *,
    override: Override | None = None,
    by_itself: bool = False,
) -> None:
    """As `promote`; what it raises is raised, after the gates were told."""
    with refusal_told(console):
        judgement = promote(folder, name, reread=read_anew, override=override, by_itself=by_itself)
    print_judgement(console, judgement)
    console.print(f"{judgement.model.name} is in service")
