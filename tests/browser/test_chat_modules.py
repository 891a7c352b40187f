"""What the chat page's modules promise, each on its own in a real browser and without a server."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from bot.web.templating import STATIC

pytestmark = pytest.mark.browser

# Not localhost: so the page is no secure context, as on a test installation without HTTPS.
ADDRESS = "http://hjemad.test"
BLANK = '<!doctype html><html lang="da"><title>x</title><main id="scroller"><div id="log"></div></main></html>'

Run = Callable[[str], Any]


@pytest.fixture
def run(page: Page) -> Run:
    """Runs the body of an async function in a page of our origin; `load(name)` imports a module of the chat."""

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        if path.startswith("/static/"):
            route.fulfill(path=STATIC / path.removeprefix("/static/"), content_type="text/javascript")
        else:
            route.fulfill(body=BLANK, content_type="text/html; charset=utf-8")

    page.route(f"{ADDRESS}/**", serve)
    page.goto(f"{ADDRESS}/")
    return lambda body: page.evaluate(
        f"async () => {{ const load = (name) => import(`/static/chat/${{name}}.js`); {body} }}"
    )


def test_an_id_is_a_random_uuid_also_without_https(run: Run) -> None:
    ids = run("const { newId } = await load('ids'); return [isSecureContext, newId(), newId()]")
    assert ids[0] is False
    assert ids[1] != ids[2]
    assert all(len(each) == 36 and each[14] == "4" and each[19] in "89ab" for each in ids[1:])


def test_an_event_stream_is_read_however_it_is_cut(run: Run) -> None:
    text = (
        "event: message\\nid: 7\\ndata: {\\n\\ndata:x\\r\\ndata: y\\r\\n\\r\\n: ping\\n\\nevent: state\\ndata: z\\n\\n"
    )
    events = run(
        f"""
        const {{ SseParser }} = await load("sse_parser");
        const read = (size) => {{
          const events = [], parser = new SseParser((event) => events.push(event)), text = "{text}";
          for (let at = 0; at < text.length; at += size) parser.feed(text.slice(at, at + size));
          return events;
        }};
        return [1, 2, 3, 5, 1000].map(read);
        """
    )
    expected = [
        {"type": "message", "data": "{", "id": "7"},
        {"type": "message", "data": "x\ny", "id": ""},
        {"type": "state", "data": "z", "id": ""},
    ]
    assert events == [expected] * 5


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Ring 112.", ["112"]),
        ("Livslinien 70 201 201, BørneTelefonen 116 111 eller 116111", ["70 201 201", "116 111", "116111"]),
        ("Ring 33 17 33 33 eller 33173333, også fra udlandet: +45 33 17 33 33.", ["33 17 33 33", "33173333"]),
        ("Lev Uden Vold på 1888 og politiet på 114", ["1888", "114"]),
        ("Barnets lov § 114 fra 2024 giver 1.112 kr. og 12.345.678 kr.", []),
        ("Det koster 1888,50 kr. om måneden.", []),
    ],
)
def test_phone_numbers_are_known_from_other_numbers(run: Run, text: str, numbers: list[str]) -> None:
    found = run(f"const {{ phoneNumbers }} = await load('linked_text'); return phoneNumbers({text!r})")
    assert [number for number in found if not number.startswith("+")] == numbers


def test_a_text_of_the_bot_is_never_html_and_links_only_to_the_web_and_to_phones(run: Run) -> None:
    html, links = run(
        """
        const { linkedText, webLink } = await load("linked_text");
        const box = document.createElement("div");
        const list = "\\n- se https://borger.dk/hjem.\\n- javascript:alert(1)";
        box.append(linkedText("<img src=x onerror=alert(1)> ring 112" + list));
        box.append(webLink("javascript:alert(1)", "titel"), webLink("data:text/html,x"), webLink("ikke en adresse"));
        return [box.innerHTML, [...box.querySelectorAll("a")].map((a) => [a.getAttribute("href"), a.rel])];
        """
    )
    assert "<img" not in html
    assert html.count("<li>") == 2
    assert links == [["tel:112", ""], ["https://borger.dk/hjem", "noopener noreferrer"]]


MESSAGE = """
    const message = (sequence, sender, text, more = {}) => ({ sequence, sender, kind: "text", text, buttons: [],
      sources: [], data: {}, final: sender === "bot", client_id: null, created_at: "2026-11-26T13:30:00+00:00",
      ...more });
"""
LIST = f"""
    {MESSAGE}
    const {{ MessageList }} = await load("message_list");
    const {{ Conversation }} = await load("conversation");
    const log = document.getElementById("log"), pressed = [];
    const follower = {{ along: (change) => change(), toRead: (row, change) => change(), toEnd() {{}} }};
    const actions = {{ press: (button) => pressed.push(button) }};
    const list = new MessageList(log, follower, actions), conversation = new Conversation();
    conversation.addEventListener("message", ({{ detail }}) => list.show(detail.message, detail.clientId));
    conversation.addEventListener("outgoing", ({{ detail }}) => list.showOutgoing(detail));
    const texts = () => [...log.querySelectorAll(".bubble")].map((bubble) => bubble.textContent);
"""


def test_messages_stand_in_the_order_of_their_numbers_and_each_once(run: Run) -> None:
    texts = run(
        f"""{LIST}
        for (const n of [3, 1, 2, 3, 1]) conversation.receive(message(n, "bot", String(n)));
        return [texts(), conversation.lastReceived];
        """
    )
    assert texts == [["1", "2", "3"], 3]


def test_what_is_not_sent_yet_stands_last_and_takes_its_place_when_it_is(run: Run) -> None:
    before, after = run(
        f"""{LIST}
        conversation.receive(message(1, "bot", "et"));
        const first = conversation.add({{ clientId: "a", text: "to", shown: "to" }});
        conversation.add({{ clientId: "b", text: "fem", shown: "fem" }});
        conversation.receive(message(3, "bot", "tre"));
        const before = texts();
        conversation.confirm(first, 2);
        conversation.receive(message(2, "young", "to", {{ client_id: "a" }}));
        return [before, texts()];
        """
    )
    assert before == ["et", "tre", "to", "fem"]
    assert after == ["et", "to", "tre", "fem"]


def test_our_own_message_may_come_back_before_its_answer_and_is_shown_as_it_was_stored(run: Run) -> None:
    texts, states = run(
        f"""{LIST}
        const item = conversation.add({{ clientId: "a", text: "ring 12345678", shown: "ring 12345678" }});
        conversation.receive(message(1, "young", "ring [telefonnummer]", {{ client_id: "a" }}));
        conversation.confirm(item, 1);
        return [texts(), log.querySelectorAll(".message__state").length];
        """
    )
    assert texts == ["ring [telefonnummer]"]
    assert states == 0


def test_an_answer_is_awaited_until_the_final_message_and_never_from_a_human(run: Run) -> None:
    waiting = run(
        f"""{LIST}
        const seen = [], note = () => seen.push(conversation.isWaiting);
        note();
        conversation.receive(message(1, "young", "hej")); note();
        conversation.receive(message(2, "bot", "del 1", {{ final: false }})); note();
        conversation.receive(message(3, "bot", "del 2")); note();
        conversation.follow({{ holder: "human" }});
        conversation.receive(message(4, "young", "hej menneske")); note();
        conversation.receive(message(5, "system", "Du skriver igen med robotten."));
        conversation.follow({{ holder: "bot" }}); note();
        return seen;
        """
    )
    assert waiting == [False, True, True, False, False, False]


def test_only_what_was_offered_last_can_be_chosen(run: Run) -> None:
    offered, pressed = run(
        f"""{LIST}
        const buttons = (title) => ({{ buttons: [{{ title, payload: "/" + title }}] }});
        conversation.receive(message(1, "bot", "før", buttons("gammel")));
        conversation.receive(message(2, "young", "hej"));
        conversation.receive(message(3, "bot", "nu", buttons("ny")));
        const offered = [...log.querySelectorAll("button")].map((button) => button.textContent);
        log.querySelector("button").click();
        return [offered, pressed];
        """
    )
    assert offered == ["ny"]
    assert pressed == [{"title": "ny", "payload": "/ny"}]


def test_a_source_can_be_opened_and_a_false_one_is_only_text(run: Run) -> None:
    links, text = run(
        f"""{LIST}
        const sources = [{{ title: "borger.dk", url: "https://www.borger.dk/x", checked: "nov. 2025" }},
          {{ title: "falsk", url: "javascript:alert(1)", checked: null }}];
        conversation.receive(message(1, "bot", "svar", {{ sources }}));
        return [[...log.querySelectorAll("a")].map((a) => [a.href, a.target, a.rel]), log.textContent];
        """
    )
    assert links == [["https://www.borger.dk/x", "_blank", "noopener noreferrer"]]
    assert "falsk" in text
    assert "nov. 2025" in text


def test_danger_has_numbers_one_can_tap(run: Run) -> None:
    calls = run(
        f"""{LIST}
        conversation.receive(message(1, "bot", "Ring 112. Eller Livslinien på 70 201 201.", {{ kind: "danger" }}));
        return [...log.querySelectorAll("a.call")].map((a) => [a.textContent, a.getAttribute("href")]);
        """
    )
    assert calls == [["Ring 112", "tel:112"], ["Ring 70 201 201", "tel:70201201"]]


def test_a_booking_shows_when_where_and_its_code_in_danish_time(run: Run) -> None:
    text = run(
        f"""{LIST}
        conversation.receive(message(1, "bot", "Så er tiden din.", {{ kind: "booking", data: {{ code: "lampe-sky-båd",
          starts_at: "2026-11-26T13:30:00+00:00", ends_at: "2026-11-26T14:00:00+00:00", way: "office",
          place: "Ungehuset", status: "active" }} }}));
        return log.textContent.replaceAll("\\u00a0", " ").replaceAll("\\u2060", "");
        """
    )
    assert "torsdag den 26. november kl. 14.30–15.00" in text
    assert "Ungehuset" in text
    assert "lampe-sky-båd" in text


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('way: "chat"', "Skriver ingen, så bed om et menneske."),
        ('way: "chat", language: "en"', "If nobody writes, ask for a human."),
        ('way: "phone"', ""),
        ('way: "chat", status: "called_off"', ""),
    ],
)
def test_a_booking_in_the_chat_says_how_it_begins(run: Run, more: str, says: str) -> None:
    text = run(
        f"""{LIST}
        conversation.receive(message(1, "bot", "Så er tiden din.", {{ kind: "booking", data: {{ code: "lampe-sky-båd",
          starts_at: "2026-11-26T13:30:00+00:00", ends_at: "2026-11-26T14:00:00+00:00", place: "Her i chatten",
          status: "active", {more} }} }}));
        return log.textContent;
        """
    )
    told = [one for one in ("Skriver ingen", "If nobody writes") if one in text]
    assert (len(told), says in text) == (bool(says), True)


def test_a_cancelled_booking_shows_no_code(run: Run) -> None:
    text = run(
        f"""{LIST}
        conversation.receive(message(1, "system", "Aflyst.", {{ kind: "booking", data: {{ code: "lampe-sky-båd",
          starts_at: "2026-11-26T13:30:00+00:00", ends_at: "2026-11-26T14:00:00+00:00", way: "phone",
          place: "", status: "cancelled" }} }}));
        return log.textContent;
        """
    )
    assert "Tiden er aflyst" in text
    assert "lampe" not in text


FORM = f"""
    {MESSAGE}
    const {{ contactForm }} = await load("later/contact_form");
    const kept = [], pressed = [], said = [];
    let refuse = "";
    const fields = [{{ name: "first_name", label: "Fornavn (hvis du vil)", required: false }},
      {{ name: "phone", label: "Telefon", required: true }}];
    const buttons = [{{ title: "Send", payload: "/given" }}, {{ title: "Spring over", payload: "/skip" }}];
    const form = contactForm(message(1, "bot", "Nummer?", {{ kind: "form", data: {{ fields }}, buttons }}), {{
      keepContact: async (contact) => {{ if (refuse) throw new Error(refuse); kept.push(contact); }},
      press: (button) => pressed.push(button.payload), say: (text) => said.push(text) }});
    document.body.append(form);
    const phone = form.querySelector("[name=phone]");
    const submit = async (number) => {{
      phone.value = number;
      form.requestSubmit();
      await new Promise((go) => setTimeout(go));
    }};
"""


ASKED = """
    const data = { fields: [{ name: "phone", label: "Telefon", required: true }] };
    const buttons = [{ title: "Send", payload: "/given" }, { title: "Spring over", payload: "/skip" }];
    conversation.receive(message(1, "bot", "Nummer?", { kind: "form", data, buttons }));
    const until = async (found) => { while (!found()) await new Promise((go) => setTimeout(go, 10)); };
"""


def test_a_form_is_fetched_by_its_message_and_brought_into_view(run: Run) -> None:
    before, brought, labels = run(
        f"""{LIST}
        const brought = [];
        follower.toRead = (row, change) => (change(), brought.push([row.className, row.textContent]));
        {ASKED}
        const before = log.querySelectorAll("form").length;
        await until(() => log.querySelector("form.contact"));
        return [before, brought, [...log.querySelectorAll("label, button")].map((each) => each.textContent)];
        """
    )
    assert before == 0
    assert [name for name, _ in brought] == ["message message--bot"] * 2
    assert ["Telefon" in text for _, text in brought] == [False, True]
    assert labels == ["Telefon", "Send", "Spring over"]


def test_a_form_that_comes_too_late_is_not_shown(run: Run) -> None:
    shown, brought = run(
        f"""{LIST}
        let brought = 0;
        follower.toRead = (row, change) => (change(), (brought += 1));
        {ASKED}
        conversation.receive(message(2, "young", "hej"));
        await load("later/contact_form");
        await new Promise((go) => setTimeout(go, 50));
        return [log.querySelectorAll(".contact, .replies").length, brought];
        """
    )
    assert shown == 0
    assert brought == 1, "the message alone"


def test_a_form_that_cannot_be_fetched_can_be_asked_for_again(page: Page, run: Run) -> None:
    page.route("**/later/contact_form.js", lambda route: route.abort())
    run(f"{LIST} {ASKED} await until(() => log.querySelector('.contact button'))")
    with page.expect_navigation():
        page.get_by_role("button", name="Prøv igen").click()


def test_a_contact_goes_to_the_server_and_then_the_button_is_pressed(run: Run) -> None:
    kept, pressed, page = run(f"{FORM} await submit(' 12 34 56 78 '); return [kept, pressed, document.body.innerHTML]")
    assert kept == [{"phone": "12 34 56 78"}]
    assert pressed == ["/given"]
    assert "12 34 56 78" not in page


def test_fields_that_may_stay_empty_are_not_sent(run: Run) -> None:
    kept, pressed = run(f"{FORM} phone.required = false; await submit(''); return [kept, pressed]")
    assert kept == []
    assert pressed == ["/given"]


def test_a_missing_or_odd_number_is_said_at_its_field_and_not_sent(run: Run) -> None:
    missing, odd, kept = run(
        f"""{FORM}
        const problem = () => [document.getElementById(phone.getAttribute("aria-describedby")).textContent,
          phone.getAttribute("aria-invalid"), document.activeElement === phone];
        await submit("");
        const missing = problem();
        await submit("1234");
        return [missing, problem(), kept.length];
        """
    )
    assert missing == ["Skriv noget her.", "true", True]
    assert odd == ["Det ser ikke helt rigtigt ud. Kig på det igen.", "true", True]
    assert kept == 0


def test_a_refused_contact_is_kept_in_the_field_and_told(run: Run) -> None:
    pressed, said, value = run(
        f"{FORM} refuse = 'Nummeret kan ikke bruges.'; await submit('12345678'); return [pressed, said, phone.value]"
    )
    assert pressed == []
    assert said == ["Nummeret kan ikke bruges."]
    assert value == "12345678"


def test_three_presses_of_shift_leave_and_are_counted_aloud(run: Run) -> None:
    said, left, blank = run(
        """
        const { QuickExit } = await load("quick_exit");
        const said = []; let left = 0;
        new QuickExit(document.createElement("a"), { say: (text) => said.push(text), leave: () => (left += 1) });
        const key = (key, shiftKey = false) => document.dispatchEvent(new KeyboardEvent("keyup", { key, shiftKey }));
        key("A", true), key("Shift"), key("B", true), key("Shift"), key("C", true), key("Shift");
        const afterCapitals = left;
        key("x"), key("Shift"), key("Shift"), key("x"), key("Shift"), key("Shift");
        const afterPause = left;
        key("Shift"), key("Shift");
        return [said, [afterCapitals, afterPause, left], document.documentElement.hidden];
        """
    )
    assert left == [0, 0, 1]
    assert said[:2] == [
        "Tryk på Shift 2 gange til for at forlade siden.",
        "Tryk på Shift 1 gang til for at forlade siden.",
    ]
    assert blank is True


@pytest.mark.parametrize("answers", ["never", "not at all"])
def test_whoever_waits_for_a_page_is_told_that_none_comes(page: Page, run: Run, answers: str) -> None:
    page.route("**/export", lambda route: route.abort() if answers == "not at all" else None)
    page.clock.install()
    page.evaluate(
        """async () => {
          const { Api } = await import("/static/chat/api.js");
          const api = new Api();
          api.actFor({ id: "x", token: "y" });
          api.page("/export").catch((error) => { window.told = error.constructor.name; });
        }"""
    )
    page.clock.fast_forward(25_000)
    page.wait_for_function("window.told === 'UnreachableError'")
