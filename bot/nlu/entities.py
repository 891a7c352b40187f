from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.language.fingerprints import fingerprint_of
from bot.language.folding import fold_in_place
from bot.language.politeness import without_politeness
from bot.language.times import DENMARK, locate_time_wish
from bot.nlu import age_finder, danish, municipality_finder, way_finder
from bot.nlu.age_finder import find_age
from bot.nlu.danish import words_of
from bot.nlu.municipality_finder import MunicipalityFinder
from bot.nlu.spans import Span
from bot.nlu.way_finder import WayFinder

LANGUAGE = Path(__file__).parents[1] / "language"
LOOKUPS = Path(__file__).parents[2] / "data" / "lookups"
CONTACT_MASKS = ("[telefonnummer]", "[e-mail]")
"""What stands in a message where the web has masked a contact detail."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DanishEntityExtractor(EntityExtractorMixin, GraphComponent):
    """Reads municipality, age, wished time, way of meeting and whether a contact was given, by rules.

    Values: the municipality's name, years as a number, `TimeWish.as_dict()`, "office"/"phone"/"chat", True.
    """

    @staticmethod
    def required_packages() -> list[str]:
        """See GraphComponent."""
        return ["spacy", "dateparser"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to set: the words are in `data/lookups` and in the finders."""
        return {}

    def __init__(self) -> None:
        self._municipalities = MunicipalityFinder.from_folder(LOOKUPS)
        self._ways = WayFinder()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003 -- Rasa's signature; nothing is learnt, so nothing is stored
        model_storage: ModelStorage,  # noqa: ARG003
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> Self:
        """See GraphComponent."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds what every message says to its entities."""
        for message in messages:
            text = message.get(TEXT)
            if text is not None:
                found = [_as_entity(span) for span in self._find(text, _now(message))]
                entities = [*message.get(ENTITIES, []), *self.add_extractor_name(found)]
                message.set(ENTITIES, entities, add_to_output=True)
        return messages

    def _find(self, text: str, now: datetime) -> Iterator[Span]:
        folded = without_politeness(fold_in_place(text))
        document = words_of(folded)
        yield from self._municipalities.find(document)
        yield from find_age(folded)
        yield from self._ways.find(document)
        yield from _time_wish(text, now)
        for mask in CONTACT_MASKS:
            if (start := text.find(mask)) >= 0:
                yield Span("contact_given", start, start + len(mask), value=True)
                return

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:  # noqa: ARG003 -- Rasa's signature
        """See GraphComponent."""
        read_with = [file for folder in (LANGUAGE, LOOKUPS) for file in sorted(folder.iterdir()) if file.is_file()]
        return fingerprint_of([age_finder, danish, municipality_finder, way_finder], read_with)


def _time_wish(text: str, now: datetime) -> Iterator[Span]:
    if wish := locate_time_wish(text, now):
        yield Span("time_wish", wish.start, wish.end, wish.wish.as_dict())


def _as_entity(span: Span) -> dict[str, Any]:
    return {"entity": span.entity, "start": span.start, "end": span.end, "value": span.value}


def _now(message: Message) -> datetime:
    metadata = message.get(METADATA)
    said = metadata.get("now") if isinstance(metadata, dict) else None
    try:
        return datetime.fromisoformat(str(said)).astimezone(DENMARK)
    except ValueError:
        return datetime.now(DENMARK)
