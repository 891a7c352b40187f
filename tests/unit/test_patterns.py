import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.safety.levels import KINDS
from bot.safety.patterns import SHIPPED_PATTERNS, PatternError
from bot.safety.screen import DangerLevel, Screen
from bot.safety.vocabulary import Vocabulary, is_one_slip
from tests.support.reading_time import times_ordinary

WORDS = """\
fyldord: |
  bare så
nægtelser: |
  ikke
skel: |
  men
rigtige ord: |
  far hænder
om en anden: |
  min (ven|veninde)
om en selv: |
  (jeg|mig)
ud over en selv: |
  mig
går ud over en anden: |
  slår min ven
kun den, der fortæller: |
  jeg tror
også en selv: |
  det vil jeg også
lister:
  piller: |
    panodil*
    sovepiller
"""
HARMLESS = """\
talemåder: |
  dø af grin
sammenhænge:
  film:
    slags: suicide violence
    bliver til: 0
    mønstre: |
      i (filmen|serien)
"""
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A folder of small files; what is given replaces one of them or its level 2."""

    def write(level_2: str = "vil dø", **files: str) -> Path:
        for kind in KINDS:
            (tmp_path / f"{kind}.yml").write_text("niveau 2: |\n  zzzz\n", encoding="utf-8")
        (tmp_path / "suicide.yml").write_text(f"niveau 2: |\n  {level_2}\n", encoding="utf-8")
        (tmp_path / "words.yml").write_text(WORDS, encoding="utf-8")
        (tmp_path / "only_sounds_so.yml").write_text(HARMLESS, encoding="utf-8")
        for name, content in files.items():
            (tmp_path / f"{name}.yml").write_text(content, encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("pattern", "finds", "leaves"),
    [
        ("vil dø", ["jeg vil dø", "vil bare så dø", "VIL  DØ!!"], ["dø vil", "vil ikke dø", "vil gerne dø"]),
        ("(vil|skal) dø", ["skal dø"], ["kan dø"]),
        ("vil (aldrig mere)? leve", ["vil leve", "vil aldrig mere leve"], ["vil aldrig leve"]),
        ("overdos*", ["en overdosis", "overdoser"], ["dosis"]),
        ("*kniv", ["en køkkenkniv"], ["knive"]),
        (
            "slår … mor",
            ["slår mor", "slår en to tre fire mor"],
            ["slår en to tre fire fem mor", "slår. mor", "slår ikke mor"],
        ),
        ("slår ... mor", ["slår min mor"], ["mor slår"]),
        ("taget <piller>", ["taget panodiler", "taget sovepiller"], ["taget toget"]),
        ("10+ <piller>", ["30 panodil"], ["2 panodil"]),
        ("~ikke truet", ["er truet"], ["ikke truet", "ikke bare truet"]),
        ("slår mig ~(op|til tåls)", ["slår mig hver dag", "slår mig til blods"], ["slår mig op", "slår mig til tåls"]),
        (
            "nat & sove",
            ["hvor sove i nat", "nat uden at sove"],
            ["sove. nat", "sove " + "ost te " * 11 + "nat", "sove " + "ost " * 21 + "nat"],
        ),
        ("nat & sove & ~hotel", ["sove i nat"], ["sove på hotel i nat"]),
        ("udenfor", ["uden for", "udenfor"], ["uden"]),
        ("han (slår|slår og sparker) mig", ["han slår og sparker mig"], ["han og mig"]),
    ],
)
def test_a_pattern_finds_what_its_language_says(
    write: Write, pattern: str, finds: list[str], leaves: list[str]
) -> None:
    screen = Screen.from_folder(write(pattern))
    assert [text for text in finds if screen.assess(text).level != DangerLevel.CLEAR] == []
    assert [text for text in leaves if screen.assess(text).level != DangerLevel.NONE] == []


def test_a_line_that_is_indented_goes_on_from_the_one_above_and_a_note_is_no_pattern(write: Write) -> None:
    screen = Screen.from_folder(write(suicide="niveau 2: |\n  # note\n  (vil|  # mere\n      skal) dø\n  orker ikke\n"))
    assert screen.assess("skal dø").reasons == ("skal dø",)
    assert screen.assess("orker ikke").level == DangerLevel.CLEAR
    assert screen.assess("note").level == DangerLevel.NONE


def test_the_words_of_an_idiom_do_not_count_but_the_rest_does(write: Write) -> None:
    screen = Screen.from_folder(write())
    assert screen.assess("vil dø af grin").level == DangerLevel.NONE
    assert screen.assess("vil dø af grin og vil dø").level == DangerLevel.CLEAR


def test_a_context_quietens_its_kinds_nearby_until_the_sentence_turns(write: Write) -> None:
    screen = Screen.from_folder(write(threat="niveau 2: |\n  truer mig\n"))
    assert screen.assess("vil dø i filmen").level == DangerLevel.NONE
    assert screen.assess("så var det i filmen men jeg vil dø").level == DangerLevel.CLEAR
    assert screen.assess("det var i filmen. jeg vil dø").level == DangerLevel.CLEAR
    assert screen.assess("truer mig i filmen").kinds == ("threat",)


def test_what_sharpens_raises_its_own_kind_to_acute(write: Write) -> None:
    screen = Screen.from_folder(write(violence="niveau 2: |\n  slår mig\nskærpes af: |\n  lige nu\n"))
    assert screen.assess("han slår mig").level == DangerLevel.CLEAR
    assert screen.assess("lige nu slår han mig. slår mig lige nu").level == DangerLevel.ACUTE
    assert screen.assess("jeg vil dø lige nu").level == DangerLevel.CLEAR


def test_a_misspelt_word_is_still_found_and_a_real_word_is_not_taken_for_it(write: Write) -> None:
    screen = Screen.from_folder(write("(hænger|selvmord)"))
    assert all(
        screen.assess(text).level for text in ["selvmrod", "selmord", "selvmordd", "selvmord", "henger", "hanger"]
    )
    assert screen.assess("mine hænder").level == DangerLevel.NONE


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("vil (dø", "bliver ikke lukket"),
        ("vil dø)", "»)« står et sted"),
        ("vil () dø", "mangler et ord i parentesen"),
        ("vil (dø|)", "mangler et ord i parentesen"),
        ("vil <findesikke>", "listen <findesikke> findes ikke"),
        ("… dø", "begynde og ende med et ord"),
        ("vil …", "begynde og ende med et ord"),
        ("(vil)?", "mindst ét ord"),
        ("vil ~ikke dø", "»~« kan kun stå først eller sidst"),
        ("vil ~", "efter »~« skal der stå"),
        ("v* dø", "»v*« er ikke et ord"),
        ("vil, dø", "»vil,« er ikke et ord"),
        ("vil &", "begynde og ende med et ord"),
        ("? dø", "begynde og ende med et ord"),
    ],
)
def test_a_bad_pattern_is_named_with_its_file_its_line_and_what_is_wrong(
    write: Write, pattern: str, problem: str
) -> None:
    folder = write(suicide=f"niveau 3: |\n  står på broen\n\nniveau 2: |\n  # en note\n  {pattern}\n")
    with pytest.raises(PatternError, match=r"^suicide\.yml, linje 6: ") as raised:
        Screen.from_folder(folder)
    assert problem in str(raised.value)
    assert pattern in str(raised.value)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"suicide": "niveau 2: |\n  vil dø\n niveau"}, r"suicide\.yml, linje \d+: filen er ikke rigtig YAML"),
        ({"suicide": "niveau 2: vil dø"}, r"suicide\.yml, linje 1: efter »niveau 2:« skal der stå \|"),
        ({"suicide": "niveau 1: |\n  vil dø\n"}, r"suicide\.yml, linje 1: nøglen »niveau 2« mangler"),
        ({"suicide": "niveau 2: |\n  a\nniveau 4: |\n  b\n"}, r"suicide\.yml, linje 3: nøglen »niveau 4« kendes ikke"),
        ({"suicide": "niveau 2: |\n  a\nniveau 2: |\n  b\n"}, r"suicide\.yml, linje 3: nøglen er ikke et ord eller"),
        ({"suicide": "- vil dø"}, r"suicide\.yml, linje 1: filen skal bestå af nøgler"),
        ({"suicide": ""}, r"suicide\.yml, linje 1: filen skal bestå af nøgler"),
        (
            {"words": WORDS + "  dårlig: |\n    vil ~dø\n"},
            r"words\.yml, linje 26: »~« og »&« kan kun bruges i et mønster",
        ),
        (
            {"only_sounds_so": HARMLESS.replace("suicide violence", "suicid")},
            r"only_sounds_so\.yml, linje 5: »slags« kan kun have disse",
        ),
        (
            {"only_sounds_so": HARMLESS.replace("til: 0", "til: 2")},
            r"only_sounds_so\.yml, linje 6: »bliver til« skal være en af: 0, 1",
        ),
    ],
)
def test_a_broken_file_is_named_with_its_line_and_what_is_wrong(
    write: Write, files: dict[str, str], message: str
) -> None:
    with pytest.raises(PatternError, match=message):
        Screen.from_folder(write(**files))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED_PATTERNS, tmp_path / "safety")
    (tmp_path / "safety" / "threat.yml").unlink()
    with pytest.raises(PatternError, match=r"threat\.yml, linje 1: filen kan ikke læses"):
        Screen.from_folder(tmp_path / "safety")


def test_a_pattern_with_many_gaps_takes_no_longer_on_a_text_made_to_mislead_it(write: Write) -> None:
    screen = Screen.from_folder(write("jeg … … … jeg … … … jeg … … … jeg … … … dø"))
    misleading = "jeg " * 1200
    assert screen.assess(misleading).level == DangerLevel.NONE
    assert times_ordinary(screen.assess, misleading) < 10


def test_one_slip_of_the_fingers_is_one_letter_missing_added_wrong_or_swapped() -> None:
    slips = ["selvmrd", "selvvmord", "selvmyrd", "selvmrod"]
    assert all(is_one_slip(word, "selvmord") for word in slips)
    assert not any(is_one_slip(word, "selvmord") for word in ["delvmord", "selvmr", "salvmard", "mord"])


def test_the_vocabulary_knows_a_word_without_its_danish_letters() -> None:
    vocabulary = Vocabulary({"slår", "får", "dø"}, real_words={"far"})
    assert vocabulary.find("slar") == {"slår"}
    assert vocabulary.find("do") == {"dø"}
    assert vocabulary.find("far") == frozenset()


def test_a_word_without_its_vowels_is_still_read() -> None:
    vocabulary = Vocabulary({"hader", "livet", "orker", "dør"})
    assert vocabulary.find("hdr") == {"hader"}
    assert vocabulary.find("lvt") == {"livet"}
    assert vocabulary.find("dr") == vocabulary.find("rkr") == vocabulary.find("tlf") == frozenset()


def test_slips_in_short_words_are_read_only_boldly() -> None:
    vocabulary = Vocabulary({"slår", "mig", "piller", "hjem"}, real_words={"står"})
    assert vocabulary.find("slpr") == frozenset()
    assert vocabulary.find_loosely("slpr") == vocabulary.find_loosely("slra") == {"slår"}
    assert vocabulary.find_loosely("står") == vocabulary.find_loosely("mgi") == frozenset()
    assert vocabulary.find_loosely("pillre") == vocabulary.find("pillre") == {"piller"}
    assert [vocabulary.is_read_boldly(word) for word in ("slpr", "pillre", "slår", "hest")] == [
        True,
        False,
        False,
        False,
    ]


def test_two_known_words_are_told_apart_where_their_space_is_missing() -> None:
    vocabulary = Vocabulary({"slår", "slå", "mig", "hjemløs", "hjem"}, real_words={"migmig"})
    assert vocabulary.unglued("slårmig") == ("slår", "mig")
    assert vocabulary.unglued("slarmig") == ("slar", "mig")
    for whole in ("hjemløs", "slåren", "migmig", "slår", "123", "mig" * 20):
        assert vocabulary.unglued(whole) == (whole,)
