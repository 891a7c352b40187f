"""Vectors of training utterances, kept so that the next training need not encode them again."""

import hashlib
import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.language.encoder import Encoder
from bot.language.fingerprints import encoder_fingerprint
from bot.settings import load_settings

BATCH = 64
Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]


def vector_cache_file() -> Path:
    """Where the vectors of training utterances are kept."""
    return load_settings().var / "vectors.npz"


def encode_cached(
    texts: Sequence[str], encoder: Encoder, file: Path | None, progress: Progress | None = None
) -> Vectors:
    """The vectors of the texts, shape (n, dimensions), from `file` where it has them.

    A file that is missing or broken is written anew; None keeps nothing. `progress(done, of)` is told what is encoded.
    Only for texts of the training data: what young people write must not be kept here.
    """
    encoded_by = encoder_fingerprint()
    keys = [hashlib.sha256(f"{encoded_by} {text}".encode("utf-8", "replace")).hexdigest() for text in texts]
    known = _read(file, encoder.dimensions) if file else {}
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    for start in range(0, len(missing), BATCH):
        batch = list(missing)[start : start + BATCH]
        known.update(zip(batch, encoder.encode([missing[key] for key in batch]), strict=True))
        if progress:
            progress(min(start + BATCH, len(missing)), len(missing))
    if file and missing:
        _write(file, known)
    return np.array([known[key] for key in keys], dtype=np.float32).reshape(len(keys), encoder.dimensions)


def _read(file: Path, dimensions: int) -> dict[str, Vectors]:
    try:
        with np.load(file, allow_pickle=False) as kept:
            keys, vectors = kept["keys"], kept["vectors"]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return {}
    return dict(zip(keys.tolist(), vectors, strict=True)) if vectors.shape == (len(keys), dimensions) else {}


def _write(file: Path, known: dict[str, Vectors]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}.npz")
    np.savez(unfinished, keys=np.array(list(known)), vectors=np.array(list(known.values()), dtype=np.float32))
    unfinished.replace(file)
