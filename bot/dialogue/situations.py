"""Where the writer lives: heard where it is certain, asked for once, put right. Nowhere but in the tracker's slot."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.casework.meanings import CRISIS
from bot.dialogue.additions import KEEPS_QUESTION, Answer, Question
from bot.dialogue.memory import has_just_asked
from bot.dialogue.roles import HELPER
from bot.dialogue.situation_lines import situations_with_line
from bot.dialogue.tracker_document import ASKED
from bot.language.situation import SLEEPS_AROUND, WITH_OTHERS, situation_said, sleeps_with_others

SITUATION = "situation"
OUTSIDE = "outside"
UNSAID = ("Spring over", "unsaid")
TITLES = {
    WITH_OTHERS: "Hos andre",
    OUTSIDE: "Ude eller i en bil",
    "losing_home": "Ved at miste mit hjem",
    "in_care": "Opholdssted eller pleje",
    "at_home": "Hos mine forældre",
    "in_shelter": "På et herberg",
    # Nothing is said more to them; it is heard so that what was said for another situation stops.
    "has_home": "I mit eget hjem",
}
FEWEST_SHOWN, MOST_SHOWN = 2, 3
# How one is and whom one has are answered without a question for one's bed.
_ASKED_ABOUT = ("housing_", "money_", "papers_", "support_")
_CALM_TURNS = 4

Parsed = dict[str, Any]


def with_situation(read: Parsed, before: DialogueStateTracker | None) -> Parsed:
    """The same, with the situation that typed words tell for certain, as an entity."""
    text = read["text"]
    said = situation_said(text, asked=has_just_asked(before, SITUATION))
    if said is None and read["intent"]["name"] == SLEEPS_AROUND and sleeps_with_others(text):
        said = WITH_OTHERS
    return read | {"entities": [*read["entities"], {"entity": SITUATION, "value": said}]} if said else read


def without_situation(parsed: Parsed) -> Parsed:
    """The same without it: what a helper tells is not where they live themselves."""
    return parsed | {"entities": [each for each in parsed["entities"] if each["entity"] != SITUATION]}


def situation_is_put_right(read: Parsed, before: DialogueStateTracker | None, opening: re.Pattern[str]) -> bool:
    """Whether few words answer the question for it, or correct, with such an opening, what is known of it.

    "Nej, jeg sover udenfor" corrects nothing: it may answer the question for a bed tonight, and is heard as read.
    """
    if before is None or has_just_asked(before, SITUATION):
        return before is not None
    said = next(each["value"] for each in read["entities"] if each["entity"] == SITUATION)
    return bool(before.get_slot(SITUATION)) and said != OUTSIDE and bool(opening.match(read["text"]))


def question_for_situation(answer: Answer, intent: str, tracker: DialogueStateTracker) -> Question | None:
    """The question that would make this answer better, where it may be put: gently, and never in a danger or a form."""
    age_group = tracker.get_slot("age_group")
    known = situations_with_line(intent, age_group)[:MOST_SHOWN]
    if len(known) < FEWEST_SHOWN or not intent.startswith(_ASKED_ABOUT) or not _may_ask(answer, tracker):
        return None
    return Question(SITUATION, SITUATION, (*((TITLES[value], value) for value in known), UNSAID))


def _may_ask(answer: Answer, tracker: DialogueStateTracker) -> bool:
    if tracker.get_slot(SITUATION) is not None or tracker.get_slot("role") == HELPER or tracker.active_loop_name:
        return False
    if answer.get("metadata", {}).get(KEEPS_QUESTION) or _in_danger(tracker):
        return False
    # Age, town and this in a row would be an interrogation.
    return not any(ASKED in said.metadata for said in _said_in_turn_before(tracker))


def _in_danger(tracker: DialogueStateTracker) -> bool:
    """Whether a danger was heard in this message or in one of the few before it."""
    heard = (event for event in reversed(tracker.events) if isinstance(event, UserUttered))
    return any(
        (event.intent_name or "").startswith(CRISIS) or event.metadata.get("danger_level")
        for event in islice(heard, _CALM_TURNS)
    )


def _said_in_turn_before(tracker: DialogueStateTracker) -> Iterator[BotUttered]:
    messages = 0
    for event in reversed(tracker.events):
        messages += isinstance(event, UserUttered)
        if messages == 1 and isinstance(event, BotUttered):
            yield event
