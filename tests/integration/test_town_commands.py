"""A municipality comes by a file and a command, and each has its own pages, colours and words."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from secrets import token_urlsafe

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from bot.cli import app
from bot.municipality.towns import TOWNS, load_municipalities
from bot.settings import load_settings
from bot.store.store import Store
from bot.store.whose import Town
from tests.support.chat_app import serve, settings

INVENTED = TOWNS.with_name("invented")
HAVNOE = INVENTED / "havnoe.yml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the files lie of an installation that has one municipality so far."""
    own = tmp_path / "towns"
    own.mkdir()
    shutil.copy(TOWNS / "eksempel.yml", own)
    for name, value in {"TOWNS": own, "VAR": tmp_path / "var"}.items():
        monkeypatch.setenv(f"HJEMAD_{name}", str(value))
    load_settings.cache_clear()
    yield own
    load_settings.cache_clear()


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, words)
    return done.exit_code, done.output


def test_a_file_is_checked_and_brought_in_and_served(folder: Path) -> None:
    code, told = run("check-municipality", str(TOWNS / "eksempel.yml"), str(INVENTED))
    assert code == 0
    assert told.splitlines() == [
        f"{TOWNS / 'eksempel.yml'}: Eksempel Kommune, 1 boligagenter, invented",
        f"{HAVNOE}: Havnø Kommune, 1 boligagenter, invented",
        f"{INVENTED / 'lyngsted.yml'}: Lyngsted Kommune, 3 boligagenter, invented",
    ]
    code, told = run("add-municipality", str(HAVNOE))
    assert (code, "havnoe is served, with 1 boligagenter" in told) == (0, True)
    assert (folder / "havnoe.yml").read_bytes() == HAVNOE.read_bytes()
    code, told = run("municipalities")
    assert told.splitlines() == [
        "eksempel: Eksempel Kommune, invented, not served",
        "havnoe: Havnø Kommune, invented, served",
    ]
    (folder / "havnoe.yml").unlink()
    assert run("municipalities")[1].splitlines()[-1] == "havnoe: is served and has no file any more"


def test_a_file_that_is_wrong_or_there_already_changes_nothing(folder: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "by.yml"
    wrong.write_text(
        HAVNOE.read_text(encoding="utf-8").replace("horizon_days: 42", "horizon_days: 0"), encoding="utf-8"
    )
    for command in ("check-municipality", "add-municipality"):
        code, told = run(command, str(wrong))
        assert (code, "0 is no number from 1 to 366" in told) == (1, True)
    assert not (folder / "by.yml").exists()
    other = tmp_path / "eksempel.yml"
    shutil.copy(HAVNOE, other)
    assert "is there already" in run("add-municipality", str(other))[1]
    called = tmp_path / "Min By.yml"
    shutil.copy(HAVNOE, called)
    assert "small letters" in run("check-municipality", str(called))[1]
    assert "there is no such file" in run("check-municipality", str(tmp_path / "none.yml"))[1]
    (tmp_path / "empty").mkdir()
    assert "has no file that ends in .yml" in run("check-municipality", str(tmp_path / "empty"))[1]


def test_what_cannot_be_brought_in_leaves_no_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HJEMAD_PRODUCTION", "true")
    monkeypatch.setenv("HJEMAD_SECRET_KEY", token_urlsafe(48))
    load_settings.cache_clear()
    assert "is invented" in run("add-municipality", str(HAVNOE))[1]
    assert not (folder / "havnoe.yml").exists()
    monkeypatch.delenv("HJEMAD_PRODUCTION")
    (tmp_path / "file").touch()
    monkeypatch.setenv("HJEMAD_TOWNS", str(tmp_path / "file" / "towns"))
    load_settings.cache_clear()
    assert "could not be written" in run("add-municipality", str(HAVNOE))[1]


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    three = {**load_municipalities(TOWNS), **load_municipalities(INVENTED)}
    monkeypatch.setattr("bot.web.app.load_municipalities", lambda: three)
    yield from serve(settings(tmp_path))


def test_each_has_its_own_colours_pages_and_words(client: TestClient) -> None:
    store: Store = client.app.state.store  # type: ignore[attr-defined]
    for slug in ("havnoe", "lyngsted"):
        with store.write(Town(slug)) as work:
            work.people.add_municipality(slug)
    for slug, colour, page, word in (
        ("havnoe", "#1d4e89", "https://www.havnoe.invalid", "Vi bor på en ø"),
        ("lyngsted", "#7a2e5d", "https://ung.lyngsted.invalid", "Du kan selv vælge"),
    ):
        chat = client.get("/chat", params={"municipality": slug})
        assert f'href="/kommuner/{slug}/farver.css"' in chat.text
        assert page in chat.headers["content-security-policy"]
        assert ("havnoe.invalid" in chat.headers["content-security-policy"]) == (slug == "havnoe")
        sheet = client.get(f"/kommuner/{slug}/farver.css")
        assert sheet.headers["content-type"].startswith("text/css")
        assert f"--main: {colour};" in sheet.text
        opened = client.post("/api/conversations", json={"municipality": slug, "locale": "da"}).json()
        first, own, *_ = opened["messages"][0]["text"].splitlines()
        assert ("robot" in first, own.startswith(word)) == (True, True)
    assert "farver.css" not in client.get("/chat", params={"municipality": "eksempel"}).text
    for slug in ("eksempel", "nowhere", "../eksempel"):
        assert client.get(f"/kommuner/{slug}/farver.css").status_code == 404
