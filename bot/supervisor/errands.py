"""What maintainers ordered at the desk wants a workshop, and only then is there one. ADR 0037."""

from bot.store.database import StoreUnreachableError
from bot.store.store import Store
from bot.supervisor.part import Part
from bot.supervisor.supervisor import HJEMAD

WORKSHOP = Part("workshop", (*HJEMAD, "workshop"))


class Errands:
    """Tells of the workshop as long as an order waits."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self) -> Part | None:
        try:
            with self._store.read() as work:
                return WORKSHOP if work.orders.waits() else None
        except StoreUnreachableError:
            # Whoever serves says so; an order waits as long.
            return None
