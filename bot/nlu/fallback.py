from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

LIKENESS = "likeness"
"""Where the classifier leaves how much a message is like what it has learnt from."""

FAMILIAR = "familiar"
"""Where the featurizer leaves how far a message is made of words."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class AskInsteadOfGuess(IntentClassifier, GraphComponent):
    """Turns an unsure intent into `nlu_fallback`, so that the bot asks. The ranking keeps the real intents."""

    @classmethod
    def required_components(cls) -> list[type]:
        """See GraphComponent."""
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`threshold`: ask below this confidence. `margin`: ask when the second intent is this near to the first.

        `likeness`: ask about a message that is less like everything learnt from, however sure the classifier is.
        `familiar`: likewise about one that is hardly made of words ("skjdhf"), which would be guessed at ("yes").
        """
        return {"threshold": 0.5, "margin": 0.05, "likeness": 0.35, "familiar": 0.4}

    def __init__(self, config: dict[str, Any]) -> None:
        self.validate_config(config)
        self._threshold = float(config["threshold"])
        self._margin = float(config["margin"])
        self._likeness = float(config["likeness"])
        self._familiar = float(config["familiar"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,  # noqa: ARG003 -- Rasa's signature; nothing is learnt, so nothing is stored
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> Self:
        """See GraphComponent."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Replaces the intent where it is unsure; its confidence is how sure it is that the best guess is wrong."""
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY) or []
            confidences = [intent["confidence"] for intent in ranking]
            if self._is_strange(message) or self.is_unsure(message.get(TEXT) or "", confidences):
                doubt = 1.0 - ranking[0]["confidence"] if ranking else 1.0
                unsure = {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": doubt}
                message.set(INTENT, unsure, add_to_output=True)
        return messages

    def is_unsure(self, text: str, confidences: list[float]) -> bool:
        """Whether to ask; `confidences` are those of the ranking, best first."""
        if not text.strip() or not confidences or confidences[0] < self._threshold:
            return True
        return len(confidences) > 1 and confidences[0] - confidences[1] < self._margin

    def _is_strange(self, message: Message) -> bool:
        return bool(message.get(LIKENESS, 1.0) < self._likeness or message.get(FAMILIAR, 1.0) < self._familiar)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises InvalidConfigException for a number outside 0 to 1."""
        for key in ("threshold", "margin", "likeness", "familiar"):
            value = config.get(key)
            if not isinstance(value, int | float) or not 0 <= value <= 1:
                raise InvalidConfigException(f"{cls.__name__}: {key}: {value!r} is not a number from 0 to 1")
