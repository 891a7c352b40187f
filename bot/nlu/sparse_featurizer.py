from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language import normalise as spelling
from bot.language import speller
from bot.language.fingerprints import fingerprint_of
from bot.language.normalise import normalise
from bot.nlu import ngrams as ngram_code
from bot.nlu.fallback import FAMILIAR
from bot.nlu.misspelt_copies import originals
from bot.nlu.ngrams import Ngrams


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class DanishNgramFeaturizer(SparseFeaturizer, GraphComponent):
    """What a message looks like: weights of its character and word n-grams, in one spelling."""

    @classmethod
    def required_components(cls) -> list[type]:
        """See GraphComponent."""
        return [Tokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        """See GraphComponent."""
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`characters`, `words`, `across` (words glued together): the shortest and the longest n-gram of each."""
        return {**SparseFeaturizer.get_default_config(), "characters": [2, 5], "words": [1, 2], "across": [3, 5]}

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        model_storage: ModelStorage,
        resource: Resource,
        ngrams: Ngrams | None = None,
    ) -> None:
        super().__init__(name, config)
        self._model_storage = model_storage
        self._resource = resource
        self._ngrams = ngrams

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """See GraphComponent."""
        return cls(config, execution_context.node_name, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns which words and n-grams there are and how much each says; from misspelt copies nothing."""
        written = [message for message in originals(training_data.training_examples) if message.get(TEXT)]
        ranges = self._config["characters"], self._config["words"], self._config["across"]
        self._ngrams = Ngrams(*ranges).fit([_spelled_alike(message) for message in written])
        self.persist()
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """See process."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds one sparse sentence feature to every message that has a text."""
        readable = [message for message in messages if message.get(TEXT) is not None]
        if self._ngrams is None or not readable:
            return messages
        mended = self._ngrams.mended([_spelled_alike(message) for message in readable])
        for message, text, row in zip(readable, mended, self._ngrams.transform(mended), strict=True):
            message.set(FAMILIAR, self._ngrams.familiar(text))
            self.add_features_to_message(None, row, TEXT, message)
        return messages

    def persist(self) -> None:
        """Writes the n-grams into the model."""
        if self._ngrams is not None:
            with self._model_storage.write_to(self._resource) as folder:
                self._ngrams.save(folder)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_kwargs: Any,
    ) -> Self:
        """What `persist` wrote. Raises ValueError when the model holds nothing of this component."""
        with model_storage.read_from(resource) as folder:
            ngrams = Ngrams.load(folder)
        return cls(config, execution_context.node_name, model_storage, resource, ngrams)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises InvalidConfigException for a range that is none."""
        for key in ("characters", "words", "across"):
            match config.get(key):
                case [int(shortest), int(longest)] if 1 <= shortest <= longest:
                    pass
                case other:
                    raise InvalidConfigException(f"{cls.__name__}: {key}: {other!r} is not a range such as [1, 2]")

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:  # noqa: ARG003 -- Rasa's signature
        """See GraphComponent."""
        return fingerprint_of([ngram_code, spelling, speller])


def _spelled_alike(message: Message) -> str:
    words = [token.text for token in message.get(TOKENS_NAMES[TEXT], [])]
    return normalise(" ".join(words))
