"""The log of dangers for who reviews them: what was told of, what was shown, who took it. Never anybody's words."""

from collections.abc import Iterable
from datetime import datetime

from rich.console import Console
from rich.table import Table

from bot.casework.dangers import DangerEvent
from bot.casework.free_times import DANISH_TIME
from bot.casework.lowering import Lowering

ERASED = "erased"
LOWERED = ("when", "town", "conversation", "from", "to", "why", "by")
COLUMNS = ("when", "town", "conversation", "level", "kinds", "shown", "a human", "taken by", "after")


def show_dangers(console: Console, events: Iterable[DangerEvent]) -> None:
    """One line an event, in the order given, and how many of levels 2 and 3 nobody took."""
    table, alone = Table(*COLUMNS, box=None), 0
    for event in events:
        table.add_row(*_row(event))
        # What was told of before it was kept who took it has no number.
        alone += event.danger.level > 1 and event.taken_at is None and event.sequence is not None
    console.print(table)
    console.print(f"{table.row_count} dangers, {alone} of level 2 or 3 that nobody has taken")


def show_lowerings(console: Console, lowerings: Iterable[Lowering]) -> None:
    """One line each time that a human lowered a danger, with the reason from the list; nothing when nobody did."""
    table = Table(*LOWERED, box=None)
    for one in lowerings:
        levels = (str(one.before), str(one.after))
        table.add_row(_when(one.at), one.municipality, _named(one.conversation), *levels, one.why.value, one.by_name)
    if table.row_count:
        console.print(table)
        console.print(f"{table.row_count} times a human lowered a danger")


def _when(at: datetime) -> str:
    return f"{at.astimezone(DANISH_TIME):%Y-%m-%d %H:%M:%S}"


def _named(conversation: str | None) -> str:
    return conversation[:4].upper() if conversation else ERASED


def _row(event: DangerEvent) -> tuple[str, ...]:
    shown = event.shown
    reply = f"{shown['reply']}{' (about another)' if shown['about_another'] else ''}" if shown else "nothing by us"
    return (
        _when(event.at),
        event.municipality,
        _named(event.conversation),
        str(event.danger.level),
        ", ".join(event.danger.kinds),
        f"{reply}, {shown['language']}" if shown else reply,
        shown.get("presence", "") if shown else "here",
        event.taken_by or ("somebody who has gone" if event.taken_at else ""),
        _after(event),
    )


def _after(event: DangerEvent) -> str:
    if event.taken_at is None:
        return ""
    minutes, seconds = divmod(max(0, int((event.taken_at - event.at).total_seconds())), 60)
    return f"{minutes} min {seconds} s"
