"""What one web process tells is heard in the others, over PostgreSQL; SQLite has one web process and needs none."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.conversation.elsewhere import AGAIN_SECONDS, Elsewhere, telling_others
from bot.conversation.notices import Notices
from bot.store.calls import TOPICS_A_CALL, Calls
from bot.store.database import StoreUnreachableError
from bot.store.store import Store
from bot.web.app import create_app
from tests.support.chat_app import settings
from tests.support.model import danger_screen
from tests.support.the_tests import THE_TESTS

KEY = "a key for tests"
PATIENCE = 10.0
CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"
)


@asynccontextmanager
async def web_process(url: str) -> AsyncIterator[Notices]:
    """As much of one as hears and tells."""
    store, notices = Store(url, KEY), Notices()
    running = asyncio.create_task(Elsewhere(store, notices).sweep())
    try:
        yield notices
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        store.close()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.01)


async def test_what_one_tells_the_other_hears_at_once(postgres_url: str) -> None:
    async with web_process(postgres_url) as one, web_process(postgres_url) as other:
        await until(lambda: one.hears_all and other.hears_all)
        with one.listen("a") as own, other.listen("a") as heard, other.listen("b") as untold:
            one.tell("a", "queue:eksempel")
            assert await heard.heard(PATIENCE)
            assert await own.heard(PATIENCE)
            # What comes back to whoever told it rings no second time.
            other.tell("c")
            assert not await own.heard(0.3)
            assert not await untold.heard(0)


async def test_what_a_command_tells_is_heard(postgres_url: str) -> None:
    store = Store(postgres_url, KEY)
    async with web_process(postgres_url) as notices:
        await until(lambda: notices.hears_all)
        with notices.listen("a") as bell:
            telling_others(store).tell("a")
            assert await bell.heard(PATIENCE)
    store.close()


async def test_more_topics_than_a_call_carries_are_all_heard(postgres_url: str) -> None:
    topics = [f"{number:036}" for number in range(TOPICS_A_CALL * 3)]
    async with web_process(postgres_url) as one, web_process(postgres_url) as other:
        await until(lambda: one.hears_all and other.hears_all)
        with other.listen(topics[0]) as first, other.listen(topics[-1]) as last:
            one.tell(*topics)
            assert await first.heard(PATIENCE)
            assert await last.heard(PATIENCE)


async def test_who_hears_nobody_for_a_while_looks_everywhere_afterwards(postgres_url: str) -> None:
    store = Store(postgres_url, KEY)
    async with web_process(postgres_url) as notices:
        await until(lambda: notices.hears_all)
        with notices.listen("a") as bell, store.read(THE_TESTS) as work:
            work._connection.execute(text(CUT))
            await until(lambda: not notices.hears_all)
            # Whoever waits long is told to look from now on, and again when all is heard.
            assert await bell.heard(AGAIN_SECONDS / 2)
            assert await bell.heard(PATIENCE)
            assert notices.hears_all
    store.close()


async def test_what_was_told_while_the_store_was_away_is_told_later(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, refused = Calls.send, list[str]()

    def away(calls: Calls, topics: Iterable[str]) -> None:
        if "a" in (told := [*topics]) and not refused:
            refused.extend(told)
            raise StoreUnreachableError("away")
        real(calls, told)

    monkeypatch.setattr(Calls, "send", away)
    async with web_process(postgres_url) as one, web_process(postgres_url) as other:
        await until(lambda: one.hears_all and other.hears_all)
        with other.listen("a") as heard:
            one.tell("a")
            assert await heard.heard(PATIENCE)
    assert refused == ["a"]


@pytest.mark.parametrize(("workers", "hears_all"), [(1, True), (2, False)])
def test_on_sqlite_one_web_process_hears_all_and_several_look_by_themselves(
    tmp_path: Path, *, workers: int, hears_all: bool
) -> None:
    danger_screen()
    app = create_app(settings(tmp_path, workers=workers))
    assert app.state.notices.hears_all is hears_all
    app.state.store.close()


def test_on_postgresql_nobody_is_heard_before_we_hear_ourselves(tmp_path: Path, postgres_url: str) -> None:
    danger_screen()
    app = create_app(settings(tmp_path, database_url=postgres_url))
    assert not app.state.notices.hears_all
    app.state.store.close()
