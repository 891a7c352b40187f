"""Changes to files, each whole or not at all, that never overwrite what somebody else wrote meanwhile."""

import difflib
import fcntl
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from bot.teaching.errors import TeachingError

PATIENCE = 120.0
"""Seconds to wait for another who writes."""
LOCKED = Path("data")
"""The folder whose lock is held. A lock on a folder leaves no file behind, and ends with the process that held it."""
_PAUSE = 0.05


@dataclass(frozen=True)
class Change:
    """What a file holds, None where there is none, and what it shall hold."""

    file: Path
    before: bytes | None
    after: bytes


def content_of(file: Path) -> bytes | None:
    """What is in the file now, None where there is none. Raises TeachingError."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise TeachingError(f"{file} cannot be read: {error.strerror}") from error


def diff(change: Change, root: Path, around: int = 3) -> str:
    """The change as a unified diff, as git shows it, with so many lines around it."""
    name = change.file.relative_to(root).as_posix()
    # A line ends where git sees it end, and nowhere else.
    before, after = (list(StringIO((text or b"").decode("utf-8"), "\n")) for text in (change.before, change.after))
    source = f"a/{name}" if change.before is not None else "/dev/null"
    lines = difflib.unified_diff(before, after, source, f"b/{name}", n=around)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


@contextmanager
def alone(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Keeps every other process that does the same out of the checkout `root`, after waiting for it.

    Raises TeachingError when it is not done in time.
    """
    try:
        folder = os.open(root / LOCKED, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise TeachingError(f"{root / LOCKED}: {error.strerror}; is this a checkout of Hjemad?") from error
    try:
        _lock(folder, patience)
        yield
    finally:
        os.close(folder)


def write(changes: Sequence[Change]) -> None:
    """Writes each file whole, or not at all. Raises TeachingError, which names what was written before it.

    All are prepared and looked at first, so that nothing is written where one of them cannot be. A program that knows
    no lock, such as an editor, is noticed until right before its file is replaced.
    """
    ready = list[tuple[Change, Path]]()
    try:
        for change in changes:
            ready.append((change, _fresh(change)))
        for change in changes:
            _refuse_changed(change, ())
        for number, (change, fresh) in enumerate(ready):
            _refuse_changed(change, changes[:number])
            _put(change, fresh)
    finally:
        for _, fresh in ready:
            fresh.unlink(missing_ok=True)


def _lock(folder: int, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        if time.monotonic() > until:
            raise TeachingError(f"somebody else has been writing for {patience:.0f} seconds; try again")
        time.sleep(_PAUSE)


def _fresh(change: Change) -> Path:
    """The new content beside the file. Its name stays the same, so that the next run clears up after a killed one."""
    fresh = change.file.with_name(f".{change.file.name}.fresh")
    try:
        change.file.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as opened:
            opened.write(change.after)
            opened.flush()
            os.fsync(opened.fileno())
        if change.before is not None:
            fresh.chmod(change.file.stat().st_mode & 0o777)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise TeachingError(f"{change.file} cannot be written: {error.strerror}; nothing was written") from error
    return fresh


def _refuse_changed(change: Change, written: Sequence[Change]) -> None:
    if content_of(change.file) != change.before:
        done = ", ".join(str(one.file) for one in written) or "nothing"
        raise TeachingError(f"{change.file} was changed by somebody else meanwhile; {done} was written. Run it again")


def _put(change: Change, fresh: Path) -> None:
    try:
        if change.before is None:
            # Unlike a rename it fails where somebody has just made the file.
            os.link(fresh, change.file)
        else:
            fresh.replace(change.file)
    except OSError as error:
        raise TeachingError(f"{change.file} cannot be written: {error.strerror}. Run it again") from error
