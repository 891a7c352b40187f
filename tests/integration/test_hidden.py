"""What identifies somebody stands nowhere after it was written, and that it was hidden is told, kindly and once."""

import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, select
from starlette.testclient import TestClient

from bot.casework.conversations import Danger, Draft, Kind, Message, Sender
from bot.casework.handoffs import ask_for_human, release
from bot.conversation.answers import Answers
from bot.conversation.arrival import REASONS, Arrival, Reception
from bot.conversation.dialogue import Said, Turn
from bot.conversation.hidden import HIDDEN, TOLD, told
from bot.municipality.towns import load_municipalities
from bot.privacy.details import Detail
from bot.safety.reader import danger_reader
from bot.safety.replies_by_tongue import shipped_replies_by_tongue
from bot.safety.screen import shipped_screen
from bot.store.store import Store
from bot.store.tables import metadata
from tests.support.chat_app import last_answer, open_conversation, send, serve, settings
from tests.support.identifying import NUMBERS_AND_EMAILS, Hide, Telling, telling
from tests.support.on_call import taken_by_a_human
from tests.support.the_tests import THE_TESTS

CONVERSATIONS = 200
LINE = "For at passe på dig har jeg skjult telefonnummeret, så det ikke ligger i chatten."
ANSWER = Said("Du kan søge boligstøtte.", "utter_housing_benefit")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    yield from serve(settings(tmp_path, conversations_a_minute=10_000, messages_a_minute=10_000))


def write(client: TestClient, text: str) -> None:
    path = open_conversation(client)
    assert last_answer(client, path, send(client, path, text=text))["final"]


def two_hundred() -> list[Telling]:
    """The messages that tell of a number or an e-mail, and as many others as are missing."""
    kept = [m for m in telling() if any(hide.kind in NUMBERS_AND_EMAILS for hide in m.hides)]
    others = [m for m in telling() if m not in kept]
    return [*kept, *others][:CONVERSATIONS]


def told_in(everything: bytes, messages: Sequence[Telling]) -> list[Hide]:
    """The numbers and e-mails of the messages that stand in it."""
    wanted = [hide for m in messages for hide in m.hides if hide.kind in NUMBERS_AND_EMAILS]
    assert len(wanted) > 130
    assert everything.count(b"[telefonnummer]") >= 60, "the messages themselves are there"
    return [hide for hide in wanted for one in hide.spellings() if one in everything]


def test_after_two_hundred_conversations_no_number_or_email_stands_anywhere(
    client: TestClient, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    messages = two_hundred()
    for message in messages:
        write(client, message.text)
    printed = capfd.readouterr()
    raw = b"".join(file.read_bytes() for file in sorted(tmp_path.rglob("*")) if file.is_file())
    assert {"hjemad.sqlite", "hjemad.sqlite-wal"} <= {file.name for file in tmp_path.iterdir()}
    assert told_in(raw + (caplog.text + printed.out + printed.err).encode(), messages) == []


@pytest.mark.soak
def test_nor_in_any_row_of_postgresql(tmp_path: Path, postgres_url: str) -> None:
    messages = two_hundred()
    limits = {"conversations_a_minute": 10_000, "messages_a_minute": 10_000}
    for client in serve(settings(tmp_path, database_url=postgres_url, **limits)):
        for message in messages:
            write(client, message.text)
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        rows = repr([connection.execute(select(table)).all() for table in metadata.sorted_tables])
    engine.dispose()
    assert told_in(rows.encode(), messages) == []


def arrives(store: Store, conversation: str, text: str, asks: str | None = None) -> int:
    town = load_municipalities()["eksempel"]
    with store.write(THE_TESTS) as work:
        work.conversations.set_asks(conversation, asks)
        arrival = Arrival(str(uuid4()), text)
        reception = Reception(shipped_screen(), shipped_replies_by_tongue(), danger_reader())
        taken = reception.receive(work, conversation, reception.hear(arrival), town)
        return taken.message.sequence


def answered(store: Store, conversation: str, sequence: int, *said: Said) -> list[Draft]:
    answers = Answers(shipped_replies_by_tongue(), load_municipalities(), "https://hjemad.example/book")
    turn = Turn("housing_benefit", sure=True, said=said or (ANSWER,), asks=None)
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(conversation)
        message = next(
            one for one in work.conversations.after(conversation, sequence - 1) if one.sender is Sender.YOUNG
        )
        drafts = answers.drafts(work, found, message, turn)
        work.conversations.append(found, drafts)
    return drafts


def say(store: Store, conversation: str, text: str, *said: Said) -> list[Draft]:
    return answered(store, conversation, arrives(store, conversation, text), *said)


def test_that_something_was_hidden_is_told_before_the_answer_and_once(store: Store, conversation: str) -> None:
    first = say(store, conversation, "mit nummer er 22 33 44 55. kan jeg få boligstøtte?")
    assert [draft.text for draft in first] == [f"{LINE}\n{ANSWER.text}"]
    assert first[0].data[TOLD]
    again = say(store, conversation, "nej det er 22 33 44 56")
    assert [draft.text for draft in again] == [ANSWER.text]


def test_the_kinds_of_what_was_hidden_are_kept_and_nothing_else_of_it(store: Store, conversation: str) -> None:
    sequence = arrives(store, conversation, "jeg hedder Sofie og bor på Vestergade 12")
    with store.read(THE_TESTS) as work:
        [message] = work.conversations.after(conversation, sequence - 1)
    assert message.text == "jeg hedder [navn] og bor på [adresse]"
    assert message.data == {HIDDEN: ["name", "address"]}


def test_of_the_words_that_raised_a_danger_none_that_was_hidden_is_kept(store: Store, conversation: str) -> None:
    sequence = arrives(store, conversation, "min far Henrik Mortensen slår mig")
    with store.read(THE_TESTS) as work:
        message = work.conversations.after(conversation, sequence - 1)[0]
    assert message.text == "min far [navn] slår mig"
    assert message.data["danger"][REASONS] == ["slår mig"]


def test_it_is_told_in_the_language_of_the_conversation(store: Store, conversation: str) -> None:
    [draft] = say(store, conversation, "hello, my name is Kwabena and I need help with my rent, what should I do")
    assert draft.text.startswith("To keep you safe I have hidden the name")
    with store.write(THE_TESTS) as work:
        work.conversations.open(other := str(uuid4()), "eksempel", "pl", "a token")
    both = say(store, other, "22 33 44 55", Said("Here.\n\nHer."))[0].text
    english, danish = both.split("\n\n")
    assert (english.endswith("\nHere."), danish) == (True, f"{LINE}\nHer.")


def test_a_number_that_the_form_asked_for_is_kept_and_nothing_is_told(store: Store, conversation: str) -> None:
    sequence = arrives(store, conversation, "Sofie, 22 33 44 55", asks="booking_contact")
    assert [draft.text for draft in answered(store, conversation, sequence)] == [ANSWER.text]
    with store.read(THE_TESTS) as work:
        assert work.conversations.contact(conversation).phone == "22 33 44 55"


def test_a_cpr_number_is_told_of_even_where_a_phone_number_was_asked_for(store: Store, conversation: str) -> None:
    sequence = arrives(store, conversation, "010190-1234", asks="booking_contact")
    assert "cpr-nummeret" in answered(store, conversation, sequence)[0].text


def test_nothing_is_told_in_the_place_of_a_danger_but_the_next_time(store: Store, conversation: str) -> None:
    arrives(store, conversation, "jeg vil ikke leve mere. mit cpr er 010190-1234")
    with store.read(THE_TESTS) as work:
        danger = work.conversations.after(conversation, 0)[-1]
    assert (danger.kind, "skjult" in danger.text) == ("danger", False)
    assert "skjult" in say(store, conversation, "min far hedder Karsten")[0].text


@pytest.mark.parametrize(
    ("first", "kinds"),
    [
        ("min far slår mig, jeg sidder på Nørregade 12", "adressen"),
        ("jeg er så træt af alt, og min far Karsten Holm gider mig ikke", "navnet"),
    ],
)
def test_what_was_hidden_in_a_danger_or_a_check_in_is_told_with_the_first_calm_answer_and_once(
    store: Store, conversation: str, first: str, kinds: str
) -> None:
    """The calm messages hide nothing themselves."""
    sequence = arrives(store, conversation, first)
    with store.read(THE_TESTS) as work:
        young = next(one for one in work.conversations.after(conversation, 0) if one.sender is Sender.YOUNG)
    if young.data["danger"]["level"] == 1:
        answered(store, conversation, sequence, Said("", custom={"kind": "check_in"}))
    calm = [say(store, conversation, text)[0].text for text in ("ok", "hvad er boligstøtte")]
    line = f"For at passe på dig har jeg skjult {kinds}, så det ikke ligger i chatten."
    assert calm == [f"{line}\n{ANSWER.text}", ANSWER.text]


def test_all_that_was_hidden_before_it_is_told_in_one_line(store: Store, conversation: str) -> None:
    arrives(store, conversation, "jeg vil ikke leve mere. mit cpr er 010190-1234")
    assert "skjult navnet og cpr-nummeret," in say(store, conversation, "min far hedder Karsten")[0].text


def notices(store: Store, conversation: str) -> list[Message]:
    with store.read(THE_TESTS) as work:
        return [one for one in work.conversations.after(conversation, 0) if one.kind is Kind.NOTICE]


def test_beside_a_human_both_are_told_once_that_it_was_hidden(store: Store, conversation: str) -> None:
    taken_by_a_human(store, conversation)
    sequence = arrives(store, conversation, "mit cpr er 010190-1234, og jeg bor på Vestergade 12")
    [notice] = notices(store, conversation)
    assert notice.text == (
        "For at passe på dig har robotten skjult cpr-nummeret og adressen, så det ikke ligger i chatten."
    )
    assert (notice.sender, notice.sequence, notice.data) == (Sender.SYSTEM, sequence + 1, {TOLD: True})
    arrives(store, conversation, "det er 010190-1234")
    assert notices(store, conversation) == [notice]


def test_what_was_told_beside_a_human_the_bot_does_not_tell_again(store: Store, conversation: str) -> None:
    user = taken_by_a_human(store, conversation)
    arrives(store, conversation, "mit cpr er 010190-1234")
    with store.write(THE_TESTS) as work:
        release(work.queue, conversation, user)
    assert [draft.text for draft in say(store, conversation, "det er 010190-1234")] == [ANSWER.text]


def test_what_the_bot_has_told_is_not_told_again_beside_a_human(store: Store, conversation: str) -> None:
    say(store, conversation, "mit cpr er 010190-1234")
    taken_by_a_human(store, conversation)
    arrives(store, conversation, "det er 010190-1234")
    assert notices(store, conversation) == []


@pytest.mark.parametrize("text", ["ring til mig på 22 33 44 55", "hej"])
def test_beside_a_human_nothing_is_told_of_a_number_that_is_kept_for_them_nor_of_nothing(
    store: Store, conversation: str, text: str
) -> None:
    taken_by_a_human(store, conversation)
    arrives(store, conversation, text)
    assert notices(store, conversation) == []


def test_while_somebody_waits_for_a_human_the_bot_tells_it(store: Store, conversation: str) -> None:
    with store.write(THE_TESTS) as work:
        ask_for_human(work.queue, conversation, datetime.now(UTC), 0)
    [draft] = say(store, conversation, "mit cpr er 010190-1234")
    assert draft.text.startswith("For at passe på dig har jeg skjult cpr-nummeret")
    assert notices(store, conversation) == []


def test_beside_a_human_it_is_told_in_the_language_of_the_conversation(store: Store) -> None:
    with store.write(THE_TESTS) as work:
        work.conversations.open(number := str(uuid4()), "eksempel", "en", "a token")
    taken_by_a_human(store, number)
    arrives(store, number, "my cpr is 010190-1234, can you look it up")
    [notice] = notices(store, number)
    assert notice.text == "To keep you safe the robot has hidden the CPR number, so that it does not stay in the chat."


def test_beside_a_human_too_nothing_is_told_in_the_place_of_a_danger_but_the_next_time(
    store: Store, conversation: str
) -> None:
    taken_by_a_human(store, conversation)
    arrives(store, conversation, "jeg vil ikke leve mere. mit cpr er 010190-1234")
    assert notices(store, conversation) == []
    arrives(store, conversation, "ok")
    arrives(store, conversation, "det er 010190-1234")
    [notice] = notices(store, conversation)
    assert "skjult cpr-nummeret," in notice.text


def test_what_was_hidden_before_a_human_came_is_told_beside_them(store: Store, conversation: str) -> None:
    arrives(store, conversation, "min far slår mig, jeg sidder på Nørregade 12")
    taken_by_a_human(store, conversation)
    for text in ("tak fordi du skriver", "ok"):
        arrives(store, conversation, text)
    [notice] = notices(store, conversation)
    assert "har robotten skjult adressen," in notice.text


def test_what_a_caseworker_wrote_is_not_told_of_as_the_young_persons(store: Store, conversation: str) -> None:
    taken_by_a_human(store, conversation)
    with store.write(THE_TESTS) as work:
        found = work.conversations.lock(conversation)
        work.conversations.append(found, [Draft(Sender.CASEWORKER, "[cpr-nummer]", data={HIDDEN: ["cpr"]})])
    arrives(store, conversation, "hej")
    assert notices(store, conversation) == []


@pytest.mark.parametrize("custom", [{"kind": "check_in"}, {"kind": "danger", "level": 2, "kinds": ["suicide"]}])
def test_nothing_comes_before_the_question_how_they_are(
    store: Store, conversation: str, custom: dict[str, object]
) -> None:
    drafts = say(store, conversation, "min far hedder Karsten", Said("", custom=custom))
    assert not any("skjult" in draft.text for draft in drafts)


def test_the_screen_reads_what_was_written_and_not_what_is_left(store: Store, conversation: str) -> None:
    arrives(store, conversation, "min far Karsten slår mig og vi bor på Vestergade 12")
    with store.read(THE_TESTS) as work:
        young = next(one for one in work.conversations.after(conversation, 0) if one.sender is Sender.YOUNG)
        assert work.conversations.get(conversation).danger.raised_by(Danger()).level >= 2
    assert "[navn] slår mig" in young.text


def test_several_things_are_named_in_one_line() -> None:
    line = told([Detail.NAME, Detail.PHONE, Detail.ADDRESS])
    assert "skjult navnet, telefonnummeret og adressen," in line.danish
    assert "hidden the name, the phone number and the address," in line.english
