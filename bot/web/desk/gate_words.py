"""What the gates say of a model, in words that need no other knowledge than of the young people who write."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.casework.shelf import Gate, Judged, Lost, Reading
from bot.review.decisions import labels

TOPICS = {
    "booking": "at få en tid",
    "chat": "robotten selv og småsnak",
    "crisis": "fare",
    "handoff": "at tale med et menneske",
    "helper": "bekymring for en anden",
    "housing": "et sted at bo",
    "money": "penge",
    "network": "familie, venner og hverdag",
    "papers": "papirer",
    "plan": "planen",
    "support": "støtte og kommunen",
    "wellbeing": "hvordan man har det",
}
_WORDS = {
    "danger": ("Vi kan ikke se, at den hører fare dårligere.", "Den overhører fare, som den skal høre."),
    "messages": (
        "Den er målt på næsten alle de beskeder, som modellen i brug er målt på.",
        "Nogle af de beskeder, vi måler på, er væk. Så kan vi ikke se, om den er blevet dårligere.",
    ),
    "all topics": ("Vi kan ikke se, at den alt i alt forstår mindre.", "Alt i alt forstår den for lidt."),
    "answers": ("Vi kan ikke se, at den svarer rigtigt sjældnere.", "Den svarer sjældnere rigtigt."),
    "sure": (
        "Vi kan ikke se, at den svarer oftere ved siden af.",
        "Den svarer oftere ved siden af uden at spørge først.",
    ),
    "stories": ("Alle prøvesamtaler går, som de skal.", "Nogle prøvesamtaler går anderledes, end de skal."),
    "size": ("Den fylder ikke for meget.", "Den fylder meget mere end modellen i brug."),
    "time": ("Den er ikke meget langsommere.", "Den er meget langsommere end modellen i brug."),
}
LOST_BY_CHANCE = "Nogle beskeder læses dårligere, men ikke så mange, at vi kan være sikre på det. Se dem."
_TOPIC = ("Vi kan ikke se, at den forstår mindre om {}.", "Om {} forstår den mindre end før.")
_OTHER = ("{}: i orden.", "{}: ikke i orden.")


@dataclass(frozen=True)
class LostView:
    """A message and what is said of it."""

    text: str
    told: str


@dataclass(frozen=True)
class GateView:
    """One gate in one line, with the messages that it is about."""

    words: str
    passed: bool
    lost: Sequence[LostView]
    more: int

    @property
    def counted(self) -> str:
        count = len(self.lost) + self.more
        return "Se den ene besked" if count == 1 else f"Se de {count} beskeder"


def gate_views(judged: Judged) -> list[GateView]:
    """Those that say no first."""
    views = [GateView(_words(gate), gate.passed, _losts(gate), gate.more) for gate in judged.gates]
    return sorted(views, key=lambda view: view.passed)


def verdict_words(judged: Judged) -> str:
    """What follows from all of them."""
    if not judged.gates:
        return "Modellen er i brug allerede."
    if not judged.closed:
        return "Vi kan ikke se, at den er dårligere end den, der er i brug. Den kan tages i brug."
    if judged.openable:
        return "Den er dårligere til noget. Se beskederne, før du bestemmer dig. Den kan kun tages i brug med en grund."
    return "Den kan ikke tages i brug. Her kan ingen grund ændre det, for det handler om fare."


def _words(gate: Gate) -> str:
    kind, _, topic = gate.name.partition("topic ")
    good, bad = _TOPIC if topic and not kind else _WORDS.get(gate.name, _OTHER)
    words = (good if gate.passed else bad).format(TOPICS.get(topic, topic) or gate.name)
    return f"{words} {LOST_BY_CHANCE}" if gate.passed and gate.lost else words


def _losts(gate: Gate) -> list[LostView]:
    return [LostView(lost.text, _lost(lost)) for lost in gate.lost]


def _lost(lost: Lost) -> str:
    means = f"Betyder {_meaning(lost.label)}." if lost.label else "Er ikke noget for robotten."
    if lost.before == lost.now:
        return f"{means} Læses som {_reading(lost.now)}."
    return f"{means} Blev læst som {_reading(lost.before)}, læses nu som {_reading(lost.now)}."


def _reading(reading: Reading) -> str:
    return f"{_meaning(reading.read)}{'' if reading.sure else ', men robotten spørger først'}"


def _meaning(label: str | None) -> str:
    return f"»{labels().get(label, label)}«" if label else "ingenting"
