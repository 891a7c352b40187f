"""The wording of the domain, and the question for the age where an answer depends on it."""

from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.dialogue.roles import HELPER, ROLE, YOUNG
from bot.dialogue.tracker_document import ASKED

TO_HELPER = "utter_to_helper_"
"""Before an answer's name, where a helper is told something else than a young person."""

CONCERN = "utter_helper_concern"
MYSELF = {"title": "Det handler om mig selv", "payload": f'/helper_concern{{"{ROLE}": "{YOUNG}"}}'}

AGE = "age"
AGE_SLOT = "age_group"
AGE_QUESTION = "utter_ask_age"
AGE_GROUPS = (("Jeg er under 18", "under_18"), ("18 eller over", "adult"), ("Vil ikke sige det", "unsaid"))


class Answers(TemplatedNaturalLanguageGenerator):
    """Rasa's templates; an answer marked `asks: age` asks for it, once in a conversation and never again.

    Named in endpoints.yml. Whoever does not answer keeps the answer that holds for every age.
    """

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:  # noqa: ARG002 -- Rasa's signature
        super().__init__(domain.responses)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The response, with `metadata` as the domain has it, or None for one that the domain does not know."""
        if tracker.get_slot(ROLE) == HELPER:
            return await self._to_helper(utter_action, tracker, output_channel, **kwargs)
        answer: dict[str, Any] | None = await super().generate(utter_action, tracker, output_channel, **kwargs)
        if answer and answer.get("metadata", {}).get("asks") == AGE and _age_is_open(tracker):
            question = await super().generate(AGE_QUESTION, tracker, output_channel)
            return _asking(answer, question["text"] if question else "", utter_action.removeprefix("utter_"))
        return answer

    async def _to_helper(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The words for a helper where there are some, once with a way to say that it is about oneself.

        A helper is not asked for an age: the answer that holds for every age fits whoever they help.
        """
        own = f"{TO_HELPER}{utter_action.removeprefix('utter_')}"
        named = own if own in self.responses else utter_action
        answer: dict[str, Any] | None = await super().generate(named, tracker, output_channel, **kwargs)
        if answer and (own in self.responses or utter_action == CONCERN) and not _was_asked(tracker, ROLE):
            return answer | {"buttons": [*answer.get("buttons", ()), MYSELF], ASKED: ROLE}
        return answer


def _was_asked(tracker: DialogueStateTracker, what: str) -> bool:
    return any(isinstance(event, BotUttered) and event.metadata.get(ASKED) == what for event in tracker.events)


def _age_is_open(tracker: DialogueStateTracker) -> bool:
    return not _was_asked(tracker, AGE) and tracker.get_slot(AGE_SLOT) is None


def _asking(answer: dict[str, Any], question: str, intent: str) -> dict[str, Any]:
    choices = [{"title": title, "payload": f'/{intent}{{"{AGE_SLOT}": "{group}"}}'} for title, group in AGE_GROUPS]
    *before, last = answer["text"].rstrip().splitlines()
    # An answer ends with its own question, to which "ja" and "nej" are the answer.
    text = "\n".join(filter(None, [*before, question, last]))
    return answer | {"text": text, "buttons": [*answer.get("buttons", ()), *choices], ASKED: AGE}
