"""The masking on messages written before it. Nobody looks at the texts of the held-out part: see the figures."""

from collections import Counter

import pytest

from bot.privacy.mask import mask
from tests.support.identifying import NUMBERS_AND_EMAILS, telling

PARTS = ("tuning", "held_out")
LEAST_OF_NUMBERS = 0.99
LEAST_OF_PEOPLE = 0.90
MOST_FALSE = 0.02


def counted(part: str) -> tuple[Counter[str], Counter[str]]:
    """How many details of each kind there are, and how many of them are hidden."""
    there, hidden = Counter[str](), Counter[str]()
    for message in telling():
        if message.part == part:
            masked = mask(message.text).text
            there.update(hide.kind for hide in message.hides)
            hidden.update(hide.kind for hide in message.hides if not message.left_of(hide, masked))
    return there, hidden


def share(part: str, kinds: frozenset[str]) -> float:
    there, hidden = counted(part)
    return sum(hidden[kind] for kind in kinds) / sum(there[kind] for kind in kinds)


@pytest.fixture(scope="module", autouse=True)
def figures() -> None:
    for part in PARTS:
        there, hidden = counted(part)
        print(f"\nMasking, {part}:", *(f"{kind} {hidden[kind]}/{there[kind]}" for kind in sorted(there)))


def test_each_file_has_three_hundred_messages_half_of_them_held_out() -> None:
    for name in ("identifying", "not_identifying"):
        assert Counter(message.part for message in telling(name)) == dict.fromkeys(PARTS, 150)


@pytest.mark.parametrize("part", PARTS)
def test_numbers_and_emails_are_hidden(part: str) -> None:
    assert share(part, NUMBERS_AND_EMAILS) >= LEAST_OF_NUMBERS


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", ["name", "address"])
def test_names_and_addresses_are_hidden(part: str, kind: str) -> None:
    assert share(part, frozenset({kind})) >= LEAST_OF_PEOPLE


@pytest.mark.parametrize("part", PARTS)
def test_what_identifies_nobody_stays(part: str) -> None:
    messages = [message for message in telling("not_identifying") if message.part == part]
    changed = [message for message in messages if mask(message.text).text != message.text]
    assert len(changed) / len(messages) <= MOST_FALSE


@pytest.mark.parametrize("part", PARTS)
def test_what_stands_beside_a_detail_stays(part: str) -> None:
    messages = [message for message in telling() if message.part == part]
    torn = [message for message in messages if message.lost_beside(mask(message.text).text)]
    assert len(torn) / len(messages) <= MOST_FALSE
