"""Buttons that depend on the moment: a title, and the payload that comes back when it is pressed."""

import json
from collections.abc import Collection
from typing import Any

from bot.casework.free_times import Way
from bot.casework.talk_questions import BOOK as BOOKS
from bot.casework.talk_questions import MOVE, no_other

Button = dict[str, str]

WAYS = {
    Way.OFFICE: "Mødes i stedet",
    Way.PHONE: "På telefon",
    Way.CHAT: "På chat",
    Way.OUT: "Et andet sted",
}

HUMAN: Button = {"title": "Tal med et menneske", "payload": "/handoff_request"}
BOOK: Button = {"title": "Book en snak", "payload": BOOKS}
FIND_ANOTHER: Button = {"title": "Find en ny tid", "payload": MOVE}
NEW_TIME: Button = {"title": "Find en ny tid", "payload": BOOKS}
FORGET: Button = {"title": "Nej, glem det", "payload": "/chat_stop"}
CHOOSE: Button = {"title": "Vælg, hvem du taler med", "payload": '/booking_inform{"booking_agent": "ask"}'}
STOP_HERE: Button = {"title": "Stop her", "payload": "/chat_stop"}
SOMETHING_ELSE: Button = {"title": "Noget andet", "payload": "/chat_what_can_you_do"}


def button(title: str, intent: str, **said: Any) -> Button:
    """A button that means an intent, and what it says with it."""
    return {"title": title, "payload": f"/{intent}{json.dumps(said) if said else ''}"}


def inform(title: str, **said: Any) -> Button:
    """A button that answers a question of the booking form."""
    return button(title, "booking_inform", **said)


def plan_step(title: str, step: str, **more: str) -> Button:
    """A button that does something with the young person's own plan."""
    return {"title": title, "payload": f"/plan_step{json.dumps({'step': step, **more})}"}


def no_other_time(booking: str) -> Button:
    """A button that wants no other time instead of that talk."""
    return {"title": "Nej tak", "payload": no_other(booking)}


def other_ways(way: Way, town: Collection[Way]) -> list[Button]:
    """The ways in which the town talks besides this one."""
    return [
        inform(title, booking_way=other.value) for other, title in WAYS.items() if other in town and other is not way
    ]
