"""What is said about sharing: easy to read in Danish, the same in English, and understood when it is pressed."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.casework.consent import Shared, opened_by_danger, readable
from bot.casework.conversations import Conversation, Danger, Holder
from bot.conversation import consent_words as words
from bot.conversation.anonymity import TEXT
from bot.conversation.sentences import GONE, Sentence
from bot.language.readability import count_words, lix
from bot.language.tongue import Tongue
from bot.web.templating import STATIC

LATER = STATIC / "chat" / "later"
SAID = [
    words.QUESTION,
    *words.GIVEN.values(),
    words.TAKEN_BACK,
    words.STILL_OPEN,
    words.NOTHING,
    TEXT,
    GONE,
]
LONGEST_TITLE = 28
LONGEST_TEXT = 60


def at_level(level: int) -> Conversation:
    kinds = ("violence",) if level else ()
    return Conversation(
        "a", "eksempel", "da", Holder.BOT, None, Danger(level, kinds), None, None, None, datetime.now(UTC)
    )


@pytest.mark.parametrize("sentence", SAID, ids=lambda one: one.danish[:30])
def test_it_is_short_and_easy_to_read(sentence: Sentence) -> None:
    for text in (sentence.danish, sentence.english):
        assert lix(text) <= 30, text
        assert count_words(text) <= LONGEST_TEXT
    assert "\n\n" not in sentence.danish + sentence.english


@pytest.mark.parametrize("file", ["my_chat.js", "learning.js", "erase_dialog.js"])
def test_the_dialogs_are_easy_to_read(file: str) -> None:
    said = [text for text in re.findall(r'"([^"\n]+)"', (LATER / file).read_text(encoding="utf-8")) if " " in text]
    danish = [text for text in said if text[0].isupper() and text[-1] in ".?"]
    assert len(danish) > 2
    assert lix("\n".join(danish)) <= 30


@pytest.mark.parametrize("give", [True, False])
@pytest.mark.parametrize("part", Shared)
def test_every_button_is_short_and_understood_in_every_language(part: Shared, give: bool) -> None:  # noqa: FBT001
    for tongue in Tongue:
        button = words._button(words.Step(part, give), tongue)
        assert len(button.title) <= LONGEST_TITLE
        assert words.step_of(button.payload) == words.Step(part, give)


@pytest.mark.parametrize("payload", [None, "", "/consent", '/consent{"part": "journal", "give": true}', "/chat_affirm"])
def test_no_other_payload_is_taken_for_one(payload: str | None) -> None:
    assert words.step_of(payload) is None


def test_danger_opens_the_chat_and_the_contact_from_level_two_on_and_never_the_plan() -> None:
    assert opened_by_danger(at_level(1)) == frozenset()
    for level in (2, 3):
        assert opened_by_danger(at_level(level)) == {Shared.TRANSCRIPT, Shared.CONTACT}
    assert readable([Shared.PLAN], at_level(3)) == set(Shared)
    assert readable([], at_level(0)) == frozenset()


def test_what_danger_opened_stays_open_when_its_level_falls_by_itself() -> None:
    eased = replace(at_level(1), eased_at=datetime.now(UTC))
    assert opened_by_danger(eased) == {Shared.TRANSCRIPT, Shared.CONTACT}
