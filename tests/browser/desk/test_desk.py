"""The desk in a real browser: live, and with the keyboard alone."""

import time

import pytest
from playwright.sync_api import expect

from bot.casework.consent import Shared
from bot.casework.conversations import Danger, Writer
from tests.browser.page_checks import overflow, violations
from tests.support.presence import minutes_pass

pytestmark = pytest.mark.browser


def test_who_waits_appears_by_itself_and_in_the_title(desk, sign_in):
    page = sign_in()
    expect(page).to_have_title("Samtaler – Hjemad")
    expect(page.get_by_text("Ingen venter lige nu.")).to_be_visible()
    desk.young().writes("jeg vil ikke leve mere", Danger(3, ("suicide",))).waits()
    expect(page.get_by_text("Akut fare: selvmordstanker")).to_be_visible()
    expect(page).to_have_title("(1) Samtaler – Hjemad")
    expect(page.locator("#status")).to_have_text("Én venter på et menneske.")


def test_who_waits_appears_on_a_slow_line_too(desk, sign_in):
    page = sign_in()
    page.context.route("**/static/vendor/hx-sse.min.js", _late)
    page.context.route("**/static/desk/live.js", _late)
    page.reload()
    desk.young().writes("hej").waits()
    expect(page.locator(".row")).to_have_count(1)


def _late(route):
    time.sleep(0.5)
    route.continue_()


def test_a_list_that_changes_leaves_the_keyboard_where_it_was(desk, sign_in):
    page = sign_in()
    first = desk.young().writes("hej").waits(minutes=20)
    claim = page.locator(f"#claim-{first.id}")
    claim.focus()
    desk.young().writes("jeg er bange", Danger(2, ("violence",))).waits()
    expect(page.locator(".row")).to_have_count(2)
    expect(claim).to_be_focused()


def test_a_conversation_from_claim_to_hand_back_with_the_keyboard_alone(desk, sign_in, keep):
    page = sign_in()
    young = desk.young().writes("sover lidt hos den ene og lidt hos den anden").waits(minutes=12)
    page.locator(f"#claim-{young.id}").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Din besked")).to_be_focused()
    expect(page.get_by_text("Ctrl + Enter sender også")).to_be_visible()
    page.keyboard.type("Hej. Jeg hedder Anna.")
    page.keyboard.press("Enter")
    page.keyboard.type("Hvordan går det?")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("log")).to_contain_text("Hej. Jeg hedder Anna.\nHvordan går det?", use_inner_text=True)
    expect(page.get_by_label("Din besked")).to_have_value("")
    expect(page.get_by_label("Din besked")).to_be_focused()
    keep(page, "desk conversation")
    page.get_by_role("button", name="Giv tilbage til robotten").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Robotten svarer.")).to_be_visible()
    expect(page.get_by_label("Din besked")).to_have_count(0)


def test_a_page_whose_scripts_are_late_promises_no_keys(desk, sign_in):
    page = sign_in()
    young = desk.somebody_in_each_state(page)
    page.context.route("**/static/desk/desk.js", _late)
    page.goto(f"{desk.address}/desk/conversations/{young.id}", wait_until="commit")
    expect(page.get_by_label("Din besked")).to_be_focused()
    expect(page.get_by_text("Ctrl + Enter sender også")).to_be_hidden()
    expect(page.get_by_text("Ctrl + Enter sender også")).to_be_visible()


def test_a_message_arrives_without_touching_what_is_being_written(desk, sign_in):
    page = sign_in()
    young = desk.somebody_in_each_state(page)
    field = page.get_by_label("Din besked")
    field.press_sequentially("Jeg er i gang med at skri")
    young.writes("min stedfar har smidt mig ud", Danger(2, ("violence",)))
    expect(page.get_by_role("log")).to_contain_text("min stedfar har smidt mig ud")
    expect(page.locator("#state")).to_contain_text("Fare: vold")
    expect(field).to_have_value("Jeg er i gang med at skri")
    expect(field).to_be_focused()


def test_a_young_person_s_html_is_shown_as_they_wrote_it(desk, sign_in):
    page = sign_in()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    young = desk.somebody_in_each_state(page)
    html = "<img src=x onerror=alert(1)><hx-partial hx-target='body'>væk</hx-partial><b hx-get='/desk/'>b</b>"
    young.writes(html)
    expect(page.get_by_role("log")).to_contain_text(html)
    expect(page.get_by_role("log").locator("img, b")).to_have_count(0)
    assert dialogs == []


def test_two_caseworkers_see_who_has_whom(desk, sign_in):
    anna, bo = sign_in("anna"), sign_in("bo")
    young = desk.young().writes("hej").waits()
    expect(bo.locator(f"#claim-{young.id}")).to_be_visible()
    bo.goto(f"{desk.address}/desk/conversations/{young.id}")
    anna.locator(f"#claim-{young.id}").click()
    expect(anna.get_by_text("Du har samtalen.")).to_be_visible()
    expect(bo.get_by_text("En kollega har samtalen.")).to_be_visible()
    expect(bo.get_by_role("button", name="Tag samtalen", exact=True)).to_have_count(0)


def test_a_claim_that_came_too_late_says_so(desk, sign_in):
    anna, bo = sign_in("anna"), sign_in("bo")
    young = desk.young().writes("hej").waits()
    # Bo's list stands still, as on a slow line.
    bo.route("**/desk/events", lambda route: route.abort())
    bo.reload()
    anna.locator(f"#claim-{young.id}").click()
    expect(anna.get_by_text("Du har samtalen.")).to_be_visible()
    bo.locator(f"#claim-{young.id}").click()
    expect(bo.locator("[role=alert].problem")).to_have_text("En kollega har allerede taget samtalen.")


def test_a_session_that_ends_in_mid_sentence_loses_no_word(desk, sign_in):
    page = sign_in()
    desk.somebody_in_each_state(page)
    page.get_by_label("Din besked").fill("Jeg har fundet en plads til dig.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#connection")).to_contain_text("Du er ikke logget ind mere.")
    expect(page.get_by_role("link", name="Log ind igen")).to_be_visible()
    expect(page.get_by_label("Din besked")).to_have_value("Jeg har fundet en plads til dig.")


def test_a_message_that_cannot_be_sent_stays_in_its_field(desk, sign_in):
    page = sign_in()
    desk.somebody_in_each_state(page)
    page.route("**/messages", lambda route: route.abort())
    page.get_by_label("Din besked").fill("Er du der?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("Det kunne ikke sendes.")
    expect(page.get_by_label("Din besked")).to_have_value("Er du der?")
    page.unroute("**/messages")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("log")).to_contain_text("Er du der?")


def test_an_erased_conversation_can_be_written_in_no_more(desk, sign_in):
    page = sign_in()
    young = desk.somebody_in_each_state(page)
    young.writes("er du der?")
    expect(page.get_by_text("er du der?")).to_be_visible()  # so the page listens
    young.erases()
    expect(page.get_by_role("status")).to_contain_text("Samtalen er slettet fra chatten.")
    expect(page.get_by_role("button", name="Send")).to_be_disabled()


def test_a_page_whose_stream_is_held_back_asks_by_itself_and_says_so(desk, sign_in):
    page = sign_in()
    young = desk.somebody_in_each_state(page)
    page.route("**/events*", lambda route: route.abort())
    page.clock.install()
    page.reload()
    young.writes("er her nogen")
    page.clock.fast_forward(50_000)
    expect(page.get_by_role("log")).to_contain_text("er her nogen")
    expect(page.get_by_role("status")).to_contain_text("Siden ser selv efter nyt hvert 5. sekund.")
    page.clock.fast_forward(6_000)
    young.writes("hallo")
    page.clock.fast_forward(6_000)
    expect(page.get_by_role("log")).to_contain_text("hallo")
    expect(page.get_by_role("log").get_by_text("er her nogen")).to_have_count(1)


def test_a_caseworker_knows_the_language_and_the_helper_before_claiming(desk, sign_in, keep):
    page = sign_in()
    english = desk.young().writes("hello, I need a place to stay").in_language("en").waits(3)
    helper = desk.young().writes("min søn sover på sofaer").is_a(Writer.HELPER).in_language("other").waits(9)
    danish = desk.young().writes("hej").waits(12)
    row = lambda one: page.locator(f"#row-{one.id}")  # noqa: E731
    expect(row(english)).to_contain_text("Skriver på engelsk")
    expect(row(english)).not_to_contain_text("Hjælper")
    expect(row(helper)).to_contain_text("Hjælper Skriver på et andet sprog", use_inner_text=True)
    expect(row(danish)).to_be_visible()
    expect(row(danish).locator(".tag")).to_have_count(0)
    page.set_viewport_size({"width": 320, "height": 800})
    assert (overflow(page), violations(page)) == (0, [])
    keep(page, "desk language and helper")
    page.locator(f"#open-{helper.id}").click()
    expect(page.locator("#state")).to_contain_text("Hjælper Skriver på et andet sprog", use_inner_text=True)
    expect(page.locator(".message-head")).to_contain_text("Hjælperen")
    expect(page.get_by_role("button", name="Tag samtalen", exact=True)).to_be_visible()
    assert (overflow(page), violations(page)) == (0, [])


def test_the_messages_on_the_page_change_their_name_when_it_is_told_who_writes(desk, sign_in):
    page = sign_in()
    one = desk.young().writes("hej, jeg har brug for hjælp").waits().hears("Hej.")
    page.goto(f"{desk.address}/desk/conversations/{one.id}")
    names = page.locator(".message-head strong")
    expect(names).to_have_text(["Den unge", "Robotten"])
    one.writes("det er til min søn").is_a(Writer.HELPER)
    expect(names).to_have_text(["Hjælperen", "Robotten", "Hjælperen"])
    expect(page.locator("#state")).to_contain_text("Hjælper")
    one.writes("nej det er mig selv").is_a(Writer.YOUNG)
    expect(names).to_have_text(["Den unge", "Robotten", "Den unge", "Den unge"])


def test_the_desk_asks_nobody_else_and_breaks_no_policy(desk, sign_in):
    page = sign_in()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    young = desk.somebody_in_each_state(page)
    young.writes("hej igen")
    expect(page.get_by_role("log")).to_contain_text("hej igen")
    for path in ("/desk/", "/desk/bookings"):
        page.goto(desk.address + path)
    assert [url for url in asked if not url.startswith(desk.address)] == []
    assert complaints == []


def test_what_is_shared_and_taken_back_changes_the_open_page_at_once(desk, sign_in):
    page = sign_in()
    young = desk.young().writes("hvad er et indskud").writes("jeg vil tale med et menneske").waits()
    page.goto(f"{desk.address}/desk/conversations/{young.id}")
    messages = page.get_by_role("log")
    expect(messages).to_contain_text("Det, der er skrevet før, er ikke delt.")
    expect(messages).not_to_contain_text("hvad er et indskud")
    young.shares(Shared.TRANSCRIPT)
    expect(messages).to_contain_text("hvad er et indskud")
    assert (overflow(page), violations(page)) == (0, [])
    young.takes_back(Shared.TRANSCRIPT)
    expect(messages).not_to_contain_text("hvad er et indskud")
    young.writes("er du der?")
    expect(messages.get_by_text("er du der?")).to_have_count(1)
    expect(messages.get_by_text("jeg vil tale med et menneske")).to_have_count(1)


def test_who_has_not_answered_is_warned_beside_the_field_and_an_answer_ends_it(desk, sign_in, keep):
    page = sign_in()
    mine = desk.somebody_in_each_state(page)
    mine.writes("er du der?")
    minutes_pass(mine, 26)
    warning = page.locator("#overdue")
    expect(warning).to_contain_text("En besked har ventet på dig i 26 minutter.")
    expect(warning).to_contain_text("Om 4 minutter går samtalen tilbage i køen.")
    expect(page.locator("#status")).to_contain_text("En besked har ventet på dig i 26 minutter.")
    keep(page, "desk overdue")
    assert violations(page) == []
    # It stands there, and is said no more.
    page.evaluate("() => document.querySelector('#status').replaceChildren()")
    minutes_pass(mine, 1)
    expect(warning).to_contain_text("Om 3 minutter")
    expect(page.locator("#status")).to_have_text("")
    page.get_by_label("Din besked").fill("ja, jeg er her")
    page.keyboard.press("Control+Enter")
    expect(warning).to_be_hidden()
