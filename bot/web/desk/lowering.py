"""The form by which a caseworker lowers a danger, and how it stands there that somebody did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.casework.lowering import LONGEST_WHY, Lowering, Why, Wish
from bot.conversation.disclosure import Disclosed
from bot.web.desk.words import DANGER_LEVELS, moment
from bot.web.plain.whom import NUMBER

WHY = {
    Why.TALKED: "Talt med",
    Why.MISUNDERSTOOD: "Misforståelse",
    Why.HELP_COMING: "Hjælp er på vej",
    Why.OTHER: "Andet",
}
OVER = "Faren er ovre"
LOWEST, HIGHEST = 0, max(DANGER_LEVELS) - 1


@dataclass(frozen=True)
class LoweringForm:
    """What can be chosen: `levels` are those below the one it stands at, the nearest first.

    `seen` is the number of the newest message of danger, also where it may not be read. `key` is another one when there
    is a newer one, so that nobody sends a form that was made for what it was before.
    """

    levels: Sequence[tuple[int, str]]
    whys: Mapping[str, str]
    seen: int
    key: str
    longest: int = LONGEST_WHY


def lowering_form(seen: Disclosed) -> LoweringForm | None:
    """None where there is no danger."""
    level, newest = seen.danger.level, seen.newest_danger
    if not level:
        return None
    levels = [(lower, DANGER_LEVELS.get(lower, OVER)) for lower in range(level - 1, LOWEST - 1, -1)]
    return LoweringForm(tuple(levels), {why.value: word for why, word in WHY.items()}, newest, f"{level}-{newest}")


def wish_from(fields: Mapping[str, str]) -> Wish:
    """What was sent; what is none of ours is None."""
    level, seen = (_number(fields.get(name, "")) for name in ("level", "seen"))
    known = level if level is not None and level <= HIGHEST else None
    why = next((one for one in Why if one.value == fields.get("why")), None)
    return Wish(known, why, fields.get("words", ""), seen)


def lowered_words(lowering: Lowering, now: datetime) -> str:
    """As in "»Akut fare« blev til »Fare« kl. 12.30 (Anna). Talt med: ringede selv"."""
    down = f"»{DANGER_LEVELS[lowering.before]}« blev til »{DANGER_LEVELS.get(lowering.after, OVER)}«"
    why = f"{WHY[lowering.why]}: {lowering.words}" if lowering.words else f"{WHY[lowering.why]}."
    return f"{down} {moment(lowering.at, now)} ({lowering.by_name}). {why}"


def _number(given: str) -> int | None:
    return int(given) if NUMBER.fullmatch(given) else None
