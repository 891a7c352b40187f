"""The graded messages: enough of each, and a clear word where one is wrong."""

from collections import Counter
from pathlib import Path

import pytest

from bot.composed_yaml import content_of
from bot.safety.graded import SHIPPED_MESSAGES, GradedError, graded_messages
from bot.safety.levels import KINDS, DangerLevel
from bot.training.near_duplicates import near_copies

HELD_OUT = Path(__file__).parents[1] / "held_out"


def test_there_is_enough_to_learn_each_level_and_kind_from() -> None:
    messages = graded_messages()
    levels = Counter(message.level for message in messages)
    kinds = Counter(kind for message in messages for kind in message.kinds)
    assert sum(levels[level] for level in DangerLevel if level) >= 1200
    assert levels[DangerLevel.NONE] >= 1200
    assert min(levels.values()) >= 400
    assert set(kinds) == set(KINDS)
    assert min(kinds.values()) >= 90


def test_nothing_that_is_measured_with_is_learnt_from() -> None:
    waiting = graded_messages(SHIPPED_MESSAGES.parent / "waiting")
    learnt = [message.text for message in [*graded_messages(), *waiting]]
    assert len(learnt) == len(set(learnt))
    known = {text.casefold() for text in learnt}
    files = [content_of(file.read_text(encoding="utf-8")) for file in HELD_OUT.glob("danger*.yml")]
    measured = [message["text"] for file in files for message in file["messages"]]
    assert [text for text in measured if text.casefold() in known] == []
    assert near_copies(measured, learnt) == []


def test_a_message_that_is_measured_with_is_found_in_other_spelling_and_with_a_word_more() -> None:
    measured = ["Hvordan søger jeg boligstøtte?", "der er ingen der ville opdage det hvis jeg forsvandt", "hej"]
    learnt = [
        "ingen ville opdage det hvis jeg forsvandt",
        "hvordan soeger jeg boligstoette",
        "hvordan søger jeg om su",
        "hej",
    ]
    assert near_copies(measured, learnt) == [(measured[0], learnt[1]), (measured[1], learnt[0])]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("messages:\n- {text: hej, level: 4, kinds: []}\n", "message 1"),
        ("messages:\n- {text: hej, level: 0, kinds: [suicide]}\n", "a danger has a kind"),
        ("messages:\n- {text: hej, level: 2, kinds: []}\n", "a danger has a kind"),
        ("messages:\n- {text: hej, level: 2, kinds: [sadness]}\n", "sadness"),
        ("messages:\n- {text: '', level: 0, kinds: []}\n", "no text"),
        ("messages:\n- {level: 0, kinds: []}\n", "text"),
        ("messages:\n- {text: hej, level: 0, kinds: []}\n- {text: hej, level: 0, kinds: []}\n", "twice"),
        ("weight: much\nmessages:\n- {text: hej, level: 0, kinds: []}\n", "some.yml"),
        ("weight: 0\nmessages:\n- {text: hej, level: 0, kinds: []}\n", "weight"),
        ("- hej\n", "some.yml"),
        ("messages: [", "some.yml"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "some.yml").write_text(content, encoding="utf-8")
    with pytest.raises(GradedError, match=told):
        graded_messages(tmp_path)


def test_some_of_each_level_stand_apart() -> None:
    apart = Counter(message.level for message in graded_messages() if message.apart)
    assert min(apart[level] for level in DangerLevel) >= 150


def test_a_file_says_how_much_its_messages_count(tmp_path: Path) -> None:
    for name, weight in (("a", "weight: 3\n"), ("b", "")):
        (tmp_path / f"{name}.yml").write_text(f"{weight}messages:\n- {{text: {name}, level: 0, kinds: []}}\n")
    assert [message.weight for message in graded_messages(tmp_path)] == [3, 1]


def test_a_folder_without_messages_is_no_quiet_folder(tmp_path: Path) -> None:
    with pytest.raises(GradedError):
        graded_messages(tmp_path)
