"""The understanding part of `config.yml` without a server or a dialogue: trained on texts and asked about texts."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.composed_yaml import content_of
from bot.nlu.fallback import AskInsteadOfGuess
from bot.nlu.misspelt_copies import MisspeltCopies
from bot.settings import ROOT

NEEDED = (MisspeltCopies, Tokenizer, Featurizer, IntentClassifier)


class Components:
    """Tokenizer, featurizers and classifier exactly as `config.yml` names and sets them."""

    def __init__(self, folder: Path, config: Path = ROOT / "config.yml") -> None:
        """Keeps what is learnt in `folder`, which must be empty."""
        self._storage = LocalModelStorage(folder)
        self._context = ExecutionContext(GraphSchema({}), node_name="component")
        self._named = list(_named(config))
        self._loaded: list[Any] = []

    def train(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        """Learns which intent each text has."""
        data = TrainingData([Message.build(text=t, intent=i) for t, i in zip(texts, intents, strict=True)])
        for number, (kind, settings) in enumerate(self._named):
            component = kind.create(settings, self._storage, Resource(str(number)), self._context)
            if hasattr(component, "train"):
                component.train(data)
            if hasattr(component, "process_training_data"):
                data = component.process_training_data(data)
            self._loaded.append(component)

    def read(self, texts: Sequence[str]) -> list[str]:
        """The likeliest intent of each text."""
        messages = [Message(data={"text": text}) for text in texts]
        for component in self._loaded:
            messages = component.process(messages)
        return [message.get("intent")["name"] for message in messages]


def _named(config: Path) -> Iterator[tuple[Any, dict[str, Any]]]:
    for entry in content_of(config.read_text(encoding="utf-8"))["pipeline"]:
        settings = dict(entry)
        kind: Any = DefaultV1Recipe._from_registry(_registered(settings.pop("name"))).clazz  # noqa: SLF001 -- Rasa has no other way
        if issubclass(kind, NEEDED) and kind is not AskInsteadOfGuess:
            yield kind, {**kind.get_default_config(), **settings}


def _registered(name: str) -> str:
    module, _, _ = name.rpartition(".")
    __import__(module)
    return name
