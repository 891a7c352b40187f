"""What a young person can know and decide about their chat, on a phone of 360 pixels."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chat_page import NEUTRAL_PAGE, ChatPage, open_chat, stored
from tests.browser.page_checks import overflow, violations
from tests.browser.test_whole_way import CLOCK, quick_reply, tap
from tests.support.running import System

pytestmark = [pytest.mark.browser, pytest.mark.system]

SECRET = "hvad er et indskud"
QUESTION = "Det, du har skrevet før, er dit."
MINE = "Hvem har læst min chat?"


def kept(page: Page) -> dict[str, str]:
    """The id and the token of the chat in this tab."""
    session: dict[str, str] = page.evaluate("JSON.parse(sessionStorage.getItem('hjemad.conversation'))")
    return session


def does_nothing_but_look(page: Page, text: str, file: Path) -> None:
    """Opens it as a file, as if something had found its way past the template: it keeps its looks and runs nothing."""
    refused: list[str | None] = []
    page.on("requestfailed", lambda request: refused.append(request.failure))
    runs = "document.title = 'ran'"
    slipped = f'<script>{runs}</script><img src="https://example.org/x.png" onerror="{runs}">'
    file.write_text(text.replace("<h1>", f"{slipped}<h1>", 1), encoding="utf-8")
    page.goto(file.as_uri())
    assert (page.title(), refused) == ("Min chat", ["csp"])
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "672px"


def books(page: Page, chat: ChatPage) -> str:
    """Its three words."""
    chat.say("jeg vil gerne booke en tid")
    tap(chat, quick_reply(chat, CLOCK))
    tap(chat, quick_reply(chat, re.compile("^Ja")))
    return page.locator(".booking__code").inner_text()


def read_at_desk(system: System, conversation: str) -> str:
    with httpx.Client(base_url=system.address) as desk:
        desk.post("/desk/sign-in", json={"user": "demo", "password": system.password}).raise_for_status()
        return desk.get(f"/desk/conversations/{conversation}", headers={"Accept": "text/html"}).text


def asks_for_a_human(page: Page, address: str) -> ChatPage:
    chat = open_chat(page, address)
    chat.say(SECRET)
    chat.choose("Tal med et menneske")
    expect(chat.log.get_by_text(QUESTION)).to_be_visible(timeout=30_000)
    return chat


def test_the_earlier_chat_is_shared_by_a_button_and_taken_back_in_the_menu(
    page: Page, system: System, keep: Callable[[Page, str], None]
) -> None:
    chat = asks_for_a_human(page, system.address)
    keep(page, "rights 1 asked at handoff")
    number = kept(page)["id"]
    assert f">{SECRET}<" not in read_at_desk(system, number)
    page.get_by_role("button", name="Del chatten fra før").click()
    expect(chat.log.get_by_text("Nu kan de i kommunen læse hele chatten.")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Tag chatten tilbage")).to_be_visible()
    assert f">{SECRET}<" in read_at_desk(system, number)

    chat.choose(MINE)
    dialog = page.get_by_role("dialog", name=MINE)
    expect(dialog.get_by_text("Boligagent")).to_contain_text("har læst chatten")
    expect(dialog.get_by_role("link", name="Forlad siden hurtigt")).to_be_visible()
    expect(dialog.get_by_text("Du kan slette historikken i browserens menu.")).to_be_visible()
    switch = dialog.get_by_label("Chatten fra før")
    expect(switch).to_be_checked()
    assert (overflow(page), violations(page)) == (0, [])
    keep(page, "rights 2 who has read")
    switch.uncheck()
    expect(switch).to_be_enabled()
    assert f">{SECRET}<" not in read_at_desk(system, number)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(chat.menu).to_be_focused()


def test_all_that_is_stored_is_read_and_printed_without_leaving_anything(
    page: Page, address: str, keep: Callable[[Page, str], None], tmp_path: Path
) -> None:
    page.add_init_script("window.print = () => { window.printed = true; }")
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    chat = open_chat(page, address)
    chat.say(SECRET)
    token = kept(page)["token"]
    chat.choose(MINE)
    page.get_by_role("dialog").get_by_text("Ingen har læst den.").wait_for()
    page.get_by_role("button", name="Vis det hele").click()
    dialog = page.get_by_role("dialog", name="Min chat")
    expect(dialog.get_by_text(SECRET, exact=True)).to_be_visible()
    assert (overflow(page), violations(page)) == (0, [])
    keep(page, "rights 3 everything")
    dialog.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(page.locator(".plan-sheet")).to_contain_text(SECRET)
    expect(dialog).to_be_hidden()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    with page.expect_download() as saved:
        dialog.get_by_role("button", name="Gem som fil").click()
    assert saved.value.suggested_filename == "min-chat.html"
    kept_page = saved.value.path().read_text(encoding="utf-8")
    assert SECRET in kept_page
    does_nothing_but_look(page.context.new_page(), kept_page, tmp_path / "min-chat.html")
    assert not any(token in url for url in urls)
    assert stored(page) == ["hjemad.conversation"]


def test_a_yes_to_learning_is_given_and_taken_back_where_ones_own_things_are(
    page: Page, address: str, keep: Callable[[Page, str], None]
) -> None:
    chat = open_chat(page, address)
    chat.say("hej")
    chat.choose(MINE)
    dialog = page.get_by_role("dialog", name=MINE)
    answer = dialog.get_by_label("Ja, og jeg er fyldt 15")
    expect(answer).not_to_be_checked()
    answer.press("Space")
    expect(answer).to_be_enabled()
    expect(answer).to_be_focused()
    keep(page, "rights 5 learning")
    assert (overflow(page), violations(page)) == (0, [])
    page.keyboard.press("Escape")
    chat.choose(MINE)
    expect(answer).to_be_checked()
    answer.uncheck()
    expect(answer).to_be_enabled()
    page.keyboard.press("Escape")
    chat.choose(MINE)
    expect(dialog.get_by_text("Du kan altid tage dit ja tilbage.")).to_be_visible()
    expect(answer).not_to_be_checked()


def test_the_device_remembers_only_for_who_chose_that(browser: Browser, address: str) -> None:
    window = browser.new_context(viewport={"width": 360, "height": 740})
    first = window.new_page()
    chat = open_chat(first, address)
    chat.say("hej")
    chat.choose(MINE)
    box = first.get_by_label("Husk mig på denne enhed")
    expect(box).not_to_be_checked()
    box.check()
    first.close()

    again = window.new_page()
    chat = open_chat(again, address)
    expect(chat.own).to_have_text(["hej"])
    chat.choose(MINE)
    again.get_by_label("Husk mig på denne enhed").uncheck()
    again.close()

    last = window.new_page()
    expect(open_chat(last, address).own).to_have_count(0)
    assert stored(last) == []
    window.close()


@pytest.mark.parametrize("way", ["erase", "exit", "exit on a plain page", "exit on a plain page in another tab"])
def test_erasing_and_leaving_clear_what_the_device_remembers(neutral_page: Page, address: str, way: str) -> None:
    page = neutral_page
    chat = open_chat(page, address)
    chat.say("hej")
    session = kept(page)
    chat.choose(MINE)
    page.get_by_label("Husk mig på denne enhed").check()
    page.keyboard.press("Escape")
    if way == "erase":
        chat.choose("Slet min chat")
        page.get_by_role("dialog").get_by_role("button", name="Slet min chat").click()
        expect(page.locator("#ended")).to_be_visible()
    else:
        page = on_a_plain_page(page, address, in_another_tab="another" in way) if "plain" in way else page
        page.get_by_role("link", name="Forlad siden hurtigt").click()
        page.wait_for_url(NEUTRAL_PAGE)
        page.goto(f"{address}/chat?municipality=eksempel")
    assert stored(page) == []
    headers = {"Authorization": f"Bearer {session['token']}"}
    path = f"{address}/api/conversations/{session['id']}/messages"
    assert page.request.get(path, headers=headers).status == 401, "the server opens it no more"


def on_a_plain_page(page: Page, address: str, *, in_another_tab: bool) -> Page:
    """Help for tonight, instead of the chat; in another tab only what the device remembers is there."""
    if in_another_tab:
        chat, page = page, page.context.new_page()
        chat.close()
    page.goto(f"{address}/i-nat")
    return page


@pytest.mark.parametrize("choice", ["cancel", "keep"])
def test_whoever_erases_the_chat_has_the_talk_cancelled_or_keeps_it(
    page: Page, address: str, keep: Callable[[Page, str], None], choice: str
) -> None:
    chat = open_chat(page, address)
    chat.choose("Slet min chat")
    dialog = page.get_by_role("dialog")
    box = dialog.get_by_label("Aflys også tiden")
    expect(dialog).to_be_visible()
    expect(box).to_have_count(0)
    page.keyboard.press("Escape")
    code = books(page, chat)

    chat.choose("Slet min chat")
    expect(box).not_to_be_checked()
    assert (overflow(page), violations(page)) == (0, [])
    keep(page, "rights 4 erase and cancel")
    cancels = choice == "cancel"
    box.set_checked(cancels)
    dialog.get_by_role("button", name="Slet min chat").click()
    said = "Din chat er slettet, og din tid er aflyst." if cancels else "Din chat er slettet."
    expect(page.locator("#ended-why")).to_have_text(said)
    found = page.request.post(f"{address}/api/bookings/find", data={"code": code})
    assert found.status == (404 if cancels else 200)
    if not cancels:
        page.request.post(f"{address}/api/bookings/cancel", data={"code": code})


def test_a_talk_that_was_cancelled_is_not_asked_about(page: Page, address: str) -> None:
    chat = open_chat(page, address)
    code = books(page, chat)
    page.request.post(f"{address}/api/bookings/cancel", data={"code": code})
    expect(chat.log.get_by_role("heading", name="Tiden er aflyst")).to_be_visible()
    chat.choose("Slet min chat")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_label("Aflys også tiden")).to_have_count(0)


def test_the_way_out_works_with_a_dialog_open(neutral_page: Page, address: str) -> None:
    page = neutral_page
    chat = open_chat(page, address)
    chat.say("hej")
    chat.choose(MINE)
    page.get_by_role("dialog").get_by_role("link", name="Forlad siden hurtigt").click()
    page.wait_for_url(NEUTRAL_PAGE)
