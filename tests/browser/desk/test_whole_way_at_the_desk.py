"""The whole way at the desk, played once: from danger on a phone, by two caseworkers, back to the robot."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.municipality.demo import DEMO_ANSWERS
from bot.store.store import Store
from tests.browser.chat_page import ChatPage, open_chat
from tests.browser.desk.conftest import WIDE
from tests.browser.desk.test_desk_alarm import COUNTING, notice
from tests.browser.page_checks import until
from tests.browser.test_my_chat import MINE, books, kept
from tests.support.desk import PASSWORD, add_caseworker
from tests.support.running import System
from tests.support.the_tests import THE_TESTS

pytestmark = [pytest.mark.browser, pytest.mark.system]

Keep = Callable[[Page | Locator, str], None]

# What comes over the wire to the young person: the stream is a fetch that never ends, so it is read along.
READING_ALONG = """
window.heard = ""
const ask = window.fetch
window.fetch = async (...given) => {
  const answer = await ask(...given)
  const reader = answer.clone().body?.getReader()
  const decoder = new TextDecoder()
  const listen = async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read())
      window.heard += decoder.decode(part.value, { stream: true })
  }
  if (reader) listen().catch(() => {})
  return answer
}
"""
HOME = "en dør jeg kan låse"
DANGER = "min kæreste slår mig og jeg tør ikke gå hjem"
FROM_ANNA = "Hej, jeg hedder Anna. Er du et sted, hvor han ikke kan finde dig?"
FROM_THE_YOUNG = "ja jeg er hos min veninde nu"
TYPED_MEANWHILE = """() => document.querySelector("#suggest").addEventListener(
  "htmx:before:request", () => { document.querySelector("#text").value = "Et øjeblik" }, { once: true })"""
QUESTION = "hvad er et indskud?"
NOTE = "Krisecentret har plads i nat"
HANDOVER = "Ring til krisecentret klokken tre"
AGREED = "Bo ringer til krisecentret, og du sover hos din veninde"
FROM_BO = "Hej, jeg hedder Bo. Jeg har talt med Anna."
READY = next(one for one in DEMO_ANSWERS if one.title.startswith("Et"))


@dataclass
class Phone:
    """A young person with the chat open, and the number of their conversation."""

    address: str
    page: Page
    chat: ChatPage
    id: str
    token: str
    code: str

    def heard(self) -> str:
        """Everything that was sent to the phone so far."""
        return str(self.page.evaluate("window.heard"))


@pytest.fixture
def colleagues(system: System) -> Iterator[tuple[str, str]]:
    """Two caseworkers beside the user of the demo."""
    store = Store(f"sqlite:///{system.folder / 'var' / 'hjemad.sqlite'}", "people are not kept in the vault")
    names = ("anna", "bo")
    for name in names:
        add_caseworker(store, "eksempel", name)
    yield names
    for name in names:
        with store.write(THE_TESTS) as work:
            user = work.people.user(name)
            assert user
            work.people.remove_user(user, datetime.now(UTC))
    store.close()


@pytest.fixture
def desk(colleagues: tuple[str, str], browser: Browser, system: System) -> Iterator[tuple[Page, Page]]:
    """Both of them at the desk, each in a browser of their own; the first has switched the sound on."""
    windows = [browser.new_context(viewport=WIDE, locale="da-DK") for _ in colleagues]
    pages = [window.new_page() for window in windows]
    for page, name in zip(pages, colleagues, strict=True):
        page.add_init_script(COUNTING)
        sign_in(page, system, name)
    pages[0].get_by_role("button", name="Slå lyd til").click()
    yield pages[0], pages[1]
    for window in windows:
        window.close()


@pytest.fixture
def phone(page: Page, system: System) -> Iterator[Phone]:
    """Somebody who has booked a talk and begun a plan, and who erases all of it in the end."""
    page.add_init_script(READING_ALONG)
    chat = open_chat(page, system.address)
    chat.say("sover lidt hos den ene og lidt hos den anden")
    code = books(page, chat)
    for said in ("jeg vil lave min plan", HOME, "stop"):
        chat.say(said)
    session = kept(page)
    yield Phone(system.address, page, chat, session["id"], session["token"], code)
    page.request.post(f"{system.address}/api/bookings/cancel", data={"code": code})
    headers = {"Authorization": f"Bearer {session['token']}"}
    page.request.delete(f"{system.address}/api/conversations/{session['id']}", headers=headers)


def sign_in(page: Page, system: System, name: str) -> None:
    page.goto(f"{system.address}/desk/")
    page.get_by_label("Brugernavn").fill(name)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Samtaler", exact=True)).to_be_visible()


def keep_whole(page: Page, keep: Keep, name: str) -> None:
    """Keeps all of a page of the desk, also what lies below the window, when nothing is said over it any more."""
    expect(page.locator("#status")).to_be_empty()
    keep(page.locator("main"), name)


def writes(page: Page, text: str) -> None:
    """Into the field that has the keyboard, as soon as the page answers to it."""
    expect(page.get_by_text("Ctrl + Enter sender også")).to_be_visible()
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")


def presses(button: Locator) -> None:
    button.focus()
    button.press("Enter")


def has_the_keyboard(page: Page) -> None:
    """Whoever works without a mouse is somewhere on the page, not at its beginning."""
    until(page, "document.activeElement && document.activeElement !== document.body")


def test_from_danger_on_a_phone_by_two_caseworkers_back_to_the_robot(
    phone: Phone, desk: tuple[Page, Page], keep: Keep
) -> None:
    anna, bo = desk
    tells_of_danger(phone, keep)
    is_heard_at_the_desk(anna, phone, keep)
    is_taken(anna, phone)
    both_write(anna, phone)
    a_note_is_written(anna)
    a_ready_answer_is_sent(anna, phone)
    keep_whole(anna, keep, "whole desk 3 the conversation")
    keep(phone.page, "whole desk 4 the phone")
    the_danger_is_lowered(anna, keep)
    the_robots_draft_is_put_right(anna, phone, keep)
    the_plan_is_shared(anna, phone, keep)
    it_is_given_to_a_colleague(anna, bo, phone, keep)
    it_is_closed(bo, phone, keep)
    the_robot_answers_again(phone, keep)
    nothing_between_colleagues_was_sent(phone)


def tells_of_danger(phone: Phone, keep: Keep) -> None:
    phone.chat.write(DANGER)
    numbers = phone.chat.log.locator("a[href^='tel:']")
    expect(numbers.first).to_be_visible()
    assert "tel:112" in [number.get_attribute("href") for number in numbers.all()]
    expect(phone.page.locator("#holder")).to_contain_text(re.compile("vent", re.IGNORECASE))
    keep(phone.page, "whole desk 1 danger and the wait")


def is_heard_at_the_desk(anna: Page, phone: Phone, keep: Keep) -> None:
    expect(notice(anna)).to_contain_text("i fare venter på et menneske.")
    # Four when the sound was switched on, four for the danger.
    until(anna, "window.notes >= 8")
    row = anna.locator(f"#row-{phone.id}")
    expect(row).to_contain_text("vold")
    expect(row).to_contain_text("Kan være i fare. Vi ved ikke, hvad det ellers handler om.")
    assert DANGER not in anna.content()
    presses(row.get_by_role("button", name="Hvorfor?"))
    expect(anna.locator(f"#why-{phone.id}")).to_contain_text("Ord i beskeden: »min kæreste slår mig«")
    has_the_keyboard(anna)
    keep(anna, "whole desk 2 the queue")


def is_taken(anna: Page, phone: Phone) -> None:
    presses(anna.locator(f"#claim-{phone.id}"))
    expect(anna.get_by_label("Din besked")).to_be_focused()
    expect(phone.page.locator("#holder")).to_contain_text("menneske")
    expect(anna.get_by_role("log")).to_contain_text(DANGER)
    summary = anna.locator("#summary")
    expect(summary).to_contain_text("Har skrevet om »")
    expect(summary).to_contain_text("Den viste, hvor man kan ringe")
    expect(summary).to_contain_text("En tid ")
    expect(anna.locator("#state")).to_contain_text("Aftale")
    expect(anna.locator("body")).not_to_contain_text(phone.code)


def both_write(anna: Page, phone: Phone) -> None:
    writes(anna, FROM_ANNA)
    expect(phone.chat.log).to_contain_text(FROM_ANNA)
    expect(anna.get_by_label("Din besked")).to_be_focused()
    phone.chat.write(FROM_THE_YOUNG)
    expect(anna.get_by_role("log")).to_contain_text(FROM_THE_YOUNG)
    expect(anna.get_by_label("Din besked")).to_be_focused()
    expect(phone.chat.field).to_be_focused()


def a_note_is_written(anna: Page) -> None:
    anna.get_by_label("Ny note").focus()
    anna.keyboard.type(NOTE)
    anna.keyboard.press("Tab")
    anna.keyboard.press("Enter")
    expect(anna.locator("#note-list")).to_contain_text(NOTE)
    expect(anna.get_by_label("Ny note")).to_be_focused()


def a_ready_answer_is_sent(anna: Page, phone: Phone) -> None:
    anna.get_by_label("Fast svar").select_option(label=READY.title)
    presses(anna.get_by_role("button", name="Sæt ind i feltet"))
    field = anna.get_by_label("Din besked")
    expect(field).to_have_value(READY.text)
    expect(field).to_be_focused()
    anna.keyboard.type(" Er det i orden?")
    expect(phone.chat.log).not_to_contain_text(READY.text)
    anna.keyboard.press("Control+Enter")
    expect(phone.chat.log).to_contain_text(f"{READY.text} Er det i orden?")
    expect(field).to_have_value("")


def the_danger_is_lowered(anna: Page, keep: Keep) -> None:
    presses(anna.locator("summary", has_text="Sæt faren ned"))
    anna.get_by_label("Ned til").select_option("0")
    anna.get_by_label("Hvorfor?").select_option("talked")
    keep(anna.locator(".lower"), "whole desk 5 lowering")
    presses(anna.get_by_role("button", name="Sæt faren ned"))
    expect(anna.locator("#status")).to_have_text("Faren er sat ned.")
    state = anna.locator("#state")
    expect(state).to_be_focused()
    expect(state).to_contain_text(re.compile("blev til .*talt med", re.IGNORECASE))
    expect(state).not_to_contain_text(HOME)


def the_robots_draft_is_put_right(anna: Page, phone: Phone, keep: Keep) -> None:
    phone.chat.write(QUESTION)
    expect(anna.get_by_role("log")).to_contain_text(QUESTION)
    field = anna.get_by_label("Din besked")
    anna.evaluate(TYPED_MEANWHILE)
    presses(anna.get_by_role("button", name="Foreslå et svar"))
    expect(anna.locator("#status")).to_have_text("Robotten har et udkast. Tryk igen, når du vil se det.")
    expect(field).to_have_value("Et øjeblik")
    field.fill("")
    presses(anna.get_by_role("button", name="Foreslå et svar"))
    expect(anna.locator("#status")).to_contain_text("Robottens udkast står i feltet.")
    expect(anna.locator("#status")).to_contain_text("Det bygger på: ")
    expect(field).to_have_value(re.compile("indskud"))
    expect(field).to_be_focused()
    keep(anna.locator(".composer"), "whole desk 5b the draft")
    draft = field.input_value()
    expect(phone.chat.log).not_to_contain_text(draft.splitlines()[0])
    anna.keyboard.type(" Hilsen Anna")
    anna.keyboard.press("Control+Enter")
    expect(phone.chat.log).to_contain_text("Hilsen Anna")
    expect(field).to_have_value("")


def the_plan_is_shared(anna: Page, phone: Phone, keep: Keep) -> None:
    phone.chat.choose(MINE)
    dialog = phone.page.get_by_role("dialog", name=MINE)
    dialog.get_by_label("Min plan").check()
    expect(anna.locator("#state")).to_contain_text(HOME)
    expect(anna.locator("#summary")).to_contain_text("Planen er delt med jer.")
    keep(phone.page, "whole desk 6 the plan is shared")
    phone.page.keyboard.press("Escape")
    expect(phone.chat.menu).to_be_focused()
    has_the_keyboard(anna)
    keep_whole(anna, keep, "whole desk 7 the plan and the booking")


def it_is_given_to_a_colleague(anna: Page, bo: Page, phone: Phone, keep: Keep) -> None:
    presses(anna.locator(".giving summary"))
    anna.get_by_label("Til hvem?").select_option(label="Bo")
    anna.get_by_label("Note til den, der tager over").fill(HANDOVER)
    keep(anna.locator(".giving"), "whole desk 8 giving")
    presses(anna.locator(".giving button"))
    expect(anna.get_by_text("En kollega har samtalen.")).to_be_visible()
    expect(phone.chat.log).to_contain_text("En kollega tager over. Nu skriver du med Bo.")
    expect(bo.locator(f"#row-{phone.id}")).to_contain_text(f"Fra Anna: {HANDOVER}")
    keep(bo.locator("#queue"), "whole desk 9 given")
    presses(bo.locator(f"#open-{phone.id}"))
    expect(bo.locator(".handover")).to_contain_text(HANDOVER)
    expect(bo.locator("#note-list")).to_contain_text(NOTE)
    keep(bo, "whole desk 10 the note of a colleague")
    presses(bo.get_by_role("button", name="Jeg har læst det"))
    expect(bo.get_by_label("Din besked")).to_be_focused()
    writes(bo, FROM_BO)
    expect(phone.chat.log).to_contain_text(FROM_BO)


def it_is_closed(bo: Page, phone: Phone, keep: Keep) -> None:
    bo.get_by_label("Det har I aftalt").fill(AGREED)
    presses(bo.get_by_role("button", name="Afslut"))
    expect(bo.get_by_text("Robotten svarer.", exact=True)).to_be_visible()
    goodbye = phone.chat.answers.filter(has_text="Tak for snakken. Du kan altid skrive her igen.")
    expect(goodbye).to_contain_text("Din tid er ")
    expect(phone.chat.answers.filter(has_text="I har aftalt det her:")).to_contain_text(AGREED)
    expect(phone.page.get_by_role("region", name="Min plan").last).to_contain_text(AGREED)
    expect(phone.page.get_by_role("region", name="Min plan").last).to_contain_text(HOME)
    expect(phone.page.locator("#holder")).to_contain_text("robot")
    expect(bo.get_by_role("log").locator(".message").last).to_be_in_viewport()
    keep(bo, "whole desk 11 closed")
    keep(phone.page, "whole desk 12 goodbye")


def the_robot_answers_again(phone: Phone, keep: Keep) -> None:
    phone.chat.say("hvad er boligstøtte?")
    expect(phone.chat.answers.last).to_contain_text("boligstøtte", ignore_case=True)
    keep(phone.page, "whole desk 13 the robot answers")


def nothing_between_colleagues_was_sent(phone: Phone) -> None:
    headers = {"Authorization": f"Bearer {phone.token}"}
    own = f"{phone.address}/api/conversations/{phone.id}"
    asked = [
        phone.page.request.get(own + path, headers=headers) for path in ("/messages?after=0", "/export", "/readers")
    ]
    everything: list[Any] = [phone.heard(), phone.page.content(), *(answer.text() for answer in asked)]
    assert all(answer.ok for answer in asked)
    assert all(FROM_BO in told for told in everything[:3])
    for told in everything:
        assert NOTE not in told
        assert HANDOVER not in told
