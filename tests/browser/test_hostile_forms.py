"""Whatever is sent in a field or an address makes no page other than harmless words of the same length make it.

The fields are found in the forms of the pages, those of addresses in the code: a new one is walked by itself.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Protocol

import pytest
from httpx import Response
from playwright.sync_api import Page
from starlette.testclient import TestClient

from bot.settings import ROOT
from bot.supervisor.supervisor import free_port
from tests.support.agents import agents_of
from tests.support.desk import CONTACT, PAGE, PASSWORD
from tests.support.forms import Form, forms_in
from tests.support.hostile import MARKS
from tests.support.on_call import mail_server_at
from tests.support.two_towns import HERE, TwoTowns, two_towns
from tests.support.walk import doors

pytestmark = pytest.mark.browser

WEB = ROOT / "bot" / "web"
QUERY = re.compile(r"query_params\.get\(\"(\w+)\"")
NO_WORDS = re.compile(r'"input", { type: "(?:checkbox|hidden)"')
MADE_BY_SCRIPT = re.compile(r"make\(\s*\"(input|textarea|select)\"|createElement\(\s*[\"'](input|textarea|select)")
# What was chosen of a list, and what is only read: both are text of ours or shown by the pages that are walked.
NOT_SENT = ('id="ready-answer"', " readonly")
NO_PAGES = (".json", ".js", "events", "stream", "healthz", "readyz")
# A few marks at a time: what lets one of them through is another page, and a walk with each alone takes minutes.
_TOGETHER = ["".join(MARKS[first : first + 6]) for first in range(0, len(MARKS), 6)]
LONGEST = max(map(len, _TOGETHER))
# All of one length: a field that takes no more than so many characters answers a shorter one with another page.
TOGETHER = [marks.ljust(LONGEST, "x") for marks in _TOGETHER]
# What lets a page go on to the next word of its address.
RIGHT = {"kommune": "eksempel", "maade": "phone", "alder": "under-18", "municipality": "eksempel"}
# Every element with the names of its attributes, in order: what a page is made of, whatever it says.
SHAPES = """pages => pages.map(page => {
  const all = [...new DOMParser().parseFromString(page, "text/html").querySelectorAll("*")];
  return all.map(each => [each.localName, ...each.getAttributeNames()].join(" ")).join("\\n");
})"""


class Ask(Protocol):
    """Sends words to one place."""

    def __call__(self, words: str) -> Response: ...


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoTowns]:
    """Guesses are free here, and reminders can be asked for, though nobody takes their mail."""
    generous = {"sign_in_tries_a_minute": 100_000, "sign_in_tries_a_name_an_hour": 100_000}
    with two_towns(tmp_path_factory.mktemp("forms"), **generous, **mail_server_at(free_port())) as opened:
        yield opened


@pytest.fixture(scope="module")
def people(place: TwoTowns) -> dict[str, TestClient]:
    """A stranger, and a caseworker who has a conversation."""
    return {"stranger": place.client, "anna": place.caseworker()}


@pytest.fixture(scope="module")
def forms(place: TwoTowns, people: dict[str, TestClient]) -> list[tuple[str, Form]]:
    """Each kind of form once, with who is shown it."""
    held = place.young().writes("hej").waits()
    people["anna"].post(f"/desk/conversations/{held.id}/claim").raise_for_status()
    [agent] = agents_of(place.store)
    more = [f"/book?kommune=eksempel&maade={way}" for way in ("phone", "office", "out")]
    more += [f"/desk/agents/{agent.id}"]
    more += [f"/desk/conversations/{held.id}{part}" for part in ("", "/journal", "/report")]
    more += ["/desk/ready-answers", "/desk/ready-answers/1"]
    answers = [
        (who, client.get(path, headers=PAGE)) for who, client in people.items() for path in (*_pages(place), *more)
    ]
    # Of one that is soon nobody can be reminded, and the form for it is not there.
    talk = held.books(place.towns[HERE], CONTACT, in_days=4)
    answers.append(("stranger", people["stranger"].post("/booking", data={"ord": talk.code}, headers=PAGE)))
    found = {(who, form.action, *form.fields): (who, form) for who, answer in answers for form in forms_in(answer.text)}
    return list(found.values())


def test_every_field_of_every_form_shows_what_was_sent_as_text(
    page: Page, people: dict[str, TestClient], forms: list[tuple[str, Form]]
) -> None:
    walked: list[str] = []
    for who, form in forms:
        send = partial(people[who].request, form.method.upper(), form.action, headers=PAGE)
        for name in form.fields:
            walked.append(f"{form.action} {name}")
            _same_shape(
                page, walked[-1], lambda words, send=send, name=name, form=form: send(data=form.fields | {name: words})
            )
    for known in (
        "/book fornavn",
        "/book telefon",
        "/book kommune",
        "/booking ord",
        "/book sted",
        "/booking/besked til",
        "/booking/oensker sprog",
        "/desk/agents/1/week day_0",
        "/desk/agents/1/day hours",
        "/desk/ready-answers svar",
        "/desk/sign-in user",
        "/desk/sign-in next",
    ):
        assert known in walked


def test_every_word_of_an_address_is_shown_as_text(page: Page, place: TwoTowns, people: dict[str, TestClient]) -> None:
    names = {name for file in WEB.rglob("*.py") for name in QUERY.findall(file.read_text(encoding="utf-8"))}
    assert {"kommune", "maade", "alder", "municipality", "next"} <= names
    for path in _pages(place):
        client = people["anna" if path.startswith("/desk") and path != "/desk/sign-in" else "stranger"]
        for name in sorted(names):
            ask = partial(client.get, path, headers=PAGE)
            _same_shape(page, f"{path}?{name}", lambda words, ask=ask, name=name: ask(params=RIGHT | {name: words}))


@pytest.mark.parametrize("path", ["/{}", "/desk/{}", "/desk/conversations/{}", "/api/{}"])
def test_an_address_that_does_not_exist_is_shown_as_text(page: Page, people: dict[str, TestClient], path: str) -> None:
    client = people["anna"]
    _same_shape(
        page, path, lambda words: client.get(path.format(re.sub(r"[\x00-\x1f\\?#/.]", "_", words)), headers=PAGE)
    )


def test_the_sign_in_leads_to_the_desk_and_nowhere_else(page: Page, place: TwoTowns) -> None:
    more = ("/desk/../book", "/desk/%2e%2e//ond.example", "/desk/.%2E//ond.example", "/desk/\t//ond.example")
    for wanted in (*MARKS, *more):
        fields = {"user": "anna", "password": PASSWORD, "next": wanted}
        answer = place.client.post("/desk/sign-in", data=fields, headers=PAGE)
        place.client.cookies.clear()
        assert answer.status_code == 303
        leads = page.evaluate("to => new URL(to, 'https://hjemad.example').href", answer.headers["Location"])
        assert leads.startswith("https://hjemad.example/desk/"), wanted


def test_every_field_has_a_name_to_be_walked_by() -> None:
    """But the field of the chat and those of its contact form, which test_hostile_words.py fills in."""
    templates = [file.read_text(encoding="utf-8") for file in (WEB / "templates").rglob("*.html")]
    fields = [tag for text in templates for tag in re.findall(r"<(?:input|textarea|select)\b[^>]*>", text)]
    # A box that is ticked takes no words.
    elsewhere = ('id="text" rows="1"', 'type="checkbox"', *NOT_SENT)
    assert [tag for tag in fields if 'name="' not in tag and not any(known in tag for known in elsewhere)] == []
    scripts = [file for file in (WEB / "static").rglob("*.js") if "vendor" not in file.parts]
    # A box that is ticked, and a field that nobody sees, take no words.
    texts = {file.name: NO_WORDS.sub("", file.read_text(encoding="utf-8")) for file in scripts}
    made = [name for name, text in texts.items() if MADE_BY_SCRIPT.search(text)]
    assert made == ["contact_form.js"]


def _pages(place: TwoTowns) -> list[str]:
    found = [door.path for door in doors(place.app) if not door.changes and "{" not in door.path]
    return [path for path in found if not path.endswith(NO_PAGES)]


def _same_shape(page: Page, where: str, ask: Ask) -> None:
    # A free time that passes between two asks makes another page, too, but not twice in a row.
    assert _changed(page, ask) == [] or _changed(page, ask) == [], where


def _changed(page: Page, ask: Ask) -> list[str]:
    harmless, *hostile = page.evaluate(SHAPES, [ask(words).text for words in ("x" * LONGEST, *TOGETHER)])
    return [marks for marks, shape in zip(TOGETHER, hostile, strict=True) if shape != harmless]
