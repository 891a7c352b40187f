"""What a turn of the dialogue was about, as a part of the figures: by the names of what was said, never by words."""

from collections.abc import Iterator

from bot.casework.figures import Cell, Figure, Topic, Unknown
from bot.casework.meanings import OUT_OF_SCOPE
from bot.conversation.check_ins import checks_in
from bot.conversation.dialogue import Turn

UTTER = "utter_"
TO_HELPER = "to_helper_"
# By how the names of meanings and of answers begin; "chat_" is about nothing.
TOPICS = {
    "housing_": Topic.HOME,
    "money_": Topic.MONEY,
    "papers_": Topic.MONEY,
    "support_": Topic.SUPPORT,
    "plan_": Topic.SUPPORT,
    "wellbeing_": Topic.WELLBEING,
    "network_": Topic.NETWORK,
    "booking_": Topic.BOOKING,
    "handoff_": Topic.HUMAN,
    "write_to_me": Topic.HUMAN,
    "helper_": Topic.HELPER,
    "crisis_": Topic.DANGER,
    "check_in": Topic.DANGER,
    "no_bed_": Topic.DANGER,
    "not_safe": Topic.DANGER,
}
# What was meant is asked about instead of answered.
ASKS_BACK = frozenset({"ask_meaning", "ask_rephrase", "offer_human"})
NOT_UNDERSTOOD_IN_BOOKING = "not_understood_in_booking"

DANGER = Cell(Figure.TOPIC, Topic.DANGER)


def topic_of(name: str) -> Topic | None:
    """The topic of a meaning or of an answer without its "utter_"; None for one that has none, as a greeting."""
    return next((topic for start, topic in TOPICS.items() if name.startswith(start)), None)


def subject_of(turn: Turn | None, *, in_danger: bool) -> Cell | None:
    """What a message was answered about, or what there was no answer to; None for what has no topic.

    `turn` is None when the dialogue server did not answer. `in_danger`: the message told of danger, or is answered as
    one that does.
    """
    if in_danger or checks_in(turn):
        return DANGER
    if turn is None:
        return Cell(Figure.UNANSWERED, Unknown.AWAY)
    topic, answered = _topic_and_answered(turn)
    if not answered:
        # A danger that was only guessed at is checked, and never asked back about.
        return Cell(Figure.UNANSWERED, topic if topic and topic is not Topic.DANGER else Unknown.OTHER)
    return Cell(Figure.TOPIC, topic) if topic else None


def _topic_and_answered(turn: Turn) -> tuple[Topic | None, bool]:
    answers = list(_answers(turn))
    if not ASKS_BACK.isdisjoint(answers):
        return topic_of(turn.intent), False
    if NOT_UNDERSTOOD_IN_BOOKING in answers:
        return Topic.BOOKING, False
    topic = next(filter(None, map(topic_of, answers)), topic_of(turn.intent) if turn.sure else None)
    return topic, OUT_OF_SCOPE not in answers and not any(said.unanswered for said in turn.said)


def _answers(turn: Turn) -> Iterator[str]:
    names = (said.response for said in turn.said if said.response)
    return (name.removeprefix(UTTER).removeprefix(TO_HELPER) for name in names)
