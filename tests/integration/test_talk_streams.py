"""Both sides of many conversations while streams are cut and a web process is killed: all comes, once and in order."""

from pathlib import Path

import pytest

from bot.store.store import Store
from tests.support.model import danger_screen
from tests.support.running import System
from tests.support.talk_crowd import Pace, talk, who_wait

KEY = "a key for tests"


@pytest.mark.parametrize("database_url", ["postgresql", pytest.param("sqlite", marks=pytest.mark.soak)], indirect=True)
async def test_all_comes_once_and_in_order_though_streams_are_cut_and_a_process_is_killed(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    danger_screen()
    waiting = who_wait(store, caseworkers=4, conversations=12)
    settings = {"HJEMAD_SECRET_KEY": KEY, "HJEMAD_WORKERS": "2"}
    web = System(tmp_path / "web", database_url, settings, command="web").launch()
    try:
        web.wait_until_ready(asked="/healthz")
        pace = Pace(seconds=16, each_side=2, cuts=8)
        found = await talk(web.address, store, waiting, pace, web.kill_a_web_process)
    finally:
        web.stop()
    print(f"\n{found}")
    assert found.faults == []
    assert found.cuts > 0
    assert found.lost > 0
