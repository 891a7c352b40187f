"""In danger the same is said in English, and in both languages to others: the same numbers, facts and a human."""

import re

import pytest

from bot.casework.ages import AgeGroup
from bot.language.both import HUMAN_IN_BOTH
from bot.language.readability import lix
from bot.language.tongue import Tongue, tongue_of
from bot.safety.levels import KINDS
from bot.safety.replies import Presence, Replies, Reply, load_replies, shipped_replies
from bot.safety.replies_by_tongue import SHIPPED_IN_ENGLISH, shipped_replies_by_tongue
from bot.safety.screen import Assessment, DangerLevel

ENGLISH = load_replies(SHIPPED_IN_ENGLISH, in_english=True)
HUMAN = "/handoff_request"
MOST_LIX = 30
FIGURE = re.compile(r"\d[\d ]*\d")
TOWNS = ("Eksempel Kommune", "Københavns Kommune", "Aarhus Kommune")
NAMES = re.compile(
    r'BørneTelefonen|Lev Uden Vold|Den Sociale Døgnvagt|Livslinien|Giftlinjen|"den sociale vagt"|\w+ Kommune'
)


def danger(
    replies: Replies,
    level: DangerLevel,
    kind: str,
    *,
    another: bool,
    presence: Presence,
    town: str,
    age: AgeGroup | None,
) -> Reply:
    assessment = Assessment(level, (kind,), (), another)
    return replies.danger(assessment, municipality_name=town, presence=presence, age_group=age)


CASES = [
    {"level": level, "kind": kind, "another": another, "presence": presence, "town": town, "age": age}
    for level in (DangerLevel.CLEAR, DangerLevel.ACUTE)
    for kind in KINDS
    for another in (False, True)
    for presence in Presence
    for town in TOWNS
    for age in (None, *AgeGroup)
]
PAIRS = [
    *((danger(ENGLISH, **case), danger(shipped_replies(), **case)) for case in CASES),  # type: ignore[arg-type]
    *((ENGLISH.check_in((kind,)), shipped_replies().check_in((kind,))) for kind in (*KINDS, "")),
    (ENGLISH.human_called(), shipped_replies().human_called()),
    (ENGLISH.well(), shipped_replies().well()),
    (ENGLISH.without_model("https://x/book"), shipped_replies().without_model("https://x/book")),
]


@pytest.mark.parametrize(("english", "danish"), PAIRS)
def test_the_english_reply_holds_what_the_danish_one_holds(english: Reply, danish: Reply) -> None:
    assert FIGURE.findall(english.text) == FIGURE.findall(danish.text)
    assert english.facts == danish.facts
    assert [payload for _, payload in english.buttons] == [payload for _, payload in danish.buttons]
    assert len(english.text.splitlines()) == len(danish.text.splitlines())


@pytest.mark.parametrize(("english", "danish"), PAIRS)
def test_it_is_plain_english(english: Reply, danish: Reply) -> None:
    assert tongue_of(NAMES.sub(" ", english.text)) is Tongue.ENGLISH
    assert lix(english.text) <= MOST_LIX
    assert ("Tjek" in danish.text) <= ("Check" in english.text)
    assert "secret" not in english.text


def test_another_language_is_told_both_with_a_human_first() -> None:
    reply = shipped_replies_by_tongue().say(Tongue.OTHER, lambda said: said.check_in(("violence",)))
    english, danish = reply.text.split("\n\n")
    assert (english, danish) == (
        ENGLISH.check_in(("violence",)).text,
        shipped_replies().check_in(("violence",)).text,
    )
    assert reply.buttons[0] == (HUMAN_IN_BOTH, HUMAN)


@pytest.mark.parametrize(("tongue", "replies"), [(Tongue.DANISH, shipped_replies()), (Tongue.ENGLISH, ENGLISH)])
def test_each_language_is_said_alone(tongue: Tongue, replies: Replies) -> None:
    assert shipped_replies_by_tongue().say(tongue, Replies.human_called) == replies.human_called()
