"""What the danger screen costs a message, beside the one encoding that every message pays."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.encoder import sentence_encoder
from bot.safety.reader import danger_reader
from bot.safety.screen import trained_screen
from bot.settings import load_settings

MESSAGES = 300


@dataclass(frozen=True)
class Screening:
    """Seconds of each message: for its encoding alone, and for the reading and the screen together beyond that."""

    encoding: tuple[float, ...]
    screen: tuple[float, ...]


def time_screen(said: Sequence[str]) -> Screening:
    """Over the first MESSAGES messages, one by one. Raises PatternError, ClassifierError."""
    encoder, reader, screen = sentence_encoder(), danger_reader(), trained_screen(load_settings().models)
    found = []
    for text in said[:MESSAGES]:
        began = time.perf_counter()
        encoder.encode([text])
        encoded = time.perf_counter()
        meaning, mended = reader.read(text), screen.mended(text)
        screen.assess(text, meaning if mended == text else reader.read(mended))
        alone, read = encoded - began, time.perf_counter() - encoded
        found.append((alone, read - alone))
    encoding, screening = zip(*found, strict=True)
    return Screening(encoding, screening)
