"""Whatever is sent in a field or an address makes no page other than harmless words of the same length make it.

The fields are found in the forms of the pages, those of addresses in what the pages look up: a new one is walked by
itself.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Protocol
from unittest.mock import patch
from uuid import uuid4

import pytest
from httpx import Response
from playwright.sync_api import Page
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from bot.casework.conversations import Danger
from bot.settings import ROOT
from bot.supervisor.supervisor import free_port
from tests.support.agents import agents_of
from tests.support.desk import CONTACT, PAGE, PASSWORD, YoungPerson, add_caseworker, is_in, signed_in
from tests.support.forms import Form, forms_in
from tests.support.hostile import MARKS, packed
from tests.support.on_call import mail_server_at
from tests.support.the_tests import THE_TESTS
from tests.support.two_towns import HERE, TwoTowns, two_towns
from tests.support.walk import doors

pytestmark = pytest.mark.browser

WEB = ROOT / "bot" / "web"
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
# Every element with the names of its attributes and what it holds: what a page is made of, whatever it says. Several
# of one shape beside each other are told as one, for a list grows with each message that was sent.
SHAPES = """pages => pages.map(page => {
  const shape = element => {
    const within = [...element.children].map(shape).filter((each, at, all) => each !== all[at - 1]);
    return `${[element.localName, ...element.getAttributeNames()].join(" ")}(${within.join(",")})`;
  };
  return shape(new DOMParser().parseFromString(page, "text/html").documentElement);
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
    """A stranger, and a caseworker."""
    return {"stranger": place.client, "anna": place.caseworker()}


@pytest.fixture(scope="module")
def held(place: TwoTowns, people: dict[str, TestClient]) -> YoungPerson:
    """Somebody in danger whom Anna holds and has noted something about, with a colleague to give them to."""
    return _held(place, people["anna"])


@pytest.fixture(scope="module")
def forms(place: TwoTowns, people: dict[str, TestClient], held: YoungPerson) -> list[tuple[str, Form]]:
    """Each kind of form once, with who is shown it."""
    # Of one that is soon nobody can be reminded, and the form for it is not there.
    talk = held.books(place.towns[HERE], CONTACT, in_days=4)
    [agent] = agents_of(place.store)
    more = [f"/book?kommune=eksempel&maade={way}" for way in ("phone", "office", "out")]
    more += [f"/desk/agents/{agent.id}", f"/desk/bookings/{talk.id}/move"]
    more += [f"/desk/conversations/{held.id}{part}" for part in ("", "/journal", "/report")]
    more += ["/desk/ready-answers", "/desk/ready-answers/1"]
    answers = [
        (who, client.get(path, headers=PAGE)) for who, client in people.items() for path in (*_pages(place), *more)
    ]
    answers.append(("stranger", people["stranger"].post("/booking", data={"ord": talk.code}, headers=PAGE)))
    found = {(who, form.action, *form.fields): (who, form) for who, answer in answers for form in forms_in(answer.text)}
    return list(found.values())


def test_every_field_of_every_form_shows_what_was_sent_as_text(
    page: Page, people: dict[str, TestClient], forms: list[tuple[str, Form]]
) -> None:
    walked: list[str] = []
    for who, form in forms:
        for name in form.fields:
            # The door answers a wrong token, before any form does.
            if name == "csrf" and any(done.endswith(" csrf") for done in walked):
                continue
            walked.append(f"{form.action} {name}")
            _same_shape(page, walked[-1], partial(_sent, people[who], form, name))
    assert is_in(people["anna"]), "signed out on the way, and the rest walked nothing"
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


def test_every_field_that_takes_fewer_characters_shows_what_it_takes_as_text(
    page: Page, people: dict[str, TestClient], forms: list[tuple[str, Form]], held: YoungPerson
) -> None:
    """The walk above fills each with more than it takes, so that these only refused."""
    walked: list[str] = []
    for who, form in forms:
        for name, bound in form.bounds.items():
            if bound >= LONGEST:
                continue
            walked.append(f"{form.action} {name}")

            def ask(words: str, who: str = who, form: Form = form, name: str = name) -> Response:
                if held.id in form.action:
                    _is_held(held, people["anna"])
                return _sent(people[who], form, name, words)

            _same_shape(page, walked[-1], ask, packed(bound))
    assert is_in(people["anna"]), "signed out on the way, and the rest walked nothing"
    assert {f"/desk/conversations/{held.id}/release agreed", "/book sted", "/desk/ready-answers titel"} <= set(walked)
    with held.store.read(THE_TESTS) as work:
        agreed = " ".join(
            one.text for one in work.conversations.after(held.id, 0) if one.text.startswith("I har aftalt")
        )
    assert "<svg onload=alert(1)>" in agreed, "what was walked was taken"


def test_every_word_of_an_address_is_shown_as_text(page: Page, place: TwoTowns, people: dict[str, TestClient]) -> None:
    walked: set[str] = set()
    for path in _pages(place):
        client = people["anna" if path.startswith("/desk") and path != "/desk/sign-in" else "stranger"]
        asked = _asked_for(client, path)
        walked |= asked
        # What a page never asks for may still stand in it, as a part of its address.
        for name in (*sorted(asked), "ukendt"):
            _same_shape(page, f"{path}?{name}", partial(_looked_at, client, path, name))
    assert {"kommune", "maade", "alder", "municipality", "next", "hvem", "fra"} <= walked
    assert is_in(people["anna"]), "signed out on the way, and the rest walked nothing"


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


def _looked_at(client: TestClient, path: str, name: str, words: str) -> Response:
    return client.get(path, params=RIGHT | {name: words}, headers=PAGE)


def _asked_for(client: TestClient, path: str) -> set[str]:
    """The words of its address that a page looks up, whichever of them it is shown."""
    asked: set[str] = set()

    def noted(address: QueryParams, name: str, default: str = "") -> str:
        asked.add(name)
        return str(dict(address).get(name, default))

    with patch.object(QueryParams, "get", noted):
        client.get(path, params=RIGHT, headers=PAGE)
    return asked


def _held(place: TwoTowns, anna: TestClient) -> YoungPerson:
    add_caseworker(place.store, HERE, "bo")
    signed_in(place.app, "bo")
    held = place.young().writes("jeg er bange", Danger(2, ("violence",))).waits()
    anna.post(f"/desk/conversations/{held.id}/claim").raise_for_status()
    held.is_noted("anna")
    # What a browser sends of itself: with this header no form's own token would be looked at, and one signs out.
    del anna.headers["X-CSRF-Token"]
    return held


def _is_held(held: YoungPerson, anna: TestClient) -> None:
    """By Anna, also after a form has given it away."""
    page = anna.get(f"/desk/conversations/{held.id}", headers=PAGE).text
    if 'data-mine="mine"' in page:
        return
    held.waits()
    csrf = next(form.fields["csrf"] for form in forms_in(page) if "csrf" in form.fields)
    anna.post(f"/desk/conversations/{held.id}/claim", data={"csrf": csrf}).raise_for_status()


def _sent(client: TestClient, form: Form, name: str, words: str) -> Response:
    """The page that somebody sees who writes this in one field: where a form leads on, the page it leads to."""
    fields = form.fields | ({"client_id": str(uuid4())} if "client_id" in form.fields else {}) | {name: words}
    given = {"params" if form.method == "get" else "data": fields}
    return client.request(form.method.upper(), form.action, headers=PAGE, follow_redirects=True, **given)


def _same_shape(page: Page, where: str, ask: Ask, together: Sequence[str] = TOGETHER) -> None:
    """Harmless words are sent before and after, for a free time may pass meanwhile and make another page, too."""
    harmless = "x" * len(together[0])
    first, *hostile, last = page.evaluate(SHAPES, [ask(words).text for words in (harmless, *together, harmless)])
    assert [marks for marks, shape in zip(together, hostile, strict=True) if shape not in (first, last)] == [], where
