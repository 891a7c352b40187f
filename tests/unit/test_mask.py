"""What identifies somebody is taken out; what only looks so stays."""

from dataclasses import replace

import pytest

from bot.privacy.mask import CODE_PLACEHOLDER, NEEDED_BY_NOBODY, mask
from bot.training.data import plain, utterances
from bot.training.held_out import held_out
from tests.support.reading_time import times_ordinary


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
        ("cpr-0102031234", "cpr-[cpr-nummer]"),
        ("CPR-010203-1234", "CPR-[cpr-nummer]"),
        ("010203 - 1234", "[cpr-nummer]"),
        ("010203/1234", "[cpr-nummer]"),
        ("010203\u20111234", "[cpr-nummer]"),
        ("01 02 03 1234", "[cpr-nummer]"),
        ("01.02.03-1234", "[cpr-nummer]"),
        ("0102 03 1234", "[cpr-nummer]"),
        ("010203-1234-hej", "[cpr-nummer]-hej"),
        ("610203-1234 er mit erstatningsnummer", "[cpr-nummer] er mit erstatningsnummer"),
        ("tlf.12345678", "tlf.[telefonnummer]"),
        ("nr.12345678", "nr.[telefonnummer]"),
        ("12345678-hej", "[telefonnummer]-hej"),
        ("12.34.56.78", "[telefonnummer]"),
        ("12-34-56-78", "[telefonnummer]"),
        ("12 34 5678", "[telefonnummer]"),
        ("1234 56 78", "[telefonnummer]"),
        ("1234-5678", "[telefonnummer]"),
        ("45 12 34 56 78", "[telefonnummer]"),
        ("4512345678", "[telefonnummer]"),
        ("+45.12.34.56.78", "[telefonnummer]"),
        ("+45 2020-2024", "[telefonnummer]"),
        ("+46.70.123.45.67", "[telefonnummer]"),
        ("24-12-2026 kan du ringe på 12 34 56 78", "24-12-2026 kan du ringe på [telefonnummer]"),
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
        "mødes 22/11 2026 12.30",
        "født 01.02.2003",
        "24 12 2026",
        "2026-12-24",
        "24-12-2026 1430",
        "kl. 12.30-14.00",
        "4500-5000 kr",
        "4500-5000kr.",
        "4500-5000 kroner",
        "jeg boede der 2020-2024",
        "1.234.567 kr",
        "12.345.678 kr",
        "310203-1234",
        "001303-1234",
        "920203-1234",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text).text == text


def test_what_was_hidden_is_given_back_for_the_form_that_asked() -> None:
    masked = mask("12 34 56 78 eller a@b.dk")
    assert (masked.phone, masked.email) == ("12 34 56 78", "a@b.dk")


@pytest.mark.parametrize("text", ["den 24-12-2026", "4500-5000 kr"])
def test_what_only_looks_like_a_phone_number_is_not_kept_as_one(text: str) -> None:
    assert mask(text).phone is None
    assert mask(f"{text} eller +46 70 123 45 67").phone == "+46 70 123 45 67"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("lampe-skov-pære", "[kode]"),
        ("jeg har lampe-skov-pære til i morgen", "jeg har [kode] til i morgen"),
        ("det er LAMPE-Skov-PÆRE!", "det er [kode]!"),
        ("det er lampe-skov-paere", "det er [kode]"),
        ("det er lampe-skov-pare", "det er [kode]"),
        ("lampe - skov – pære eller Sol-skov-lampe", "[kode] eller [kode]"),
        ("det er lampe-skov-armba\u030and", "det er [kode]"),
        ("den-lampe-skov-pære", "den-[kode]"),
        ("lampe skov pære", "[kode]"),
        ("  Lampe, SKOV, pære.", "  [kode]."),
        ("min kode er lampe skov pære tak", "min kode er [kode] tak"),
        ("Koden til tiden er: lampe, skov, pære", "Koden til tiden er: [kode]"),
        ("bookingkode lampe skov pære", "bookingkode [kode]"),
        ("pære-lmape-skov", "[kode]"),
        ("lampe skof pære", "[kode]"),
        ("min kode er lampe skof pære", "min kode er [kode]"),
    ],
)
def test_a_booking_code_is_hidden(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "jeg så lampe skov pære",
        "lampe skov pære 2026",
        "banan banan banan",
        "lampe-skov",
        "lampe-skov-ukendtord",
        "hjælp til mad",
        "vis min plan",
        "jeg har en kode på tre ord",
        "mandag tirsdag torsdag",
        "fredag, lørdag, søndag",
        "onsdag middag fredag",
        "mandag morgen frokost",
        "jeg så lampe-skov pære",
        "koden er jo den der med lampe skov pære",
        "kode lampe 1 skov 2 pære",
        "jeg har glemt min kode",
    ],
)
def test_everyday_words_are_no_code(text: str) -> None:
    assert mask(text).text == text


def test_no_utterance_we_learn_from_reads_as_a_code() -> None:
    texts = [text for example in (*utterances(), *held_out().examples) for text in (example.text, plain(example.text))]
    assert len(texts) > 2000
    assert [text for text in texts if CODE_PLACEHOLDER in mask(text).text] == []


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "12 ",
        "12.",
        "01 - ",
        "01   ",
        "+",
        "+4",
        "a",
        "a.",
        "a@",
        "a@a.",
        "-",
        " ",
        "lampe-",
        "lampe ",
        "kode ",
        "å\u030a",
    ],
)
def test_a_long_message_is_masked_at_once(piece: str) -> None:
    assert times_ordinary(mask, (piece * 5000)[:5000] + "!") < 10


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Dit cpr er 010190-1234, og kortet 4571 1234 5678 9010?", "Dit cpr er [cpr-nummer], og kortet [kortnummer]?"),
        ("Overfør til reg 1234 konto 12345678", "Overfør til reg [kontonummer] konto [kontonummer]"),
        ("DK50 0040 0440 1162 43", "[kontonummer]"),
        ("Ring til Anna Jensen på 12 34 56 78.", "Ring til Anna Jensen på 12 34 56 78."),
        ("Skriv til anna@kommune.example.dk", "Skriv til anna@kommune.example.dk"),
        ("Kom på Eksempelgade 12, 2. tv.", "Kom på Eksempelgade 12, 2. tv."),
        ("Vi ses den 01.12.26 kl. 14.30.", "Vi ses den 01.12.26 kl. 14.30."),
        ("NemKonto: ring på 12 34 56 78", "NemKonto: ring på 12 34 56 78"),
        ("Spørg om kontoen på tlf. 12345678", "Spørg om kontoen på tlf. 12345678"),
        ("a4571123456789010@example.dk", "a4571123456789010@example.dk"),
    ],
)
def test_only_what_nobody_needs_is_hidden_in_what_is_given_on_purpose(text: str, masked: str) -> None:
    found = mask(text, NEEDED_BY_NOBODY)
    assert found.text == masked
    assert bool(found.hidden) is (text != masked)
    assert mask(found.text, NEEDED_BY_NOBODY) == replace(found, hidden=frozenset())


def test_a_number_to_call_beside_the_word_for_an_account_is_still_a_number_to_hide_from_the_young() -> None:
    assert mask("min konto, ring på 12 34 56 78").text == "min konto, ring på [telefonnummer]"
