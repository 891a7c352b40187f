"""What a form or a program sent, read in one way."""

import json

from starlette.requests import Request

from bot.web.bodies import BAD_JSON


def is_json(request: Request) -> bool:
    """Whether a program speaks to us, and not a form."""
    return request.headers.get("Content-Type", "").partition(";")[0].strip() == "application/json"


async def read_fields(request: Request) -> dict[str, str]:
    """The fields of a form or of a JSON object; files are left out. Raises Problem for other JSON."""
    if not is_json(request):
        return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    try:
        given = await request.json()
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BAD_JSON from error
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise BAD_JSON
    return given
