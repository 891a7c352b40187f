"""What a form or a program sent, read in one way."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from starlette.requests import Request

from bot.web.bodies import BAD_JSON, WRONG_FIELDS, without_nul
from bot.web.problems import Problem

BAD_CLIENT_ID = Problem(422, "invalid_client_id", WRONG_FIELDS["client_id"])


def is_json(request: Request) -> bool:
    """Whether a program speaks to us, and not a form."""
    return request.headers.get("Content-Type", "").partition(";")[0].strip() == "application/json"


async def read_fields(request: Request) -> dict[str, str]:
    """The fields of a form or of a JSON object; files are left out. Raises Problem for other JSON.

    Text comes without NUL characters, and half a surrogate pair is refused: the store keeps neither. A line break is
    one character, as the field counts it, though a plain form sends two.
    """
    given = await _json_object(request) if is_json(request) else await _form(request)
    try:
        "".join(given.values()).encode()
    except UnicodeEncodeError:
        raise BAD_JSON from None
    return {name: without_nul(value).replace("\r\n", "\n") for name, value in given.items()}


def client_id_in(fields: Mapping[str, str]) -> UUID | None:
    """The id that a page gave what it sends; None where it gave none. Raises Problem for what is no UUID."""
    given = fields.get("client_id", "")
    try:
        return UUID(given) if given else None
    except ValueError:
        raise BAD_CLIENT_ID from None


async def _form(request: Request) -> dict[str, str]:
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


async def _json_object(request: Request) -> dict[str, str]:
    try:
        given: Any = await request.json()
    # A number of thousands of digits is a plain ValueError, as are bad JSON and bad UTF-8.
    except (ValueError, RecursionError) as error:
        raise BAD_JSON from error
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise BAD_JSON
    return given
