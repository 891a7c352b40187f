"""An intent is told that is said as another one is said."""

from pathlib import Path

import numpy as np
import pytest

from bot.language.encoder import sentence_encoder
from bot.nlu.vector_cache import encode_cached, vector_cache_file
from bot.training import doubts as doubts_module
from bot.training.data import utterances
from bot.training.doubts import doubts
from bot.training.files import Example
from bot.training.progress import unwatched
from bot.training.swallowed import swallowed
from tests.support.small_checkout import TOPICS, nlu, small_checkout


def around(centre: int, count: int) -> np.ndarray:
    """So many vectors near an axis."""
    scattered = np.random.default_rng(centre).normal(0, 0.05, (count, 8)).astype(np.float32)
    scattered[:, centre] += 1
    return scattered


def examples(**counts: int) -> list[Example]:
    return [Example(f"{name} {at}", name, Path("x.yml"), at) for name, count in counts.items() for at in range(count)]


def test_intents_that_lie_apart_are_not_told() -> None:
    vectors = np.vstack([around(0, 20), around(1, 20), around(2, 20)])
    assert swallowed(examples(one=20, two=20, three=20), vectors) == []


def test_an_intent_of_which_a_part_lies_with_another_is_told_with_an_utterance() -> None:
    vectors = np.vstack([around(0, 40), around(1, 15), around(0, 5) * 1.001])
    [found] = swallowed(examples(large=40, small=20), vectors)
    assert (found.intent, found.by, found.share) == ("small", "large", 0.25)
    assert str(found) == "small: 25% of its utterances look most like large, such as 'small 15' (x.yml, line 15)"


def test_no_shipped_intent_is_swallowed() -> None:
    known = utterances()
    vectors = encode_cached([one.text for one in known], sentence_encoder(), vector_cache_file())
    assert list(map(str, swallowed(known, vectors))) == []


def test_doubts_are_told_of_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubts_module, "vector_cache_file", lambda: None)
    root = small_checkout(tmp_path)
    [sofas] = doubts(unwatched, root)
    assert "'jeg sover på en sofa' is meant like 'jeg sover på sofaer'" in sofas
    half = TOPICS["housing_couch_surfing"][:6]
    moved = TOPICS | {"housing_couch_surfing": TOPICS["housing_couch_surfing"][6:] + TOPICS["booking_request"][:6]}
    moved["booking_request"] = [*TOPICS["booking_request"][6:], *half, "Må jeg booke en tid hos jer!"]
    moved["chat_greet"] = [*TOPICS["chat_greet"], "må jeg booke en tid hos jer"]
    (root / "data" / "nlu" / "all.yml").write_text(nlu(moved), encoding="utf-8")
    told = doubts(unwatched, root)
    assert any("look most like" in line for line in told)
    assert any("'Må jeg booke en tid hos jer!' is written like 'må jeg booke en tid hos jer'" in line for line in told)
