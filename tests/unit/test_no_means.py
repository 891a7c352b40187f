"""No text that we say names a means, a dose or a way to die or to hurt oneself, in Danish or in English."""

import re

import pytest

from bot.composed_yaml import content_of
from bot.conversation import sentences
from bot.knowledge.answers import shipped_answers
from bot.safety.replies import SHIPPED_REPLIES
from bot.safety.replies_by_tongue import SHIPPED_IN_ENGLISH
from tests.unit.test_english_answers import RESPONSES

# What is done to get out of danger may be named: "et rent stykke stof", "gem pakken", "gå væk fra det".
_MEANS = (
    r"(?:sove|hovedpine)?pille(?:r|rne)?|tablet(?:ter|s)?|panodil\w*|paracetamol\w*|ibuprofen\w*|ipren\w*|morfin\w*|morphine|insulin\w*"
    r"|sovemedicin|opioid\w*|benzodiazepin\w*|pills?|painkillers?|razors?|blades?|barberblad\w*|\w*kniv(?:e|en)?"
    r"|kni(?:fe|ves)|reb(?:et)?|ropes?|løkke\w*|noose|tog(?:et|skinne\w*)|skinner(?:ne)?|train tracks"
    r"|(?:fra|af|på) (?:en )?bro(?:en)?|bridge"
    r"|pistol\w*|guns?|giftig\w*|poison|bleach|klorin|kulilte|carbon monoxide"
)
_DOSES = r"\d+ ?(?:mg|milligram|gram|ml)\b|dødelig(?:e|t)? (?:dosis|mængde)|(?:lethal|fatal) dose|overdos\w*"
_WAYS = (
    r"hæng(?:e|er|t) (?:dig|sig|mig)|skær(?:e|er)? (?:i )?(?:dig|sig|mig)|(?:spring|hop)\w* ud|drukne (?:dig|sig|mig)"
    r"|(?:hang|cut|drown|shoot) (?:your|my|them)sel\w+|jump (?:off|from|in front)|måde(?:r)? at dø|ways? to die"
)
MEANS = re.compile(rf"\b(?:{_MEANS}|{_DOSES}|{_WAYS})(?!\w)", re.IGNORECASE)


def replies() -> list[tuple[str, str]]:
    """Every text of both files of replies, each variant and button of it, and where it stands."""
    found: list[tuple[str, str]] = []
    for file in (SHIPPED_REPLIES, SHIPPED_IN_ENGLISH):
        _gather(content_of(file.read_text(encoding="utf-8")), file.name, found)
    return found


def _gather(content: object, where: str, found: list[tuple[str, str]]) -> None:
    match content:
        case str():
            found.append((where, content))
        case dict():
            for key, value in content.items():
                _gather(value, f"{where}/{key}", found)
        case list():
            for value in content:
                _gather(value, where, found)


def answers() -> list[tuple[str, str]]:
    danish = [(answer.name, answer.text) for answer in shipped_answers()]
    danish += [(answer.name, button["title"]) for answer in shipped_answers() for button in answer.buttons]
    own = [(name, one) for name, one in vars(sentences).items() if isinstance(one, sentences.Sentence)]
    danish += [(name, text) for name, one in own for text in (one.danish, one.english)]
    return danish + [(name, entry.get("text") or "") for name, entries in RESPONSES.items() for entry in entries]


def test_every_text_is_read() -> None:
    assert len(replies()) > 300
    assert len(answers()) > 300


def test_no_reply_to_danger_names_a_means_a_dose_or_a_way() -> None:
    assert [(where, found.group()) for where, text in replies() if (found := MEANS.search(text))] == []


def test_no_answer_names_a_means_a_dose_or_a_way() -> None:
    assert [(name, found.group()) for name, text in answers() if (found := MEANS.search(text))] == []


@pytest.mark.parametrize(
    "text",
    [
        "Tag ikke pillerne.",
        "Læg kniven væk.",
        "Gå væk fra broen.",
        "20 mg er for meget.",
        "Det er en dødelig dosis.",
        "Do not take the pills.",
        "Put the razor away.",
        "That is a lethal dose.",
        "There is no easy way to die.",
        "Undgå at skære i dig selv.",
    ],
)
def test_a_means_is_found(text: str) -> None:
    assert MEANS.search(text)


@pytest.mark.parametrize(
    "text", ["Ring til Giftlinjen på 82 12 12 12.", "Tryk hårdt med et rent stykke stof.", "Gem pakken."]
)
def test_what_helps_is_none(text: str) -> None:
    assert not MEANS.search(text)
