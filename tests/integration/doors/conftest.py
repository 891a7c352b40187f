"""One application with three towns for all who walk through it; each makes what it needs."""

from collections.abc import Iterator

import pytest

from tests.support.two_towns import BEYOND, THERE, TwoTowns, two_towns


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoTowns]:
    with two_towns(tmp_path_factory.mktemp("doors"), (THERE, BEYOND)) as opened:
        yield opened
