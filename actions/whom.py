"""Whom to talk with, as it is said in the chat or chosen by a button, where the town lets young people choose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk import Tracker

from actions.booking_answer import INFORM, MATTERS_MORE, NO, YES, BookingAnswer
from actions.booking_slots import AGENT, ASKS_AGENT, TIME, BookingState
from actions.booking_steps import NOT_UNDERSTOOD, Calendar, Step, asked_anew
from actions.buttons import FORGET, Button, inform
from actions.context import municipality_of, now_of, store
from actions.tongue import in_their_language
from bot.casework.bookings import Booking, BookingStatus
from bot.casework.choosing import Choice, called, choosable, name_of_chosen
from bot.casework.free_times import Agent, danish_day
from bot.language.whom import Meant, Whom, whom_said
from bot.store.store import Work
from bot.store.whose import of_conversation

ASK, ANY = "ask", "any"
# Of a button.
LONGEST_TITLE = 28
CHOSEN = "utter_booking_agent_chosen"
ANYBODY = "utter_booking_agent_any"
UNKNOWN = "utter_booking_agent_unknown"
NOT_KNOWN_BEFORE = "utter_booking_agent_not_known_before"
# Whose time never came they have not talked with.
_TALKED = (BookingStatus.ACTIVE, BookingStatus.MET, BookingStatus.MISSED)


@dataclass(frozen=True)
class Chosen:
    """Whom it is from now on, None for anybody; whether that is asked, and what is said before the next question."""

    agent: int | None
    name: str = ""
    asks: bool = False
    says: tuple[str, ...] = ()


def choice_in(tracker: Tracker, state: BookingState) -> Chosen | None:
    """What the latest message chooses; None where it says nothing of it, or nobody may choose.

    Raises StoreUnreachableError.
    """
    message, town = tracker.latest_message, municipality_of(tracker)
    if not town.choose_agent or MATTERS_MORE.fullmatch(message.get("intent", {}).get("name") or ""):
        return None
    if state.asks_agent and message.get("intent", {}).get("name") == NO:
        return Chosen(state.agent)
    with store().read(of_conversation(tracker.sender_id)) as work:
        working = work.agents.of(town.slug, danish_day(now_of(tracker)))
        said = _pressed(tracker) or whom_said(
            message.get("text") or "", {agent.id: agent.name for agent in working}, asked=state.asks_agent
        )
        if said is None:
            return None
        others = choosable(working, state.way, town.rules, now_of(tracker))
        return _chosen(said, state, working, others, _talked_with(work, tracker))


def beside_choice(answer: BookingAnswer) -> BookingAnswer:
    """What a message that chooses whom says beside it.

    "Ja, men hos Mette" books nothing yet, and "nej, hos Mette" ends nothing; a name is no place to meet, and "den
    anden" none of the times.
    """
    return replace(answer, intent=INFORM, place_in_list=None, meeting_place=None, contact_given=False)


def with_choice(state: BookingState, done: Step, whom: Chosen, calendar: Calendar) -> Step:
    """The same step with the choice; a time that the one chosen does not have makes way for those near it.

    So it does while it is asked whom. `calendar` is that of the one chosen.
    """
    if state.time and TIME not in done.changes and (whom.asks or state.time not in calendar.free(state.way)):
        done = asked_anew(done, state.time)
    says = (*whom.says, *(one for one in done.says if one != NOT_UNDERSTOOD))
    return Step(done.changes | {AGENT: whom.agent, ASKS_AGENT: whom.asks}, says)


def beside_question(answer: BookingAnswer) -> BookingAnswer:
    """What a message says that does not answer whom: "ja" or "den anden" would else mean the times shown before."""
    return replace(answer, intent=INFORM if answer.intent == YES else answer.intent, place_in_list=None)


def without_question(done: Step) -> Step:
    """The same step; who was asked whom and answers something else is asked no more, unless nobody understood it."""
    return done if NOT_UNDERSTOOD in done.says else replace(done, changes=done.changes | {ASKS_AGENT: False})


def whom_buttons(tracker: Tracker, choice: Choice) -> list[Button]:
    """Anybody first, then each who can be booked, in the language of the conversation. Raises LookupFileError."""
    each = [inform(_short(choice.names[agent.id]), booking_agent=agent.id) for agent in choice.agents]
    anybody, forget = in_their_language(tracker, [inform("Det er lige meget", booking_agent=ANY), FORGET])
    return [anybody, *each, forget]


def without(choice: Choice) -> dict[str, str]:
    """The message that those of the others are offered, for who was chosen has no time or is here no more."""
    if choice.without is None:
        return {"response": "utter_booking_agent_gone"}
    return {"response": "utter_booking_agent_no_times", "agent": choice.names[choice.without.id]}


def shown_names(work: Work, tracker: Tracker) -> Mapping[int, str]:
    """What those who work in the town are called, by their number; nobody's name where it shows none."""
    town = municipality_of(tracker)
    return called(work.agents.of(town.slug, danish_day(now_of(tracker)))) if town.choose_agent else {}


def shown_name(work: Work, tracker: Tracker, booking: Booking) -> str:
    """What who holds the talk is called, where somebody was chosen for it and the town shows names."""
    return name_of_chosen(booking, shown_names(work, tracker)) if booking.chosen is not None else ""


def _pressed(tracker: Tracker) -> Whom | None:
    said: Any = next(tracker.get_latest_entity_values(AGENT), None)
    if isinstance(said, int):
        return Whom(Meant.AGENT, said)
    return {ASK: Whom(Meant.ASKS), ANY: Whom(Meant.ANYBODY)}.get(said) if said else None


def _chosen(
    said: Whom, state: BookingState, working: Sequence[Agent], able: Sequence[Agent], before: int | None
) -> Chosen:
    names = called(working)
    match said.meant:
        case Meant.ANYBODY:
            return Chosen(None, says=(ANYBODY,))
        case Meant.SAME if before not in names:
            return Chosen(state.agent, asks=True, says=(NOT_KNOWN_BEFORE,))
        case Meant.UNKNOWN:
            return Chosen(state.agent, asks=True, says=(UNKNOWN,))
        case Meant.ASKS:
            return Chosen(state.agent, asks=True)
    others = [agent.id for agent in able if agent.id != state.agent]
    if said.meant is Meant.OTHER and (state.agent is None or len(others) != 1):
        return Chosen(state.agent, asks=True)
    agent = {Meant.AGENT: said.agent, Meant.SAME: before}.get(said.meant, next(iter(others), None))
    # A button of one who has left says a number that nobody has any more; the times offered tell of it.
    return Chosen(agent, names.get(agent or 0, ""), says=(CHOSEN,) if agent in names else ())


def _talked_with(work: Work, tracker: Tracker) -> int | None:
    """Whom the last talk booked in this very conversation was with."""
    talks = [one for one in work.bookings.of(tracker.sender_id) if one.status in _TALKED]
    last = max(talks, key=lambda one: one.starts_at, default=None)
    return last.agent if last else None


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_TITLE else f"{name[: LONGEST_TITLE - 1]}…"
