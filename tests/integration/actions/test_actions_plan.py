"""The steps of a plan in the language of the conversation; its words are whatever the young person wrote."""

from typing import Any

import pytest

from actions.ask_plan_answer import AskPlanAnswer
from actions.ask_plan_share import AskPlanShare
from actions.plan_card import PlanCard
from actions.plan_step import PlanStep
from actions.share_plan import SharePlan
from actions.validate_plan_form import ValidatePlanForm
from bot.casework.consent import Shared
from bot.casework.conversations import Draft, Sender
from bot.casework.plans import ASKED, TITLES, Part, Plan, agree, say
from bot.language.titles import english_titles
from tests.support.actions import Talk, titles
from tests.support.the_tests import THE_TESTS

HOME = "a room where I may have my dog"


def write(talk: Talk, part: Part = Part.HOME) -> None:
    with talk.store.write(THE_TESTS) as work:
        found = work.conversations.lock(talk.id)
        message = work.conversations.append(found, [Draft(Sender.YOUNG, HOME)])[0]
        work.plans.put(found, say(Plan(), part, message))


async def asked(talk: Talk, language: str | None, **slots: Any) -> dict[str, Any]:
    talk.slots |= slots | {"language": language}
    (message,) = await talk.run(AskPlanAnswer(), "plan_step")
    return message


async def test_a_question_is_put_with_both_beginnings_and_the_buttons_of_one_language(talk: Talk) -> None:
    question = await asked(talk, "en", plan_part="support", plan_before="said")
    assert question["before"] == "Det er skrevet ned. 2 af 5: "
    assert question["before_in_english"] == "I have written it down. 2 of 5: "
    assert titles(question) == ["Skip", "Change the one before", "Stop here"]
    question = await asked(talk, None, plan_part="support", plan_before="skip")
    assert question["before_in_english"] == "That is fine. 2 of 5: "
    assert titles(question) == ["Spring over", "Ret det forrige", "Stop her"]


async def test_what_stands_already_is_named_by_its_heading_in_both(talk: Talk) -> None:
    write(talk)
    question = await asked(talk, "en", plan_part="home", plan_alone=True)
    assert (question["title"], question["title_in_english"]) == (
        "Det er vigtigt for mig i et hjem",
        "Important to me in a home",
    )
    assert question["before_in_english"] == ""
    assert titles(question) == ["Keep it as it is", "Delete what is there", "Stop here"]


@pytest.mark.parametrize("language", ["en", "other"])
async def test_no_button_of_the_plan_is_in_danish_in_another_language(talk: Talk, language: str) -> None:
    talk.slots["language"] = language
    await talk.run(PlanCard(), "plan_step")
    write(talk)
    await talk.run(PlanCard(), "plan_step")
    await talk.run(PlanStep(), "plan_step", step="choose")
    await talk.run(AskPlanShare(), "plan_step")
    await talk.run(SharePlan(), "chat_affirm")
    await talk.run(PlanCard(), "plan_step")
    shown = [title for message in talk.said for title in titles(message)]
    assert len(shown) > 15
    assert set(shown) <= set(english_titles().values())


async def test_what_was_agreed_can_be_changed_and_deleted_where_something_was(talk: Talk) -> None:
    write(talk)
    (choice,) = await talk.run(PlanStep(), "plan_step", step="choose")
    assert TITLES[Part.AGREED] not in titles(choice)
    agrees(talk)
    (choice,) = await talk.run(PlanStep(), "plan_step", step="choose")
    assert TITLES[Part.AGREED] in titles(choice)
    await talk.run(PlanStep(), "plan_step", step="change", part="agreed")
    question = await asked(talk, None, **talk.slots)
    assert (question["response"], question["title"]) == ("utter_plan_ask_again", TITLES[Part.AGREED])
    await talk.run(ValidatePlanForm(), "plan_step", step="remove")
    with talk.store.read(THE_TESTS) as work:
        assert work.plans.of(talk.id).said == [(Part.HOME, HOME)]


def agrees(talk: Talk) -> None:
    with talk.store.write(THE_TESTS) as work:
        work.plans.put(work.conversations.lock(talk.id), agree(work.plans.of(talk.id), "Anna ringer tirsdag"))


async def test_what_was_agreed_alone_is_no_plan_that_was_begun(talk: Talk) -> None:
    agrees(talk)
    (first,) = await talk.run(PlanStep(), "plan_step", step="start")
    assert first["response"] == "utter_plan_begin"
    assert talk.slots["plan_part"] == "home"


async def test_who_passed_over_all_of_it_begins_anew_beside_what_was_agreed(talk: Talk) -> None:
    with talk.store.write(THE_TESTS) as work:
        work.plans.put(work.conversations.lock(talk.id), Plan(dict.fromkeys(ASKED, "")))
    agrees(talk)
    await talk.run(PlanStep(), "plan_step", step="start")
    assert talk.slots["plan_part"] == "home"


async def test_a_yes_to_share_does_not_outlive_ones_own_words(talk: Talk) -> None:
    write(talk)
    agrees(talk)
    await talk.run(SharePlan(), "chat_affirm")
    talk.slots |= {"plan_part": "home", "plan_alone": True, "requested_slot": "plan_answer"}
    await talk.run(ValidatePlanForm(), "plan_step", step="remove")
    with talk.store.read(THE_TESTS) as work:
        assert work.plans.of(talk.id).said == [(Part.AGREED, "Anna ringer tirsdag")]
        assert Shared.PLAN not in work.consents.of(talk.id)


async def test_the_words_of_the_plan_are_kept_as_they_were_written(talk: Talk) -> None:
    write(talk)
    await talk.run(SharePlan(), "chat_affirm")
    with talk.store.read(THE_TESTS) as work:
        assert work.plans.of(talk.id).said == [(Part.HOME, HOME)]
