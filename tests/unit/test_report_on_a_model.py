"""The report on a model: its figures are right, its words are plain, and whatever was written stands in it as text."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from bot.training.gates.judging import judged
from bot.training.gates.verdict import Measure, Record, Verdict
from bot.training.models.predictions import Prediction
from bot.training.models.trained import IN_SERVICE, Stories
from bot.training.promotion import promote
from bot.training.reporting.calibration import calibration
from bot.training.reporting.difference import difference
from bot.training.reporting.page import render, write_page
from bot.training.reporting.topics import confusion, is_right, topics, worst_pairs
from tests.support.models import put
from tests.support.predictions import INTENTS, MODEL, read

SOME = [
    read("hvad koster indskuddet", "housing_deposit", "housing_deposit"),
    read("hvor er der et herberg", "housing_shelter", "housing_deposit", 0.6),
    read("jeg skylder penge", "money_debt", "housing_deposit", 0.4),
    read("lån", "money_debt", "housing_deposit", 0.8, "housing_deposit"),
    read("jeg vil dø", "crisis_suicide", None, 0.1),
    read("hvem vandt kampen", None, "money_debt"),
]


def test_a_topic_is_read_right_by_its_intent_and_what_is_not_ours_does_not_count() -> None:
    found = {topic.name: topic for topic in topics(SOME)}
    assert {name: topic.messages for name, topic in found.items()} == {"crisis": 1, "housing": 3, "money": 1}
    assert (found["housing"].precision, found["housing"].recall) == (2 / 4, 2 / 3)
    assert found["housing"].f1 == pytest.approx(((4 / 6) + 0) / 2)
    assert (found["money"].precision, found["money"].f1, found["crisis"].recall) == (0.0, 0.0, 0.0)


def test_what_is_taken_for_what_counts_topics() -> None:
    assert confusion(SOME) == {
        ("housing", "housing"): 3, ("money", "housing"): 1, ("crisis", "nothing"): 1,
    }  # fmt: skip


def test_the_worst_pairs_are_of_intents_with_the_surest_message_first() -> None:
    again = [*SOME, read("jeg har gæld", "money_debt", "housing_deposit", 0.7)]
    assert worst_pairs(again, 1)[0].texts == ("jeg har gæld", "jeg skylder penge")
    assert {(pair.meant, pair.read) for pair in worst_pairs(SOME, 9)} == {
        ("money_debt", "housing_deposit"),
        ("housing_shelter", "housing_deposit"),
        ("crisis_suicide", "nothing"),
    }


def test_confidence_is_held_against_the_truth_bin_by_bin() -> None:
    bins = calibration([*SOME, read("a", "money_debt", "money_debt", 1.0)])
    assert [(one.lowest, one.messages) for one in bins] == [(0.1, 1), (0.4, 1), (0.6, 1), (0.8, 1), (0.9, 2)]
    assert (bins[-1].said, bins[-1].right) == (pytest.approx(0.95), 1.0)


PREDICTIONS = st.lists(
    st.builds(
        # What a message means is the same for both.
        lambda number, as_: read(f"besked {number}", INTENTS[number % 4], as_),
        st.integers(0, 40),
        st.sampled_from([*INTENTS, None]),
    ),
    max_size=30,
    unique_by=lambda one: one.text,
)


@given(PREDICTIONS, PREDICTIONS)
def test_what_is_mended_and_broken_is_the_whole_difference(
    before: Sequence[Prediction], after: Sequence[Prediction]
) -> None:
    found = difference(before, after)
    assert found.right_after - found.right_before == len(found.mended) - len(found.broken)
    assert found.messages <= min(len(before), len(after))
    assert 0 < found.chance <= 1
    back = difference(after, before)
    assert (len(back.mended), len(back.broken)) == (len(found.broken), len(found.mended))


@given(st.integers(0, 60), st.integers(0, 60))
def test_chance_on_the_page_is_of_both_sides(mended: int, broken: int) -> None:
    before = [read(str(n), "money_debt", None if n < mended else "money_debt") for n in range(mended + broken)]
    after = [read(str(n), "money_debt", "money_debt" if n < mended else None) for n in range(mended + broken)]
    expected = binomtest(mended, mended + broken).pvalue if before else 1.0
    assert difference(before, after).chance == pytest.approx(expected)


def test_the_f1_of_a_topic_is_the_one_that_the_gates_tell() -> None:
    before = [replace(one, read=one.label) for one in SOME]
    told = {verdict.gate: verdict.told for verdict in gates([Measure(Record(MODEL, tuple(before)), "x")])}
    compared = difference(before, SOME)
    for topic in topics(SOME):
        assert f"macro F1 {compared.topics_before[topic.name]:.3f} → {topic.f1:.3f}" in told[f"topic {topic.name}"]


def gates(measures: Sequence[Measure]) -> Sequence[Verdict]:
    return judged(Record(MODEL, tuple(SOME)), measures, (), None)


def test_a_page_is_written_though_what_it_is_held_against_cannot_be_read(tmp_path: Path) -> None:
    put(tmp_path, "1")
    promote(tmp_path)
    model = put(tmp_path, "2")
    (tmp_path / "1.predictions.json").write_text("[]", encoding="utf-8")
    page = " ".join(write_page(model).read_text(encoding="utf-8").split())
    assert "to be held against 1, but" in page
    assert page.count("1.predictions.json is not what was written") == 2
    assert "passed: all topics" in page
    (tmp_path / IN_SERVICE).write_text("{", encoding="utf-8")
    page = " ".join(write_page(model).read_text(encoding="utf-8").split())
    assert page.count("in_service.json cannot be read") == 1
    assert "Report on 2" in page


def wrong_in(some: int) -> list[Prediction]:
    return [read(str(one), "money_debt", "money_debt" if one >= some else "housing_deposit") for one in range(100)]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (5, 5, "To those who write nothing changes."),
        (5, 7, "understands 0 that the other did not, and no longer understands 2. That may be chance (p = 0.50)."),
        (20, 5, "understands 15 that the other did not, and no longer understands 0. It is better"),
        (5, 20, "It is worse, and that is hardly chance (p = 6.1e-05)."),
    ],
)
def test_the_difference_is_told_in_plain_words(before: int, after: int, words: str) -> None:
    assert words in difference(wrong_in(before), wrong_in(after)).words


def test_the_page_holds_the_messages_as_text_and_fetches_nothing() -> None:
    evil = read("<script src=//x>alert('1')</script>", "money_debt", "housing_deposit")
    page = render(MODEL, [*SOME, evil], None, None)
    assert "&lt;script src=//x&gt;" in page
    assert "<script" not in page
    assert not any(word in page for word in ("http://", "https://", "url(", "@import", "<link", "<img"))
    assert "There is no other model" in page


def test_the_page_names_what_changes_what_is_broken_and_what_it_was_made_from() -> None:
    broken = replace(MODEL, stories=Stories(52, ("move a booking",)))
    compared = difference([replace(one, read=one.label) for one in SOME], SOME)
    page = render(broken, SOME, replace(MODEL, archive=Path("models/older.tar.gz"), held_out="cdef"), compared)
    for told in ("older", "No longer understood: 3", "jeg skylder penge", "was measured on another version"):
        assert told in page
    for told in ("1 of 52 went otherwise", "move a booking", "0123", "4567", "89ab", "a" * 64, "rasa 3.6.21"):
        assert told in page


def test_the_page_tells_what_each_gate_says() -> None:
    verdicts = [Verdict("size", passed=True, told="43 → 44 MB"), Verdict("stories", passed=False, told="1 of 52")]
    page = render(MODEL, SOME, None, None, verdicts)
    assert "It would not be put into service: stories." in page
    assert "passed: size, 43 → 44 MB" in page
    assert "refused: stories, 1 of 52" in page
    assert "No gate refuses it." in render(MODEL, SOME, None, None, verdicts[:1])


def test_a_model_that_was_measured_on_nothing_about_a_crisis_is_told_so() -> None:
    calm = [one for one in SOME if not (one.label or "").startswith("crisis")]
    assert "No message about a crisis" in render(MODEL, calm, None, None)
    assert "No message about a crisis" in render(MODEL, [], None, None)
    assert sum(map(is_right, SOME)) == 2
