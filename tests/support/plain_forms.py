"""Filling in the plain pages' forms, and reading what they answer."""

import re
from html import unescape

from httpx import Response
from starlette.testclient import TestClient


def times_in(answer: Response) -> list[str]:
    return re.findall(r'name="tid" value="([^"]+)"', answer.text)


def attempt_in(answer: Response) -> str:
    found = re.search(r'name="forsoeg" value="([^"]+)"', answer.text)
    assert found
    return found.group(1)


def edition_in(answer: Response) -> str:
    """Which of the talk the form was made for."""
    found = re.search(r'name="udgave" value="([^"]+)"', answer.text)
    assert found
    return found.group(1)


def words_in(answer: Response) -> str:
    found = re.search(r'class="code">([^<]+)<', answer.text)
    assert found, answer.text
    return unescape(found.group(1))


def fields_to_book(client: TestClient, way: str = "office", **more: str) -> dict[str, str]:
    # Not the first: a moment later it may be too near.
    form = client.get(f"/book?kommune=eksempel&maade={way}")
    fields = {"kommune": "eksempel", "maade": way, "forsoeg": attempt_in(form), "tid": times_in(form)[1]}
    return fields | more


def book(client: TestClient, way: str = "office", **more: str) -> str:
    """Books a free time; returns its three words."""
    answer = client.post("/book", data=fields_to_book(client, way, **more))
    assert answer.status_code == 200, answer.text
    return words_in(answer)
