"""The commands that look after an installation."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from bot.terminal import console
from bot.upkeep.opened import opened

upkeep = typer.Typer()


@upkeep.command()
def retention(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what would be erased.")] = False,
) -> None:
    """Erase what has been kept for as long as each municipality has set; print how many of what."""
    from bot.conversation.retention import count_due, erase_due
    from bot.municipality.towns import MunicipalityError, load_municipalities
    from bot.upkeep.retention_report import print_tally

    with opened(MunicipalityError) as (_, store):
        towns, now = load_municipalities(), datetime.now(UTC)
        waiting = count_due(store, towns, now)
        tally = waiting if dry_run else erase_due(store, towns, now)
        print_tally(console, tally, waiting, dry_run=dry_run)


@upkeep.command()
def dangers(
    *,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The first day; a week ago.")] = None,
    municipality: Annotated[str | None, typer.Option(help="One municipality; all if left out.")] = None,
) -> None:
    """List every danger that was told of, for review: level, kind, what was shown, who took it; then who lowered one
    and why. Never the words.
    """
    from bot.casework.free_times import DANISH_TIME
    from bot.conversation.danger_log import show_dangers, show_lowerings
    from bot.store.whose import Across, Town

    first = since or datetime.combine(datetime.now(DANISH_TIME).date() - timedelta(days=7), datetime.min.time())
    begins = first.replace(tzinfo=DANISH_TIME)
    with (
        opened() as (_, store),
        store.read(
            Town(municipality) if municipality else Across("the dangers of every municipality are listed")
        ) as work,
    ):
        show_dangers(console, work.dangers.since(begins, municipality))
        show_lowerings(console, work.lowerings.since(begins, municipality))
