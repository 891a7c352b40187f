"""The plain pages over a real store, for one town and for two."""

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.municipality.demo import seed_demo
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.plain import plain_app


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'hjemad.sqlite'}"


@pytest.fixture
def app(store: Store, municipality: Municipality) -> Starlette:
    return plain_app(store, {municipality.slug: municipality})


@pytest.fixture
def client(app: Starlette) -> TestClient:
    return TestClient(app)


@pytest.fixture
def two_towns(store: Store, municipality: Municipality) -> TestClient:
    neighbour = replace(municipality, slug="nabo", name="Nabo Kommune", invented=False)
    seed_demo(store, neighbour, "adgangskode")
    return TestClient(plain_app(store, {"eksempel": municipality, "nabo": neighbour}))
