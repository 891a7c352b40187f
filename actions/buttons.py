"""Buttons that depend on the moment: a title, and the payload that comes back when it is pressed."""

import json
from collections.abc import Collection
from typing import Any

from bot.casework.free_times import Way

Button = dict[str, str]

WAYS = {
    Way.OFFICE: "Mødes i stedet",
    Way.PHONE: "På telefon",
    Way.CHAT: "På chat",
    Way.OUT: "Et andet sted",
}

HUMAN: Button = {"title": "Tal med et menneske", "payload": "/handoff_request"}
BOOK: Button = {"title": "Book en snak", "payload": "/booking_request"}
FORGET: Button = {"title": "Nej, glem det", "payload": "/chat_stop"}
CHOOSE: Button = {"title": "Vælg, hvem du taler med", "payload": '/booking_inform{"booking_agent": "ask"}'}
STOP_HERE: Button = {"title": "Stop her", "payload": "/chat_stop"}
SOMETHING_ELSE: Button = {"title": "Noget andet", "payload": "/chat_what_can_you_do"}


def button(title: str, intent: str) -> Button:
    """A button that means an intent."""
    return {"title": title, "payload": f"/{intent}"}


def inform(title: str, **said: Any) -> Button:
    """A button that answers a question of the booking form."""
    return {"title": title, "payload": f"/booking_inform{json.dumps(said)}"}


def plan_step(title: str, step: str, **more: str) -> Button:
    """A button that does something with the young person's own plan."""
    return {"title": title, "payload": f"/plan_step{json.dumps({'step': step, **more})}"}


def other_ways(way: Way, town: Collection[Way]) -> list[Button]:
    """The ways in which the town talks besides this one."""
    return [
        inform(title, booking_way=other.value) for other, title in WAYS.items() if other in town and other is not way
    ]
