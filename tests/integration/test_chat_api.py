"""The chat API with a real store and screen; the dialogue server is away, as it may be any night."""

from asyncio import gather, run
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.testclient import TestClient

from bot.casework.arranging import book, free_times
from bot.casework.bookings import Wish
from bot.casework.conversations import Holder, Writer
from bot.casework.feeds import Shows
from bot.casework.free_times import Way, danish_day
from bot.conversation.feeds import open_feed
from bot.web.app import create_app
from tests.support.chat_app import send, serve, settings
from tests.support.the_tests import THE_TESTS


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    yield from serve(settings(tmp_path, code_tries_a_minute=100, wrong_codes_a_day=10))


def code_of(client: TestClient) -> str:
    state = client.app.state  # type: ignore[attr-defined]
    town = state.municipalities["eksempel"]
    now = datetime.now(UTC)
    with state.store.write(THE_TESTS) as work:
        first = free_times(work, "eksempel", Way.OFFICE, town.rules, now)[0].starts_at
        return book(work, Wish(str(uuid4()), "eksempel", first, Way.OFFICE, "Ungehuset"), town.rules, now).code


def test_a_conversation_opens_with_a_robot_that_says_so(client: TestClient) -> None:
    opened = client.post("/api/conversations", json={"municipality": "eksempel", "locale": "da"})
    assert opened.status_code == 201
    assert "robot" in opened.json()["messages"][0]["text"]


def test_a_message_is_answered_with_numbers_to_call_when_nothing_else_can_answer(client: TestClient, path: str) -> None:
    sequence = send(client, path, text="hvad er boligstøtte")
    answer = client.get(f"{path}/messages", params={"after": sequence, "wait": 20}).json()["messages"][-1]
    assert answer["final"]
    assert answer["reply_to"] == sequence
    assert "112" in answer["text"]


def test_a_human_can_be_asked_for_without_the_dialogue_server(client: TestClient, path: str) -> None:
    for body in ({"text": "hej"}, {"payload": "/handoff_request"}):
        assert client.get(f"{path}/messages").json()["holder"] == "bot"
        sequence = send(client, path, **body)
        client.get(f"{path}/messages", params={"after": sequence, "wait": 20})
    assert client.get(f"{path}/messages").json()["holder"] == "waiting"


@pytest.mark.parametrize(
    ("text", "least"),
    [("jeg vil ikke leve mere", 2), ("min far slår mig", 2), ("jeg har intet sted at sove i nat", 2),
     ("jeg har taget 40 panodiler", 3)],
)  # fmt: skip
def test_danger_is_answered_in_the_same_moment_and_queued(client: TestClient, path: str, text: str, least: int) -> None:
    sequence = send(client, path, text=text)
    body = client.get(f"{path}/messages", params={"after": sequence}).json()
    danger = body["messages"][0]
    assert (danger["kind"], danger["final"], body["holder"]) == ("danger", True, "waiting")
    assert danger["data"]["level"] >= least


@pytest.mark.parametrize(
    ("text", "writer"),
    [
        ("min søn har taget 40 panodiler", Writer.HELPER),
        ("min veninde skærer i sig selv, hvad kan jeg gøre", Writer.HELPER),
        ("jeg har taget 40 panodiler", None),
        ("min far slår min mor", None),
        ("min ven har smidt mig ud, jeg har intet sted at sove i nat", None),
    ],
)
def test_who_tells_of_a_young_person_in_danger_is_known_as_a_helper_without_the_dialogue_server(
    client: TestClient, path: str, text: str, writer: Writer | None
) -> None:
    send(client, path, text=text)
    with client.app.state.store.read(THE_TESTS) as work:  # type: ignore[attr-defined]
        found = work.conversations.get(path.rpartition("/")[2])
    assert (found.holder, found.writer) == (Holder.WAITING, writer)


def test_a_young_person_who_put_it_right_stays_one_when_they_tell_of_a_friend(client: TestClient, path: str) -> None:
    conversation = path.rpartition("/")[2]
    with client.app.state.store.write(THE_TESTS) as work:  # type: ignore[attr-defined]
        work.conversations.set_writer(conversation, Writer.YOUNG)
    send(client, path, text="min ven har taget 40 panodiler")
    with client.app.state.store.read(THE_TESTS) as work:  # type: ignore[attr-defined]
        assert work.conversations.get(conversation).writer is Writer.YOUNG


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": ""}, 422, "empty_message"),
        ({"text": "  \n "}, 422, "empty_message"),
        ({"text": "\x01\x02"}, 422, "empty_message"),
        ({}, 422, "empty_message"),
        ({"text": "hej", "payload": "/booking_request"}, 422, "empty_message"),
        ({"text": "a" * 5000}, 422, "message_too_long"),
        ({"payload": "/chat_affirm"}, 422, "payload_not_offered"),
        ({"text": 7}, 422, "invalid_text"),
        ({"texst": "hej"}, 422, "unknown_field"),
    ],
)
def test_a_message_that_is_none_is_refused_in_danish(
    client: TestClient, path: str, body: dict[str, object], status: int, code: str
) -> None:
    response = client.post(f"{path}/messages", json={"client_id": str(uuid4()), **body})
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["title"].endswith((".", "?"))


@pytest.mark.parametrize("content", [b"{", b"[]", b'"hej"', b"\xff\xfe", b""])
def test_what_is_no_json_object_is_refused(client: TestClient, path: str, content: bytes) -> None:
    assert client.post(f"{path}/messages", content=content).status_code in (400, 422)


def test_a_body_beyond_all_measure_is_refused(client: TestClient, path: str) -> None:
    assert client.post(f"{path}/messages", content=b"x" * 100_000).status_code == 413


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer wrong", "Basic abc"])
def test_nobody_reads_without_the_token(client: TestClient, path: str, header: str | None) -> None:
    del client.headers["Authorization"]
    headers = {"Authorization": header} if header else {}
    for method, end in (("GET", "/messages"), ("GET", "/stream"), ("POST", "/messages"), ("DELETE", "")):
        assert client.request(method, f"{path}{end}", headers=headers).status_code == 401


def test_the_same_client_id_gives_the_same_answer_and_nothing_twice(client: TestClient, path: str) -> None:
    same = {"client_id": str(uuid4()), "text": "jeg vil dø"}
    sequences = {client.post(f"{path}/messages", json=same).json()["sequence"] for _ in range(3)}
    senders = [message["sender"] for message in client.get(f"{path}/messages").json()["messages"]]
    assert (len(sequences), senders) == (1, ["bot", "young", "bot"])


def test_a_cpr_number_is_never_stored(client: TestClient, path: str, tmp_path: Path) -> None:
    send(client, path, text="jeg vil dø, mit cpr er 010190-1234")
    assert "[cpr-nummer]" in client.get(f"{path}/messages").text
    assert not any(b"010190-1234" in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


@pytest.mark.parametrize(
    ("details", "status"),
    [
        ({"phone": "12 34 56 78", "first_name": "Æske"}, 204),
        ({"email": "a@b.dk"}, 204),
        ({"phone": "123"}, 422),
        ({"email": "nej"}, 422),
        ({"first_name": "x" * 100}, 422),
        ({"first_name": "22334455"}, 422),
        ({"first_name": "sofie@eksempel.dk"}, 422),
        ({"cpr": "0101901234"}, 422),
    ],
)
def test_a_contact_is_kept_encrypted_or_refused_clearly(
    client: TestClient, path: str, details: dict[str, str], status: int, tmp_path: Path
) -> None:
    assert client.put(f"{path}/contact", json=details).status_code == status
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*.sqlite*"))
    assert not any(value.replace(" ", "").encode() in kept for value in details.values() if len(value) > 3)


def test_an_unknown_municipality_is_refused(client: TestClient) -> None:
    response = client.post("/api/conversations", json={"municipality": "ingensteder"})
    assert (response.status_code, response.json()["code"]) == (422, "unknown_municipality")


def test_a_code_may_be_typed_in_any_way_and_moved_and_cancelled(client: TestClient) -> None:
    code = code_of(client)
    typed = code.upper().replace("-", "  ")
    found = client.post("/api/bookings/find", json={"code": typed}).json()
    assert (found["code"], found["status"]) == (code, "active")
    with client.app.state.store.read(THE_TESTS) as work:  # type: ignore[attr-defined]
        town = client.app.state.municipalities["eksempel"]  # type: ignore[attr-defined]
        later = free_times(work, "eksempel", Way.OFFICE, town.rules, datetime.now(UTC))[5].starts_at
    moved = client.post("/api/bookings/move", json={"code": code, "starts_at": later.isoformat()}).json()
    assert moved["starts_at"] == later.isoformat()
    assert client.post("/api/bookings/cancel", json={"code": code}).json()["status"] == "cancelled"


@pytest.mark.parametrize("shift", [timedelta(days=-30), timedelta(hours=12), timedelta(days=400)])
def test_a_talk_is_not_moved_to_where_there_is_none(client: TestClient, shift: timedelta) -> None:
    code = code_of(client)
    starts = datetime.fromisoformat(client.post("/api/bookings/find", json={"code": code}).json()["starts_at"])
    response = client.post("/api/bookings/move", json={"code": code, "starts_at": (starts + shift).isoformat()})
    assert (response.status_code, response.json()["code"]) == (422, "time_not_offered")
    assert client.post("/api/bookings/find", json={"code": code}).json()["starts_at"] == starts.isoformat()


def test_guessing_codes_ends_after_so_many_wrong_ones(client: TestClient) -> None:
    code = code_of(client)
    answers = [client.post("/api/bookings/find", json={"code": f"bil hus {n}x"}).status_code for n in range(100)]
    assert answers[:10] == [404] * 10
    assert set(answers[10:]) == {429}
    assert client.post("/api/bookings/find", json={"code": code}).status_code == 429, "nor may a lucky guess pass"


def test_an_address_may_open_so_many_conversations_a_minute(tmp_path: Path) -> None:
    for client in serve(settings(tmp_path, conversations_a_minute=3)):
        body = {"municipality": "eksempel"}
        assert [client.post("/api/conversations", json=body).status_code for _ in range(4)] == [201, 201, 201, 429]


def test_every_answer_carries_the_headers_that_keep_a_page_safe(client: TestClient) -> None:
    for address in ("/healthz", "/api/nothing", "/i-nat"):
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"


def test_readiness_tells_the_truth_about_each_part(client: TestClient) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["store"] == "ready"
    assert response.json()["dialogue"] == "unreachable"


def test_a_store_that_goes_away_is_told_and_nothing_is_lost_in_silence(client: TestClient, path: str) -> None:
    state = client.app.state  # type: ignore[attr-defined]
    state.store._database.engine.dispose()
    (Path(state.settings.var) / "hjemad.sqlite").rename(Path(state.settings.var) / "away.sqlite")
    response = client.post(f"{path}/messages", json={"client_id": str(uuid4()), "text": "hej"})
    assert (response.status_code, response.json()["code"]) == (503, "store_unreachable")
    assert "112" in response.json()["title"]


def test_the_words_of_a_booking_are_told_in_the_chat_and_stand_sealed_in_the_store(
    client: TestClient, path: str, tmp_path: Path
) -> None:
    state = client.app.state  # type: ignore[attr-defined]
    town, now = state.municipalities["eksempel"], datetime.now(UTC)
    conversation = path.rpartition("/")[2]
    with state.store.write(THE_TESTS) as work:
        first = free_times(work, "eksempel", Way.OFFICE, town.rules, now)[0].starts_at
        wish = Wish(str(uuid4()), "eksempel", first, Way.OFFICE, "Ungehuset", conversation)
        code = book(work, wish, town.rules, now).code
    # The answer that told of it was lost: the next one, whatever it is, makes up for that.
    sequence = send(client, path, text="hej")
    client.get(f"{path}/messages", params={"after": sequence, "wait": 20})
    told = client.get(f"{path}/messages").json()["messages"][-1]
    assert (told["kind"], told["data"]["code"], told["final"]) == ("booking", code, True)
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*.sqlite*"))
    assert code.encode() not in kept


def test_a_number_written_while_a_human_is_asked_for_reaches_the_human(client: TestClient, path: str) -> None:
    asked = send(client, path, text="jeg vil tale med et menneske")
    client.get(f"{path}/messages", params={"after": asked, "wait": 10})
    send(client, path, text="ring til mig på 22 33 44 55")
    conversation = path.rpartition("/")[2]
    with client.app.state.store.read(THE_TESTS) as work:  # type: ignore[attr-defined]
        assert work.conversations.contact(conversation).phone == "22 33 44 55"


def test_codes_guessed_all_at_once_are_counted_one_by_one(tmp_path: Path) -> None:
    app = create_app(settings(tmp_path, code_tries_a_minute=5))

    async def guess() -> list[int]:
        async with AsyncClient(transport=ASGITransport(app), base_url="http://testserver") as crowd:
            tries = (crowd.post("/api/bookings/find", json={"code": "skov lampe kage"}) for _ in range(40))
            return [answer.status_code for answer in await gather(*tries)]

    app.state.store.migrate()
    found = run(guess())
    assert (found.count(404), found.count(429)) == (5, 35)


@pytest.mark.parametrize("id_", ["%00", "a%00b", "x" * 5000])
def test_an_id_that_nobody_was_given_opens_nothing(client: TestClient, id_: str) -> None:
    answer = client.get(f"/api/conversations/{id_}/messages", headers={"Authorization": "Bearer x"})
    assert answer.status_code == 401


def test_a_page_that_does_not_exist_is_told_to_people_as_a_page(client: TestClient) -> None:
    assert "text/html" in client.get("/findes/ikke", headers={"Accept": "text/html"}).headers["content-type"]
    assert client.get("/findes/ikke").json()["code"] == "http_404"


def test_without_a_store_tonight_is_served_and_the_store_is_taken_up_when_it_comes(tmp_path: Path) -> None:
    file = tmp_path / "no-database-yet"
    file.write_text("not a database")
    chosen = settings(tmp_path).model_copy(update={"database_url": f"sqlite:///{file}"})
    with TestClient(create_app(chosen)) as client:
        assert client.get("/i-nat").status_code == 200
        assert client.get("/readyz").json()["store"] == "unreachable"


def test_a_calendar_that_goes_on_asking_for_a_closed_address_costs_nobody_their_words(client: TestClient) -> None:
    code = code_of(client)
    for _ in range(30):
        assert client.get("/kalender/closed.ics").status_code == 404
    assert client.post("/api/bookings/find", json={"code": code}).status_code == 200


def test_an_open_calendar_is_read_by_its_address_alone(client: TestClient) -> None:
    store = client.app.state.store  # type: ignore[attr-defined]
    code_of(client)
    with store.write(THE_TESTS) as work:
        [agent] = work.agents.of("eksempel", danish_day(datetime.now(UTC)))
        secret = open_feed(work, agent, Shows.TIME)
    answer = client.get(f"/kalender/{secret}.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.text.count("BEGIN:VEVENT") == 1
