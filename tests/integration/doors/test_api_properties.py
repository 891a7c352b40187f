"""The API against its own description: whatever is sent, the answer is a described one and never an error of ours.

Bounded and the same in every run, so that it tells of a change and not of chance.
"""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from starlette.applications import Starlette

from bot.casework.free_times import Way
from bot.conversation.opening import greeting
from bot.language.tongue import Tongue
from bot.municipality.towns import Municipality
from bot.municipality.welcome import Welcome
from bot.web.bodies import CODE_LENGTH
from tests.support.desk import CONTACT, YoungPerson
from tests.support.the_tests import THE_TESTS
from tests.support.two_towns import HERE, app_of_two_towns

BOUNDED = settings(
    max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
RULES = (
    *("unknown_municipality", "payload_not_offered", "time_not_offered", "agent_not_offered", "way_not_offered"),
    *("invalid_phone", "invalid_write_to", "phone_missing", "meeting_place_missing"),
)
# Of a stream the first event tells enough.
BRIEF = {"max-stream-events": 1}
# How long a reader may wait is tested elsewhere; here nobody should.
SHORT = 0.05

described = schemathesis.pytest.from_fixture("schema")


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    monkeypatch.setattr("bot.web.chat_api.LONGEST_WAIT", SHORT)
    return app_of_two_towns(tmp_path)


@pytest.fixture
def schema(app: Starlette) -> schemathesis.schemas.BaseSchema:
    return schemathesis.openapi.from_asgi("/api/openapi.json", app, config=SchemathesisConfig.from_dict(BRIEF))


@described.parametrize()
@BOUNDED
def test_a_stranger_is_answered_as_described(case: schemathesis.Case) -> None:
    _call(case)


@described.include(path_regex=r"\{id\}").parametrize()
@BOUNDED
def test_whoever_has_the_token_is_answered_as_described(case: schemathesis.Case, app: Starlette) -> None:
    opened = _open(app)
    case.path_parameters["id"] = opened["id"]
    _call(case, headers={"Authorization": f"Bearer {opened['token']}"})


@described.include(path_regex="bookings").parametrize()
@BOUNDED
def test_whoever_has_the_words_is_answered_as_described(case: schemathesis.Case, app: Starlette) -> None:
    given = case.body.get("code") if isinstance(case.body, dict) else None
    if isinstance(given, str) and len(given) <= CODE_LENGTH:
        case.body["code"] = _booked(app)
    _call(case)


def test_one_call_leads_to_the_next_and_nothing_is_left_after_an_erasure(
    app: Starlette, schema: schemathesis.schemas.BaseSchema
) -> None:
    class Talk(schema.as_state_machine()):  # type: ignore[misc]
        """Remembers the token of each conversation, which no link can carry."""

        def setup(self) -> None:
            self.tokens: dict[str, str] = {}

        def before_call(self, case: schemathesis.Case) -> None:
            super().before_call(case)
            if case.path == "/api/conversations" and _is_meant_well(case):
                case.body["municipality"] = HERE

        def get_call_kwargs(self, case: schemathesis.Case) -> dict[str, Any]:
            token = self.tokens.get(str((case.path_parameters or {}).get("id")))
            return {"headers": {"Authorization": f"Bearer {token}"}} if token else {}

        def after_call(self, response: Response, case: schemathesis.Case) -> None:
            super().after_call(response, case)
            if response.status_code == 201:
                self.tokens[response.json()["id"]] = response.json()["token"]

        def validate_response(self, response: Response, case: schemathesis.Case, **how: Any) -> None:
            case.validate_response(response, excluded_checks=_not_asked_of(case, response), transport_kwargs=how)

    Talk.run(settings=settings(BOUNDED, max_examples=20, stateful_step_count=6))


def _call(case: schemathesis.Case, **how: Any) -> None:
    answer = case.call(**how)
    case.validate_response(answer, excluded_checks=_not_asked_of(case, answer), transport_kwargs=how)


def _not_asked_of(case: schemathesis.Case, answer: Response) -> list[CheckFunction]:
    """What a description cannot know: which towns, buttons and times there are, and that a part may be away."""
    if case.path == "/readyz" and answer.status_code == 503:
        return [not_a_server_error]
    if _had_a_wrong_key(case) and answer.status_code in (200, 204):
        return [negative_data_rejection]
    refused = answer.status_code == 422 and answer.json()["code"] in RULES
    return [positive_data_acceptance] if refused else []


def _is_meant_well(case: schemathesis.Case) -> bool:
    """Whether every part of it was made to be accepted."""
    return bool(case.meta) and all(part.mode.is_positive for part in case.meta.components.values())


def _had_a_wrong_key(case: schemathesis.Case) -> bool:
    """Whether a right id and token stand where wrong ones were made up."""
    parts = case.meta.components if case.meta else {}
    keys = (ParameterLocation.PATH, ParameterLocation.HEADER)
    return any(key in parts and parts[key].mode.is_negative for key in keys)


def _open(app: Starlette) -> dict[str, str]:
    token, young = uuid4().hex, str(uuid4())
    with app.state.store.write(THE_TESTS) as work:
        work.conversations.open(young, HERE, "da", token)
        work.conversations.append(work.conversations.get(young), [greeting(Tongue.DANISH, Welcome())])
    return {"id": young, "token": token}


def _booked(app: Starlette) -> str:
    town: Municipality = app.state.municipalities[HERE]
    return YoungPerson(app.state.store, HERE).books(town, CONTACT, Way.OFFICE).code
