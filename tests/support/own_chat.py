"""A young person's own chat through the API, and the desk that may read a part of it."""

from datetime import UTC, datetime
from uuid import uuid4

from starlette.testclient import TestClient

from bot.casework.arranging import book, free_times
from bot.casework.bookings import About, Wish
from bot.casework.free_times import Way
from bot.casework.plans import Part, Plan, say
from bot.store.store import Store
from tests.support.chat_app import last_answer, send
from tests.support.desk import PAGE
from tests.support.the_tests import THE_TESTS

SECRET = "jeg sover på en sofa hos min fætter"
HUMAN = "jeg vil gerne tale med et menneske"
PHONE = "12345678"
HOPELESS = "jeg vil ikke leve mere"
PARTS = ("transcript", "plan", "contact")


def store_of(client: TestClient) -> Store:
    store: Store = client.app.state.store  # type: ignore[attr-defined]
    return store


def at_desk(desk: TestClient, path: str) -> str:
    page = desk.get(f"/desk/conversations/{path.rsplit('/', 1)[1]}", headers=PAGE)
    assert page.status_code == 200, page.text
    return page.text


def claim(desk: TestClient, path: str) -> None:
    assert desk.post(f"/desk/conversations/{path.rsplit('/', 1)[1]}/claim").status_code == 200


def decide(client: TestClient, path: str, **parts: bool) -> dict[str, dict[str, object]]:
    answer = client.put(f"{path}/consent", json=parts)
    assert answer.status_code == 200, answer.text
    consent: dict[str, dict[str, object]] = answer.json()
    return consent


def press(client: TestClient, path: str, title: str) -> dict[str, object]:
    """Presses a button that was shown, and returns the answer."""
    messages = client.get(f"{path}/messages").json()["messages"]
    payload = next(b["payload"] for m in reversed(messages) for b in m["buttons"] if b["title"] == title)
    return last_answer(client, path, send(client, path, payload=payload))


def writes_a_plan(client: TestClient, path: str, words: str) -> None:
    sequence = send(client, path, text=words)
    last_answer(client, path, sequence)
    with store_of(client).write(THE_TESTS) as work:
        found = work.conversations.lock(path.rsplit("/", 1)[1])
        message = work.plans.answer(found.id, sequence)
        assert message
        work.plans.put(found, say(Plan(), Part.HOME, message))
        work.plans.mark(message, Part.HOME)


def books_a_talk(client: TestClient, path: str, about: About = About.YOUNG) -> str:
    """Its three words."""
    town, now = client.app.state.municipalities["eksempel"], datetime.now(UTC)  # type: ignore[attr-defined]
    with store_of(client).write(THE_TESTS) as work:
        first = free_times(work, "eksempel", Way.OFFICE, town.rules, now)[0].starts_at
        number = path.rsplit("/", 1)[1]
        wish = Wish(str(uuid4()), "eksempel", first, Way.OFFICE, "Ungehuset", number, about=about)
        return book(work, wish, town.rules, now).code
