"""The misspelling that is trained on: Danish slips, readable still, by code of its own."""

import ast
import inspect

import pytest

from bot.language import speller
from bot.nlu import misspelling, misspelt_copies
from bot.nlu.misspelling import misspelt
from bot.training.data import utterances

TEXT = "Jeg sover på sofaen hos en ven, hvad kan jeg gøre for at få en bolig?"


def test_a_text_is_misspelt_alike_each_time_and_otherwise_with_another_seed() -> None:
    assert misspelt(TEXT) == misspelt(TEXT)
    assert len({misspelt(TEXT, seed) for seed in range(20)}) > 15


def test_nearly_every_utterance_has_a_slip_and_stays_readable() -> None:
    texts = [example.text for example in utterances()[::20]]
    copies = [misspelt(text) for text in texts]
    assert sum(copy != text for copy, text in zip(copies, texts, strict=True)) > 0.85 * len(texts)
    for copy, text in zip(copies, texts, strict=True):
        assert len(text) * 0.6 <= len(copy) <= len(text) * 1.4 + 4


@pytest.mark.parametrize(
    ("word", "heard"),
    [("hvor", "vor"), ("hund", "hun"), ("måned", "moned"), ("jeg", "jej"), ("kommune", "komune"), ("venter", "ventre")],
)
def test_danish_is_misspelt_as_it_is_heard(word: str, heard: str) -> None:
    assert heard in {misspelt(word, seed) for seed in range(600)}


@pytest.mark.parametrize("text", ["", " ", "?", "ja", "1234567890", "😀", "\n", "x" * 3000, "a\0b", "Привет"])
def test_it_fails_on_nothing(text: str) -> None:
    for seed in range(30):
        misspelt(text, seed)


@pytest.mark.parametrize("module", [misspelling, misspelt_copies, speller])
def test_what_is_trained_on_takes_nothing_from_what_is_measured_with(module: object) -> None:
    tree = ast.parse(inspect.getsource(module))  # type: ignore[arg-type]
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not any((name or "").startswith("bot.training") for name in imported)
