from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.language.fingerprints import fingerprint_of
from bot.nlu import danish as danish_rules
from bot.nlu.danish import words_of


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class DanishTokenizer(Tokenizer):
    """Cuts a message into words as Danish is written: "f.eks.", "kl. 14", "d. 3."; an emoji is a word."""

    @staticmethod
    def required_packages() -> list[str]:
        """See GraphComponent."""
        return ["spacy"]

    @staticmethod
    def supported_languages() -> list[str]:
        """See GraphComponent."""
        return ["da"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Intents are never split: their names are a contract."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The words of one attribute; a text without any is one token, since Rasa expects one."""
        text = message.get(attribute)
        tokens = [Token(word.text, word.idx) for word in words_of(text) if not word.is_space]
        return tokens or [Token(text, 0)]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:  # noqa: ARG003 -- Rasa's signature
        """See GraphComponent."""
        return fingerprint_of([danish_rules])
