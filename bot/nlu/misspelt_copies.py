from collections import Counter
from collections.abc import Sequence
from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.fingerprints import fingerprint_of
from bot.nlu import misspelling
from bot.nlu.misspelling import misspelt

COPY_OF = "misspelt_copy_of"
"""Where a copy holds the text that it misspells."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class MisspeltCopies(GraphComponent):
    """Adds misspelt copies of the training utterances, so that slips are learnt too. Messages pass unchanged."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`copies`: how many there are of each utterance, each misspelt in another way.

        `fewest`: an intent with fewer utterances gets none. There the vectors know more than the n-grams, and the
        vectors of misspelt words stand in their way.
        """
        return {"copies": 1, "fewest": 0}

    def __init__(self, config: dict[str, Any]) -> None:
        self._copies = int(config["copies"])
        self._fewest = int(config["fewest"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,  # noqa: ARG003 -- Rasa's signature; nothing is learnt, so nothing is stored
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> Self:
        """See GraphComponent."""
        cls.validate_config(config)
        return cls(config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The data with the copies; what was given stays as it is."""
        labelled = [one for one in training_data.intent_examples if one.get(TEXT) and one.get(INTENT)]
        known = Counter(one.get(INTENT) for one in labelled)
        copies = [
            Message(data={TEXT: misspelt(one.get(TEXT), number), INTENT: one.get(INTENT), COPY_OF: one.get(TEXT)})
            for number in range(self._copies)
            for one in labelled
            if known[one.get(INTENT)] >= self._fewest
        ]
        return training_data.merge(TrainingData(copies)) if copies else training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages as they are."""
        return messages

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises InvalidConfigException naming the key and the value that is no number."""
        for key in ("copies", "fewest"):
            if not isinstance(config.get(key), int) or config[key] < 0:
                raise InvalidConfigException(f"{cls.__name__}: {key}: {config.get(key)!r} is not 0, 1, 2 ...")

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:  # noqa: ARG003 -- Rasa's signature
        """See GraphComponent."""
        return fingerprint_of([misspelling])


def originals(examples: Sequence[Message]) -> list[Message]:
    """Those that somebody wrote."""
    return [one for one in examples if one.get(COPY_OF) is None]
