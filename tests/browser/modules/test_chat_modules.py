"""What the chat page's modules promise, each on its own in a real browser and without a server."""

import pytest
from playwright.sync_api import Page

from tests.browser.page_checks import until
from tests.support.chat_modules import Run

pytestmark = pytest.mark.browser


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
    until(page, "window.told === 'UnreachableError'")
