"""The commands that copy a whole store: to a backup, back from it, and from SQLite to PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from bot.settings import load_settings
from bot.terminal import console, told_plainly

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.store.store import Store

copies = typer.Typer()


class CopyRefusedError(Exception):
    """Copying would lose or overwrite something; the message says what to do first."""


@copies.command()
def backup(file: Annotated[Path, typer.Argument(help="A new file, in SQLite's format.")]) -> None:
    """Copy the whole store into a file, as it stands at one moment. Hjemad may run meanwhile."""
    with _told():
        if file.exists():
            raise CopyRefusedError(f"{file} exists already; a backup never writes over one")
        settings = load_settings()
        # The copy is closed before it is put in place.
        with (
            _opened(settings, settings.store_url) as source,
            _put_in_place(file) as half,
            _opened(settings, f"sqlite:///{half.absolute()}") as target,
        ):
            _copy(source, target)
        console.print(f"{file} holds all but the secret key, without which nobody reads names and codes in it.")


@copies.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What `hjemad backup` wrote, also with an older version.")],
) -> None:
    """Copy a backup into the store of the settings, which must be empty."""
    with _told(), TemporaryDirectory() as folder:
        if not file.is_file():
            raise CopyRefusedError(f"{file} is no file")
        settings = load_settings()
        # The backup stays as it is, whatever version it is of.
        copied = copyfile(file, Path(folder) / "store.sqlite")
        with _opened(settings, f"sqlite:///{copied}") as source, _opened(settings, settings.store_url) as target:
            if not source.is_one:
                raise CopyRefusedError(f"{file} is no backup of Hjemad")
            source.migrate()
            _copy(source, target)
        console.print(
            "What people had erased since the backup is back. Run `hjemad retention` before anybody can reach it."
        )


@copies.command()
def move_store(
    to: Annotated[str, typer.Argument(metavar="URL", help="An empty store: postgresql://user:password@host/name")],
) -> None:
    """Copy the store of the settings into an empty one elsewhere, while Hjemad is stopped."""
    with _told():
        from bot.store.whose import Across

        settings = load_settings()
        with _opened(settings, settings.store_url) as source, _opened(settings, to) as target:
            source.must_be_current()
            with source.read(Across("the store is copied as a whole")) as work:
                if work.workload.at(datetime.now(UTC)).serving:
                    raise CopyRefusedError("Hjemad runs: what is written meanwhile would be lost. Stop it first")
            _copy(source, target)
        console.print("Set HJEMAD_DATABASE_URL to the new store, keep the secret key, and start Hjemad.")


def _copy(source: "Store", target: "Store") -> None:
    began, rows = monotonic(), 0

    def tell(table: str, count: int) -> None:
        nonlocal rows
        rows += count
        if count:
            console.print(f"{count:>9,} {table}", highlight=False)

    source.copy_into(target, tell)
    console.print(
        f"{rows:,} rows in {monotonic() - began:.0f} s, each table the same by count and digest", highlight=False
    )


@contextmanager
def _opened(settings: "Settings", url: str) -> Iterator["Store"]:
    from bot.store.store import Store

    store = Store(url, settings.key())
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _put_in_place(file: Path) -> Iterator[Path]:
    """A file beside it to write to, which gets its name when it is whole: half a backup must not be taken for one.

    Raises CopyRefusedError where there is one of that name by then.
    """
    with TemporaryDirectory(prefix=f".{file.name}-", dir=file.absolute().parent) as folder:
        half = Path(folder) / "half.sqlite"
        yield half
        try:
            # Unlike a renaming this never takes the place of another file.
            file.hardlink_to(half)
        except FileExistsError:
            raise CopyRefusedError(f"{file} exists already; a backup never writes over one") from None


@contextmanager
def _told() -> Iterator[None]:
    from bot.store.copying import CopyError
    from bot.store.database import StoreUnreachableError
    from bot.store.migrate import MigrationError

    with told_plainly(CopyError, CopyRefusedError, StoreUnreachableError, MigrationError):
        yield
