"""Who waits for something new is woken by it."""

import asyncio

from bot.conversation.notices import Notices


async def test_a_listener_is_woken() -> None:
    notices = Notices()
    with notices.listen("a") as bell:
        notices.tell("a")
        await asyncio.wait_for(bell.heard(60), 1)


async def test_a_notice_between_listening_and_waiting_is_not_lost() -> None:
    notices = Notices()
    changes = notices.changes("a", poll=60)
    await anext(changes)
    notices.tell("a")
    await asyncio.wait_for(anext(changes), 1)


async def test_other_topics_wake_nobody() -> None:
    notices = Notices()
    with notices.listen("a") as bell:
        notices.tell("b")
        began = asyncio.get_running_loop().time()
        await bell.heard(0.05)
        assert asyncio.get_running_loop().time() - began >= 0.04


async def test_nothing_is_kept_of_those_who_left() -> None:
    notices = Notices()
    with notices.listen("a"):
        pass
    assert not notices._bells
