"""A conversation on its way from one caseworker to another."""

from httpx import Response
from starlette.testclient import TestClient

from bot.store.store import Store
from tests.support.desk import YoungPerson
from tests.support.second_factors import user_of

NOTE = "Balthazar ringer til hende i morgen"


def number_of(store: Store, name: str) -> str:
    """By what the form names a colleague."""
    return str(user_of(store, name).id)


def at(young: YoungPerson, deed: str = "") -> str:
    return f"/desk/conversations/{young.id}" + (f"/{deed}" if deed else "")


def gives(client: TestClient, young: YoungPerson, to: str, note: str = NOTE, **headers: str) -> Response:
    return client.post(at(young, "give"), data={"to": to, "note": note}, headers=headers)
