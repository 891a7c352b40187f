"""The commands by which what people decided becomes changes to the data of a checkout, for a human to commit."""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.settings import ROOT
from bot.teaching.changes import Change, diff
from bot.teaching.errors import TeachingError
from bot.terminal import console, errors, told_plainly

teaching = typer.Typer()

Checkout = Annotated[Path, typer.Option(help="The checkout whose data is changed; the one this command is in.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only print what would change, as a diff.")]


@teaching.command()
def teach(
    source: Annotated[Path, typer.Argument(metavar="FILE|-", help="Lines of JSON: text, intent, set.")],
    *,
    checkout: Checkout = ROOT,
    anyway: Annotated[bool, typer.Option("--anyway", help="Also what is nearly the same as something else.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Add decided messages to data/nlu and to the held-out messages: all of them, or none."""
    from bot.casework.free_times import DANISH_TIME
    from bot.teaching.decided import read_decided
    from bot.teaching.nearness import near
    from bot.teaching.teach import teach as teach_all

    with told_plainly(TeachingError):
        root = checkout.resolve()
        today = datetime.now(DANISH_TIME).date()
        taught = teach_all(read_decided(_given(source)), root, today, near, anyway=anyway, dry_run=dry_run)
        for line in (*taught.skipped, *taught.near):
            errors.print(line, markup=False, highlight=False, soft_wrap=True)
        _tell(taught.changes, root, dry_run=dry_run)


def _given(source: Path) -> bytes:
    if str(source) == "-":
        return sys.stdin.buffer.read()
    try:
        return source.read_bytes()
    except OSError as error:
        raise TeachingError(f"{source} cannot be read: {error.strerror}") from error


def _tell(changes: Sequence[Change], root: Path, *, dry_run: bool) -> None:
    """The diff, or the files that were written; a diff goes as it is, so that `git apply` can read it."""
    for change in changes:
        if dry_run:
            sys.stdout.write(diff(change, root))
        else:
            console.print(f"{change.file.relative_to(root)} is written", markup=False, highlight=False, soft_wrap=True)
    if not changes:
        errors.print("Nothing is new.")
