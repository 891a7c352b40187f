"""By what a misreading shows: each sign alone, and what only looks like one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.conversations import Draft, Kind, Message, Sender
from bot.casework.misread import Found, Reason
from bot.review.costs import COSTS, cost, weight
from bot.review.signals import SILENT, Read, Reading, reasons
from bot.review.steps import Step, steps_of

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
FIRST, OTHER = np.array([1.0, 0.0], dtype=np.float32), np.array([0.0, 1.0], dtype=np.float32)
TEXTS = {
    "bolig": Read(Reading("housing_find_home", 0.9, sure=True), FIRST),
    "bolig igen": Read(Reading("housing_find_home", 0.9, sure=True), FIRST),
    "penge": Read(Reading("money_benefits", 0.9, sure=True), OTHER),
    "hvad": Read(Reading("housing_find_home", 0.3, sure=False), OTHER),
    "du forstår ikke": Read(Reading("chat_frustrated", 0.9, sure=True), OTHER),
    "et menneske": Read(Reading("handoff_request", 0.9, sure=True), OTHER),
    "tak": Read(Reading("chat_thank", 0.9, sure=True), OTHER),
    "tak igen": Read(Reading("chat_thank", 0.9, sure=True), OTHER),
    "vil dø": Read(Reading("crisis_suicide", 0.9, sure=True), OTHER),
}


def step(text: str, number: int = 1, level: int = 0, payload: str | None = None) -> Step:
    return Step(number, NOW - timedelta(hours=1), text, payload, level, reads=payload is None)


def found(*steps: Step, now: datetime = NOW, with_the_bot: bool = True) -> dict[int, set[Reason]]:
    numbered = [replace(one, sequence=number) for number, one in enumerate(steps, 1)]
    return {n: set(own) for n, own in reasons(numbered, TEXTS, now, with_the_bot=with_the_bot).items()}


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([step("bolig"), step("penge")], {}),
        ([step("hvad"), step("bolig")], {1: {Reason.UNSURE}}),
        ([step("bolig"), step("du forstår ikke")], {1: {Reason.SAID_SO}}),
        ([step("du forstår ikke"), step("du forstår ikke")], {}),
        ([step("bolig"), step("et menneske")], {1: {Reason.WANTED_HUMAN}}),
        ([step("bolig"), step("Tal med", payload="/handoff_request")], {1: {Reason.WANTED_HUMAN}}),
        ([step("bolig"), replace(step("nu"), reads=False, about="handoff_request")], {1: {Reason.WANTED_HUMAN}}),
        ([step("bolig"), replace(step("nu"), reads=False, about="money_debt")], {}),
        ([step("tak"), step("et menneske")], {}),
        ([step("bolig"), step("bolig igen")], {1: {Reason.ASKED_AGAIN}}),
        ([step("tak"), step("tak igen")], {}),
        ([step("penge", level=1), step("bolig")], {1: {Reason.DISAGREES}}),
        ([step("hvad", level=1), step("bolig")], {1: {Reason.UNSURE}}),
        ([step("hvad", level=2), step("bolig")], {1: {Reason.UNSURE, Reason.DISAGREES}}),
        ([step("vil dø"), step("bolig")], {1: {Reason.DISAGREES}}),
        ([step("vil dø", level=3), step("bolig")], {}),
        ([], {}),
    ],
)
def test_each_sign_alone(steps: Sequence[Step], expected: dict[int, set[Reason]]) -> None:
    assert found(*steps) == expected


def test_who_writes_no_more_has_left_after_a_day_unless_they_said_goodbye_or_wait_for_a_human() -> None:
    later = NOW + SILENT
    assert found(step("bolig")) == {}
    assert found(step("bolig"), now=later) == {1: {Reason.LEFT}}
    assert found(step("tak"), now=later) == {}
    assert found(step("bolig"), now=later, with_the_bot=False) == {}


def said(sender: Sender, text: str, number: int, **more: object) -> Message:
    draft = Draft(sender, text, **more)  # type: ignore[arg-type]
    return Message(**vars(draft), conversation="a", municipality="eksempel", sequence=number, created_at=NOW)


def answer(to: int, number: int, **more: object) -> Message:
    return said(Sender.BOT, "svar", number, final=True, reply_to=to, **more)


def reads(*messages: Message) -> list[bool]:
    return [one.reads for one in steps_of(messages)]


def test_only_words_that_the_robot_answered_are_the_robots_to_read() -> None:
    assert reads(said(Sender.YOUNG, "hvad er et indskud", 1), answer(1, 2)) == [True]
    assert reads(said(Sender.YOUNG, "er du der", 1), said(Sender.CASEWORKER, "ja", 2)) == [False]
    begun = said(Sender.BOT, "Vent lidt.", 2, reply_to=1)
    assert reads(said(Sender.YOUNG, "hvad er et indskud", 1), begun) == [False], "it has not answered yet"
    assert reads(said(Sender.YOUNG, "Ja tak", 1, payload="/chat_affirm"), answer(1, 2)) == [False]
    assert reads(said(Sender.YOUNG, "en dør", 1, data={"plan_part": "home"}), answer(1, 2)) == [False]
    assert reads(said(Sender.YOUNG, "?!", 1), answer(1, 2)) == [False]


def test_what_called_a_human_was_written_to_the_robot_and_what_came_after_it_was_not() -> None:
    talk = [
        said(Sender.YOUNG, "jeg er bange", 1),
        answer(1, 2, kind=Kind.DANGER),
        said(Sender.YOUNG, "han slår mig", 3),
        answer(3, 4, kind=Kind.DANGER),
    ]
    handed_back = said(Sender.SYSTEM, "Du skriver med robotten igen.", 5)
    later = [said(Sender.YOUNG, "jeg vil dø", 6), answer(6, 7, kind=Kind.DANGER)]
    waits = [replace(one, for_human=True) for one in talk]
    assert reads(*waits) == [True, False]
    assert reads(*waits, handed_back, *(replace(one, for_human=True) for one in later)) == [True, False, True]


def test_what_a_form_asked_for_is_left_alone_and_what_comes_after_is_not() -> None:
    talk = [
        said(Sender.BOT, "Hvad hedder du?", 1, kind=Kind.FORM),
        said(Sender.YOUNG, "Balthazar", 2),
        answer(2, 3),
        said(Sender.YOUNG, "hvad nu", 4),
        answer(4, 5),
    ]
    assert reads(*talk) == [False, True]


def test_the_level_is_what_the_screen_found_then() -> None:
    [own] = steps_of([said(Sender.YOUNG, "hjælp", 1, data={"danger": {"level": 2, "kinds": []}})])
    assert own.level == 2


FOUND = st.builds(
    lambda age, own: Found(1, date(2026, 11, 30) - timedelta(days=age), tuple(own), None, 0.0, 0, "g"),
    st.integers(0, 60),
    st.sets(st.sampled_from(Reason), min_size=1),
)


@given(st.lists(FOUND, max_size=8), FOUND)
def test_one_message_more_never_weighs_less_and_a_week_later_it_is_half(those: list[Found], one: Found) -> None:
    today = date(2026, 11, 30)
    assert weight([*those, one], today) > weight(those, today)
    assert weight([one], today + timedelta(days=7)) == pytest.approx(weight([one], today) / 2)


def test_every_reason_has_its_cost_and_danger_the_most() -> None:
    assert set(COSTS) == set(Reason)
    assert max(COSTS, key=COSTS.__getitem__) is Reason.DISAGREES
    assert cost([Reason.UNSURE, Reason.UNSURE]) == cost([Reason.UNSURE])
