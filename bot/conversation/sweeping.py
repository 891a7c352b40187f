"""Looking again and again for what somebody who has gone left behind."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)


async def sweep(look: Callable[[], Awaitable[None]], seconds: float, sought: str) -> None:
    """Looks, and again so many seconds after each look; runs until it is cancelled. A look that fails is logged."""
    while True:
        try:
            await look()
        except Exception as error:  # noqa: BLE001
            # A sweep that ends would leave people waiting for ever.
            log.error("could not look for %s: %s", sought, type(error).__name__)  # noqa: TRY400 - no texts in logs
        await asyncio.sleep(seconds)
