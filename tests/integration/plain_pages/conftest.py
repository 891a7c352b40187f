"""The plain pages over a real store, for one town and for two."""

from dataclasses import replace
from pathlib import Path

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.municipality.demo import seed_demo
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.plain import plain_app
from tests.support.plain_forms import book, fields_to_book


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


@pytest.fixture
def all_pages(client: TestClient, two_towns: TestClient) -> dict[str, Response]:
    """Every plain page, by how it is come to."""
    words = book(client)
    paths = ("/i-nat", "/i-nat?alder=under-18", "/i-nat?alder=18-eller-over", "/i-nat?alder=vil-ikke-sige")
    paths += ("/book", "/book?maade=office", "/book?maade=phone", "/book?maade=chat", "/booking")
    paths += ("/privatliv", "/tilgaengelighed")
    pages = {path: client.get(path) for path in paths}
    pages |= {path: two_towns.get(path) for path in ("/book?kommune=x",)}
    posts = {"/booking": {}, "/booking/flyt": {}, "/booking/aflys": {}, "/booking/aflys?": {"sikker": "ja"}}
    posts |= {"/booking/flyt?": {"maade": "phone"}, "/booking/flyt?maade": {"maade": "out"}}
    pages |= {f"POST {path}": client.post(path, data={"ord": words} | more) for path, more in posts.items()}
    pages["POST /book"] = client.post("/book", data=fields_to_book(client, "chat"))
    pages["POST /book wrong"] = client.post("/book", data={"kommune": "eksempel", "maade": "phone"})
    return pages
