"""Who waits for something new is woken by it."""

import asyncio

import pytest

from bot.conversation.notices import LOOK_SECONDS, Notices, spread


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


async def test_who_hears_not_all_must_look_each_time() -> None:
    changes = Notices().changes("a", poll=0.01)
    assert [await anext(changes) for _ in range(3)] == [True, True, True]


async def test_who_hears_all_looks_when_it_is_told_and_else_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    notices = Notices(hears_all=True)
    changes = notices.changes("a", poll=0.01)
    assert [await anext(changes) for _ in range(3)] == [True, False, False]
    notices.tell("a")
    assert [await anext(changes) for _ in range(2)] == [True, False]
    monkeypatch.setattr("bot.conversation.notices.SELDOM_SECONDS", 0)
    assert await anext(changes)


def test_who_hears_not_all_waits_for_no_bell_for_long() -> None:
    assert Notices().patience(60) == LOOK_SECONDS
    assert Notices().patience(0.1) == 0.1
    assert Notices(hears_all=True).patience(60) == 60


def test_those_who_come_together_do_not_look_together() -> None:
    seconds = [spread(20) for _ in range(100)]
    assert all(10 <= one <= 30 for one in seconds)
    assert len(set(seconds)) > 90


async def test_what_is_told_is_passed_on_and_what_rings_is_not() -> None:
    notices, passed = Notices(), list[str]()
    notices.pass_on = passed.extend
    notices.ring("a")
    notices.tell("b", "c")
    assert passed == ["b", "c"]
