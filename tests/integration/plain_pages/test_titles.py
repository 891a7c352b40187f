"""What stands in the history of a browser tells nobody who looks there what somebody came for."""

import re

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.web.pages import page_routes
from bot.web.problems import problem_handlers
from bot.web.templating import HERE

TEMPLATES = HERE / "templates"
# The desk is the caseworkers'. What begins with _ is part of a page.
FOR_THE_YOUNG = sorted(
    file for file in TEMPLATES.rglob("[!_]*.html") if "desk" not in file.parts and "title" in file.read_text("utf-8")
)
TITLE = re.compile(r"<title>(.*?)</title>|{% block title %}(.*?){% endblock %}", re.DOTALL)
FILLED_IN = re.compile(r"{{ ?(.*?) ?}}")
NEUTRAL = {"municipality.name", "title"}
"""A name, and what the pages that choose a town are called, which are among `all_pages`."""
JINJA = re.compile(r"{[{%].*?[%}]}")
TELLING = re.compile(
    r"\b(?:sov\w*|bo|bor|bolig\w*|hjem|hjemm\w*|hjemløs\w*|sted\w*|fare\w*|hjælp\w*|krise\w*|ung\w*|herberg\w*|vold\w*"
    r"|selv\w*|rådgiv\w*|støtte\w*|misbrug\w*|trus\w*|akut\w*|plan\w*|menneske\w*|robot\w*|anonym\w*|gemme\w*|læse\w*)\b",
    re.IGNORECASE,
)


def titles_in(html: str) -> list[str]:
    return [JINJA.sub("", whole or block) for whole, block in TITLE.findall(html)]


def test_the_words_that_tell_are_found_and_the_name_is_none() -> None:
    for telling in ("Hvor kan jeg sove i nat?", "Ung uden et sted at bo", "Hjem", "Er du i fare", "Få hjælp"):
        assert TELLING.search(telling)
    assert not TELLING.search("I nat – Hjemad")


@pytest.mark.parametrize("template", FOR_THE_YOUNG, ids=lambda file: file.name)
def test_no_template_has_a_title_that_tells(template: object) -> None:
    for title in titles_in(template.read_text(encoding="utf-8")):  # type: ignore[attr-defined]
        assert not TELLING.search(title), title


def test_what_is_filled_into_a_title_is_neutral_too() -> None:
    titles = [found for file in FOR_THE_YOUNG for found in TITLE.findall(file.read_text(encoding="utf-8"))]
    assert {name for title in titles for part in title for name in FILLED_IN.findall(part)} <= NEUTRAL


def test_the_templates_are_those_of_all_pages() -> None:
    names = {file.relative_to(TEMPLATES).as_posix() for file in FOR_THE_YOUNG}
    assert {"home.html", "chat.html", "export.html", "not_found.html", "plain.html", "plain/tonight.html"} <= names
    assert len(names) > 15


def test_every_page_says_which_it_is_and_no_more(all_pages: dict[str, Response]) -> None:
    for path, answer in all_pages.items():
        [title] = titles_in(answer.text)
        assert re.fullmatch(r"[^–]+( – [^–]+)? – Hjemad", title), path
        assert not TELLING.search(title), path


def test_the_page_for_tonight_keeps_its_heading(all_pages: dict[str, Response]) -> None:
    page = all_pages["/i-nat"].text
    assert titles_in(page) == ["I nat – Hjemad"]
    assert "<h1>Hvor kan jeg sove i nat?</h1>" in page


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "Forside – Hjemad"),
        ("/chat?municipality=eksempel", "Chat – Eksempel Kommune"),
        ("/chat?municipality=findes-ikke", "Siden findes ikke – Hjemad"),
        ("/findes-ikke", "Siden findes ikke – Hjemad"),
    ],
)
def test_the_pages_around_the_chat_are_neutral_too(client: TestClient, path: str, title: str) -> None:
    app = Starlette(routes=page_routes, exception_handlers=problem_handlers())
    app.state.municipalities = client.app.state.municipalities  # type: ignore[attr-defined]
    assert titles_in(TestClient(app).get(path, headers={"Accept": "text/html"}).text) == [title]
