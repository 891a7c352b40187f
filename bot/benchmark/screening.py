"""What the danger screen costs a message, beside the one encoding that every message pays."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.encoder import sentence_encoder
from bot.safety.screen import trained_screen
from bot.settings import load_settings

MESSAGES = 300


@dataclass(frozen=True)
class Screening:
    """Seconds of each message: for its encoding, and for the screen after that."""

    encoding: tuple[float, ...]
    screen: tuple[float, ...]


def time_screen(said: Sequence[str]) -> Screening:
    """Over the first MESSAGES messages, one by one. Raises PatternError, ClassifierError."""
    encoder, screen = sentence_encoder(), trained_screen(load_settings().models)
    found = []
    for text in said[:MESSAGES]:
        began = time.perf_counter()
        [vector] = encoder.encode([text])
        encoded = time.perf_counter()
        screen.assess(text, vector)
        found.append((encoded - began, time.perf_counter() - encoded))
    encoding, screening = zip(*found, strict=True)
    return Screening(encoding, screening)
