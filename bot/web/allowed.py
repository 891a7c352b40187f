"""What may be done at an address where something else was tried."""

from collections.abc import Iterable, Iterator

from starlette.requests import Request
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Scope


def allowed_methods(request: Request) -> str:
    """The methods of all routes at this path, for the header Allow: one path may be served by several."""
    asked = {"type": "http", "method": request.method, "path": request.scope["path"], "root_path": "", "headers": []}
    return ", ".join(sorted(set(_methods(request.app.routes, asked))))


def _methods(routes: Iterable[BaseRoute], scope: Scope) -> Iterator[str]:
    for route in routes:
        match, within = route.matches(dict(scope))
        if match is Match.NONE:
            continue
        if isinstance(route, Mount):
            yield from _methods(route.routes or (), {**scope, **within})
        elif isinstance(route, Route):
            yield from route.methods or ()
