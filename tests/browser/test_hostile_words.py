"""What is written to make a page do something stands there as words: in the chat, in the plan, at the desk.

Each page is looked at twice. With its policy, nothing may even be tried that the policy would have to stop. Without it,
as in a browser that knows none, nothing may run either.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette

from bot.casework.bookings import Contact
from bot.casework.consent import Shared
from bot.casework.conversations import Draft, Kind, Sender
from bot.casework.free_times import Way
from bot.casework.plans import Part, Plan
from bot.conversation.wording import PLAN
from bot.store.store import Store
from tests.browser.chat_page import open_chat
from tests.support.desk import PASSWORD, YoungPerson, add_caseworker
from tests.support.hostile import MARKS
from tests.support.plain import served
from tests.support.the_tests import THE_TESTS
from tests.support.two_towns import HERE, app_of_two_towns

pytestmark = pytest.mark.browser

NAME = '"><img src=x onerror=alert(1)>'
EMAIL = '"><svg/onload=alert(1)>@ond.example'
FORM = {"fields": [{"name": name, "label": name, "required": False} for name in ("first_name", "phone", "email")]}
# What a browser, other than Python, takes for space around a text.
BROWSER_SPACES = " \t\n\N{ZERO WIDTH NO-BREAK SPACE}\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
HARMLESS = "hej\n- en ting\n- se https://www.borger.dk/ eller ring 12 34 56 78"
# Every kind of element on a page, with the names of its attributes. htmx adds its own mark when it comes to an element,
# and a class as long as it asks for something: whoever looks may be before or after either.
KINDS = """() => [...new Set([...document.querySelectorAll("body *")]
  .map(each => [each.localName, ...each.getAttributeNames()
    .filter(name => !["data-htmx-powered", "class"].includes(name)).sort()].join(" ")))]"""
LINKS = "() => [...document.links].map(each => each.protocol)"
TELLS_OF_POLICY = """addEventListener("securitypolicyviolation", ({ violatedDirective: rule, blockedURI: what }) =>
  console.error(`Content Security Policy: ${rule} ${what}`))"""


@dataclass
class Place:
    """The whole application, served; the dialogue server is away."""

    address: str
    app: Starlette

    @property
    def store(self) -> Store:
        store: Store = self.app.state.store
        return store


@dataclass
class Watched:
    """A page, and everything it did that no page of ours does."""

    page: Page
    address: str
    did: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(TELLS_OF_POLICY)
        self.page.on("dialog", self._dialog)
        self.page.on(
            "request",
            lambda request: self._note(request.url, is_odd=not request.url.startswith((self.address, "data:"))),
        )
        self.page.on("console", lambda said: self._note(said.text, is_odd="Content Security Policy" in said.text))
        self.page.on("popup", lambda other: self._note(f"opened {other.url}"))

    def _dialog(self, dialog: Any) -> None:
        self._note(f"asked {dialog.message}")
        dialog.dismiss()

    def _note(self, what: str, *, is_odd: bool = True) -> None:
        if is_odd:
            self.did.append(what)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    app = app_of_two_towns(tmp_path_factory.mktemp("hostile"))
    add_caseworker(app.state.store, HERE, NAME)
    with served(app) as address:
        yield Place(address, app)


@pytest.fixture(params=[False, True], ids=["with its policy", "without a policy"])
def watched(request: pytest.FixtureRequest, browser: Browser, place: Place) -> Iterator[Watched]:
    context = browser.new_context(bypass_csp=request.param, locale="da-DK", viewport={"width": 1000, "height": 800})
    yield Watched(context.new_page(), place.address)
    context.close()


@pytest.fixture(scope="module")
def harmless(place: Place) -> YoungPerson:
    return _talk(place, HARMLESS, "Sofie", "sofie@eksempel.dk")


@pytest.fixture(scope="module")
def hostile(place: Place) -> YoungPerson:
    """Everything that can be written into a conversation and beside it, as the store has it."""
    return _talk(place, None, NAME, EMAIL)


def test_what_is_typed_in_the_chat_stands_there_as_it_was_typed(watched: Watched) -> None:
    chat = open_chat(watched.page, watched.address)
    for mark in MARKS:
        chat.write(mark)
    shown = watched.page.locator(".message--young .as-written")
    expect(shown).to_have_count(len(MARKS), timeout=120_000)
    expect(watched.page.locator(".message--pending")).to_have_count(0, timeout=120_000)
    sent = shown.all_text_contents()
    assert [mark for mark in MARKS if mark.strip(BROWSER_SPACES) not in sent] == []
    watched.page.reload()
    expect(shown).to_have_count(len(MARKS), timeout=60_000)
    assert shown.all_text_contents() == sent
    assert shown.evaluate_all("all => all.every(each => !each.children.length)")
    assert watched.did == []


def test_a_whole_conversation_with_plan_and_answers_is_words_in_the_chat(
    watched: Watched, harmless: YoungPerson, hostile: YoungPerson
) -> None:
    kinds = [_kinds_in_chat(watched, young) for young in (harmless, hostile)]
    assert kinds[1] - kinds[0] == set()
    assert set(watched.page.evaluate(LINKS)) <= {"http:", "https:", "tel:"}
    contact = watched.page.locator("form.contact").last
    for name, value in (("first_name", NAME), ("phone", NAME), ("email", EMAIL)):
        contact.locator(f"[name={name}]").fill(value)
    contact.get_by_role("button").click()
    expect(contact.locator(".problem").first).to_be_attached()
    assert watched.did == []


def test_everything_at_the_desk_is_words(
    watched: Watched, place: Place, harmless: YoungPerson, hostile: YoungPerson
) -> None:
    _sign_in(watched)
    kinds = {}
    for young in (harmless, hostile):
        _held_by_whoever_looks(place, young)
        kinds[young.id] = set()
        for path in (f"conversations/{young.id}", "bookings", ""):
            watched.page.goto(f"{place.address}/desk/{path}")
            expect(watched.page.get_by_role("button", name="Log ud")).to_be_visible(timeout=30_000)
            kinds[young.id] |= set(watched.page.evaluate(KINDS))
    assert kinds[hostile.id] - kinds[harmless.id] == set()
    assert set(watched.page.evaluate(LINKS)) <= {"http:", "tel:", "mailto:"}
    assert watched.did == []


def test_what_comes_while_somebody_looks_is_words_too(watched: Watched, place: Place) -> None:
    """The stream puts pieces of HTML into the page."""
    _sign_in(watched)
    young = YoungPerson(place.store, HERE, place.app.state.notices).writes("hej").waits()
    watched.page.goto(f"{place.address}/desk/conversations/{young.id}")
    expect(watched.page.locator(".message-text")).to_have_count(1, timeout=30_000)
    with place.store.write(THE_TESTS) as work:
        found = work.conversations.lock(young.id)
        work.conversations.append(found, [Draft(Sender.YOUNG, mark) for mark in MARKS])
    texts = watched.page.locator(".message-text")
    expect(texts).to_have_count(1 + len(MARKS), timeout=60_000)
    assert texts.evaluate_all("all => all.every(each => !each.children.length)")
    with place.store.read(THE_TESTS) as work:
        kept = [message.text for message in work.conversations.after(young.id, 0)]
    assert [_spaces(text) for text in texts.all_text_contents()] == [_spaces(text) for text in kept]
    assert watched.did == []


def _talk(place: Place, harmless: str | None, name: str, email: str) -> YoungPerson:
    words = [harmless] * len(MARKS) if harmless else MARKS
    young = YoungPerson(place.store)
    with place.store.write(THE_TESTS) as work:
        found = work.conversations.lock(young.id)
        drafts = [Draft(sender, each) for each in words for sender in (Sender.YOUNG, Sender.CASEWORKER, Sender.SYSTEM)]
        drafts += [Draft(Sender.BOT, "Min plan", data={PLAN: {}}), Draft(Sender.BOT, "Hvordan?", Kind.FORM, data=FORM)]
        work.conversations.append(found, drafts)
        parts = {part: "\n".join(words[number :: len(Part)]) for number, part in enumerate(Part)}
        work.plans.put(found, Plan(parts))
    contact = Contact(name, "12345678", email)
    young.can_be_reached(contact)
    for part in Shared:
        young.shares(part)
    young.books(place.app.state.municipalities[HERE], contact, Way.OFFICE)
    return young


def _kinds_in_chat(watched: Watched, young: YoungPerson) -> set[str]:
    """What the chat of a conversation is made of that the browser remembers."""
    watched.page.goto(f"{watched.address}/i-nat")
    session = {"id": young.id, "token": young.token, "municipality": HERE}
    watched.page.evaluate("session => sessionStorage.setItem('hjemad.conversation', JSON.stringify(session))", session)
    open_chat(watched.page, watched.address)
    expect(watched.page.get_by_role("region", name="Min plan")).to_be_visible(timeout=30_000)
    expect(watched.page.locator("form.contact")).to_be_visible()
    return set(watched.page.evaluate(KINDS))


def _sign_in(watched: Watched) -> None:
    """As somebody whose very name is hostile."""
    watched.page.goto(f"{watched.address}/desk/")
    watched.page.get_by_label("Brugernavn").fill(NAME)
    watched.page.get_by_label("Adgangskode").fill(PASSWORD)
    watched.page.keyboard.press("Enter")
    expect(watched.page.get_by_role("button", name="Log ud")).to_be_visible(timeout=30_000)


def _held_by_whoever_looks(place: Place, young: YoungPerson) -> None:
    with place.store.write(THE_TESTS) as work:
        user = work.people.user(NAME)
        assert user
        work.queue.enqueue(young.id, datetime.now(UTC))
        work.queue.claim(young.id, user.id)


def _spaces(text: str) -> str:
    return " ".join(text.split())
