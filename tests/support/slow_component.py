"""A component that dawdles, as one might come into `config.yml` unnoticed."""

from typing import Any, Self

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.training.pace import yardstick

TIMES = 120


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Dawdler(GraphComponent):
    """Does the yardstick's work again and again: as slow on a slow day as on a fast one."""

    @classmethod
    def create(cls, *_: Any, **__: Any) -> Self:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for _ in range(TIMES):
            yardstick()
        return messages
