"""Utterances are added to a file of data, and whatever stood in it stays as it was, byte for byte."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import ROOT
from bot.teaching.errors import TeachingError
from bot.teaching.utterances import with_utterances
from bot.training.files import examples_in

FILE = Path("chat.yml")
LAID_OUT_BY_HAND = """\
version: "3.1"

# Nothing is sorted here, and that is nobody's business.
nlu:
- intent: chat_greet
  examples: |
    - hej  # no comment inside a block
    - "dav" sagde han

# About goodbyes.
- intent: chat_goodbye
  examples: |
      - farvel
      - ses
"""
# What read_decided leaves: one line, no marks at its ends that YAML would take away.
utterance = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"]), min_size=1)
    .map(lambda text: " ".join(text.replace("\ufeff", "").split()))
    .filter(bool)
)
utterances = st.dictionaries(
    st.sampled_from(["chat_greet", "chat_goodbye", "chat_thank"]), st.lists(utterance, min_size=1, unique=True)
)


def added(before: str, after: str) -> list[str]:
    """The lines that came; fails when one went, changed or moved."""
    left = iter(before.split("\n"))
    waits = next(left, None)
    came = []
    for line in after.split("\n"):
        if line == waits:
            waits = next(left, None)
        else:
            came.append(line)
    assert waits is None, f"{waits!r} is gone"
    return came


@given(utterances)
def test_whatever_is_added_the_old_lines_stay(new: dict[str, list[str]]) -> None:
    after = with_utterances(LAID_OUT_BY_HAND.encode(), FILE, new).decode()
    came = added(LAID_OUT_BY_HAND, after)
    assert {line.strip() for line in came} <= {
        "",
        "- intent: chat_thank",
        "examples: |",
        *(f"- {one}" for texts in new.values() for one in texts),
    }


@given(utterances)
def test_what_is_added_is_read_under_its_intent(new: dict[str, list[str]]) -> None:
    after = with_utterances(LAID_OUT_BY_HAND.encode(), FILE, new).decode()
    read = sorted((one.intent, one.text) for one in examples_in(after, FILE))
    old = [(one.intent, one.text) for one in examples_in(LAID_OUT_BY_HAND, FILE)]
    assert read == sorted(old + [(intent, one) for intent, texts in new.items() for one in texts])


@given(utterances)
def test_their_order_makes_no_difference(new: dict[str, list[str]]) -> None:
    turned = {intent: list(reversed(texts)) for intent, texts in reversed(new.items())}
    content = LAID_OUT_BY_HAND.encode()
    assert with_utterances(content, FILE, new) == with_utterances(content, FILE, turned)


def test_an_intent_has_its_own_indent_and_a_new_one_stands_at_the_end() -> None:
    new = {"chat_goodbye": ["vi ses", "hej hej"], "chat_thank": ["tak"]}
    after = with_utterances(LAID_OUT_BY_HAND.encode(), FILE, new).decode()
    assert after == LAID_OUT_BY_HAND + (
        "      - hej hej\n      - vi ses\n\n- intent: chat_thank\n  examples: |\n    - tak\n"
    )


def test_a_file_that_is_not_there_is_begun() -> None:
    begun = with_utterances(None, FILE, {"chat_thank": ["tak"]}).decode()
    assert begun == 'version: "3.1"\n\nnlu:\n- intent: chat_thank\n  examples: |\n    - tak\n'


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_ends_of_lines_are_kept(end: str) -> None:
    before = LAID_OUT_BY_HAND.replace("\n", end)
    after = with_utterances(before.encode(), FILE, {"chat_greet": ["mojn"]}).decode()
    assert after == before.replace(f"sagde han{end}", f"sagde han{end}    - mojn{end}")


def test_a_last_line_without_an_end_gets_one() -> None:
    before = LAID_OUT_BY_HAND.rstrip("\n")
    after = with_utterances(before.encode(), FILE, {"chat_goodbye": ["vi ses"]}).decode()
    assert after == before + "\n      - vi ses\n"


@pytest.mark.parametrize("file", sorted((ROOT / "data" / "nlu").glob("*.yml")), ids=lambda file: file.stem)
def test_each_shipped_file_can_be_added_to(file: Path) -> None:
    before = file.read_bytes()
    intents = {one.intent for one in examples_in(before.decode(), file)}
    after = with_utterances(before, file, {intent: [f"noget om {intent}"] for intent in intents}).decode()
    assert sorted(filter(None, added(before.decode(), after))) == sorted(f"    - noget om {one}" for one in intents)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("nlu:\n- intent: [oops\n", "chat.yml, line"),
        ("nlu:\n- intent: a\n  examples: |\n    - hej\nmore: here\n", "laid out"),
        ("nlu:\n  - intent: a\n    examples: |\n      - hej\n", "laid out"),
        ("nlu:\n- intent: a\n  examples: |\n    - hej\x85    - dav\n", "line breaks"),
        ("rules: []\n", "expected `nlu:`"),
    ],
)
def test_a_file_that_nothing_can_be_added_to_is_named(content: str, told: str) -> None:
    with pytest.raises(TeachingError, match=told):
        with_utterances(content.encode(), FILE, {"chat_thank": ["tak"]})


def test_bytes_that_are_no_utf8_are_named() -> None:
    with pytest.raises(TeachingError, match="utf-8"):
        with_utterances(b"nlu: \xff", FILE, {"chat_thank": ["tak"]})
