"""What becomes of the dialogue model's turn: nothing that happened stays untold, and nothing is said twice."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from bot.casework.arranging import book, cancel, free_times
from bot.casework.bookings import About, Booking, Contact, Wish
from bot.casework.consent import STEPS, Shared, take_back
from bot.casework.conversations import Conversation, Danger, Draft, Holder, Kind, Message, Sender
from bot.casework.free_times import Way
from bot.conversation.answers import Answers
from bot.conversation.check_ins import is_beside
from bot.conversation.consent_words import HANDED_OVER
from bot.conversation.contacts import keep_contact
from bot.conversation.danger import raised
from bot.conversation.dialogue import Said, Turn
from bot.conversation.talk_news import untold_bookings
from bot.conversation.wording import from_booking
from bot.municipality.towns import Municipality, load_municipalities
from bot.safety.replies import shipped_replies
from bot.safety.replies_by_tongue import shipped_replies_by_tongue
from bot.store import tables
from bot.store.store import Store
from tests.support.the_tests import THE_TESTS

QUESTION = Said("Skal jeg booke den?", "utter_booking_confirm")


def writes(
    store: Store, conversation: str, text: str, danger: Danger | None = None, *, answered: bool = False
) -> Message:
    data = {"danger": {"level": danger.level, "kinds": list(danger.kinds)}} if danger else {}
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(conversation)
        return work.conversations.append(found, [Draft(Sender.YOUNG, text, data=data, answered=answered)])[0]


def answers(store: Store, message: Message, turn: Turn | None) -> list[Draft]:
    said = Answers(shipped_replies_by_tongue(), load_municipalities(), "https://hjemad.example/book")
    with store.write(THE_TESTS) as work:
        found: Conversation = work.conversations.lock(message.conversation)
        return said.drafts(work, found, message, turn)


def booked(store: Store, municipality: Municipality, conversation: str) -> Booking:
    now = datetime.now(UTC)
    with store.write(THE_TESTS) as work:
        first = free_times(work, "eksempel", Way.PHONE, municipality.rules, now)[0].starts_at
        wish = Wish(str(uuid4()), "eksempel", first, Way.PHONE, "Vi ringer", conversation, Contact(phone="12345678"))
        return book(work, wish, municipality.rules, now)


def turn(*said: Said, intent: str = "chat_affirm", asks: str | None = None) -> Turn:
    return Turn(intent=intent, sure=True, said=said, asks=asks)


TIRED = Danger(1, ("suicide",))


def test_a_booking_made_in_a_tired_yes_is_told_beside_the_check_in(
    store: Store, municipality: Municipality, conversation: str
) -> None:
    message = writes(store, conversation, "ja tak, jeg orker bare ikke mere", TIRED)
    booking = booked(store, municipality, conversation)
    made = Said("Så er det på plads.", custom={"kind": "booking", "booking": booking.id})
    kinds = [draft.kind for draft in answers(store, message, turn(made))]
    assert kinds == [Kind.TEXT, Kind.BOOKING]


def test_a_form_goes_on_beside_the_check_in(store: Store, conversation: str) -> None:
    message = writes(store, conversation, "mandag, men jeg er så træt af alt", TIRED)
    said = answers(store, message, turn(QUESTION, asks="booking_confirmed"))
    assert [draft.text for draft in said][1:] == [QUESTION.text]


def test_a_check_in_is_said_once(store: Store, conversation: str) -> None:
    message = writes(store, conversation, "alt er lige meget", TIRED)
    said = answers(store, message, turn(Said("", custom={"kind": "check_in"}), intent="crisis_suicide"))
    assert len(said) == 1
    assert said[0].text == shipped_replies().check_in(("suicide",)).text


def danger_events(store: Store, conversation: str) -> int:
    with store.read(THE_TESTS) as work:
        rows = (
            select(func.count())
            .select_from(tables.danger_events)
            .where(tables.danger_events.c.conversation == conversation)
        )
        return int(work.conversations._connection.scalar(rows))


@pytest.mark.parametrize(("told", "events"), [(TIRED, 0), (None, 1)])
def test_a_danger_is_written_down_once(store: Store, conversation: str, told: Danger | None, events: int) -> None:
    """With the message, where the screen saw it; with the check-in, where only the model did."""
    message = writes(store, conversation, "jeg er så træt", told)
    answers(store, message, turn(Said("", custom={"kind": "check_in"}), intent="crisis_suicide"))
    assert danger_events(store, conversation) == events


def test_what_happened_to_a_booking_is_told_until_it_was_told(
    store: Store, municipality: Municipality, conversation: str
) -> None:
    booking = booked(store, municipality, conversation)
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(conversation)
        [made] = untold_bookings(work, found)
        work.conversations.append(found, [made])
        assert untold_bookings(work, found) == []
        cancel(work, booking, datetime.now(UTC))
        [cancelled] = untold_bookings(work, found)
        assert (made.data["status"], cancelled.data["status"]) == ("active", "cancelled")
        assert "aflyst" in cancelled.text
        work.conversations.append(found, [from_booking(work.bookings.of(conversation)[0], "Din tid er aflyst.")])
        assert untold_bookings(work, found) == []


def test_a_number_given_later_is_the_one_that_is_rung(
    store: Store, municipality: Municipality, conversation: str
) -> None:
    booked(store, municipality, conversation)
    with store.write(THE_TESTS) as work:
        keep_contact(work, work.conversations.lock(conversation), Contact(phone="87654321"))
        [booking] = work.bookings.of(conversation)
    assert booking.contact.phone == "87654321"


def test_a_number_given_for_another_talk_does_not_change_this_one(
    store: Store, municipality: Municipality, conversation: str
) -> None:
    booked(store, municipality, conversation)
    with store.write(THE_TESTS) as work:
        work.conversations.set_asks(conversation, "booking_contact")
        keep_contact(work, work.conversations.lock(conversation), Contact(phone="87654321"))
        [booking] = work.bookings.of(conversation)
    assert booking.contact.phone != "87654321"


def test_a_number_given_for_a_talk_is_not_shared_with_the_human_who_was_asked_for(
    store: Store, conversation: str
) -> None:
    with store.write(THE_TESTS) as work:
        work.queue.enqueue(conversation, datetime.now(UTC))
        for asks, shared in (("booking_contact", set()), (None, {Shared.CONTACT})):
            work.conversations.set_asks(conversation, asks)
            keep_contact(work, work.conversations.lock(conversation), Contact(phone="87654321"))
            assert work.consents.of(conversation).keys() == shared


def test_a_number_that_was_taken_back_is_not_shared_by_being_told_again(store: Store, conversation: str) -> None:
    with store.write(THE_TESTS) as work:
        work.queue.enqueue(conversation, datetime.now(UTC))
        waiting = work.conversations.lock(conversation)
        keep_contact(work, waiting, Contact(phone="87654321"))
        take_back(work.consents, waiting, Shared.CONTACT, datetime.now(UTC))
        keep_contact(work, waiting, Contact(phone="12345678"))
        assert work.consents.of(conversation) == {}


def test_that_a_human_was_called_is_said_beside_every_word_to_who_is_in_danger() -> None:
    called = Draft(Sender.BOT, "Jeg har kaldt på et menneske.", data={HANDED_OVER: True})
    assert not is_beside(called, None)
    assert is_beside(replace(called, data={}), None)


def test_a_number_given_later_is_not_taken_for_the_young_persons_when_a_helper_books_with_them(
    store: Store, municipality: Municipality, conversation: str
) -> None:
    booked(store, municipality, conversation)
    with store.write(THE_TESTS) as work:
        [booking] = work.bookings.of(conversation)
        work.bookings.change(replace(booking, about=About.WITH_HELPER))
        keep_contact(work, work.conversations.lock(conversation), Contact(phone="87654321"))
        [booking] = work.bookings.of(conversation)
    assert booking.contact.phone != "87654321"


def test_what_a_consent_answers_is_no_answer_of_rasas(store: Store, conversation: str) -> None:
    """A "ja" after it answers nothing that Rasa asked before."""
    with store.write(THE_TESTS) as work:
        press = Draft(Sender.YOUNG, "Del min plan", payload=f'{STEPS}"part": "plan", "give": true}}', answered=True)
        [pressed] = work.conversations.append(work.conversations.lock(conversation), [press])
    reply(store, pressed, Kind.TEXT)
    message = writes(store, conversation, "ja")
    with store.read(THE_TESTS) as work:
        assert work.turns.comes_after_another(message)


def test_the_bot_knows_when_somebody_else_answered_the_message_before(store: Store, conversation: str) -> None:
    first = writes(store, conversation, "book en tid", answered=True)
    reply(store, first, Kind.TEXT)
    second = writes(store, conversation, "jeg vil ikke leve mere", answered=True)
    reply(store, second, Kind.DANGER)
    third = writes(store, conversation, "ja", answered=True)
    reply(store, third, Kind.TEXT)
    fourth = writes(store, conversation, "hej")
    with store.read(THE_TESTS) as work:
        known = [work.turns.comes_after_another(message) for message in (first, second, third, fourth)]
    assert known == [False, False, True, False]


def reply(store: Store, message: Message, kind: Kind) -> None:
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(message.conversation)
        work.conversations.append(found, [Draft(Sender.BOT, "…", kind, final=True, reply_to=message.sequence)])


CALM_ANSWER = Said("En boligagent arbejder i kommunen.", "utter_support_boligagent")


def go_on(drafts: list[Draft]) -> list[str]:
    return [button.payload for draft in drafts for button in draft.buttons if button.title.startswith("Fortsæt")]


@pytest.mark.parametrize(
    ("asked", "payload"), [("booking_time", "/booking_request"), ("plan_answer", '/plan_step{"step": "start"}')]
)
def test_a_form_that_danger_came_into_is_offered_once_when_it_is_calm_again(
    store: Store, conversation: str, asked: str, payload: str
) -> None:
    in_the_middle_of(store, conversation, asked)
    offered = [
        go_on(answers(store, writes(store, conversation, text), turn(CALM_ANSWER, intent="support_boligagent")))
        for text in ("ok", "hvad er en boligagent", "tak", "hej")
    ]
    assert offered == [[], [payload], [], []]


def in_the_middle_of(store: Store, conversation: str, asked: str) -> None:
    """A form asks, and its answer tells of clear danger."""
    with store.write(THE_TESTS) as work:
        work.conversations.set_asks(conversation, asked)
    danger = Danger(2, ("suicide",))
    message = writes(store, conversation, "jeg vil bare dø", danger, answered=True)
    with store.write(THE_TESTS) as work:
        raised(work, work.conversations.lock(conversation), danger, message.sequence)


def test_a_form_that_is_open_again_is_offered_no_more(store: Store, conversation: str) -> None:
    in_the_middle_of(store, conversation, "booking_time")
    asks = turn(QUESTION, intent="booking_request", asks="booking_time")
    answers(store, writes(store, conversation, "en tid tak"), asks)
    for text in ("nej", "tak", "hej"):
        message = writes(store, conversation, text)
        assert go_on(answers(store, message, turn(CALM_ANSWER, intent="chat_thanks"))) == []


def test_who_is_asked_how_they_are_is_offered_no_form(store: Store, conversation: str) -> None:
    in_the_middle_of(store, conversation, "booking_time")
    for text in ("ok", "jeg er så træt", "orker ikke"):
        message = writes(store, conversation, text, TIRED if text != "ok" else None)
        assert go_on(answers(store, message, turn(CALM_ANSWER))) == []


def test_where_no_form_was_under_way_none_is_offered(store: Store, conversation: str) -> None:
    danger = Danger(2, ("suicide",))
    message = writes(store, conversation, "jeg vil bare dø", danger, answered=True)
    with store.write(THE_TESTS) as work:
        raised(work, work.conversations.lock(conversation), danger, message.sequence)
    for text in ("ok", "tak", "hej"):
        assert go_on(answers(store, writes(store, conversation, text), turn(CALM_ANSWER))) == []


CHECKED = shipped_replies()


def test_who_was_asked_how_they_are_is_not_asked_again_without_new_cause(store: Store, conversation: str) -> None:
    def told(text: str, danger: Danger | None, *said: Said, intent: str = "chat_affirm") -> str:
        message = writes(store, conversation, text, danger)
        drafts = answers(store, message, turn(*said, intent=intent))
        with store.write(THE_TESTS) as work:
            work.conversations.append(work.conversations.lock(conversation), drafts)
        return "\n".join(draft.text for draft in drafts)

    asks, again = CHECKED.check_in(("suicide",)).text, CHECKED.check_in_again(("suicide",)).text
    assert told("det hele er ligegyldigt", TIRED) == asks
    assert told("nej", None, CALM_ANSWER, intent="support_boligagent") == CALM_ANSWER.text
    assert told("orker ikke mere", TIRED) == again
    assert "?" not in again
    assert told("ked af det", None, Said("", custom={"kind": "check_in"}), intent="crisis_suicide") == again
    assert told("træt. hvad er en boligagent", TIRED, CALM_ANSWER, intent="support_boligagent") == CALM_ANSWER.text
    # Another kind is new cause.
    assert told("han råber", Danger(1, ("violence",))) == CHECKED.check_in(("violence",)).text
    known_and_new = ("violence", "threat")
    assert told("han råber og truer", Danger(1, known_and_new)) == CHECKED.check_in(known_and_new).text


def no_after_two_questions(
    store: Store, conversation: str, kind: str, no: str = "nej", asks: str | None = None
) -> Draft:
    """What is said to a "nej" after a check-in with an answer's own question under it."""
    message = writes(store, conversation, "mine forældre skændes, så jeg bliver utryg", Danger(1, (kind,)))
    said = answers(store, message, turn(QUESTION, intent="network_family_conflict", asks=asks))
    assert [draft.text for draft in said[1:]] == [QUESTION.text]
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(conversation)
        work.conversations.append(found, said)
        work.conversations.set_asks(conversation, asks)
    return answers(store, writes(store, conversation, no), turn(Said("Helt i orden."), intent="chat_deny"))[0]


@pytest.mark.parametrize("kind", ["violence", "threat", "no_shelter_tonight"])
def test_no_to_are_you_safe_is_danger_with_another_question_under_it_too(
    store: Store, conversation: str, kind: str
) -> None:
    said = no_after_two_questions(store, conversation, kind)
    assert (said.kind, said.data["level"], said.data["kinds"]) == (Kind.DANGER, 2, [kind])
    with store.read(THE_TESTS) as work:
        found = work.conversations.get(conversation)
    assert (found.danger.level, found.holder) == (2, Holder.WAITING)


@pytest.mark.parametrize(
    ("kind", "no", "asks"),
    [
        ("violence", "nej tak", None),
        ("violence", "ellers nej", None),
        ("violence", "nej", "booking_confirmed"),
        ("suicide", "nej", None),
    ],
)
def test_no_to_something_else_is_no_danger(
    store: Store, conversation: str, kind: str, no: str, asks: str | None
) -> None:
    assert no_after_two_questions(store, conversation, kind, no, asks).kind is Kind.TEXT


def test_no_is_danger_only_as_the_answer_to_the_message_before(store: Store, conversation: str) -> None:
    assert no_after_two_questions(store, conversation, "violence", "nej tak").kind is Kind.TEXT
    with store.write(THE_TESTS) as work:
        calm = Draft(Sender.BOT, CALM_ANSWER.text)
        work.conversations.append(work.conversations.lock(conversation), [calm])
    said = answers(store, writes(store, conversation, "nej"), turn(Said("Helt i orden."), intent="chat_deny"))
    assert said[0].kind is Kind.TEXT
