"""A town whose people sign in at its own provider."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.store.store import Store
from tests.support.desk import desk_app
from tests.support.provider import CASEWORKER, Directory, directory, settings_for


@pytest.fixture(scope="module")
def town() -> Iterator[Directory]:
    with directory() as opened_directory:
        opened_directory.knows("mette", given_name="Mette", name="Mette Holm", roles=[CASEWORKER])
        yield opened_directory


@pytest.fixture
def app(store: Store, town: Directory, tmp_path: Path) -> Starlette:
    return desk_app(store, settings_for(town.issuer, tmp_path))


@pytest.fixture
def visitor(app: Starlette) -> TestClient:
    return TestClient(app, follow_redirects=False)
