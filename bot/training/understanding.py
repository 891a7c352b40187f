"""A trained model as something that understands texts, without any server."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.language.encoder import pack, sentence_encoder
from bot.nlu.typed_commands import FALLBACK, as_not_understood, is_typed_command, typed_words
from bot.training.quiet import keep_rasa_quiet

BATCH = 64


@dataclass(frozen=True)
class Understood:
    """What a model makes of one text; `ranking` holds real intents, the likeliest first."""

    text: str
    intent: str | None
    confidence: float
    sure: bool
    ranking: tuple[tuple[str, float], ...]
    entities: tuple[dict[str, Any], ...]


class Understanding:
    """The understanding part of a model in this process. Loading takes some ten seconds, for TensorFlow comes along."""

    def __init__(self, archive: Path) -> None:
        keep_rasa_quiet()
        from rasa.core.agent import Agent  # noqa: PLC0415 - after telemetry is off

        self.agent = Agent.load(archive)
        processor = self.agent.processor
        assert processor is not None
        self._processor = processor

    def read(self, texts: Sequence[str]) -> Iterator[Understood]:
        """What each text means, in order; texts are encoded in batches."""
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            yield from self.read_encoded(batch, sentence_encoder().encode(batch))

    def read_encoded(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> Iterator[Understood]:
        """As `read`, of texts that the encoder has read already: a vector each."""
        for text, vector in zip(texts, vectors, strict=True):
            yield self.read_given(text, pack(vector))

    def read_given(self, text: str, vector: str) -> Understood:
        """What one text means whose vector comes along, as it comes from the web process."""
        return _understood(text, asyncio.run(self._parse(text, vector)))

    def read_alone(self, text: str) -> Understood:
        """What one text means, all of it worked out here: the encoder has not read it before."""
        return _understood(text, asyncio.run(self._parse(text)))

    async def _parse(self, text: str, vector: str | None = None) -> dict[str, Any]:
        from rasa.core.channels.channel import UserMessage  # noqa: PLC0415

        parsed: dict[str, Any] = await self._processor.parse_message(
            UserMessage(typed_words(text), metadata={"vector": vector} if vector else {})
        )
        return as_not_understood(parsed) if is_typed_command(text, self._processor.domain.intents) else parsed


def _understood(text: str, parsed: dict[str, Any]) -> Understood:
    ranking = tuple(
        (one["name"], float(one["confidence"])) for one in parsed["intent_ranking"] if one["name"] != FALLBACK
    )
    intent, confidence = ranking[0] if ranking else (None, 0.0)
    return Understood(
        text=text,
        intent=intent,
        confidence=confidence,
        sure=parsed["intent"]["name"] == intent and intent is not None,
        ranking=ranking,
        entities=tuple(parsed.get("entities") or ()),
    )
