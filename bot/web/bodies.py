"""The JSON that the API takes, checked; what is wrong is said in Danish."""

import re
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    ValidationError,
)
from starlette.requests import Request

from bot.casework.free_times import Way
from bot.web.problems import Problem

NAME_LENGTH = 60
CODE_LENGTH = 120
PLACE_LENGTH = 100
MOST_AGENTS = 2**31 - 1
# As many as can be asked for.
MOST_MESSAGES = 999_999_999
# No spaces, and no characters that are never seen.
_SEEN = r"[^@\s\x00-\x1f\x7f-\x9f]"
EMAIL = re.compile(rf"{_SEEN}+@{_SEEN}+\.(?:(?!\.){_SEEN}){{2,}}")
DANISH_DIGITS = 8

BAD_JSON = Problem(400, "bad_json", "Vi kunne ikke læse det, der blev sendt.")


def danish_or_foreign_phone(value: str) -> str:
    """The number without what makes it easier to read. Raises ValueError for what is none."""
    digits = re.sub(r"[\s().-]", "", value)
    if re.fullmatch(rf"(?:(?:\+|00)45)?\d{{{DANISH_DIGITS}}}|(?:\+|00)\d{{8,15}}", digits):
        return digits
    raise ValueError("not a phone number")


def email_address(value: str) -> str:
    """The same. Raises ValueError for what is none."""
    if EMAIL.fullmatch(value):
        return value
    raise ValueError("not an e-mail address")


def without_nul(value: str) -> str:
    """The text without NUL characters, which nobody types and PostgreSQL cannot keep."""
    return value.replace("\0", "")


def _without_nul(value: Any) -> Any:
    return without_nul(value) if isinstance(value, str) else value


def _whole(value: Any) -> Any:
    # In JSON 7.0 is a whole number too.
    return int(value) if isinstance(value, float) and value.is_integer() else value


Typed = Annotated[str, BeforeValidator(_without_nul)]
Trimmed = Annotated[Typed, StringConstraints(strip_whitespace=True, min_length=1)]
Phone = Annotated[Trimmed, AfterValidator(danish_or_foreign_phone)]
MeetingPlace = Annotated[Trimmed, Field(max_length=PLACE_LENGTH)]


class Body(BaseModel):
    """A JSON object; unknown keys are refused, because a misspelt one would otherwise be lost in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NewConversation(Body):
    """`POST /api/conversations`."""

    municipality: Annotated[str, Field(max_length=64)]
    locale: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] = "da"


class NewMessage(Body):
    """`POST /api/conversations/{id}/messages`: words or a button's payload, never both."""

    client_id: UUID
    text: Typed | None = None
    payload: Annotated[str, Field(min_length=2, max_length=500)] | None = None


class ContactDetails(Body):
    """`PUT /api/conversations/{id}/contact`. `write_to`: where to write when a human takes the conversation."""

    # A number or an address is no name: in a hurry it lands in the wrong field, and would be shown as what it is not.
    first_name: Annotated[Trimmed, Field(max_length=NAME_LENGTH, pattern=r"^[^0-9@]*$")] | None = None
    phone: Phone | None = None
    email: Annotated[Trimmed, Field(max_length=254), AfterValidator(email_address)] | None = None
    meeting_place: MeetingPlace | None = None
    write_to: Annotated[Trimmed, Field(max_length=254)] | None = None


class NewSigns(Body):
    """`POST /api/conversations/{id}/signs`. What is left out or null stays as it was.

    `after`: the number of the newest message on the page when they typed.
    """

    typing: StrictBool | None = None
    seen: Annotated[StrictInt, BeforeValidator(_whole), Field(ge=1, le=MOST_MESSAGES)] | None = None
    after: Annotated[StrictInt, BeforeValidator(_whole), Field(ge=0, le=MOST_MESSAGES)] | None = None


class ConsentChoice(Body):
    """`PUT /api/conversations/{id}/consent`: a yes or a no to the parts that are named."""

    transcript: StrictBool | None = None
    plan: StrictBool | None = None
    contact: StrictBool | None = None


class LearningChoice(Body):
    """`PUT /api/conversations/{id}/learning`."""

    given: StrictBool


class BookingCode(Body):
    """`POST /api/bookings/find` and `…/cancel`."""

    code: Annotated[str, Field(max_length=CODE_LENGTH)]


class BookingMove(BookingCode):
    """`POST /api/bookings/move`. `agent`: whom to talk with, null for whoever is free; left out it is as before.

    `way`: how to talk from now on, as before where it is null or left out; `phone` and `meeting_place` are what a talk
    by phone or out of the office needs, unless it is known.
    """

    starts_at: AwareDatetime
    agent: Annotated[StrictInt, BeforeValidator(_whole), Field(ge=1, le=MOST_AGENTS)] | None = None
    way: Way | None = None
    phone: Phone | None = None
    meeting_place: MeetingPlace | None = None


WRONG_FIELDS = {
    "given": "Det skal være ja eller nej.",
    "first_name": "Skriv et fornavn på højst 60 tegn uden tal og @, eller lad det være.",
    "phone": "Det ligner ikke et telefonnummer. Skriv de 8 tal.",
    "email": "Det ligner ikke en e-mail.",
    "meeting_place": "Skriv stedet med højst 100 tegn.",
    "agent": "Det er ikke nummeret på en boligagent.",
    "code": "Koden er tre ord.",
    "way": "Det er ikke en måde, man kan tale på her.",
    "starts_at": "Det er ikke et tidspunkt, vi kan læse.",
    "client_id": "Beskeden mangler sit id.",
    "locale": "Det er ikke et sprog, vi kan læse navnet på.",
    "municipality": "Vi mangler kommunen.",
    "seen": "Det er ikke nummeret på en besked.",
    "after": "Det er ikke nummeret på en besked.",
    "typing": "Det skal være ja eller nej.",
    "payload": "Den knap kan vi ikke bruge. Skriv det med ord.",
    "text": "Beskeden skal være ord.",
    "write_to": "Det kan vi ikke sende til. Kig på det igen.",
}
UNKNOWN_FIELD = Problem(422, "unknown_field", "Der er et felt, vi ikke kender. Se /api/openapi.json.")

AnyBody = TypeVar("AnyBody", bound=Body)


async def read_body(request: Request, kind: type[AnyBody]) -> AnyBody:
    """The checked body of a call. Raises Problem 400 for what is no JSON, 422 for what does not fit."""
    try:
        return kind.model_validate_json(await request.body())
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        if first["type"] == "json_invalid":
            raise BAD_JSON from error
        if first["type"] == "extra_forbidden":
            # The name is not told back: a code is ours, and never what somebody sent.
            raise UNKNOWN_FIELD from error
        field = str(first["loc"][0]) if first["loc"] else ""
        raise Problem(422, f"invalid_{field or 'body'}", WRONG_FIELDS.get(field, BAD_JSON.title)) from error
