"""The classifier of the danger screen: what it weighs, how it is kept, and what it adds to the patterns."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from bot.composed_yaml import content_of
from bot.language.encoder import DIMENSIONS
from bot.language.normalise import normalise
from bot.safety import classifier as classifier_module
from bot.safety.classifier import (
    CLASSIFIER,
    LEVELS,
    MOST_WORDS_BELIED,
    ClassifierError,
    DangerClassifier,
    Judgement,
)
from bot.safety.features import COLUMNS, HALF, Features, counted_ngrams
from bot.safety.levels import KINDS, DangerLevel
from bot.safety.message import MOST_WORDS_READ_BOLDLY
from bot.safety.patterns import shipped_patterns
from bot.safety.reader import Meaning
from bot.safety.screen import Screen, shipped_screen
from bot.settings import Settings
from bot.training.danger_models.telling import see_to_danger
from tests.support.model import danger_of, danger_screen
from tests.support.reading_time import times_ordinary

DANGER = content_of((Path(__file__).parents[1] / "examples" / "danger.yml").read_text(encoding="utf-8"))
MOST_OF_ORDINARY = 4
"""No text may take longer than so many of ordinary words and the same length."""
ZERO = np.zeros(DIMENSIONS, dtype=np.float32)
KNOWN = {"jeg": 9, "vil": 8, "skære": 7, "mig": 6, "skærer": 5}
NOTHING = Meaning(ZERO, np.zeros(LEVELS + len(KINDS), dtype=np.float32))
PLAIN = Features(ZERO, ZERO + 1, np.ones(2 * HALF, dtype=np.float32))


def always(level: int, kind: str = "violence", *, belies: bool = False) -> DangerClassifier:
    """A classifier that judges every message the same, of which the tuned layers tell nothing."""
    likely = np.where(np.arange(LEVELS) < level, 10.0, -10.0)
    kinds = np.array([float(one == kind) for one in KINDS])
    return DangerClassifier(
        learnt_from="a test",
        mean=ZERO,
        scale=ZERO + 1,
        rarity=PLAIN.rarity,
        weights=np.zeros((LEVELS + len(KINDS), COLUMNS), dtype=np.float32),
        bias=np.concatenate([likely, kinds]).astype(np.float32),
        limits=np.full(LEVELS, 0.5, dtype=np.float32),
        doubt=np.full(2, 0.4 if belies else 0.0, dtype=np.float32),
        words=np.array(list(KNOWN)),
        often=np.array(list(KNOWN.values())),
    )


def screen(classifier: DangerClassifier) -> Screen:
    return Screen(shipped_patterns(), classifier)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_becomes_numbers_that_are_finite(text: str) -> None:
    places, values = PLAIN.of(normalise(text).split(), ZERO)
    assert len(set(places.tolist())) == len(places)
    assert places.max() < COLUMNS
    assert np.isfinite(values).all()


def test_words_and_letters_weigh_the_same_however_long_the_message_is() -> None:
    for text in ("hjælp", "jeg ved ikke hvor jeg skal sove og min far vil ikke se mig mere"):
        places, values = PLAIN.of(normalise(text).split(), ZERO)
        ngrams = values[places >= DIMENSIONS]
        assert np.linalg.norm(ngrams) == pytest.approx(2**0.5, rel=1e-4)


def test_a_misspelt_word_shares_letters_with_the_right_one() -> None:
    (_, right), (_, wrong) = (counted_ngrams([word]) for word in ("selvmord", "selvmårt"))
    assert len(set(right[0].tolist()) & set(wrong[0].tolist())) > 5


def test_what_no_pattern_knows_is_raised_by_what_it_means() -> None:
    plain = "det der sker om natten kan jeg ikke rigtig fortælle om"
    assert shipped_screen().assess(plain).level == DangerLevel.NONE
    raised = screen(always(2)).assess(plain, NOTHING)
    assert (raised.level, raised.kinds, raised.reasons) == (DangerLevel.CLEAR, ("violence",), ())


def test_the_classifier_never_lowers_what_a_sure_pattern_says() -> None:
    assert screen(always(0, belies=True)).assess("jeg vil dø og jeg mener det", NOTHING).level >= DangerLevel.CLEAR


def test_no_plain_statement_of_danger_is_belied() -> None:
    texts = [str(text) for level in ("acute", "clear") for found in DANGER[level].values() for text in found]
    levels = [danger_of(text).level for text in texts]
    assert [text for text, level in zip(texts, levels, strict=True) if level < DangerLevel.CLEAR] == []


def test_a_word_in_doubt_counts_unless_the_rest_belies_it() -> None:
    assert shipped_screen().assess("overdosis").level >= DangerLevel.CLEAR
    assert screen(always(0)).assess("om overdosis", NOTHING).level >= DangerLevel.CLEAR
    assert screen(always(0, belies=True)).assess("om overdosis", NOTHING).level == DangerLevel.NONE


def test_no_level_that_is_likely_is_belied_by_another_that_is_not() -> None:
    """The levels are learnt apart: danger to life may be likely where danger as such is not."""
    only_acute = np.where(np.arange(LEVELS + len(KINDS)) == LEVELS - 1, 5.0, -5.0).astype(np.float32)
    classifier = replace(always(0, belies=True), bias=only_acute)
    assert screen(classifier).assess("om overdosis", NOTHING).level == DangerLevel.CLEAR


def test_the_two_readings_weigh_the_same() -> None:
    said = "det er ligesom det plejer at være her hos os om natten"
    likely = np.array([12.0] * LEVELS + [0.0] * len(KINDS), dtype=np.float32)
    assert screen(always(0)).assess(said, replace(NOTHING, told=likely)).level == DangerLevel.ACUTE
    assert screen(always(0)).assess(said, replace(NOTHING, told=likely * 0.8)).level == DangerLevel.NONE
    assert screen(always(3)).assess(said, replace(NOTHING, told=-likely)).level == DangerLevel.NONE


def test_a_level_counts_only_with_those_below_it() -> None:
    likely = np.array([5.0, -5.0, 5.0, *[0.0] * len(KINDS)], dtype=np.float32)
    judged = screen(replace(always(0), bias=likely))
    said = "det er ligesom det plejer at være her hos os om natten"
    assert judged.assess(said, NOTHING).level == DangerLevel.CHECK_IN


def test_a_long_message_is_not_read_boldly() -> None:
    assert screen(always(0)).assess("min far slra mig " + "og ja " * 40, NOTHING).level == DangerLevel.CLEAR
    assert screen(always(0)).assess("min far slra mig " + "og ja " * MOST_WORDS_READ_BOLDLY, NOTHING).level == 0


def test_a_word_in_doubt_asks_gently_where_the_whole_is_unlike_clear_danger_alone() -> None:
    classifier = replace(always(0), doubt=np.array([0.0, 0.4], dtype=np.float32))
    assert screen(classifier).assess("om overdosis", NOTHING).level == DangerLevel.CHECK_IN
    assert screen(classifier).assess("min far slra mig", NOTHING).level == DangerLevel.CHECK_IN
    assert screen(classifier).assess("jeg vil dø og jeg mener det", NOTHING).level >= DangerLevel.CLEAR
    assert screen(classifier).assess("Overdosis!", NOTHING).level == DangerLevel.CLEAR


def test_where_nothing_else_is_said_nothing_belies_it() -> None:
    assert screen(always(0, belies=True)).assess("Overdosis!", NOTHING).level == DangerLevel.CLEAR


def test_in_a_long_message_words_count_as_they_stand() -> None:
    long = f"overdosis {'og så gik dagen ' * MOST_WORDS_BELIED}"
    assert screen(always(0, belies=True)).assess(long, NOTHING).level == DangerLevel.CLEAR


@pytest.mark.parametrize("slip", ["min far slra mig", "min far slåros"])
def test_a_bold_reading_counts_only_where_the_rest_lets_it(slip: str) -> None:
    assert shipped_screen().assess(slip).level == DangerLevel.NONE
    assert screen(always(0)).assess(slip, NOTHING).level >= DangerLevel.CLEAR
    assert screen(always(0, belies=True)).assess(slip, NOTHING).level == DangerLevel.NONE


def test_reading_boldly_takes_no_longer_than_the_rest_of_the_screen() -> None:
    """Time grows with the length, and a long message is not read again."""
    judged = screen(always(0))
    for words in (MOST_WORDS_READ_BOLDLY, 20 * MOST_WORDS_READ_BOLDLY):
        text = " ".join(["slra", "slåros", "pilelr", "hvorkan"] * (words // 4))
        assert times_ordinary(lambda read: judged.assess(read, NOTHING), text) < MOST_OF_ORDINARY


def test_the_reasons_of_a_bold_reading_are_as_they_were_written() -> None:
    assert "slåros" in screen(always(0)).assess("hej, han slåros hver dag", NOTHING).reasons[0]


def test_no_words_are_nothing() -> None:
    assert screen(always(3)).assess("?", NOTHING).level == DangerLevel.NONE


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("Jeg vil Skærre miig!", "Jeg vil Skære mig!"),
        ("jeg vilskære mig", "jeg vil skære mig"),
        ("jeg vil til Bornholm 😅", "jeg vil til Bornholm 😅"),
        ("jeg vil ik skære mig", "jeg vil ik skære mig"),
    ],
)
def test_the_classifier_reads_a_slip_as_the_word_it_knows(written: str, mended: str) -> None:
    assert screen(always(0)).mended(written) == mended


def test_a_long_message_and_one_without_a_classifier_are_read_as_they_stand() -> None:
    assert shipped_screen().mended("jge vil") == "jge vil"
    long = "jge vil " * MOST_WORDS_READ_BOLDLY
    assert screen(always(0)).mended(long) == long


def test_what_is_mended_is_read_by_the_patterns_where_the_rest_lets_it() -> None:
    knowing = replace(always(0), words=np.array(["jeg", "vil", "hænge", "mig"]), often=np.array([5, 5, 5, 5]))
    slip = "jeg vil jænge mig"
    assert screen(always(0)).assess(slip, NOTHING).level == DangerLevel.NONE
    assert screen(knowing).assess(slip, NOTHING).level >= DangerLevel.CLEAR
    belying = replace(knowing, doubt=always(0, belies=True).doubt)
    assert screen(belying).assess(slip, NOTHING).level == DangerLevel.NONE


def test_without_a_vector_the_patterns_alone_decide() -> None:
    assert screen(always(3)).assess("hej").level == DangerLevel.NONE
    assert screen(always(0, belies=True)).assess("overdosis").level >= DangerLevel.CLEAR


@pytest.mark.parametrize("farewell", ["farvel", "tak for alt", "i har været gode ved mig", "pas godt på hunden"])
def test_a_goodbye_weighs_more_after_talk_of_not_living(farewell: str) -> None:
    hopeless = ("suicide",)
    assert shipped_screen().assess(farewell).level < DangerLevel.CLEAR
    assert shipped_screen().assess(farewell, before=hopeless).level == DangerLevel.CLEAR
    assert shipped_screen().assess(farewell, before=("threat",)).level < DangerLevel.CLEAR


@pytest.mark.parametrize(
    "after",
    [
        "hvor mange panodiler er for meget",
        "hvor mange piller er nok",
        "hvad er den mindst smertefulde måde",
        "hvad er den sikreste måde",
        "gør det ondt",
        "jeg har en plan",
        "jeg har bestemt mig",
        "jeg gør det i aften",
        "how many pills",
        "i have a plan",
    ],
)
def test_a_question_about_the_way_or_a_decision_is_clear_danger_after_such_talk(after: str) -> None:
    assert shipped_screen().assess(after, before=("self_harm",)).level >= DangerLevel.CLEAR
    assert shipped_screen().assess(after).level < DangerLevel.CLEAR
    assert shipped_screen().assess(after, before=("threat",)).level < DangerLevel.CLEAR


def test_an_ordinary_goodbye_or_plan_alarms_nobody() -> None:
    hopeless = ("suicide",)
    for text in (
        "farvel og tak for hjælpen",
        "hej hej",
        "tak for din hjælp",
        "jeg har en plan for flytningen",
        "jeg har bestemt mig for torsdag",
        "hvor mange piller skal jeg tage om dagen",
        "hvor mange gange skal vi mødes",
    ):
        assert shipped_screen().assess(text, before=hopeless).level < DangerLevel.CLEAR


def test_it_is_kept_as_it_was(tmp_path: Path) -> None:
    always(2).save(tmp_path / CLASSIFIER)
    kept = DangerClassifier.load(tmp_path / CLASSIFIER)
    said = ["det", "er", "ligesom", "det", "plejer", "at", "være", "her", "hos", "os"]
    assert kept.judge(said, NOTHING) == Judgement(DangerLevel.CLEAR, "violence")
    assert kept.learnt_from == "a test"
    assert [file.name for file in tmp_path.iterdir()] == [CLASSIFIER]


def test_one_that_does_not_fit_this_code_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / CLASSIFIER
    always(2).save(file)
    monkeypatch.setattr(classifier_module, "code_fingerprint", lambda: "other code")
    with pytest.raises(ClassifierError, match="hjemad train"):
        DangerClassifier.load(file)


@pytest.mark.parametrize("content", [None, b"", b"nonsense", b"PK\x03\x04"])
def test_a_file_that_is_missing_or_broken_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / CLASSIFIER
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ClassifierError, match=CLASSIFIER):
        DangerClassifier.load(file)


def test_the_one_in_service_is_not_trained_again() -> None:
    danger_screen()
    told = StringIO()
    see_to_danger(Console(file=told), Settings().models)
    assert told.getvalue() == ""
