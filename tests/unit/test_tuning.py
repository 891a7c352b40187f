"""The encoder's tuned layers: run by one engine, learnt by another, and the same numbers in both."""

from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from bot.language.e5.e5 import E5
from bot.language.e5.tuning import Tuning, TuningError
from bot.language.encoder import sentence_encoder
from bot.safety.classifier import LEVELS
from bot.safety.graded import Graded
from bot.safety.levels import KINDS, DangerLevel
from bot.safety.reader import SHIPPED_TUNING, Reader, danger_reader
from bot.training import tune as tune_module
from bot.training.tune import ONE_OF_OTHERS, read_in, tune
from bot.training.tuned_layers import TunedLayers

SCORES = LEVELS + len(KINDS)
TEXTS = ("jeg har ingen steder at bo i nat", "Hej 😅", "x", "he hits me every night", "jeg er træt og ked af det " * 20)
MOST_APART = 0.05


@pytest.fixture(scope="module")
def encoder() -> E5:
    return E5()


def test_layers_that_learnt_nothing_read_as_the_package_does(encoder: E5) -> None:
    untouched = encoder.tuned_by(Tuning(TunedLayers(encoder.weights, SCORES).numbers()))
    for text in (*TEXTS, "", "ord " * 1250):
        plain, tuned = untouched.read(text)
        assert plain @ encoder.encode([text])[0] > 0.9999
        assert plain @ tuned > 0.9999


def test_what_was_learnt_tells_the_same_where_it_is_served(encoder: E5) -> None:
    layers, at_random = TunedLayers(encoder.weights, SCORES), np.random.default_rng(1)
    for variable in layers.variables:
        variable.assign_add(at_random.normal(0, 0.05, variable.shape).astype(np.float32))
    numbers = layers.numbers()
    reader = Reader(encoder, Tuning(numbers))
    less = Reader(encoder, Tuning({name: 0 * one if name.endswith(".up") else one for name, one in numbers.items()}))
    for text in TEXTS:
        middle = next(encoder.middles(text))
        filled = np.pad(middle, ((0, 0), (0, 3), (0, 0)))
        real = np.array([[1.0] * middle.shape[1] + [0.0] * 3], dtype=np.float32)
        learnt = layers.told(tf.constant(filled), tf.constant(real)).numpy()[0]
        assert reader.read(text).told == pytest.approx(learnt, abs=MOST_APART)
        assert less.read(text).told != pytest.approx(learnt, abs=2 * MOST_APART)


@pytest.mark.soak
def test_it_learns_what_is_danger_and_nothing_from_what_stands_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tune_module, "FASTEST", 5e-3)
    monkeypatch.setattr(tune_module, "WARMING_UP", 1)
    dangers = [f"han slår mig {when}" for when in ("hver dag", "om natten", "igen", "når han er fuld", "derhjemme")]
    calm = [f"vi spiser {when}" for when in ("hver dag", "om natten", "igen", "når han er fuld", "derhjemme")]
    messages = [
        *(Graded(text, DangerLevel.CLEAR, ("violence",)) for text in dangers),
        *(Graded(text, DangerLevel.NONE, ()) for text in calm),
        *(Graded(text, DangerLevel.ACUTE, ("suicide",), weight=100, apart=True) for text in calm),
    ]
    tune(messages, tmp_path / "tuned.npz", lambda *_: None, rounds=12)
    reader = Reader(sentence_encoder(), Tuning.load(tmp_path / "tuned.npz"))
    danger, harmless = (np.mean([reader.read(text).told[1] for text in texts]) for texts in (dangers, calm))
    assert danger > 0 > harmless
    assert [file.name for file in tmp_path.iterdir()] == ["tuned.npz"]


@pytest.mark.soak
def test_learning_goes_on_from_what_was_learnt(tmp_path: Path) -> None:
    file, one = tmp_path / "tuned.npz", Graded("han slår mig", DangerLevel.CLEAR, ("violence",))
    before = Tuning.load(SHIPPED_TUNING)
    tune([one, Graded("vi spiser", DangerLevel.NONE, ())], file, lambda *_: None, rounds=1, begin=before)
    after = Tuning.load(file)
    # One round of two messages moves it a little; beginning anew would be far away.
    for name, numbers in before.numbers.items():
        assert np.abs(after.numbers[name] - numbers).max() < 0.1 * max(1.0, np.abs(numbers).max())


def test_what_is_fresh_is_read_in_every_round_and_the_others_in_turn() -> None:
    messages = [Graded(f"besked {number}", DangerLevel.NONE, ()) for number in range(13)]
    rounds = [read_in(number, messages, {"besked 3", "besked 7"}) for number in range(ONE_OF_OTHERS)]
    assert all({3, 7} <= set(read) for read in rounds)
    others = sorted(at for read in rounds for at in read if at not in (3, 7))
    assert others == [at for at in range(13) if at not in (3, 7)]
    assert read_in(0, messages, ()) == list(range(13))


def test_the_shipped_one_tells_of_danger_what_no_danger_has() -> None:
    read = danger_reader().read
    assert read("min kæreste låser mig inde").told[1] > 0 > read("min kæreste har købt en sofa til os").told[1]
    assert read("hej").told.shape == (SCORES,)


@pytest.mark.parametrize("content", [None, b"", b"nonsense", b"PK\x03\x04"])
def test_a_file_that_is_missing_or_broken_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "tuned.npz"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(TuningError, match=r"tuned\.npz"):
        Tuning.load(file)
