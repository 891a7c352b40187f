"""The published description says what the code does: its routes, its bodies, its words and its codes."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from bot.casework.bookings import About, BookingStatus
from bot.casework.conversations import Holder, Kind, Sender
from bot.casework.free_times import Way
from bot.web import bodies, chat_api, limits
from bot.web.app import _routes
from bot.web.bodies import (
    Body,
    BookingCode,
    BookingMove,
    ConsentChoice,
    ContactDetails,
    LearningChoice,
    NewConversation,
    NewMessage,
    NewSigns,
)
from bot.web.problems import BROKEN, HTTP_TITLES, PROBLEMS, Problem
from tests.support.chat_app import last_answer, open_conversation, send, serve, settings
from tests.support.described import DESCRIBED, undescribed
from tests.support.two_towns import TwoTowns
from tests.support.walk import Door, doors

SCHEMAS = DESCRIBED["components"]["schemas"]
BODIES: Mapping[str, type[Body]] = {
    "NewConversation": NewConversation,
    "NewMessage": NewMessage,
    "NewSigns": NewSigns,
    "ContactDetails": ContactDetails,
    "ConsentChoice": ConsentChoice,
    "LearningChoice": LearningChoice,
    "BookingCode": BookingCode,
    "BookingMove": BookingMove,
}
WORDS = {
    "Holder": Holder,
    "Way": Way,
    # What is only held is nobody's booking yet, and never shown as one.
    "BookingStatus": tuple(status for status in BookingStatus if status is not BookingStatus.HELD),
    "About": About,
}
METHODS = ("get", "put", "post", "delete", "patch")
# Told at the desk and on pages alone.
OF_PAGES = {
    "agreed_too_long",
    "already_claimed",
    "not_held",
    "not_holder",
    "agent_busy",
    "agent_not_found",
    "answered",
    "talk_begun",
    "talk_not_begun",
    "too_late_to_remind",
    "bad_lowering",
    "bad_note",
    "danger_rose",
    "group_not_found",
    "order_not_found",
    "message_differs",
    "not_author",
    "not_lower",
    "note_changed",
    "note_not_allowed",
    "note_not_found",
    "ready_answer_changed",
    "ready_answer_not_found",
    "report_not_allowed",
}


class _Whole:
    routes = _routes()


def _published(door: Door) -> bool:
    return door.path.startswith("/api/") or door.path in ("/healthz", "/readyz")


def test_every_route_of_the_api_is_described_and_every_described_one_is_there() -> None:
    there = {str(door) for door in doors(_Whole()) if _published(door)}  # type: ignore[arg-type]
    described = {f"{method.upper()} {path}" for path, method, _ in _operations()}
    assert described == there


def test_it_is_openapi_and_every_reference_leads_somewhere(served: TwoTowns) -> None:
    answer = served.client.get("/api/openapi.json")
    assert (answer.status_code, answer.json()) == (200, DESCRIBED)
    assert answer.headers["Content-Type"] == "application/json"
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)
    for reference in _values(DESCRIBED, "$ref"):
        found: Any = DESCRIBED
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]


@pytest.mark.parametrize("name", BODIES)
def test_a_described_body_is_the_one_that_is_read(name: str) -> None:
    read, described = BODIES[name].model_json_schema(), SCHEMAS[name]
    assert set(described["properties"]) == set(read["properties"])
    assert set(described.get("required", ())) == set(read.get("required", ()))
    assert described["additionalProperties"] is False
    for field, schema in read["properties"].items():
        told = described["properties"][field]
        for bound in ("maxLength", "minLength"):
            assert told.get(bound) == _bound(schema, bound), (field, bound)


@pytest.mark.parametrize("name", WORDS)
def test_described_words_are_those_of_the_code(name: str) -> None:
    assert SCHEMAS[name]["enum"] == [word.value for word in WORDS[name]]


def test_described_senders_and_kinds_are_those_of_the_code() -> None:
    described = SCHEMAS["Message"]["properties"]
    assert described["sender"]["enum"] == [sender.value for sender in Sender]
    assert described["kind"]["enum"] == [kind.value for kind in Kind]


def test_every_code_a_program_may_read_is_described_and_no_other() -> None:
    described = {
        code for _, _, each in _operations() for answer in each["responses"].values() for code in _codes_in(answer)
    }
    assert described == _codes_of_the_api()


def test_a_code_stands_under_the_status_it_comes_with() -> None:
    statuses = {problem.code: problem.status for problem in _problems()}
    for path, method, operation in _operations():
        for status, response in operation["responses"].items():
            for code in _codes_in(response):
                assert statuses[code] == int(status), (method, path, code)


def test_an_answer_may_always_say_more_than_is_described() -> None:
    of_requests = [SCHEMAS[name] for name in BODIES]
    closed = [one for one in _values(DESCRIBED, "additionalProperties") if one is False]
    assert [one["additionalProperties"] for one in of_requests] == closed


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    yield from serve(settings(tmp_path))


def test_what_messages_tell_today_is_described(client: TestClient) -> None:
    path = open_conversation(client)
    said = (
        "jeg er 15 og orker ikke mere",
        "ring på 12 34 56 78",
        "min far slår mig",
        "jeg er i sikkerhed nu",
        "min ven orker ikke mere",
        "hello, can I talk to a person?",
    )
    for text in said:
        last_answer(client, path, send(client, path, text=text))
    told = client.get(f"{path}/messages").json()["messages"]
    keys = {key for message in told for key in message["data"]}
    assert keys >= {
        "danger",
        "level",
        "hidden",
        "check_in",
        "check_in_about_another",
        "says_safe",
        "under_18",
        "language",
    }
    assert "reasons" in next(message["data"]["danger"] for message in told if message["text"] == "min far slår mig")
    assert undescribed(told) == []


def test_every_call_that_needs_a_token_says_so() -> None:
    for path, _, operation in _operations():
        assert ("security" in operation) == ("{id}" in path)


def _operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in DESCRIBED["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def _values(within: object, key: str) -> Iterator[Any]:
    """Everything that stands under this key, however deep."""
    if isinstance(within, dict):
        if key in within:
            yield within[key]
        for each in within.values():
            yield from _values(each, key)
    elif isinstance(within, list):
        for each in within:
            yield from _values(each, key)


def _codes_in(response: dict[str, Any]) -> set[str]:
    name = response.get("$ref", "").rpartition("/")[2]
    whole = DESCRIBED["components"]["responses"][name] if name else response
    return {code for told in _values(whole, "code") if isinstance(told, dict) for code in told.get("enum", ())}


def _problems() -> Iterator[Problem]:
    yield from PROBLEMS.values()
    yield from (each for module in (bodies, chat_api, limits) for each in vars(module).values() if _is_problem(each))
    fields = {field for kind in BODIES.values() for field in kind.model_fields}
    yield from (Problem(422, f"invalid_{field}", "") for field in (*fields, "body"))
    yield from (BROKEN, Problem(413, "too_large", HTTP_TITLES[413]))


def _is_problem(value: object) -> bool:
    return isinstance(value, Problem)


def _codes_of_the_api() -> set[str]:
    return {problem.code for problem in _problems()} - OF_PAGES


def _bound(schema: dict[str, Any], name: str) -> int | None:
    """A bound of a field, or of what stands in an optional one."""
    either = [schema, *schema.get("anyOf", ())]
    return next((one[name] for one in either if name in one), None)
