"""The pages as they leave the server, before any browser has seen them."""

import gzip
import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.municipality.towns import load_municipalities
from bot.web.pages import page_routes
from bot.web.templating import HERE, STATIC

LOADER_BUDGET = 5_000
CHAT_BUDGET = 30_000  # bytes, gzipped
TEMPLATES = [HERE / "templates" / name for name in ("chat.html", "home.html", "plain.html", "not_found.html")]


@pytest.fixture
def client() -> TestClient:
    app = Starlette(routes=page_routes)
    app.state.municipalities = load_municipalities()
    return TestClient(app)


def test_an_unknown_municipality_gets_a_danish_page_that_still_helps(client: TestClient) -> None:
    for path in ("/chat?municipality=findes-ikke", "/chat", "/chat?municipality=<script>"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Siden findes ikke" in answer.text
        assert 'href="/i-nat"' in answer.text
        assert "<script>" not in answer.text


def test_only_listed_pages_may_frame_the_chat(client: TestClient) -> None:
    policy = client.get("/chat?municipality=eksempel").headers["Content-Security-Policy"]
    assert re.search(r"frame-ancestors 'self'( https://\S+)*$", policy)
    assert "unsafe" not in policy


def test_the_chat_page_is_marked_with_its_municipality(client: TestClient) -> None:
    page = client.get("/chat?municipality=eksempel").text
    assert 'data-municipality="eksempel"' in page
    assert "Du skriver med en robot" in page


def test_a_page_refers_only_to_files_that_exist(client: TestClient) -> None:
    for path in ("/", "/chat?municipality=eksempel", "/chat"):
        used = re.findall(r'(?:src|href)="/static/([^"]+)"', client.get(path).text)
        assert used
        assert [name for name in used if not (STATIC / name).is_file()] == []


def test_the_example_of_embedding_names_the_address_one_looks_at(client: TestClient) -> None:
    assert "src=&#34;" not in client.get("/").text
    assert "http://testserver/widget.js" in client.get("/").text


def test_the_loader_is_script_that_may_be_cached(client: TestClient) -> None:
    answer = client.get("/widget.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "max-age" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_no_template_needs_an_unsafe_policy(template: object) -> None:
    text = template.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_the_loader_keeps_to_its_budget() -> None:
    assert len(gzip.compress((STATIC / "widget" / "loader.js").read_bytes())) <= LOADER_BUDGET


def test_the_chat_page_keeps_to_its_budget(client: TestClient) -> None:
    page = client.get("/chat?municipality=eksempel").text
    files = [STATIC / name for name in set(re.findall(r'(?:src|href)="/static/([^"]+)"', page))]
    sizes = [len(gzip.compress(content)) for content in [page.encode(), *(file.read_bytes() for file in files)]]
    assert sum(sizes) <= CHAT_BUDGET


def test_every_module_of_the_chat_is_loaded_without_a_chain_of_requests(client: TestClient) -> None:
    page = client.get("/chat?municipality=eksempel").text
    assert {file.name for file in (STATIC / "chat").glob("*.js")} == set(re.findall(r"/static/chat/(\w+\.js)", page))
