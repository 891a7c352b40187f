"""Two hundred people chat while eight hundred more keep the page open: nobody waits long and nothing goes wrong.

`hjemad benchmark-crowd` is the same for ten minutes, and draws how it grows.
"""

from pathlib import Path

import pytest
from rich.console import Console

from bot.benchmark.crowd_report import measure_crowd

pytestmark = pytest.mark.soak

PEOPLE, SECONDS, STREAMS = 200, 180.0, 1000


def test_two_hundred_people_wait_no_longer_than_is_promised(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        measure_crowd(Console(), PEOPLE, SECONDS, STREAMS, tmp_path / "crowd.svg")
