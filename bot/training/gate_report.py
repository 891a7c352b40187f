"""What the gates said, for the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.table import Column, Table

from bot.training.gates.verdict import Pair, Verdict
from bot.training.promotion import Judgement, RefusedByGatesError

MOST_SHOWN = 20


@contextmanager
def refusal_told(console: Console) -> Iterator[None]:
    """What is raised is raised, after the gates that refuse were told."""
    try:
        yield
    except RefusedByGatesError as error:
        print_judgement(console, error.judgement)
        raise


def print_judgement(console: Console, judgement: Judgement) -> None:
    """Each gate with its figures; of those that refuse, the messages that were right and are wrong now."""
    for remark in judgement.remarks:
        console.print(remark, markup=False, highlight=False)
    if judgement.bars_alone:
        console.print("No model in service fits this code: what is worse than before is told and not refused.")
    if judgement.verdicts:
        table = Table(Column("gate", no_wrap=True), "", "what it says", title=judgement.model.name)
        for verdict in judgement.verdicts:
            table.add_row(verdict.gate, _word(verdict, judgement), verdict.told)
        console.print(table, markup=False)
    for verdict in judgement.verdicts:
        if not verdict.passed:
            for line in _lost(verdict):
                console.print(line, markup=False, highlight=False, soft_wrap=True)


def _word(verdict: Verdict, judgement: Judgement) -> str:
    if verdict.passed:
        return "passes"
    return "refuses" if verdict in judgement.refused else "is worse"


def _lost(verdict: Verdict) -> Iterator[str]:
    if not verdict.lost:
        return
    yield f"{verdict.gate}: {verdict.told}"
    for pair in verdict.lost[:MOST_SHOWN]:
        yield f"  {pair.now.text!r} means {pair.label or 'none of ours'}: {_readings(pair)}"
    if len(verdict.lost) > MOST_SHOWN:
        yield f"  and {len(verdict.lost) - MOST_SHOWN} more"


def _readings(pair: Pair) -> str:
    before, now = (f"{one.read}{'' if one.sure else ' (asks)'}" for one in (pair.before, pair.now))
    return f"read as {now}" if pair.before == pair.now else f"was read as {before}, now as {now}"
