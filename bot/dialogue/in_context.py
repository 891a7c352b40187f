"""What typed words mean after what was said before them, and when they say more than one thing."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from bot.casework.meanings import CRISIS
from bot.dialogue.additions import NEEDS
from bot.dialogue.asked_on import ASKED_ON, MORE, NO_MORE, asks_on, asks_what_about, says_that
from bot.dialogue.memory import has_just_asked, has_just_told_more, last_intent, open_needs, topic
from bot.dialogue.needs import Reading, may_hold_several, need_phrases, needs_of
from bot.dialogue.situations import SITUATION, situation_is_put_right
from bot.dialogue.understanding import heard_outside_booking
from bot.language.clauses import clauses
from bot.nlu.typed_commands import FALLBACK

TOLD_OF_ONESELF = frozenset({"age", "age_group", "municipality", "town", SITUATION})
LONGEST_PUT_RIGHT = 7
# Of the best so many meanings of words that nobody could read, the fallback among them.
LIKELY_ENOUGH = 4
_PUTS_RIGHT = re.compile(
    r"\W*(?:nej|næ|hov|ups|øh|vent|undskyld|jeg mener|og hvis|hvad hvis|hvad nu hvis)\b", re.IGNORECASE
)

Parsed = dict[str, Any]
Parse = Callable[[str], Awaitable[Parsed]]


async def heard_in_context(read: Parsed, before: DialogueStateTracker | None, parse: Parse) -> Parsed:
    """What the words mean outside a form: an answer, asking on, several needs, or what the model read.

    `parse` reads other words, as `read` was; it is asked only for long messages and for what nobody could read alone.
    """
    about = topic(before)
    if answered := _answered(read, before, about):
        return answered
    heard = heard_outside_booking(read, last_intent(before), about)
    if about and _needs_what_came_before(heard):
        return await _beside(heard, about, parse)
    return await _with_needs(heard, parse)


def _answered(read: Parsed, before: DialogueStateTracker | None, about: str | None) -> Parsed | None:
    """What few words mean as the answer to what was said before them; None where they are no answer to it."""
    if about and asks_on(read["text"]):
        return _on(read, about, NO_MORE if has_just_told_more(before) else MORE)
    if about and puts_right(read, before):
        return read | {"intent": {"name": about, "confidence": 1.0}}
    need = _open_need_among(read, before) if read["intent"]["name"] == FALLBACK else None
    return read | {"intent": {"name": need, "confidence": 1.0}} if need else None


def puts_right(read: Parsed, before: DialogueStateTracker | None) -> bool:
    """Whether a few words only say an age, a town or a situation: to the question for it, or to put it right."""
    named = {entity["entity"] for entity in read["entities"]}
    if not named or not named <= TOLD_OF_ONESELF or len(read["text"].split()) > LONGEST_PUT_RIGHT:
        return False
    if (read["intent"]["name"] or "").startswith(CRISIS):
        return False
    if named == {SITUATION}:
        return situation_is_put_right(read, before, _PUTS_RIGHT)
    told = (
        {entity["entity"] for entity in before.latest_message.entities} if before and before.latest_message else set()
    )
    asked = (
        has_just_asked(before, "age") or has_just_asked(before, "town") or bool(told & TOLD_OF_ONESELF - {SITUATION})
    )
    return asked or bool(_PUTS_RIGHT.match(read["text"]))


def with_open_needs(parsed: Parsed, before: DialogueStateTracker | None) -> Parsed:
    """The same, with the needs that stay open after it, where they are others than before.

    They go when they are answered, and when somebody who was offered them goes on to something else.
    """
    if any(entity["entity"] == NEEDS for entity in parsed["entities"]):
        return parsed
    open_before, intent = (open_needs(before) if before else []), parsed["intent"]["name"]
    left = [need for need in open_before if need != intent]
    if has_just_asked(before, NEEDS) and left == open_before and intent != FALLBACK:
        left = []
    return parsed if left == open_before else _with(parsed, NEEDS, left)


def with_town(parsed: Parsed) -> Parsed:
    """The same, with the one municipality in it as the town the writer lives in."""
    towns = [entity["value"] for entity in parsed["entities"] if entity["entity"] == "municipality"]
    return _with(parsed, "town", towns[0]) if len(towns) == 1 else parsed


def _on(read: Parsed, about: str, wanted: str) -> Parsed:
    return _with(read | {"intent": {"name": about, "confidence": 1.0}}, ASKED_ON, wanted)


def _open_need_among(heard: Parsed, before: DialogueStateTracker | None) -> str | None:
    """A need named before, where words like "ok og det med sagsbehandleren" may well mean it."""
    likely = {one["name"] for one in heard.get("intent_ranking", ())[:LIKELY_ENOUGH]}
    return next((need for need in (open_needs(before) if before else ()) if need in likely), None)


def _needs_what_came_before(heard: Parsed) -> bool:
    """Whether the words say nothing alone: "hvad med hunden?", or "det" in something nobody could read."""
    if asks_what_about(heard["text"]):
        return not _is_about_something(heard)
    return heard["intent"]["name"] == FALLBACK and says_that(heard["text"])


async def _beside(heard: Parsed, about: str, parse: Parse) -> Parsed:
    """Read together with the topic. What names something new of it is in no answer; what says "det" may be in more."""
    together = await parse(f"{need_phrases()[about]}: {heard['text']}")
    intent = together["intent"]["name"]
    if intent == about:
        return _on(heard, about, MORE if says_that(heard["text"]) else NO_MORE)
    return heard | {"intent": together["intent"]} if _is_about_something(together) else heard


async def _with_needs(heard: Parsed, parse: Parse) -> Parsed:
    parts, whole = clauses(heard["text"]), _reading(heard["text"], heard)
    if len(parts) < 2 or not may_hold_several(whole):  # noqa: PLR2004 -- one clause holds one need
        return heard
    needs = needs_of(whole, [_reading(part, await parse(part)) for part in parts])
    if not needs:
        return heard
    first = {"name": needs[0], "confidence": 1.0}
    return _with(heard | {"intent": first}, NEEDS, list(needs[1:]))


def _reading(text: str, parsed: Parsed) -> Reading:
    ranking = [one for one in parsed.get("intent_ranking", ()) if one["name"] != FALLBACK]
    likely = tuple(one["name"] for one in ranking[:2])
    confidence = float(ranking[0]["confidence"]) if ranking else 0.0
    sure = parsed["intent"]["name"] not in (FALLBACK, None)
    return Reading(text, parsed["intent"]["name"] if sure else next(iter(likely), None), confidence, sure, likely)


def _is_about_something(parsed: Parsed) -> bool:
    return parsed["intent"]["name"] in need_phrases()


def _with(parsed: Parsed, entity: str, value: Any) -> Parsed:
    return parsed | {"entities": [*parsed["entities"], {"entity": entity, "value": value}]}
