"""What an action makes of words itself, in the language of the conversation."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from rasa_sdk import Tracker

from actions.buttons import Button
from actions.sentences import as_sentence
from bot.casework.free_times import Way
from bot.language import danish, english
from bot.language.lists import listed
from bot.language.time_wish import TimeWish
from bot.language.titles import title_in
from bot.language.told_wish import told_in_danish, told_in_english
from bot.language.tongue import Tongue

# An address is the same in both languages.
PLACES_IN_ENGLISH = {
    Way.PHONE: "By phone: we call you",
    Way.CHAT: "Here in the chat",
    Way.OUT: "The place you have chosen",
}

HOW = {
    Way.OFFICE: "hvor I kan mødes",
    Way.PHONE: "hvor vi kan ringe til dig",
    Way.CHAT: "hvor I kan skrive sammen her i chatten",
    Way.OUT: "hvor I kan mødes et andet sted",
}
HOW_IN_ENGLISH = {
    Way.OFFICE: "to meet",
    Way.PHONE: "when we can call you",
    Way.CHAT: "to write together in this chat",
    Way.OUT: "to meet somewhere else",
}


def tongue_of(tracker: Tracker) -> Tongue:
    """The language of the conversation."""
    return Tongue(tracker.get_slot("language") or Tongue.DANISH)


def time_title(tracker: Tracker, moment: datetime) -> str:
    """A moment for a button: "ons. 4. nov. kl. 14.30" or "Wed 4 Nov, 14:30"."""
    return (danish if tongue_of(tracker) is Tongue.DANISH else english).short_time(moment)


def told_time(moment: datetime | None, *, opens: bool = False) -> dict[str, str]:
    """`when` for the Danish response and `when_in_english` for its English one; `opens` a sentence with it."""
    when = danish.spoken_time(moment) if moment else ""
    return {
        "when": as_sentence(when) if opens else when,
        "when_in_english": english.spoken_time(moment) if moment else "",
    }


def told_times(moments: Sequence[datetime]) -> dict[str, str]:
    """`times` for the Danish response and `times_in_english` for its English one: all of them, one after the other."""
    return {
        "times": listed([danish.spoken_time(moment) for moment in moments], "og"),
        "times_in_english": listed([english.spoken_time(moment) for moment in moments], "and"),
    }


def told_way(way: Way) -> dict[str, str]:
    """How they would talk, behind "times": `how` for the Danish response and `how_in_english` for its English one."""
    return {"how": HOW[way], "how_in_english": HOW_IN_ENGLISH[way]}


def told_place(place: str, way: Way) -> dict[str, str]:
    """`place` for the Danish response and `place_in_english` for its English one."""
    return {"place": place, "place_in_english": PLACES_IN_ENGLISH.get(way, place)}


def told_wish(wish: TimeWish | None) -> dict[str, str]:
    """`wish` for the Danish response and `wish_in_english` for its English one."""
    return {
        "wish": told_in_danish(wish) if wish else "",
        "wish_in_english": told_in_english(wish) if wish else "",
    }


def told_begins(way: Way, whom: str = "") -> dict[str, str]:
    """How a talk in the chat begins, as a line after the place: `begins` and `begins_in_english`; empty for other ways.

    `whom` is the name of who was chosen to talk with.
    """
    if way is not Way.CHAT:
        return {"begins": "", "begins_in_english": ""}
    danish, english = whom or "boligagenten", whom or "the housing agent"
    return {
        "begins": f"\nÅbn chatten her, når det er tid. Så skriver {danish} til dig."
        ' Er du på en anden telefon, så åbn chatten dér. Skriv "jeg vil tale med et menneske".',
        "begins_in_english": f"\nOpen this chat when it is time. Then {english} writes to you."
        ' On another phone, open the chat there. Write "I want to talk to a human".',
    }


def in_their_language(tracker: Tracker, buttons: Iterable[Button]) -> list[Button]:
    """The buttons with their titles in the language of the conversation. Raises LookupFileError."""
    tongue = tongue_of(tracker)
    return [one | {"title": title_in(tongue, one["title"])} for one in buttons]


def fields_in_their_language(tracker: Tracker, form: dict[str, Any]) -> dict[str, Any]:
    """A form with its labels in the language of the conversation. Raises LookupFileError."""
    tongue = tongue_of(tracker)
    return form | {"fields": [one | {"label": title_in(tongue, one["label"])} for one in form["fields"]]}
