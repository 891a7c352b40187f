"""Two hundred conversations between young people and thirty caseworkers while streams break and a web process dies."""

from pathlib import Path

import pytest

from bot.store.store import Store
from tests.support.running import System
from tests.support.talk_crowd import Pace, talk, who_wait

pytestmark = pytest.mark.soak

KEY = "a key for tests"
CASEWORKERS, CONVERSATIONS = 30, 200
# Each conversation has a message every ten seconds, of which either side writes half.
PACE = Pace(seconds=180, each_side=20, cuts=60)
# Of SQLite there is one, and while it is away there is none.
WEB_PROCESSES = {"sqlite": 1, "postgresql": 2}


async def test_all_of_two_hundred_conversations_comes_once_and_in_order(
    store: Store, database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    waiting, kind = who_wait(store, CASEWORKERS, CONVERSATIONS), database_url.partition(":")[0]
    settings = {"HJEMAD_SECRET_KEY": KEY, "HJEMAD_WORKERS": str(WEB_PROCESSES[kind])}
    system = System(tmp_path / "system", database_url, settings).start()
    try:
        found = await talk(system.address, store, waiting, PACE, system.kill_a_web_process)
    finally:
        system.stop()
    with capsys.disabled():
        print(f"\n{kind}, {WEB_PROCESSES[kind]} web processes: {found}")
    assert found.faults == []
    assert found.lost > 0
