"""Every route of the application, found in the application itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

READING = ("GET", "HEAD")


@dataclass(frozen=True, order=True)
class Door:
    """One way in: a method and the template of its path."""

    path: str
    method: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def changes(self) -> bool:
        return self.method not in READING

    def at(self, id_: str) -> str:
        """The path with this id, and with some word for whatever else is asked for."""
        return self.path.replace("{id}", id_).replace("{path:path}", "findes-ikke")


def doors(app: Starlette) -> list[Door]:
    """All of them. HEAD is GET without what is said, and served by the same code."""
    return sorted(set(_within(app.routes, "")))


def _within(routes: Iterable[BaseRoute], above: str) -> Iterator[Door]:
    for route in routes:
        if isinstance(route, Mount) and route.routes:
            yield from _within(route.routes, above + route.path)
        elif isinstance(route, Mount):
            yield Door(f"{above}{route.path}/{{path:path}}", "GET")
        else:
            assert isinstance(route, Route), f"a kind of route that the walk does not know: {route!r}"
            methods = set(route.methods or ())
            for method in methods - {"HEAD"} if "GET" in methods else methods:
                yield Door(above + route.path, method)
