"""Finds decided messages that say nearly what is known already: little is learnt by them, and tests look too good."""

from collections.abc import Iterator, Sequence

import numpy as np

from bot.language.encoder import sentence_encoder
from bot.nlu.vector_cache import encode_cached, vector_cache_file
from bot.teaching.decided import Decided, Use
from bot.teaching.known import Known
from bot.training.files import Example
from bot.training.likeness import centred
from bot.training.near_duplicates import SAME_MEANING, near_copies


def near(new: Sequence[Decided], known: Known) -> list[str]:
    """A line for each message that is written like another, or, among what is trained on, meant like another."""
    if not new:
        return []
    places = {one.text: one.place for one in (*known.trained, *known.tested)}
    places |= {one.text: f"line {one.line}" for one in new}
    found = sorted({*_written_alike(new, known), *_meant_alike(new, known)}, key=lambda pair: (pair[0].line, pair[1:]))
    return [f"line {one.line}: {one.text!r} is {how} {other!r} in {places[other]}" for one, how, other in found]


Pair = tuple[Decided, str, str]


def _written_alike(new: Sequence[Decided], known: Known) -> Iterator[Pair]:
    by_text = {one.text: one for one in new}
    before = [one.text for one in (*known.trained, *known.tested)]
    for text, other in near_copies(list(by_text), [*before, *by_text]):
        if other not in by_text or text < other:
            yield by_text[text], "written like", other


def _meant_alike(new: Sequence[Decided], known: Known) -> Iterator[Pair]:
    learnt = sorted((one for one in new if one.use is Use.TRAIN), key=lambda one: one.text)
    if not learnt:
        return
    for row, other, text in _same_meaning(learnt, known.trained):
        if other < len(known.trained) or text > learnt[row].text:
            yield learnt[row], "meant like", text


def _same_meaning(learnt: Sequence[Decided], trained: Sequence[Example]) -> Iterator[tuple[int, int, str]]:
    encoder = sentence_encoder()
    # What people wrote is not kept among the vectors of training data before it is a part of that.
    before = encode_cached([one.text for one in trained], encoder, vector_cache_file())
    among = centred(np.concatenate([before, encoder.encode([one.text for one in learnt])]))
    texts = [*(one.text for one in trained), *(one.text for one in learnt)]
    for row, other in np.argwhere(among[len(trained) :] @ among.T >= SAME_MEANING):
        if other != len(trained) + row:
            yield int(row), int(other), texts[other]
