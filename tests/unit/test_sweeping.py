"""A sweep goes on whatever a look meets, and ends when it is told to."""

import asyncio
import logging

import pytest

from bot.conversation.sweeping import sweep


async def test_a_look_that_fails_is_told_and_followed_by_the_next(caplog: pytest.LogCaptureFixture) -> None:
    looks, third = 0, asyncio.Event()

    async def look() -> None:
        nonlocal looks
        looks += 1
        if looks == 1:
            raise ConnectionError("jeg sover i en bil")
        if looks == 3:
            third.set()

    with caplog.at_level(logging.ERROR):
        sweeping = asyncio.create_task(sweep(look, 0.001, "lost messages"))
        await asyncio.wait_for(third.wait(), 5)
    assert [record.getMessage() for record in caplog.records] == ["could not look for lost messages: ConnectionError"]
    sweeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sweeping


async def test_a_sweep_waits_between_looks() -> None:
    looks = 0

    async def look() -> None:
        nonlocal looks
        looks += 1

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(sweep(look, 60, "anything"), 0.2)
    assert looks == 1
