"""Where it stands for good that a model went into service against a gate."""

from bot.store.whose import Across
from bot.upkeep.opened import opened


def note_override(model: str) -> None:
    """One model serves every municipality, so each finds it in its audit log."""
    with opened() as (_, store), store.write(Across("one model serves every municipality, and each is told")) as work:
        for municipality in work.people.municipalities():
            work.people.note_by_operator(municipality, "override_model", model)
