"""The wording of the domain, and the question for the age where an answer depends on it."""

from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.dialogue.tongues import english_name, in_their_language, language_of
from bot.dialogue.tracker_document import ASKED
from bot.language.tongue import Tongue

AGE = "age"
AGE_SLOT = "age_group"
AGE_QUESTION = "utter_ask_age"
AGE_GROUPS = (("Jeg er under 18", "under_18"), ("18 eller over", "adult"), ("Vil ikke sige det", "unsaid"))


class Answers(TemplatedNaturalLanguageGenerator):
    """Rasa's templates, in the language of the conversation.

    A Danish answer marked `asks: age` asks for it, once in a conversation and never again.

    Named in endpoints.yml. Whoever does not answer keeps the answer that holds for every age.
    """

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:  # noqa: ARG002 -- Rasa's signature
        super().__init__(domain.responses)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The response, with `metadata` as the domain has it, or None for one that the domain does not know."""
        answer: dict[str, Any] | None = await super().generate(utter_action, tracker, output_channel, **kwargs)
        tongue = language_of(tracker)
        if answer and tongue is not Tongue.DANISH:
            name = english_name(utter_action, self.responses)
            english = await super().generate(name, tracker, output_channel, **kwargs)
            return in_their_language(tongue, answer, english)
        if answer and answer.get("metadata", {}).get("asks") == AGE and _age_is_open(tracker):
            question = await super().generate(AGE_QUESTION, tracker, output_channel)
            return _asking(answer, question["text"] if question else "", utter_action.removeprefix("utter_"))
        return answer


def _age_is_open(tracker: DialogueStateTracker) -> bool:
    asked = any(isinstance(event, BotUttered) and event.metadata.get(ASKED) == AGE for event in tracker.events)
    return not asked and tracker.get_slot(AGE_SLOT) is None


def _asking(answer: dict[str, Any], question: str, intent: str) -> dict[str, Any]:
    choices = [{"title": title, "payload": f'/{intent}{{"{AGE_SLOT}": "{group}"}}'} for title, group in AGE_GROUPS]
    *before, last = answer["text"].rstrip().splitlines()
    # An answer ends with its own question, to which "ja" and "nej" are the answer.
    text = "\n".join(filter(None, [*before, question, last]))
    return answer | {"text": text, "buttons": [*answer.get("buttons", ()), *choices], ASKED: AGE}
