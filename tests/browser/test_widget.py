"""What a young person can rely on in the widget, against the running system."""

import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.chat_page import ChatPage, launcher, open_chat, open_widget, stored
from tests.support.running import System

pytestmark = [pytest.mark.browser, pytest.mark.system]

SENDING = re.compile(r"/messages$")


@pytest.fixture
def foreign_page(address: str) -> Iterator[str]:
    """A page of another origin that embeds the loader and forbids styles in its own markup."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Security-Policy", f"script-src {address}; style-src 'none'; frame-src {address}")
            self.end_headers()
            tag = f'<script src="{address}/widget.js" data-municipality="eksempel" async></script>'
            self.wfile.write(tag.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def test_opens_on_a_phone_and_answers(page: Page, address: str, keep: Callable[[Page, str], None]) -> None:
    chat = open_widget(page, address)
    chat.say("sover lidt hos den ene og lidt hos den anden")
    expect(chat.own).to_have_text(["sover lidt hos den ene og lidt hos den anden"])
    keep(page, "widget on a phone")
    frame = page.locator("iframe").bounding_box()
    assert frame == {"x": 0, "y": 0, "width": 360, "height": 740}


def test_an_answer_that_comes_after_closing_is_told_on_the_button(page: Page, address: str) -> None:
    chat = open_widget(page, address)
    sent: list[Route] = []
    page.route("**/api/conversations/*/messages", lambda route: sent.append(route))  # noqa: PLW0108 - Playwright needs one of Python
    chat.write("hej")
    page.keyboard.press("Escape")
    expect(launcher(page)).to_be_visible()
    sent[0].continue_()
    page.unroute("**/api/conversations/*/messages")
    page.get_by_role("button", name="Ny besked i chatten").click(timeout=30_000)
    expect(chat.answers.nth(1)).to_be_visible()


def test_asks_for_nothing_but_the_loader_before_it_is_opened(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(address, wait_until="networkidle")
    expect(launcher(page)).to_be_visible()
    assert sorted(asked) == ["/", "/static/base.css", "/static/home.css", "/widget.js"]
    assert stored(page) == []


def test_asks_nothing_of_anybody_else(page: Page, address: str) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    open_widget(page, address).say("hvad er et indskud?")
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


def test_breaks_no_rule_of_the_policy_and_no_script_fails(page: Page, address: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    chat = open_widget(page, address)
    chat.say("hej")
    chat.choose("Slet min chat")
    assert complaints == []


def test_keeps_nothing_before_the_first_message_and_never_a_text(page: Page, address: str) -> None:
    chat = open_chat(page, address)
    assert stored(page) == []
    chat.say("jeg sover i en bil ved havnen")
    assert stored(page) == ["hjemad.conversation"]
    assert "havnen" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_goes_on_after_a_reload(page: Page, address: str) -> None:
    chat = open_chat(page, address)
    chat.say("hej")
    before = chat.log.locator(".bubble").all_text_contents()
    page.reload()
    chat.wait_until_open()
    assert chat.log.locator(".bubble").all_text_contents() == before
    chat.say("hvad er boligstøtte?")
    expect(chat.own).to_have_text(["hej", "hvad er boligstøtte?"])


def test_what_is_written_offline_is_sent_when_the_net_is_back(
    page: Page, context: BrowserContext, address: str
) -> None:
    chat = open_chat(page, address)
    context.set_offline(True)
    expect(page.locator("#status")).to_have_text("Du er offline. Jeg sender, når du er på igen.")
    chat.write("er der nogen?")
    expect(page.get_by_text("Sender …")).to_be_visible()
    context.set_offline(False)
    expect(chat.answers.nth(1)).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Sender …")).to_be_hidden()
    expect(page.locator("#status")).to_be_hidden()
    expect(chat.own).to_have_text(["er der nogen?"])


def test_a_failed_message_is_sent_again_as_the_same_one(page: Page, address: str) -> None:
    sent: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        sent.append(route.request.post_data_json["client_id"])
        if len(sent) > 1:
            return route.continue_()
        # The server has the message, but the page never hears of it.
        route.fetch()
        return route.abort("connectionreset")

    page.route("**/stream", lambda route: route.abort())
    page.route("**/messages?**", lambda route: route.abort())
    page.route(SENDING, lose_the_first_answer)
    chat = open_chat(page, address)
    chat.write("hej med dig")
    expect(page.locator(".message__state")).to_contain_text("Ikke sendt.")
    page.get_by_role("button", name="Prøv igen").click()
    expect(page.locator(".message__state")).to_have_count(0)
    page.unroute("**/messages?**")
    page.reload()
    expect(chat.answers.nth(1)).to_be_visible(timeout=30_000)
    expect(chat.own).to_have_text(["hej med dig"])
    assert len(sent) == 2
    assert len(set(sent)) == 1


def test_a_refused_message_says_why_in_danish_and_is_kept(page: Page, address: str) -> None:
    chat = open_chat(page, address)
    title = "Det går lidt for hurtigt. Vent et øjeblik, og prøv igen."
    refusal = {"status": 429, "content_type": "application/problem+json", "json": {"title": title, "code": "x"}}
    page.route(SENDING, lambda route: route.fulfill(**refusal))
    chat.write("hej")
    expect(page.locator(".message__state")).to_contain_text(f"Ikke sendt. {title}")
    page.unroute(SENDING)
    page.get_by_role("button", name="Prøv igen").click()
    expect(chat.answers.nth(1)).to_be_visible(timeout=30_000)
    expect(chat.own).to_have_text(["hej"])


def test_polls_where_no_stream_gets_through(page: Page, address: str) -> None:
    page.route("**/stream", lambda route: route.abort())
    open_chat(page, address).say("hej")


def test_a_chat_that_cannot_be_opened_still_shows_the_way(page: Page, address: str) -> None:
    page.route("**/api/conversations", lambda route: route.abort())
    page.goto(f"{address}/chat?municipality=eksempel")
    trouble = page.locator("#trouble")
    expect(trouble).to_contain_text("Chatten svarer ikke lige nu.")
    expect(trouble.get_by_role("link", name="112")).to_have_attribute("href", "tel:112")
    expect(trouble.get_by_role("link", name="Hvor kan jeg sove i nat?")).to_have_attribute(
        "href", "/i-nat?kommune=eksempel"
    )
    expect(trouble.get_by_role("link", name="Book en tid uden chatten")).to_have_attribute(
        "href", "/book?kommune=eksempel"
    )
    page.unroute("**/api/conversations")
    page.get_by_role("button", name="Prøv igen").click()
    ChatPage(page).wait_until_open()


def test_html_that_somebody_writes_is_text(page: Page, address: str) -> None:
    chat = open_chat(page, address)
    evil = '<img src=x onerror="document.title=1"><b>hej</b>'
    chat.say(evil)
    page.reload()
    chat.wait_until_open()
    expect(chat.own).to_have_text([evil])
    assert page.locator(".log img, .log b").count() == 0
    assert page.title() != "1"


def test_a_typed_command_is_text(page: Page, address: str) -> None:
    chat = open_chat(page, address)
    chat.say("/restart")
    expect(chat.own).to_have_text(["/restart"])


def test_a_message_that_is_too_long_is_kept_and_explained(page: Page, address: str) -> None:
    chat = open_chat(page, address)
    chat.write("å" * 4001)
    expect(page.get_by_text("Beskeden er 1 tegn for lang. Du kan dele den i to.")).to_be_visible()
    assert len(chat.field.input_value()) == 4001
    expect(chat.own).to_have_count(0)
    chat.say("🏠" * 4000)
    expect(chat.own).to_have_count(1)


def test_a_quick_reply_is_sent_with_its_words_and_can_be_chosen_once(page: Page, address: str) -> None:
    chat = open_chat(page, address)
    first = page.locator(".reply").first
    title = first.inner_text()
    first.click()
    expect(chat.own).to_have_text([title])
    expect(page.locator(".replies").get_by_role("button", name=title, exact=True)).to_have_count(0)
    expect(chat.answers.nth(1)).to_be_visible(timeout=30_000)


def test_a_page_around_the_frame_cannot_be_closed_by_a_stranger(neutral_page: Page, address: str) -> None:
    page = neutral_page
    chat = open_widget(page, address)
    page.evaluate("postMessage('hjemad:exit', '*'); postMessage('hjemad:close', '*')")
    page.wait_for_timeout(300)
    expect(chat.log).to_be_visible()
    assert page.url.startswith(address)


def test_erases_the_chat_everywhere_and_says_what_stays(page: Page, address: str) -> None:
    chat = open_chat(page, address)
    chat.say("hej")
    kept = page.evaluate("JSON.parse(sessionStorage.getItem('hjemad.conversation'))")
    chat.choose("Slet min chat")
    dialog = page.get_by_role("dialog", name="Vil du slette din chat?")
    expect(dialog).to_contain_text("Har du booket en tid, bliver tiden stående.")
    dialog.get_by_role("button", name="Slet min chat").click()
    expect(page.locator("#ended")).to_contain_text("Din chat er slettet.")
    expect(page.locator(".message")).to_have_count(0)
    assert stored(page) == []
    path = f"{address}/api/conversations/{kept['id']}/messages"
    answer = page.request.get(path, headers={"Authorization": f"Bearer {kept['token']}"})
    assert answer.status in {401, 404}
    expect(page.get_by_role("button", name="Start en ny chat")).to_be_focused()
    page.keyboard.press("Enter")
    chat.wait_until_open().say("hej igen")


def test_a_chat_that_cannot_be_erased_now_is_not_said_to_be(page: Page, context: BrowserContext, address: str) -> None:
    chat = open_chat(page, address)
    chat.say("hej")
    chat.choose("Slet min chat")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    context.set_offline(True)
    dialog.get_by_role("button", name="Slet min chat").click()
    problem = dialog.get_by_text("Jeg fik ikke fat i serveren. Prøv igen om lidt.")
    expect(problem).to_be_focused()
    expect(chat.own).to_have_text(["hej"])


def test_keeping_the_chat_changes_nothing(page: Page, address: str) -> None:
    chat = open_chat(page, address)
    chat.say("hej")
    chat.choose("Slet min chat")
    page.get_by_role("button", name="Behold chatten").click()
    expect(chat.own).to_have_text(["hej"])
    chat.say("stadig her")


def test_a_chat_that_was_erased_elsewhere_begins_anew(page: Page, address: str) -> None:
    chat = open_chat(page, address)
    chat.say("hej")
    kept = page.evaluate("JSON.parse(sessionStorage.getItem('hjemad.conversation'))")
    headers = {"Authorization": f"Bearer {kept['token']}"}
    assert page.request.delete(f"{address}/api/conversations/{kept['id']}", headers=headers).status == 204
    page.reload()
    chat.wait_until_open()
    expect(chat.own).to_have_count(0)
    chat.say("hej igen")


def test_asking_for_a_human_is_one_tap_away_and_shows_the_wait(page: Page, address: str) -> None:
    chat = open_chat(page, address)
    expect(page.locator("#holder")).to_have_text("Robot: Du skriver med en robot.")
    chat.choose("Tal med et menneske")
    expect(chat.own).to_have_text(["Jeg vil gerne tale med et menneske."])
    expect(page.locator("#holder")).to_contain_text("Du venter på et menneske", timeout=30_000)


def test_a_human_takes_over_and_hands_back(page: Page, system: System) -> None:
    chat = open_chat(page, system.address)
    chat.say("jeg har lyst til at dø")
    expect(page.locator("#holder")).to_contain_text("Du venter på et menneske")
    conversation = page.evaluate("JSON.parse(sessionStorage.getItem('hjemad.conversation')).id")
    with httpx.Client(base_url=system.address) as desk:
        signed_in = desk.post("/desk/sign-in", json={"user": "demo", "password": system.password})
        desk.headers["X-CSRF-Token"] = signed_in.json()["csrf"]
        path = f"/desk/conversations/{conversation}"
        assert desk.post(f"{path}/claim").is_success
        expect(page.locator("#holder")).to_have_text("Du skriver nu med et menneske.")
        assert desk.post(f"{path}/messages", json={"text": "Hej, <b>jeg</b> er her."}).is_success
        expect(page.locator(".message--caseworker .bubble")).to_have_text("Hej, <b>jeg</b> er her.")
        answers = chat.answers.count()
        chat.write("tak")
        expect(chat.own).to_have_count(2)
        expect(page.locator("#typing")).to_be_hidden()
        assert desk.post(f"{path}/release").is_success
        expect(page.locator("#holder")).to_have_text("Robot: Du skriver med en robot.")
        assert chat.answers.count() == answers, "the robot is silent while a human writes"


def test_a_page_that_is_not_listed_shows_the_button_but_cannot_frame_the_chat(page: Page, foreign_page: str) -> None:
    page.goto(foreign_page)
    with page.expect_event("console", lambda message: "frame-ancestors" in message.text):
        launcher(page).click()
    expect(page.frame_locator("iframe").get_by_role("log")).to_have_count(0)
