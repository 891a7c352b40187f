"""How much was erased, in words: counts only, nothing that anybody wrote."""

from rich.console import Console
from rich.table import Table

from bot.conversation.retention import EVERYWHERE, HELD_BACK, Tally

WHAT = {
    "danger": "conversations with danger of level 2 or 3",
    "human": "conversations in which a human wrote",
    "talk": "conversations in which a talk was booked",
    "quiet": "conversations in which none of that happened",
    "talks": "talks that are over",
    "danger_log": "lines of the danger log",
    "lowerings": "times that a danger was lowered",
    "audit_log": "lines of the audit log",
    "figures": "lines of figures",
    "orders": "orders of maintainers",
    "trackers": "trackers without a conversation",
    "sessions": "sign-ins that have ended",
    "half_sign_ins": "sign-ins that nobody finished",
    "held_times": "times that were held and not booked",
}


def print_tally(console: Console, tally: Tally, due_before: Tally, *, dry_run: bool) -> None:
    """Prints the counts by municipality and kind; of `due_before` what is held back for a human."""
    counted = {name: count for name, count in tally.items() if name[1] != HELD_BACK}
    if counted:
        console.print(_table(counted, "would be erased" if dry_run else "erased"))
    else:
        console.print("Nothing has been kept for longer than it may be.")
    for (town, what), count in sorted(due_before.items()):
        if what == HELD_BACK:
            console.print(f"{town}: {count} kept for longer, because a human holds them or is waited for")


def _table(counted: dict[tuple[str, str], int], title: str) -> Table:
    table = Table("municipality", "what", title)
    order = list(WHAT)
    for (town, what), count in sorted(counted.items(), key=lambda each: (each[0][0], order.index(each[0][1]))):
        table.add_row("all" if town == EVERYWHERE else town, WHAT[what], str(count))
    return table
