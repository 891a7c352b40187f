"""The report holds what people really wrote apart from what we wrote, and says how few they are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from bot.teaching.held_out_file import with_messages
from bot.training.evaluate import Evaluation
from bot.training.gathered import FROM_CONVERSATIONS
from bot.training.models.errors import ModelError
from bot.training.reporting.page import render, write_page
from bot.training.reporting.real import Real, file_of, measure_anew, measured, real_of, write_real
from bot.training.understanding import Understood
from bot.training.written_report import as_markdown
from tests.support.models import put
from tests.support.predictions import MODEL
from tests.support.small_checkout import small_checkout
from tests.unit.test_report_on_a_model import SOME

REAL = Real(3, "2026-11-30", 12, replace(MODEL.figures, accuracy=0.75))
DAY = date(2026, 11, 30)


class Greets:
    """Reads everything as a greeting, and counts what it reads."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def read(self, texts: Sequence[str]) -> Iterator[Understood]:
        for text in texts:
            self.texts.append(text)
            yield Understood(text, "chat_greet", 0.9, sure=True, ranking=(("chat_greet", 0.9),), entities=())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with four messages out of conversations, two of them greetings."""
    root = small_checkout(tmp_path / "checkout")
    grows(root, [("chat_greet", "dav"), ("chat_greet", "god aften")])
    grows(root, [("booking_request", "en tid"), ("booking_request", "x y")])
    return root


def grows(root: Path, new: list[tuple[str, str]]) -> None:
    file = root / FROM_CONVERSATIONS
    before = file.read_bytes() if file.is_file() else None
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(with_messages(before, FROM_CONVERSATIONS, new, DAY))


def words(page: str) -> str:
    return " ".join(page.split())


def row(messages: str, count: str, understands: str) -> str:
    """How a row of the table begins."""
    return f'<th scope="row">{messages}</th><td class="number">{count}</td><td class="number">{understands}</td>'


def test_what_is_measured_is_what_people_wrote_alone(root: Path) -> None:
    reads: Any = Greets()
    found = measured(reads, root)
    assert found
    assert (found.version, found.changed, found.messages, found.figures.accuracy) == (2, "2026-11-30", 4, 0.5)
    assert {"dav", "god aften", "en tid", "x y"} <= set(reads.texts)
    (root / FROM_CONVERSATIONS).unlink()
    assert measured(reads, root) is None


@given(st.integers(1, 400), st.data())
def test_how_far_it_can_be_relied_on_is_told_rightly(count: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, count))
    real = replace(REAL, messages=count, figures=replace(MODEL.figures, accuracy=right / count))
    exact = binomtest(right, count).proportion_ci(method="wilson")
    assert real.between == pytest.approx((exact.low, exact.high), abs=1e-4)
    assert ("That is few" in real.words) == (count < 200)


def test_it_is_kept_beside_the_model_and_read_again(tmp_path: Path) -> None:
    model = put(tmp_path, "1")
    assert real_of(model) is None
    write_real(model.archive, REAL)
    assert real_of(model) == REAL
    for broken in ("{", "[]", '{"version": 1}', '{"figures": {"x": 1}}'):
        file_of(model.archive).write_text(broken, encoding="utf-8")
        with pytest.raises(ModelError, match=r"real\.json cannot be read"):
            real_of(model)


def test_a_model_is_measured_anew_where_something_has_come_and_only_if_it_fits(tmp_path: Path, root: Path) -> None:
    model, loaded = put(tmp_path, "1"), list[Path]()

    def load(archive: Path) -> Any:
        loaded.append(archive)
        return Greets()

    for _ in range(2):
        measure_anew(model, load, root)
    assert loaded == [model.archive], "once a version"
    grows(root, [("chat_greet", "halløj")])
    measure_anew(model, load, root)
    found = real_of(model)
    assert found
    assert (found.version, found.messages, found.figures.accuracy) == (3, 5, 0.6)
    other = put(tmp_path, "2", code="of another time")
    measure_anew(other, load, root)
    assert (real_of(other), len(loaded)) == (None, 2)


def test_both_stand_on_the_page_with_their_versions_and_how_many(tmp_path: Path) -> None:
    model, other = put(tmp_path, "1", SOME, held_out="89ab"), put(tmp_path, "2")
    write_real(model.archive, REAL)
    write_real(other.archive, replace(REAL, figures=replace(MODEL.figures, accuracy=0.5)))
    page = words(render(model, SOME, other, None))
    for told in (
        row("written by us", "5", "90.0%"),
        "<td>89ab</td>",
        row("written by people who chat", "12", "75.0%"),
        "<td>3 of 2026-11-30</td>",
        row("the same, by 2", "12", "50.0%"),
        "12 messages out of conversations, version 3 of 2026-11-30. That is few: over many more",
        "the share would lie between 47% and 91%",
        "Everything below is over the messages that were written by us.",
    ):
        assert told in page
    write_real(other.archive, replace(REAL, version=2))
    page = words(render(model, SOME, other, None))
    assert "the same, by 2" not in page
    assert "2 was measured on version 2 of them: its figures cannot be held beside these." in page


def test_where_there_is_none_or_it_cannot_be_read_the_page_says_so(tmp_path: Path) -> None:
    model = put(tmp_path, "1")
    assert "It has not been measured on what people really wrote" in render(model, SOME, None, None)
    file_of(model.archive).write_text("{", encoding="utf-8")
    page = words(write_page(model).read_text(encoding="utf-8"))
    assert page.count("1.real.json cannot be read") == 1


def test_the_chart_says_over_which_messages_it_is(tmp_path: Path) -> None:
    served = SimpleNamespace(name="1", accuracy=0.9, day="", how="trained", reason="", held_out="89ab")
    from bot.training.reporting import page

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "served", lambda _: [served])
        told = words(render(put(tmp_path, "1"), SOME, None, None))
    assert "The bars are over the messages written by us, never over those of people who chat." in told


def test_the_report_in_markdown_holds_both(tmp_path: Path) -> None:
    evaluation = Evaluation(703, MODEL.figures, (), ())
    told = words(as_markdown(MODEL, evaluation, REAL))
    assert "703 held-out messages that we wrote (version 89ab)" in told
    assert "12 held-out messages out of conversations (version 3 of 2026-11-30), apart from those above." in told
    assert "| accuracy | 90.0% |" in told
    assert "| accuracy | 75.0% |" in told
    assert "That is few" in told
    assert "None of it was held out when the model was trained." in as_markdown(MODEL, evaluation)
