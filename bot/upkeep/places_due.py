"""Places for tonight that a human must check, beside the facts, for the maintainer's terminal."""

from collections.abc import Iterable
from datetime import date

from rich.console import Console

from bot.municipality.towns import Municipality


def show_places_due(console: Console, towns: Iterable[Municipality], by: date) -> bool:
    """Prints the places of these towns that are to be checked by then, the oldest first; whether there are any."""
    dues = sorted(
        (place.sure_until(), town.slug, place.text)
        for town in towns
        for place in town.tonight
        if place.sure_until() <= by
    )
    if dues:
        console.print("\n[bold]Places for tonight, in the towns' own files[/bold]")
    for until, slug, text in dues:
        # Brackets in a text are no markup.
        console.print(f"{slug}: {text}\n    due {until}", markup=False, highlight=False, soft_wrap=True)
    return bool(dues)
