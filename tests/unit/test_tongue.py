"""Danish is never answered in English, however much English is in it; English is found; strangers are strangers."""

import pytest

from bot.composed_yaml import content_of
from bot.language.tongue import Tongue, tongue_after, tongue_of, tongue_of_locale
from bot.settings import ROOT
from bot.training.data import utterances

EXAMPLES = content_of((ROOT / "tests" / "examples" / "tongues.yml").read_text(encoding="utf-8"))
# Its utterances are in every language.
ANY_LANGUAGE = "chat_speak_english"


def share(texts: list[str], tongue: Tongue) -> float:
    return sum(tongue_of(text) is tongue for text in texts) / len(texts)


def test_there_are_enough_messages_to_measure() -> None:
    assert len(EXAMPLES["danish"]) >= 120
    assert len(EXAMPLES["english"]) >= 100
    assert len(EXAMPLES["other"]) >= 40


def test_danish_with_english_words_stays_danish() -> None:
    switched = [text for text in EXAMPLES["danish"] if tongue_after(text, Tongue.DANISH) is not Tongue.DANISH]
    assert len(switched) <= 0.02 * len(EXAMPLES["danish"]), switched


def test_english_of_three_words_is_found() -> None:
    missed = [text for text in EXAMPLES["english"] if tongue_of(text) is not Tongue.ENGLISH]
    assert len(missed) <= 0.05 * len(EXAMPLES["english"]), missed


def test_most_other_languages_are_neither_and_none_is_taken_for_english() -> None:
    assert share(EXAMPLES["other"], Tongue.OTHER) >= 0.85
    assert share(EXAMPLES["other"], Tongue.ENGLISH) == 0


def test_what_we_train_on_is_seldom_taken_for_a_language_that_is_neither() -> None:
    texts = [one.text for one in utterances() if one.intent != ANY_LANGUAGE]
    assert share(texts, Tongue.OTHER) <= 0.006


@pytest.mark.parametrize(
    "text", ["", "👍", "17", "12 34 56 78", "[telefonnummer]", "hest-kage-gade", "ok", "Aarhus", "hi"]
)
@pytest.mark.parametrize("before", Tongue)
def test_what_tells_nothing_keeps_the_language_of_before(text: str, before: Tongue) -> None:
    assert tongue_after(text, before) is before


@pytest.mark.parametrize(
    "text", ["dansk", "Dansk tak!", "på dansk", "Danish please", "in Danish", "jeg vil hellere skrive dansk"]
)
def test_danish_can_be_asked_for(text: str) -> None:
    assert tongue_after(text, Tongue.ENGLISH) is Tongue.DANISH


@pytest.mark.parametrize("text", ["English", "english please", "in English", "engelsk tak", "can we speak english"])
def test_english_can_be_asked_for(text: str) -> None:
    assert tongue_after(text, Tongue.DANISH) is Tongue.ENGLISH


def test_a_clear_danish_message_switches_back_and_one_danish_word_does_not() -> None:
    assert tongue_after("jeg mangler et sted at bo", Tongue.ENGLISH) is Tongue.DANISH
    assert tongue_after("mandag", Tongue.ENGLISH) is Tongue.ENGLISH
    assert tongue_after("what is indskud in english", Tongue.ENGLISH) is Tongue.ENGLISH


@pytest.mark.parametrize(
    ("locale", "tongue"),
    [("da", "da"), ("nb", "da"), ("sv-SE", "da"), ("en", "en"), ("en-GB", "en"), ("ar", "other"), ("uk", "other")],
)
def test_a_locale_has_a_language(locale: str, tongue: str) -> None:
    assert tongue_of_locale(locale) == tongue
