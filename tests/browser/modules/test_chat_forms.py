"""The form for a contact in the chat, in a real browser and without a server."""

import pytest
from playwright.sync_api import Page

from tests.support.chat_modules import LIST, MESSAGE, Run

pytestmark = pytest.mark.browser


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
