"""What maintainers ordered at the desk wants a workshop, and only then is there one. ADR 0037."""

import logging
from datetime import UTC, datetime

from bot.store.store import Store
from bot.store.whose import Across
from bot.supervisor.part import Part
from bot.supervisor.supervisor import HJEMAD

log = logging.getLogger(__name__)

WORKSHOP = Part("workshop", (*HJEMAD, "workshop"))


class Errands:
    """Tells of the workshop as long as an order waits."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self) -> Part | None:
        try:
            with self._store.read(Across("a workshop works for every municipality")) as work:
                return WORKSHOP if work.orders.waits(datetime.now(UTC)) else None
        except Exception as error:  # noqa: BLE001
            # Whatever is wrong with the store, the parts must go on; who serves says so, and an order waits as long.
            log.warning("could not look for orders: %s", type(error).__name__)
            return None
