"""Names, addresses, and numbers of banks are hidden; the words that only look so are left."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.privacy.details import Detail
from bot.privacy.mask import mask
from bot.privacy.word_lists import known_names, names_that_are_words
from bot.settings import ROOT
from tests.support.identifying import telling
from tests.support.reading_time import times_ordinary


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("jeg hedder sofie å jeg er 17", "jeg hedder [navn] å jeg er 17"),
        ("Mit navn er Amina Yusuf, hej", "Mit navn er [navn], hej"),
        ("min sagsbehandler hedder Lone Kristoffersen", "min sagsbehandler hedder [navn]"),
        ("hos Sofies mor", "hos [navn]s mor"),
        ("jeg hedder Storm", "jeg hedder [navn]"),
        ("det er Bo Nielsen", "det er [navn]"),
        ("mvh lea", "mvh [navn]"),
        ("Sif hedder jeg", "[navn] hedder jeg"),
        ("send det c/o Hansen", "send det c/o [navn]"),
        ("JEG HEDDER SOFIE", "JEG HEDDER [navn]"),
        # Only seen as a name once the address behind it is hidden.
        ("bare skriv Mia trine.t@example.com", "bare skriv [navn] [e-mail]"),
        ("my name is Kwabena", "my name is [navn]"),
        ("mit fornavn er Xhemile", "mit fornavn er [navn]"),
        ("efternavn: Krasniqi", "efternavn: [navn]"),
        ("min mor i Odense hedder Xhemile", "min mor i Odense hedder [navn]"),
        ("det er Rene\u0301, ikke Jens-Peter", "det er [navn], ikke [navn]"),
    ],
)
def test_names_are_hidden(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "jeg hedder ikke noget her",
        "hvad hedder boligagenten",
        "det hedder Housing First",
        "Hans mor vil ikke have mig",
        "Bo alene eller sammen?",
        "i Maj flytter jeg",
        "mit liv er slut i maj",
        "sankt Hans aften",
        "Peter Bangs Vej er lang",
        "nej for søren da",
        "han kalder mig taber",
        "min far SKAL ud",
        "MIN FAR FLYTTER UD",
        "kald mig hvad du vil",
        "hilsen en der fryser",
        "min mor er syg",
        "jeg bor i Aarhus, København eller på Ærø",
    ],
)
def test_everyday_words_and_places_are_no_names(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Nørrebrogade 45, 2. tv, 2200 København N", "[adresse] København N"),
        ("på vestergade 12 st th i Odense", "på [adresse] i Odense"),
        ("Peter Bangs Vej 153, 2. tv", "[adresse]"),
        ("på Enghave Plads 4, 1. th.", "på [adresse]"),
        ("hos ham på Nørre Allé 7B nu", "hos ham på [adresse] nu"),
        ("Skovbrynet 5 og Vibevej 11", "[adresse] og [adresse]"),
        ("gl. kongevej 3, 4. sal", "[adresse]"),
        ("Åboulevard 12 3tv", "[adresse]"),
        ("Ågade 5", "[adresse]"),
        ("torsdag Ryesgade 3 kl. 10", "torsdag [adresse] kl. 10"),
        ("kan vi mødes på Ryesgade 3 kl 14", "kan vi mødes på [adresse] kl 14"),
        ("Ryesgade 3 kl. tv", "[adresse]"),
        ("Vesterbro 12 2. tv 9000 Aalborg", "[adresse] Aalborg"),
        ("jeg bor vesterbro 12, 9000 aalborg", "jeg bor [adresse] aalborg"),
        ("nørrebrogade45", "[adresse]"),
    ],
)
def test_addresses_are_hidden_and_towns_are_left(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "nørrebrogade er farlig om natten",
        "8000 Aarhus",
        "motorvejen 3 timer",
        "på gaden 5 måneder",
        "en soveplads 12 nætter",
        "opgang 3, 2. sal",
        "alle 3 venner",
        "i Fælledparken 3 nætter",
        "mandag 14 2000 kr",
        "onsdag 12, 3. sal",
    ],
)
def test_a_place_without_a_house_is_no_address(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("reg 1234 konto 1234567890", "reg [kontonummer] konto [kontonummer]"),
        ("DK50 0040 0440 1162 43 tak", "[kontonummer] tak"),
        ("GB82 WEST 1234 5698 7654 32", "[kontonummer]"),
        ("mit kort 4111 1111 1111 1111", "mit kort [kortnummer]"),
        ("nul fem nul fem nul fire tolv fireogtredive", "[cpr-nummer]"),
        ("det er to to tre tre fire fire fem fem", "det er [telefonnummer]"),
        ("tolv fire og tredive seksoghalvtreds 78", "[telefonnummer]"),
        ("karla snabel-a eksempel punktum dk", "[e-mail]"),
        ("a.b@gmail", "[e-mail]"),
        ("+33 6 12 34 56 78", "[telefonnummer]"),
    ],
)
def test_numbers_of_banks_and_spoken_ones_are_hidden(text: str, masked: str) -> None:
    assert mask(text).text == masked


def test_a_spoken_number_is_kept_as_figures_for_the_form_that_asked() -> None:
    assert mask("to to tre tre fire fire fem fem").phone == "22334455"


def test_what_was_hidden_is_told_by_its_kind() -> None:
    assert mask("Jonas, 12 34 56 78").hidden == {Detail.NAME, Detail.PHONE}
    assert mask("hej").hidden == frozenset()


def test_numbers_that_the_bot_gives_stay_readable() -> None:
    written = re.compile(r"\b(?:\d{2} \d{2} \d{2} \d{2}|70 \d{3} \d{3}|1\d{2} \d{3})\b")
    files = [*(ROOT / "data" / "facts").glob("*.yml"), *(ROOT / "bot" / "domain").glob("*.yml")]
    files += (ROOT / "data" / "safety").glob("replies*.yml")
    public = {number for file in files for number in written.findall(_said(file))}
    assert len(public) > 10
    for number in public:
        for spelled in (number, number.replace(" ", "")):
            assert mask(f"ring {spelled} nu").text == f"ring {spelled} nu"


def _said(file: Path) -> str:
    lines = file.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith(("said:", "- http", "note:")))


def test_no_name_stands_in_both_lists() -> None:
    assert known_names().isdisjoint(names_that_are_words())
    assert len(known_names()) > 1000


PIECES = st.sampled_from(
    ["Jonas", "hedder ", "jeg ", "min mor ", "12", "34 ", "56", "78", "010190", "-1234", "Vej ", "gade 4", ", 2. tv",
     "@", "gmail", ".dk", " ", "\n", "[navn]", "[", "]", "to ", "tre og tyve ", "konto ", "reg ", "DK50", "+45",
     "kode ", "lampe-", "skov", " pære", "navn: ", "hilsen ", "kl. ", "00", "."]
)  # fmt: skip


@settings(max_examples=400)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map("".join)))
def test_masking_never_fails_and_masking_twice_changes_nothing(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once


@pytest.mark.parametrize("part", ["identifying", "not_identifying"])
def test_the_longest_message_takes_no_time(part: str) -> None:
    longest = " ".join(message.text for message in telling(part))[:4000]
    assert times_ordinary(mask, longest) < MOST_OF_ORDINARY


MOST_OF_ORDINARY = 10
"""So many texts of ordinary words and the same length take as long."""


SLOW = (
    "1 |00 4|A B |Anna |x@y.|a punktum |konto 1|reg 1234 |ab12 abcd |fire og |nul |A. |Nyvej 1, |Nyvej 1, st. |Vej "
    "|min mor |hilsen |kort 1234 |tlf 1 |12/12/|(+45) |snabel-a "
)


@pytest.mark.parametrize("piece", SLOW.split("|"))
def test_no_message_takes_long(piece: str) -> None:
    assert times_ordinary(mask, (piece * 4000)[:4000]) < MOST_OF_ORDINARY
