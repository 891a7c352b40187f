"""Texts in, what is understood of them out, in one go and without a server."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.privacy.mask import mask
from bot.safety.reader import danger_reader
from bot.safety.screen import Screen
from bot.training.understanding import Understanding, Understood

DIGITS = 4


def parse_lines(lines: Iterable[str], archive: Path, screen: Screen) -> Iterator[dict[str, Any]]:
    """One dictionary a line, of the shape that `hjemad parse` prints as JSON."""
    texts = [line.rstrip("\r\n") for line in lines]
    for text, understood in zip(texts, Understanding(archive).read([mask(text).text for text in texts]), strict=True):
        yield _as_json(text, understood, screen)


def _as_json(text: str, understood: Understood, screen: Screen) -> dict[str, Any]:
    danger = screen.assess(text, danger_reader().read(screen.mended(text)))
    return {
        "text": text,
        "intent": understood.intent,
        "confidence": round(understood.confidence, DIGITS),
        "sure": understood.sure,
        "ranking": [[name, round(confidence, DIGITS)] for name, confidence in understood.ranking],
        "entities": [{"entity": entity["entity"], "value": entity["value"]} for entity in understood.entities],
        "danger": {"level": int(danger.level), "kinds": list(danger.kinds)},
    }
