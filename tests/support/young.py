"""A young person at the chat API, as the widget is."""

import re
import time
from typing import Any
from uuid import uuid4

import httpx

CLOCK_TIME = re.compile(r"\bkl\. \d{2}\.\d{2}\b")
PATIENCE = 120.0


class Young:
    """Opens a conversation and writes in it; every answer is read to its final message."""

    def __init__(
        self,
        address: str,
        municipality: str = "eksempel",
        locale: str = "da",
        transport: httpx.BaseTransport | None = None,
        timeout: float = 35.0,
    ) -> None:
        self.http = httpx.Client(base_url=address, timeout=timeout, transport=transport)
        opened = self.http.post("/api/conversations", json={"municipality": municipality, "locale": locale})
        opened.raise_for_status()
        body = opened.json()
        self.id, self.token = body["id"], body["token"]
        self.messages: list[dict[str, Any]] = body["messages"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"
        self.path = f"/api/conversations/{self.id}"

    def post(self, client_id: str | None = None, **body: str) -> httpx.Response:
        return self.http.post(f"{self.path}/messages", json={"client_id": client_id or str(uuid4()), **body})

    def say(self, text: str) -> list[dict[str, Any]]:
        """Writes and returns what was answered, up to the final message."""
        return self._answer_to(self.post(text=text))

    def tap(self, title: str) -> list[dict[str, Any]]:
        """Taps the newest button whose title holds these words."""
        return self.tap_payload(self.button(title)["payload"])

    def tap_payload(self, payload: str) -> list[dict[str, Any]]:
        return self._answer_to(self.post(payload=payload))

    def button(self, title: str) -> dict[str, str]:
        found = [
            button for message in reversed(self.messages) for button in message["buttons"] if title in button["title"]
        ]
        assert found, f"no button {title!r} in {[b['title'] for m in self.messages for b in m['buttons']]}"
        return found[0]

    def free_times(self) -> list[dict[str, str]]:
        """The buttons with a clock time in the newest message that has any."""
        for message in reversed(self.messages):
            times = [button for button in message["buttons"] if CLOCK_TIME.search(button["title"])]
            if times:
                return times
        raise AssertionError(f"no free times in {self.texts()}")

    def contact(self, **details: str) -> httpx.Response:
        return self.http.put(f"{self.path}/contact", json=details)

    def texts(self) -> str:
        return "\n".join(f"{m['sender']}: {m['text']}" for m in self.messages)

    def last(self, kind: str) -> dict[str, Any]:
        """The newest message of a kind."""
        found = [message for message in self.messages if message["kind"] == kind]
        assert found, f"no {kind} message in\n{self.texts()}"
        return found[-1]

    def holder(self) -> str:
        holder: str = self.http.get(f"{self.path}/messages?after=100000").json()["holder"]
        return holder

    def read(self, wait: float = 0) -> list[dict[str, Any]]:
        """Reads what is new into `messages`."""
        after = self.messages[-1]["sequence"] if self.messages else 0
        response = self.http.get(f"{self.path}/messages", params={"after": after, "wait": wait})
        response.raise_for_status()
        new: list[dict[str, Any]] = response.json()["messages"]
        self.messages.extend(new)
        return new

    def await_final(self, sequence: int) -> list[dict[str, Any]]:
        """Everything up to the final answer to this message of ours."""
        began, came = time.monotonic(), []
        while time.monotonic() - began < PATIENCE:
            came += self.read(wait=2)
            if any(message["final"] and message["reply_to"] == sequence for message in self.messages):
                return [message for message in came if message["sender"] != "young"]
        raise AssertionError(f"no final answer within {PATIENCE} s:\n{self.texts()}")

    def _answer_to(self, response: httpx.Response) -> list[dict[str, Any]]:
        assert response.status_code == 202, response.text
        return self.await_final(response.json()["sequence"])

    def book(self) -> dict[str, Any]:
        """Books the first free time at the office; returns the booking message."""
        self.say("jeg vil gerne booke en tid")
        self.tap_payload(self.free_times()[0]["payload"])
        self.tap("Ja")
        return self.last("booking")
