"""The words on the plain pages: easy to read, leading on, promising nothing we cannot keep."""

import re

from httpx import Response
from starlette.testclient import TestClient

from bot.language.readability import lix
from bot.web.templating import STATIC
from tests.support.visible_text import visible_text

HIGHEST_LIX = 30


def test_every_page_is_easy_to_read(all_pages: dict[str, Response]) -> None:
    measured = {path: round(lix(visible_text(answer)), 1) for path, answer in all_pages.items()}
    assert {path: value for path, value in measured.items() if value > HIGHEST_LIX} == {}
    assert len(measured) == len(all_pages) > 15


def test_every_page_leads_on_and_refers_only_to_files_that_exist(all_pages: dict[str, Response]) -> None:
    for path, answer in all_pages.items():
        for link in ("/i-nat", "/book", "/booking", "/privatliv", "/tilgaengelighed"):
            assert f'href="{link}"' in answer.text, path
        for name in re.findall(r'(?:src|href)="/static/([^"]+)"', answer.text):
            assert (STATIC / name).is_file(), name


def test_no_page_promises_secrecy(all_pages: dict[str, Response]) -> None:
    for path, answer in all_pages.items():
        assert not re.search(r"(?i)bliver mellem os(?!\.)|hemmeligt|ingen får det at vide", visible_text(answer)), path


def test_the_privacy_page_says_who_reads_and_that_some_must_tell(client: TestClient) -> None:
    text = visible_text(client.get("/privatliv"))
    for said in (
        "Slet min chat",
        "kan kommunens medarbejdere læse det",
        "uden dit ja",
        "underretning",
        "Vi kan ikke love",
        "lukker fanen",
    ):
        assert said in text
