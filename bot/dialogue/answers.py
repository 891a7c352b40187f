"""The wording of the domain, and what is added to it: the place one lives, a need not yet answered, a question."""

from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.dialogue.additions import KEEPS_QUESTION, Answer, Question, asking, naming, with_line
from bot.dialogue.asked_on import MORE
from bot.dialogue.memory import TOWN_SLOT, asked_on, open_needs, was_asked
from bot.dialogue.needs import ABOUT_SOMEBODY_ELSE, need_phrases
from bot.dialogue.roles import HELPER, ROLE, YOUNG
from bot.dialogue.situation_lines import line_for
from bot.dialogue.situations import SITUATION, question_for_situation
from bot.dialogue.tongues import CORE, english_name, in_their_language, language_of
from bot.dialogue.tracker_document import ASKED, YES
from bot.language.tongue import Tongue
from bot.municipality.offers import offer, towns_with_offer

UTTER = "utter_"
ASKED_ON_ABOUT = "_more"
NOTHING_MORE = "utter_nothing_more"
DRAFT = "draft"
UNANSWERED = "unanswered"
"""The mark of an answer that there is no answer."""
TO_HELPER = "utter_to_helper_"
"""Before an answer's name, where a helper is told something else than a young person."""

MYSELF = {"title": "Det handler om mig selv", "payload": f'/{ABOUT_SOMEBODY_ELSE}{{"{ROLE}": "{YOUNG}"}}'}
TOWNS_SHOWN = 2
UNSAID = ("Vil ikke sige det", "unsaid")
AGE = Question("age", "age_group", (("Jeg er under 18", "under_18"), ("18 eller over", "adult"), UNSAID))
# These are questions, or beside what was asked; a need is named after an answer.
NAMES_NO_NEED = ("utter_ask_", "utter_booking_", "utter_check_in", "utter_no_bed", "utter_offer_human", "utter_not_")
ENDS_A_BOOKING = ("utter_booking_stopped", "utter_booking_kept", "utter_booking_keeps")


class Answers(TemplatedNaturalLanguageGenerator):
    """Rasa's templates, in the language of the conversation, and for a helper in other words; named in endpoints.yml.

    Beside lines for their town and for how they live, at most one thing is joined to an answer, of those that are open,
    in this order: a need of the same message that was not answered yet; the question for the age where the answer is
    marked `asks: age`; the question for the town where several towns have something; the question for where they live,
    where `situations.py` allows it. Each question is put once in a conversation, and whoever does not answer keeps the
    answer that holds for everybody.
    """

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:  # noqa: ARG002 -- Rasa's signature
        super().__init__(domain.responses)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The response, with `metadata` as the domain has it, or None for one that the domain does not know."""
        if (tongue := language_of(tracker)) is not Tongue.DANISH:
            return await self._in_english(tongue, utter_action, tracker, output_channel, **kwargs)
        intent = utter_action.removeprefix(UTTER)
        if intent in need_phrases() and asked_on(tracker):
            return await self._more(intent, tracker, output_channel, **kwargs)
        name = self._name(utter_action, tracker)
        answer: Answer | None = await super().generate(name, tracker, output_channel, **kwargs)
        if not answer or not answer.get("text"):
            return answer
        answer = _with_lines(answer, intent, tracker)
        if _is_draft(tracker):
            return answer
        if needs := _unanswered(utter_action, tracker):
            return naming(answer, needs)
        to_helper = tracker.get_slot(ROLE) == HELPER
        return (
            _to_helper(answer, name, tracker)
            if to_helper
            else await self._asking(answer, intent, tracker, output_channel)
        )

    async def _in_english(
        self, tongue: Tongue, utter_action: str, tracker: DialogueStateTracker, channel: str, **kwargs: Any
    ) -> Answer | None:
        danish: Answer | None = await super().generate(utter_action, tracker, channel, **kwargs)
        name = english_name(utter_action, self.responses)
        english: Answer | None = await super().generate(name, tracker, channel, **kwargs)
        if not danish:
            return None
        answer = in_their_language(tongue, danish, english)
        # That there are no English words for it is no answer to what was asked.
        return answer | {UNANSWERED: True} if name == CORE and tongue is Tongue.ENGLISH and english else answer

    def _name(self, utter_action: str, tracker: DialogueStateTracker) -> str:
        own = f"{TO_HELPER}{utter_action.removeprefix(UTTER)}"
        return own if tracker.get_slot(ROLE) == HELPER and own in self.responses else utter_action

    async def _more(self, intent: str, tracker: DialogueStateTracker, channel: str, **kwargs: Any) -> Answer | None:
        """What there is to say beyond the answer itself; that there is nothing, where there is nothing."""
        name = f"{UTTER}{intent}{ASKED_ON_ABOUT}"
        # It is written to the young person; only of the worry itself is there more for a helper.
        fits = intent == ABOUT_SOMEBODY_ELSE or tracker.get_slot(ROLE) != HELPER
        known = name in self.responses and asked_on(tracker) == MORE and fits
        answer: Answer | None = await super().generate(
            name if known else NOTHING_MORE, tracker, channel, about=need_phrases()[intent], **kwargs
        )
        if answer and not known:
            answer = answer | {UNANSWERED: True}
        # Its question is what its first button says, and no rule knows that.
        return answer | {YES: answer["buttons"][0]["payload"]} if answer and answer.get("buttons") else answer

    async def _asking(self, answer: Answer, intent: str, tracker: DialogueStateTracker, channel: str) -> Answer:
        open_ones = _open_question(answer, intent, tracker), question_for_situation(answer, intent, tracker)
        question = next((one for one in open_ones if one and not was_asked(tracker, one.mark)), None)
        if question is None:
            return answer
        said = await super().generate(f"{UTTER}ask_{question.mark}", tracker, channel)
        # A model trained before there was such a question knows neither its words nor its slot.
        return asking(answer, said["text"], question.mark, question.buttons(intent)) if said else answer


def _is_draft(tracker: DialogueStateTracker) -> bool:
    """Whether it is said to a caseworker, who asks for themselves what is to be asked."""
    message = tracker.latest_message
    return bool(message and (message.metadata or {}).get(DRAFT))


def _with_lines(answer: Answer, intent: str, tracker: DialogueStateTracker) -> Answer:
    """The answer with what the town they live in has, and with what is said to whoever lives as they do."""
    if local := offer(tracker.get_slot(TOWN_SLOT), intent):
        answer = with_line(answer, local.text, local.facts)
    own = line_for(tracker.get_slot(SITUATION), intent, tracker.get_slot(AGE.slot))
    # What was told of oneself before one was known to be a helper is not about whoever they help.
    if own and tracker.get_slot(ROLE) != HELPER:
        answer = with_line(answer, own.text, own.facts)
    return answer


def _to_helper(answer: Answer, name: str, tracker: DialogueStateTracker) -> Answer:
    """Once with a way to say that it is about oneself.

    A helper is not asked for an age: the answer that holds for every age fits whoever they help.
    """
    to_helpers = name.startswith(TO_HELPER) or name == f"{UTTER}{ABOUT_SOMEBODY_ELSE}"
    if not to_helpers or was_asked(tracker, ROLE):
        return answer
    return answer | {"buttons": [*answer.get("buttons", ()), MYSELF], ASKED: ROLE}


def _open_question(answer: Answer, intent: str, tracker: DialogueStateTracker) -> Question | None:
    """What would make this answer better; never beside the question for a bed tonight."""
    metadata = answer.get("metadata", {})
    if metadata.get("asks") == AGE.mark and tracker.get_slot(AGE.slot) is None:
        return AGE
    towns = towns_with_offer(intent)[:TOWNS_SHOWN]
    # What only one town has is no reason to ask everybody.
    if len(towns) < TOWNS_SHOWN or metadata.get(KEEPS_QUESTION) or tracker.get_slot(TOWN_SLOT) is not None:
        return None
    return Question("town", TOWN_SLOT, (*((f"I {town}", town) for town in towns), UNSAID))


def _unanswered(utter_action: str, tracker: DialogueStateTracker) -> list[str]:
    if utter_action in ENDS_A_BOOKING:
        return open_needs(tracker)
    return [] if tracker.active_loop_name or utter_action.startswith(NAMES_NO_NEED) else open_needs(tracker)
