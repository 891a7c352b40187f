"""What goes along with a talk, as it is said in the chat."""

from dataclasses import replace

from rasa_sdk import Tracker

from actions.booking_answer import MATTERS_MORE
from actions.booking_slots import ALONG, BookingState
from actions.booking_steps import NOT_UNDERSTOOD, Step
from bot.casework.along import Along, Ask
from bot.conversation.along_words import in_english_words, in_words
from bot.language.along import Said, said_along

NOTED = "utter_booking_along"
# Nobody has to ask whether one may bring somebody.
WELCOME = "utter_booking_along_company"
DROPPED = "utter_booking_along_dropped"


def said_in(tracker: Tracker) -> Said:
    """What the latest message says of it; nothing where something matters more."""
    message = tracker.latest_message
    intent = message.get("intent", {}).get("name") or ""
    return Said() if MATTERS_MORE.fullmatch(intent) else said_along(message.get("text") or "")


def with_along(state: BookingState, done: Step, said: Said) -> Step:
    """The same step, and what was said kept and told."""
    along = state.along.changed_by(said.along, said.dropped)
    says = (*(one for one in done.says if one != NOT_UNDERSTOOD), noted(along, said))
    return replace(done, changes=done.changes | {ALONG: along.as_dict()}, says=says)


def noted(along: Along, said: Said) -> str:
    """The response that tells what goes along from now on, after this was said."""
    if along.asks == {Ask.COMPANION} and said.along:
        return WELCOME
    return NOTED if along else DROPPED


def told_along(along: Along) -> dict[str, str]:
    """`along` for the Danish response and `along_in_english` for its English one."""
    return {"along": in_words(along), "along_in_english": in_english_words(along)}


def told_line(along: Along, whom: str = "") -> dict[str, str]:
    """The same as lines of their own after the place, `also` and `also_in_english`; empty where there is nothing.

    `whom` is the name of who was chosen to talk with.
    """
    told = whom_line(whom)
    danish, english = told["whom"], told["whom_in_english"]
    if along:
        danish += f"\nDu har bedt om: {in_words(along)}."
        english += f"\nYou have asked for: {in_english_words(along)}."
    return {"also": danish, "also_in_english": english}


def whom_line(name: str) -> dict[str, str]:
    """With whom it is, as a line after the place: `whom` and `whom_in_english`; empty where nobody was chosen."""
    return {
        "whom": f"\nDu taler med {name}." if name else "",
        "whom_in_english": f"\nYou talk with {name}." if name else "",
    }
