from dataclasses import replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from bot.language.fingerprints import fingerprint_of
from bot.nlu import logistic, solver
from bot.nlu.fallback import LIKENESS
from bot.nlu.logistic import Features, Lesson, LinearModel, fit_calibrated
from bot.nlu.misspelt_copies import COPY_OF


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DanishIntentClassifier(IntentClassifier, GraphComponent):
    """Says what a message is about: logistic regression over its looks (n-grams) and its meaning (vector).

    Its confidence is calibrated by cross-validation: of all messages with confidence 0.6, some 60 in 100 are right.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """See GraphComponent."""
        return [Featurizer]

    @staticmethod
    def required_packages() -> list[str]:
        """See GraphComponent."""
        return ["sklearn", "scipy"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`C`: inverse strength of the penalty. `dense_weight`: how much the vector counts beside the n-grams.

        `copy_weight`: how much a misspelt copy is learnt from beside what somebody wrote.
        `calibration_folds`: parts of the cross-validation, 0 for none. `ease`: what the temperature found there is
        multiplied by, for training utterances are written unlike each other and are harder to tell than what people
        write. `ranking_length`: intents named, best first.
        """
        numbers = {"C": 10.0, "dense_weight": 2.0, "copy_weight": 1.0, "ease": 1.0}
        return numbers | {"calibration_folds": 10, "ranking_length": 10}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: LinearModel | None = None,
    ) -> None:
        self.validate_config(config)
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 -- Rasa's signature
    ) -> Self:
        """See GraphComponent."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from every example with an intent, misspelt copies too.

        Raises InvalidConfigException for fewer than two intents.
        """
        examples = [message for message in training_data.intent_examples if message.get(TEXT) and message.get(INTENT)]
        labels = [message.get(INTENT) for message in examples]
        if len(set(labels)) < 2:  # noqa: PLR2004
            raise InvalidConfigException(f"{type(self).__name__}: needs at least two intents, found {len(set(labels))}")
        fitted = fit_calibrated(
            Lesson(_features(examples), labels, _origins(examples)),
            c=self._config["C"],
            dense_weight=self._config["dense_weight"],
            copy_weight=self._config["copy_weight"],
            folds=self._config["calibration_folds"],
        )
        self._model = replace(fitted, temperature=fitted.temperature * self._config["ease"])
        self.persist()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the intent and the ranking of every message that has features."""
        featurized = [message for message in messages if message.get_sparse_features(TEXT)[1] is not None]
        if self._model is None or not featurized:
            return messages
        features = _features(featurized)
        read = zip(featurized, self._model.probabilities(features), self._model.likeness(features), strict=True)
        for message, row, likeness in read:
            message.set(LIKENESS, float(likeness))
            best = np.argsort(-row)[: self._config["ranking_length"]]
            ranking = [{"name": self._model.classes[place], "confidence": float(row[place])} for place in best]
            message.set(INTENT, dict(ranking[0]), add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def persist(self) -> None:
        """Writes the weights into the model."""
        if self._model is not None:
            with self._model_storage.write_to(self._resource) as folder:
                self._model.save(folder)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 -- Rasa's signature
        **_kwargs: Any,
    ) -> Self:
        """What `persist` wrote. Raises ValueError when the model holds nothing of this component."""
        with model_storage.read_from(resource) as folder:
            model = LinearModel.load(folder)
        return cls(config, model_storage, resource, model)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises InvalidConfigException naming the key and the value."""
        for key in ("C", "dense_weight", "copy_weight", "ease", "ranking_length"):
            if not isinstance(config.get(key), int | float) or config[key] <= 0:
                raise InvalidConfigException(f"{cls.__name__}: {key}: {config.get(key)!r} is not a number above 0")
        if not isinstance(config.get("calibration_folds"), int) or config["calibration_folds"] < 0:
            folds = config.get("calibration_folds")
            raise InvalidConfigException(f"{cls.__name__}: calibration_folds: {folds!r} is not 0, 2, 3 ...")

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:  # noqa: ARG003 -- Rasa's signature
        """See GraphComponent."""
        return fingerprint_of([logistic, solver])


def _origins(examples: list[Message]) -> NDArray[np.int64]:
    places = {one.get(TEXT): place for place, one in enumerate(examples) if one.get(COPY_OF) is None}
    return np.array([places.get(one.get(COPY_OF), place) for place, one in enumerate(examples)])


def _features(messages: list[Message]) -> Features:
    sparse = [message.get_sparse_features(TEXT)[1].features for message in messages]
    dense = [message.get_dense_features(TEXT)[1] for message in messages]
    vectors = [feature.features if feature is not None else np.zeros((1, 0)) for feature in dense]
    return Features(csr_matrix(vstack(sparse), dtype=np.float32), np.vstack(vectors).astype(np.float32))
