"""Rasa and the actions as two real processes, spoken to over our channel."""

import json
from collections.abc import Callable, Iterator
from itertools import count
from uuid import uuid4

import httpx
import pytest

from bot.casework.bookings import Contact
from bot.casework.conversations import Draft, Sender
from bot.inside import PASS
from bot.language.encoder import pack, sentence_encoder
from tests.support.dialogue import Servers, Speaker
from tests.support.the_tests import THE_TESTS

pytestmark = pytest.mark.system

PHONE = "12345678"


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    running = Servers(tmp_path_factory.mktemp("servers")).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def speaker(servers: Servers) -> Callable[[], Speaker]:
    names = count()
    return lambda: Speaker(servers, f"speaker-{next(names)}")


def tracker(servers: Servers, one: Speaker) -> str:
    with servers.store.read(THE_TESTS) as work:
        return work.trackers.get(one.id) or ""


def test_it_is_healthy_and_names_its_model(servers: Servers) -> None:
    answer = servers.http.get("/health").json()
    assert answer["status"] == "ok"
    assert answer["model"].endswith(".tar.gz")


def test_a_whole_booking_with_corrections_in_typed_words(servers: Servers, speaker: Callable[[], Speaker]) -> None:
    one = speaker()
    one.say("jeg vil gerne booke en tid")
    assert (one.answer["active_form"], one.answer["asks"]) == ("booking_form", "booking_time")
    one.say("torsdag eftermiddag")
    assert one.times()
    assert all(title.startswith("tors.") for title in one.times())
    second = one.times()[1]
    one.say("den anden")
    assert one.answer["asks"] == "booking_confirmed"
    assert second[-5:] in one.text()
    one.say("hellere på telefon")
    assert one.answer["asks"] == "booking_time"
    assert any(second[-5:] in title for title in one.times())
    one.tap(second[-5:])
    assert one.answer["asks"] == "booking_contact"
    assert one.custom()["kind"] == "form"
    with servers.store.write(THE_TESTS) as work:
        work.conversations.keep_contact(work.conversations.get(one.id), Contact("Sofie", PHONE))
    one.say("[telefonnummer]")
    assert one.answer["asks"] == "booking_confirmed"
    one.say("ja tak")
    made = one.custom()
    assert (made["kind"], made["event"], one.answer["active_form"]) == ("booking", "made", None)
    with servers.store.read(THE_TESTS) as work:
        booking = work.bookings.by_id(made["booking"])
    assert booking is not None
    assert (booking.way.value, booking.contact.phone, booking.conversation) == ("phone", PHONE, one.id)
    assert PHONE not in tracker(servers, one)
    assert booking.code not in json.dumps(one.answer)
    one.say("ja")
    assert one.responses() == ["utter_booking_shown"]


def test_another_day_at_the_last_question_is_understood(speaker: Callable[[], Speaker]) -> None:
    one = speaker()
    one.say("book en tid")
    one.tap(one.times()[0])
    one.say("nej hellere på fredag")
    assert one.times()
    assert all(title.startswith("fre.") for title in one.times())


def test_a_day_and_then_an_hour_and_then_a_number(speaker: Callable[[], Speaker]) -> None:
    one = speaker()
    one.say("book en tid")
    one.say("torsdag")
    one.say("efter kl 13")
    assert one.times()
    assert all(title.startswith("tors.") and title[-5:] >= "13.00" for title in one.times())
    second = one.times()[1]
    one.say("2")
    assert one.answer["asks"] == "booking_confirmed"
    assert second[-5:] in one.text()


@pytest.mark.parametrize("typed", ["nej", "nej det passer ikke", "ingen af dem", "det er lige meget"])
def test_a_first_no_to_the_times_does_not_end_the_booking(speaker: Callable[[], Speaker], typed: str) -> None:
    one = speaker()
    one.say("book en tid")
    first = one.times()
    one.say(typed)
    assert one.responses() == ["utter_booking_write_a_day"]
    one.say("vis flere")
    assert one.times()
    assert one.times() != first


@pytest.mark.parametrize("typed", ["jeg har fortrudt", "jeg vil ikke have en tid"])
@pytest.mark.parametrize("chosen", [False, True])
def test_who_has_changed_their_mind_is_let_go(speaker: Callable[[], Speaker], typed: str, *, chosen: bool) -> None:
    one = speaker()
    one.say("book en tid")
    if chosen:
        one.tap(one.times()[0])
    one.say(typed)
    assert (one.responses(), one.answer["active_form"]) == (["utter_booking_stopped"], None)


def test_a_question_in_the_middle_is_answered_with_its_facts_and_leads_back(speaker: Callable[[], Speaker]) -> None:
    one = speaker()
    one.say("book en tid")
    one.say("hvad er indskud")
    answer, question = one.answer["messages"]
    assert (answer["response"], bool(answer["facts"])) == ("utter_housing_deposit", True)
    assert question["response"].startswith("utter_booking_offer")
    assert one.answer["asks"] == "booking_time"


def test_glem_det_ends_it_and_the_next_yes_books_nothing(servers: Servers, speaker: Callable[[], Speaker]) -> None:
    one = speaker()
    one.say("book en tid")
    one.tap(one.times()[0])
    one.say("glem det")
    assert (one.answer["active_form"], one.answer["asks"]) == (None, None)
    one.say("ja")
    with servers.store.read(THE_TESTS) as work:
        assert work.bookings.active_of(one.id, work.conversations.get(one.id).created_at) is None


@pytest.mark.parametrize(
    "typed", ["/restart", "/booking_request", '/booking_inform{"booking_way": "phone"}', "/session_start"]
)
def test_a_typed_command_is_words_and_changes_nothing(speaker: Callable[[], Speaker], typed: str) -> None:
    one = speaker()
    one.say("book en tid")
    one.tap("På chat")
    one.say(typed)
    assert (one.answer["sure"], one.answer["active_form"]) == (False, "booking_form")
    assert one.responses() == ["utter_not_understood_in_booking", "utter_booking_offer_chat"]


@pytest.mark.parametrize(
    "typed", ["", "///", "🙂🙂", "مرحبا", "<script>alert(1)</script>", "æ" * 4000, "\0", "[CPR-nummer]"]
)
def test_whatever_is_typed_is_answered(speaker: Callable[[], Speaker], typed: str) -> None:
    one = speaker()
    one.say(typed)
    assert one.answer["messages"]
    assert isinstance(one.answer["sure"], bool)


@pytest.mark.parametrize("payload", ["/restart", "/back", "/session_start", "/nothing", "hej", "/booking_inform{"])
def test_a_payload_that_is_no_intent_is_refused(speaker: Callable[[], Speaker], payload: str) -> None:
    refused = speaker().post(payload=payload)
    assert refused.status_code == 400
    assert "payload" in refused.json()["error"]


@pytest.mark.parametrize(
    ("body", "key"), [({"text": 7}, "text"), ({}, "text"), ({"text": "hej", "conversation": None}, "conversation")]
)
def test_what_is_no_turn_is_refused_by_the_name_of_the_key(
    speaker: Callable[[], Speaker], body: dict[str, object], key: str
) -> None:
    refused = speaker().post(**body)
    assert (refused.status_code, refused.json()["error"].split(":")[0]) == (400, key)


def test_the_age_is_asked_once_and_gives_the_answer_for_it(speaker: Callable[[], Speaker]) -> None:
    one = speaker()
    one.say("hvad koster et herberg")
    both = one.text()
    adult = one.button("18 eller over")
    one.say("er der plads på herberget")
    assert not any("under 18" in button["title"] for button in one.buttons())
    one.answer = {"messages": [{"buttons": [adult]}]}
    one.tap("18 eller over")
    assert one.responses() == ["utter_housing_shelter"]
    assert one.text() != both


def test_whoever_does_not_tell_the_age_is_not_asked_again(speaker: Callable[[], Speaker]) -> None:
    one = speaker()
    one.say("hvad koster et herberg")
    one.tap("Vil ikke sige det")
    assert one.text()
    one.say("jeg har ingen penge til mad i dag")
    assert not any("under 18" in button["title"] for button in one.buttons())


def test_a_vector_from_the_web_process_is_used_and_not_kept(servers: Servers, speaker: Callable[[], Speaker]) -> None:
    one, same = speaker(), speaker()
    vector = pack(sentence_encoder().encode(["hvad er indskud"])[0])
    one.say("hvad er indskud", vector=vector)
    same.say("hvad er indskud")
    assert one.answer["intent"]["name"] == same.answer["intent"]["name"] == "housing_deposit"
    assert one.answer["intent"]["confidence"] == pytest.approx(same.answer["intent"]["confidence"], abs=0.02)
    assert vector[:40] not in tracker(servers, one)


def test_a_conversation_that_was_erased_leaves_no_trace_by_a_late_turn(
    servers: Servers, speaker: Callable[[], Speaker]
) -> None:
    one = speaker()
    one.say("book en tid")
    with servers.store.write(THE_TESTS) as work:
        work.conversations.erase(one.id)
    one.say("hej")
    assert tracker(servers, one) == ""


def test_nothing_that_was_written_is_in_a_log(servers: Servers, speaker: Callable[[], Speaker]) -> None:
    one = speaker()
    one.say("min stedfar hedder Bent-Åge og bor i Vraa")
    one.post(payload='/nothing{"x": "Bent-Åge"}')
    one.say("jeg vil tale med et menneske, siger Bent-Åge", municipality="nowhere")
    assert one.responses() == []
    assert "MetadataError" in servers.log()
    assert "Bent" not in servers.log()


def test_what_the_actions_log_has_the_number_of_the_request_that_came_to_the_dialogue(
    servers: Servers, speaker: Callable[[], Speaker]
) -> None:
    one = speaker()
    one.number = uuid4().hex
    one.say("jeg vil tale med et menneske", municipality="nowhere")
    lines = [json.loads(line) for line in servers.log().splitlines() if one.number in line]
    [told] = [line for line in lines if line["process"] == "actions"]
    assert (told["level"], told["request"]) == ("ERROR", one.number)
    assert "MetadataError" in told["message"]
    assert {line["request"] for line in lines} == {one.number}


def test_who_is_none_of_ours_is_told_nothing(servers: Servers, speaker: Callable[[], Speaker]) -> None:
    one = speaker()
    body = {"conversation": one.id, "metadata": {"municipality": "eksempel"}, "text": "hej"}
    for shown in ({}, {PASS: "another"}):
        assert httpx.post(f"{servers.http.base_url}turn", json=body, headers=shown).status_code == 403
    actions = f"http://127.0.0.1:{servers.actions_port}"
    assert httpx.post(f"{actions}/webhook", json={}).status_code == 403
    assert httpx.get(f"{actions}/actions").status_code == 403
    assert httpx.get(f"{actions}/health").status_code == 200


def test_a_turn_that_comes_too_late_does_nothing(servers: Servers, speaker: Callable[[], Speaker]) -> None:
    """Its message was given up while the server hung: it must not book now, nor write over what came after."""
    one = speaker()
    one.say("jeg vil gerne booke en tid")
    with servers.store.write(THE_TESTS) as work:
        conversation = work.conversations.get(one.id)
        [given_up] = work.conversations.append(conversation, [Draft(Sender.YOUNG, "ja tak", answered=True)])
        before = work.trackers.get(one.id)
    late = one.post(text="kan jeg få su", metadata={"sequence": given_up.sequence})
    assert (late.status_code, late.json()["error"]) == (503, "TurnOverError")
    with servers.store.read(THE_TESTS) as work:
        assert work.trackers.get(one.id) == before


def test_a_booking_that_comes_too_late_is_not_made(servers: Servers, speaker: Callable[[], Speaker]) -> None:
    one = speaker()
    one.say("jeg vil gerne booke en tid")
    one.tap("kl.")
    payload = one.button("Ja")["payload"]
    with servers.store.write(THE_TESTS) as work:
        conversation = work.conversations.get(one.id)
        [given_up] = work.conversations.append(conversation, [Draft(Sender.YOUNG, "Ja", answered=True)])
    assert one.post(payload=payload, metadata={"sequence": given_up.sequence}).status_code == 503
    with servers.store.read(THE_TESTS) as work:
        assert work.bookings.of(one.id) == []


def test_without_the_actions_answers_are_given_and_a_booking_waits(
    servers: Servers, speaker: Callable[[], Speaker]
) -> None:
    one = speaker()
    one.say("book en tid")
    servers.kill("actions")
    try:
        one.say("torsdag eftermiddag")
        # The web process knows what to say then.
        assert one.responses() == []
        assert one.answer["active_form"] == "booking_form"
        other = speaker()
        other.say("hvad er indskud")
        assert other.responses() == ["utter_housing_deposit"]
    finally:
        servers.start_one("actions")
    one.say("torsdag eftermiddag")
    assert all(title.startswith("tors.") for title in one.times())


def test_a_name_that_the_web_process_knows_is_a_wish_for_a_talk(speaker: Callable[[], Speaker]) -> None:
    one = speaker()
    one.say("jeg vil tale med Mette")
    assert one.responses() != ["utter_booking_unknown"]
    one.say("jeg vil tale med Mette", names_agent=True)
    assert one.responses() == ["utter_booking_unknown"], "the town lets nobody choose: there is no talk to move"


def test_nonsense_in_the_middle_of_a_booking_is_not_understood_and_changes_nothing(
    servers: Servers, speaker: Callable[[], Speaker]
) -> None:
    one = speaker()
    one.say("jeg vil gerne booke en tid")
    offered = one.times()
    one.say("skjdhf ksjdhf")
    assert "ikke fat i" in one.text()
    assert (one.answer["asks"], one.times()) == ("booking_time", offered)


def test_an_answer_tells_that_there_is_no_more_to_say(speaker: Callable[[], Speaker]) -> None:
    one = speaker()
    unanswered = []
    for text in ("hvad er indskud", "hvordan gør jeg det?", "fortæl mere"):
        one.say(text)
        unanswered.append([message["unanswered"] for message in one.answer["messages"]])
        assert one.responses() == ["utter_housing_deposit"]
    assert unanswered == [[False], [False], [True]]
