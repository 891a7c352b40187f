"""What a conversation's file may ask of an answer: each check by the name it has there."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpx

from bot.municipality.week import WEEKDAYS
from tests.support.wording import says
from tests.support.young import CLOCK_TIME, Young

# The need that the newest "Du skrev også om ..." named, whichever of two it was.
THE_OTHER = "the_other"
# The question for a bed tonight is always put; then the other need waits.
ALSO = re.compile(
    r"^Du skrev også om .*(?:Vil du tage det nu\?|Hvad vil du tage først\?|Det tager vi bagefter\.)$", re.MULTILINE
)
ENGLISH_CLOCK_TIME = re.compile(r"\b\d{2}:\d{2}\b")


def _is_time(title: str) -> bool:
    return bool(CLOCK_TIME.search(title) or ENGLISH_CLOCK_TIME.search(title))


@dataclass
class Heard:
    """One answer, the person who got it and the caseworker at the desk; `other` is the need that was put off."""

    messages: list[dict[str, Any]]
    young: Young
    desk: httpx.Client
    other: str | None = None

    @property
    def text(self) -> str:
        return "\n".join(str(message["text"]) for message in self.messages)

    @property
    def buttons(self) -> list[dict[str, str]]:
        return [button for message in self.messages for button in message["buttons"]]

    @property
    def times(self) -> list[str]:
        """The titles of the free times offered."""
        return [button["title"] for button in self.buttons if _is_time(button["title"])]

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.messages if message["kind"] == kind]


def _all(wanted: Any) -> list[str]:
    return [str(one) for one in wanted] if isinstance(wanted, list) else [str(wanted)]


def _answer(heard: Heard, wanted: Any) -> bool:
    """One of these responses was given."""
    names = [heard.other if name == THE_OTHER else name for name in _all(wanted)]
    put_off = ALSO.search(heard.text) is not None
    return any(says(heard.text, name, but_the_question=put_off) for name in names if name)


def _no_answer(heard: Heard, wanted: Any) -> bool:
    return not _answer(heard, wanted)


def _hear(heard: Heard, wanted: Any) -> bool:
    return all(word.casefold() in heard.text.casefold() for word in _all(wanted))


def _hear_one(heard: Heard, wanted: Any) -> bool:
    return any(word.casefold() in heard.text.casefold() for word in _all(wanted))


def _not(heard: Heard, wanted: Any) -> bool:
    return not _hear_one(heard, wanted)


def _times(heard: Heard, wanted: Any) -> bool:
    return bool(heard.times) is wanted


def _weekday(heard: Heard, wanted: str) -> bool:
    """Every time offered, or else the one told, is on this weekday."""
    named = [title.split()[0].rstrip(".") for title in heard.times]
    named = named or [day for day in WEEKDAYS if re.search(rf"\b{day} den \d", heard.text, re.IGNORECASE)]
    return bool(named) and all(wanted.startswith(day) for day in named)


def _clock(heard: Heard, wanted: str) -> bool:
    """The one time told, or every one offered, is at this hour."""
    return set(CLOCK_TIME.findall("\n".join(heard.times) or heard.text)) == {f"kl. {wanted}"}


def _not_before(heard: Heard, wanted: str) -> bool:
    clocks = [found.removeprefix("kl. ") for found in CLOCK_TIME.findall("\n".join(heard.times))]
    return bool(clocks) and min(clocks) >= wanted


def _kind(heard: Heard, wanted: str) -> bool:
    return bool(heard.of_kind(wanted))


def _no_kind(heard: Heard, wanted: str) -> bool:
    return not heard.of_kind(wanted)


def _data(name: str) -> Callable[[Heard, str], bool]:
    """The newest booking told of in this answer has this value."""

    def check(heard: Heard, wanted: str) -> bool:
        told = heard.of_kind("booking")
        return bool(told) and told[-1]["data"][name] == wanted

    return check


def _field(heard: Heard, wanted: str) -> bool:
    fields = [one["name"] for message in heard.of_kind("form") for one in message["data"]["fields"]]
    return wanted in fields


def _holder(heard: Heard, wanted: str) -> bool:
    return heard.young.holder() == wanted


def _in_queue(heard: Heard) -> dict[str, Any]:
    """This conversation as the desk's queue has it; empty when it does not stand there."""
    queue = heard.desk.get("/desk/queue.json").json()["conversations"]
    return next((one for one in queue if one["id"] == heard.young.id), {})


def _level(heard: Heard, wanted: int) -> bool:
    """The danger the desk sees; 0 for a conversation that is not in its queue."""
    level: int = _in_queue(heard).get("danger", {"level": 0})["level"]
    return level == wanted


def _says_safe(heard: Heard, wanted: Any) -> bool:
    return bool(_in_queue(heard).get("says_safe")) is wanted


def _buttons(heard: Heard, wanted: Any) -> bool:
    return all(_has(heard.buttons, title) for title in _all(wanted))


def _no_buttons(heard: Heard, wanted: Any) -> bool:
    return not any(_has(heard.buttons, title) for title in _all(wanted))


def _has(buttons: Iterable[dict[str, str]], title: str) -> bool:
    return any(title in button["title"] for button in buttons)


def _also(heard: Heard, wanted: Any) -> bool:
    """The answer ends by naming one of these needs, with a button that takes it up, and it is not the one answered."""
    offered = [intent for intent in _all(wanted) if f"/{intent}" in {button["payload"] for button in heard.buttons}]
    offered = [intent for intent in offered if not says(heard.text, intent, but_the_question=True)]
    heard.other = offered[0] if offered else None
    return bool(offered) and ALSO.search(heard.text) is not None


def _reached_at(heard: Heard, wanted: str) -> bool:
    """The boligagent finds this phone number, and no other, beside the talk booked in this conversation."""
    rows = re.findall(r"<tr[ >].*?</tr>", heard.desk.get("/desk/bookings").text, re.DOTALL)
    [row] = [row for row in rows if heard.young.id in row]
    cells = [cell.replace(" ", "") for cell in re.findall(r"<td>([^<]*)</td>", row)]
    return {number for cell in cells for number in re.findall(r"\b\d{8}\b", cell)} == {wanted}


CHECKS: dict[str, Callable[[Heard, Any], bool]] = {
    "answer": _answer,
    "no_answer": _no_answer,
    "hear": _hear,
    "hear_one": _hear_one,
    "not": _not,
    "times": _times,
    "weekday": _weekday,
    "clock": _clock,
    "not_before": _not_before,
    "kind": _kind,
    "no_kind": _no_kind,
    "status": _data("status"),
    "way": _data("way"),
    "field": _field,
    "holder": _holder,
    "level": _level,
    "says_safe": _says_safe,
    "buttons": _buttons,
    "no_buttons": _no_buttons,
    "also": _also,
    "reached_at": _reached_at,
}
