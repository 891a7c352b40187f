"""The commands by which what people decided becomes changes to the data of a checkout, for a human to commit."""

import re
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
story = typer.Typer(help="Turn a conversation into a story or a rule.", no_args_is_help=True)
teaching.add_typer(story, name="story")

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
        _mention((*taught.skipped, *taught.near))
        _tell(taught.changes, root, dry_run=dry_run)


@story.command()
def skeleton(
    source: Annotated[Path, typer.Argument(metavar="FILE|-", help="A tracker's document, or a line of JSON a turn.")],
    *,
    rule: Annotated[bool, typer.Option("--rule", help="A rule of the last turn, not a story of all.")] = False,
    name: Annotated[str | None, typer.Option(help="What it is called; its meanings if left out.")] = None,
    checkout: Checkout = ROOT,
) -> None:
    """Print what a story or a rule of a conversation begins with, to be shortened and named."""
    from bot.stories.errors import StoryError
    from bot.stories.skeleton import skeleton as skeleton_of
    from bot.stories.turns import read_steps
    from bot.stories.writing import Kind
    from bot.teaching.domain_names import read_names
    from bot.training.files import DataError

    with told_plainly(TeachingError, StoryError, DataError):
        names = read_names(checkout.resolve())
        steps = read_steps(_given(source), names)
        sys.stdout.write(skeleton_of(steps, Kind.RULE if rule else Kind.STORY, name, names))


@story.command()
def check(source: Annotated[Path, typer.Argument(metavar="FILE")], *, checkout: Checkout = ROOT) -> None:
    """Say what is wrong with a file of stories and rules, and what it contradicts; half a minute."""
    from bot.teaching.telling import check_file
    from bot.training.contradictions import contradictions

    with told_plainly(TeachingError):
        told = check_file(source, checkout.resolve(), contradictions)
        _mention(told.skipped)
        console.print(f"{source}: nothing is wrong with it", markup=False, highlight=False, soft_wrap=True)


@story.command()
def add(
    source: Annotated[Path, typer.Argument(metavar="FILE")],
    *,
    topic: Annotated[str | None, typer.Option(help="The file, such as housing; what it is about if left out.")] = None,
    checkout: Checkout = ROOT,
    dry_run: DryRun = False,
) -> None:
    """Check a file of stories and rules and put them into those of data/: all of them, or none."""
    from bot.teaching.telling import add_file
    from bot.training.contradictions import contradictions

    if topic is not None and not re.fullmatch(r"[a-z_]+", topic):
        raise typer.BadParameter("a topic is one word in small letters, such as housing")
    with told_plainly(TeachingError):
        root = checkout.resolve()
        told = add_file(source, root, contradictions, topic, dry_run=dry_run)
        _mention(told.skipped)
        _tell(told.changes, root, dry_run=dry_run)


def _given(source: Path) -> bytes:
    if str(source) == "-":
        return sys.stdin.buffer.read()
    try:
        return source.read_bytes()
    except OSError as error:
        raise TeachingError(f"{source} cannot be read: {error.strerror}") from error


def _mention(lines: Sequence[str]) -> None:
    for line in lines:
        errors.print(line, markup=False, highlight=False, soft_wrap=True)


def _tell(changes: Sequence[Change], root: Path, *, dry_run: bool) -> None:
    """The diff, or the files that were written; a diff goes as it is, so that `git apply` can read it."""
    for change in changes:
        if dry_run:
            sys.stdout.write(diff(change, root))
        else:
            console.print(f"{change.file.relative_to(root)} is written", markup=False, highlight=False, soft_wrap=True)
    if not changes:
        errors.print("Nothing is new.")
