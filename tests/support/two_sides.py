"""A young person and a caseworker, each with a page of the same conversation before them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from starlette.testclient import TestClient

from bot.casework.signs import TYPING_FOR, Signs
from bot.store.desk_tables import desk_looks, young_looks
from bot.store.store import Store
from tests.support.desk import YoungPerson, looks
from tests.support.the_tests import THE_TESTS

JUST_OVER = TYPING_FOR + timedelta(seconds=1)


@dataclass
class Chat:
    """Somebody who writes, and Anna at the desk, who has not taken the conversation yet."""

    client: TestClient
    anna: TestClient
    young: YoungPerson
    headers: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.headers = {"Authorization": f"Bearer {self.young.token}"}

    @property
    def path(self) -> str:
        return f"/api/conversations/{self.young.id}"

    @property
    def page(self) -> str:
        return f"/desk/conversations/{self.young.id}"

    @property
    def store(self) -> Store:
        return self.young.store

    def tells(self, **signs: object) -> int:
        return self.client.post(f"{self.path}/signs", json=signs, headers=self.headers).status_code

    def hears(self) -> dict[str, Any]:
        answer = self.client.get(f"{self.path}/messages", headers=self.headers)
        told: dict[str, Any] = answer.json()["signs"]
        return told

    def at_desk(self) -> Signs:
        with self.store.read(THE_TESTS) as work:
            return work.signs.of_young(work.conversations.get(self.young.id), datetime.now(UTC))

    def is_taken(self) -> "Chat":
        self.anna.post(f"{self.page}/claim").raise_for_status()
        return self

    def types(self, after: int | None = None) -> int:
        body = {} if after is None else {"after": str(after)}
        return self.anna.post(f"{self.page}/typing", data=body).status_code

    def looks(self, who: TestClient | None = None) -> None:
        looks(who or self.anna, self.young)

    def says(self, text: str = "hej, jeg er Anna") -> int:
        answer = self.anna.post(f"{self.page}/messages", json={"text": text})
        sequence: int = answer.json()["sequence"]
        return sequence

    def seconds_pass(self, ago: timedelta = JUST_OVER) -> None:
        """All that was typed was so much earlier."""
        with self.store.write(THE_TESTS) as work:
            for table in (desk_looks, young_looks):
                for until in work._connection.scalars(select(table.c.typing_until)).all():
                    if until:
                        work._connection.execute(table.update().values(typing_until=until - ago))

    def kept(self) -> list[datetime | None]:
        with self.store.read(THE_TESTS) as work:
            return [work._connection.scalar(select(table.c.typing_until)) for table in (desk_looks, young_looks)]
