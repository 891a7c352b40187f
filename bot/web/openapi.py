"""The published description of the API, for those who build a client of their own."""

import json
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.composed_yaml import content_of

DESCRIPTION = Path(__file__).parent / "openapi.yml"
# It changes with an installation's version only; whoever reads it again within the hour gets the same.
CACHE = "public, max-age=3600"


async def describe(_request: Request) -> Response:
    """GET /api/openapi.json."""
    return Response(_described(), media_type="application/json", headers={"Cache-Control": CACHE})


@cache
def _described() -> bytes:
    return json.dumps(content_of(DESCRIPTION.read_text(encoding="utf-8")), ensure_ascii=False).encode()


openapi_routes: list[BaseRoute] = [Route("/api/openapi.json", describe, methods=["GET"])]
