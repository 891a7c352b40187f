"""The list of messages, and how each kind of them is shown, in a real browser and without a server."""

import pytest

from tests.support.chat_modules import LIST, Run

pytestmark = pytest.mark.browser


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
