"""What identifies somebody is taken out; what only looks so stays."""

import pytest

from bot.privacy.mask import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("mit cpr er 010190-1234", "mit cpr er [cpr-nummer]"),
        ("0101901234", "[cpr-nummer]"),
        ("280207 4321 er mit nummer", "[cpr-nummer] er mit nummer"),
        ("ring på 12345678", "ring på [telefonnummer]"),
        ("12 34 56 78", "[telefonnummer]"),
        ("1234 5678", "[telefonnummer]"),
        ("+45 12 34 56 78 tak", "[telefonnummer] tak"),
        ("004512345678", "[telefonnummer]"),
        ("+46 70 123 45 67", "[telefonnummer]"),
        ("skriv til sofie.hansen+x@skole.example.dk!", "skriv til [e-mail]!"),
        ("tlf:12345678.", "tlf:[telefonnummer]."),
    ],
)
def test_numbers_and_addresses_of_a_person_are_hidden(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "huslejen er 4500 og indskuddet 13.500 kr",
        "den 24-12-2026 kl. 14.30",
        "jeg bor i nr 112 på 3. sal",
        "ring 112 eller 116 111",
        "iphone 13 fra 2021",
        "der er 1234567 mennesker",
        "mødes 22/11 2026",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text).text == text


def test_what_was_hidden_is_given_back_for_the_form_that_asked() -> None:
    masked = mask("12 34 56 78 eller a@b.dk")
    assert (masked.phone, masked.email) == ("12 34 56 78", "a@b.dk")
