from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.buttons import STOP_HERE, Button, plan_step
from actions.plan_action import PlanAction, plan_of
from actions.plan_slots import ALONE, BACK, BEFORE, REMOVE, SAID, SKIP, part_of
from actions.store_action import Events
from actions.tongue import in_their_language
from bot.casework.plans import ASKED, TITLES, Part, part_before
from bot.language.titles import title_in
from bot.language.tongue import Tongue

KEPT = {
    Tongue.DANISH: {SAID: "Det er skrevet ned. ", SKIP: "Det er helt fint. "},
    Tongue.ENGLISH: {SAID: "I have written it down. ", SKIP: "That is fine. "},
}
PLACE = {Tongue.DANISH: "{place} af {parts}: ", Tongue.ENGLISH: "{place} of {parts}: "}


class AskPlanAnswer(PlanAction):
    """Asks for one part of the plan; where something stands already, whether it should be written anew."""

    def name(self) -> str:
        return "action_ask_plan_answer"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        part, alone = part_of(tracker), bool(tracker.get_slot(ALONE))
        is_written = bool(plan_of(tracker).texts.get(part))
        dispatcher.utter_message(
            response="utter_plan_ask_again" if is_written else f"utter_plan_ask_{part}",
            before=_before(Tongue.DANISH, tracker.get_slot(BEFORE), part, alone=alone),
            before_in_english=_before(Tongue.ENGLISH, tracker.get_slot(BEFORE), part, alone=alone),
            title=TITLES[part],
            title_in_english=title_in(Tongue.ENGLISH, TITLES[part]),
            buttons=in_their_language(tracker, _buttons(part, alone=alone, is_written=is_written)),
        )
        return [SlotSet(BEFORE, None)]


def _before(tongue: Tongue, became: str | None, part: Part, *, alone: bool) -> str:
    place = "" if alone else PLACE[tongue].format(place=ASKED.index(part) + 1, parts=len(ASKED))
    return KEPT[tongue].get(became or "", "") + place


def _buttons(part: Part, *, alone: bool, is_written: bool) -> list[Button]:
    if is_written:
        return [plan_step("Lad det stå", SKIP), plan_step("Slet det, der står", REMOVE), STOP_HERE]
    back = [plan_step("Ret det forrige", BACK)] if part_before(part) and not alone else []
    return [plan_step("Spring over", SKIP), *back, STOP_HERE]
