"""What every command writes with, and how it tells of what somebody can mend."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.markup import escape

from bot.settings import SettingsError

# TensorFlow and Rasa's old libraries warn of themselves at every start, and would bury what somebody should read.
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}

console = Console()
errors = Console(stderr=True)


@contextmanager
def told_plainly(*expected: type[Exception]) -> Iterator[None]:
    """Turns what a person can mend into one line and exit code 1; all else keeps its traceback."""
    mendable: tuple[type[Exception], ...] = (SettingsError, *expected)
    try:
        yield
    except mendable as error:
        # What it tells of may hold brackets, such as "[telefonnummer]". Broken into lines of 80 where nobody sees a
        # terminal, a path in it could neither be searched for nor copied.
        errors.print(f"[red]{type(error).__name__}[/red]: {escape(str(error))}", highlight=False, soft_wrap=True)
        raise typer.Exit(1) from error
