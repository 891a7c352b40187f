"""A store with three caseworkers, the desk over it, and somebody who waits."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.municipality.demo import seed_demo
from bot.municipality.towns import load_municipalities
from bot.store.store import Store
from tests.support.desk import PASSWORD, YoungPerson, add_caseworker, desk_app, signed_in
from tests.support.on_call import mail_settings

SECRET = "a key for tests"


@pytest.fixture(scope="session")
def ready_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three caseworkers, made once: migrating and hashing for each test would take minutes."""
    file = tmp_path_factory.mktemp("desk") / "hjemad.sqlite"
    store = Store(f"sqlite:///{file}", SECRET)
    store.migrate()
    seed_demo(store, load_municipalities()["eksempel"], PASSWORD)
    add_caseworker(store, "eksempel", "anna")
    add_caseworker(store, "eksempel", "bo")
    add_caseworker(store, "nabo", "carl")
    store.close()
    return file


@pytest.fixture
def store(ready_made: Path, tmp_path: Path) -> Iterator[Store]:
    """SQLite is enough here: what differs between the databases is tested at the store."""
    file = shutil.copy(ready_made, tmp_path / "hjemad.sqlite")
    opened = Store(f"sqlite:///{file}", SECRET)
    yield opened
    opened.close()


@pytest.fixture
def app(store: Store) -> Starlette:
    return desk_app(store, mail_settings(9))


@pytest.fixture
def stranger(app: Starlette) -> TestClient:
    return TestClient(app, follow_redirects=False)


@pytest.fixture
def anna(app: Starlette) -> TestClient:
    return signed_in(app, "anna")


@pytest.fixture
def bo(app: Starlette) -> TestClient:
    return signed_in(app, "bo")


@pytest.fixture
def carl(app: Starlette) -> TestClient:
    """He works for another municipality."""
    return signed_in(app, "carl")


@pytest.fixture
def young(store: Store) -> YoungPerson:
    return YoungPerson(store).writes("jeg sover hos en ven").waits(minutes=12)
