"""A plan holds what the young person wrote, word for word, and nothing else."""

from datetime import UTC, datetime

import pytest

from bot.casework.conversations import Message, Sender
from bot.casework.plans import (
    LONGEST_TEXT,
    TITLES,
    NotTheirWordsError,
    Part,
    Plan,
    TextTooLongError,
    agree,
    part_before,
    pass_over,
    say,
    take_out,
)

NOW = datetime(2026, 12, 2, 10, tzinfo=UTC)


def message(text: str, sender: Sender = Sender.YOUNG, payload: str | None = None) -> Message:
    return Message(
        sender, text, payload=payload, conversation="one", municipality="eksempel", sequence=3, created_at=NOW
    )


def test_what_was_said_stays_word_for_word() -> None:
    plan = say(Plan(), Part.HOME, message("  et værelse\nhvor jeg må ha min HUND!! "))
    assert plan.said == [(Part.HOME, "et værelse\nhvor jeg må ha min HUND!!")]


@pytest.mark.parametrize(
    "other",
    [
        message("Du vil gerne have et værelse", Sender.BOT),
        message("et værelse", Sender.CASEWORKER),
        message("Spring over", payload='/plan_step{"step": "skip"}'),
    ],
)
def test_nobody_else_writes_in_it_and_no_button_does(other: Message) -> None:
    with pytest.raises(NotTheirWordsError):
        say(Plan(), Part.HOME, other)


def test_what_is_too_long_is_refused_and_never_cut() -> None:
    assert say(Plan(), Part.HOME, message("a" * LONGEST_TEXT)).said
    with pytest.raises(TextTooLongError):
        say(Plan(), Part.HOME, message("a" * (LONGEST_TEXT + 1)))


def test_the_parts_are_asked_for_in_their_order_and_one_passed_over_stays_empty() -> None:
    plan, asked = Plan(), []
    while part := plan.next_part:
        asked.append(part)
        plan = pass_over(plan, part)
    assert asked == [Part.HOME, Part.SUPPORT, Part.NETWORK, Part.OWN, Part.ASK]
    assert plan.said == []


def test_passing_over_what_was_written_leaves_it() -> None:
    plan = say(Plan(), Part.OWN, message("ringe til en udlejer"))
    assert pass_over(plan, Part.OWN) == plan


def test_a_part_is_written_anew_or_taken_out_and_the_others_stay() -> None:
    plan = say(say(Plan(), Part.HOME, message("ro")), Part.OWN, message("lave mad"))
    changed = say(plan, Part.HOME, message("en dør"))
    assert changed.said == [(Part.HOME, "en dør"), (Part.OWN, "lave mad")]
    assert take_out(changed, Part.HOME).said == [(Part.OWN, "lave mad")]


def test_one_goes_back_to_the_part_before_and_no_further_than_the_first() -> None:
    assert part_before(Part.SUPPORT) is Part.HOME
    assert part_before(Part.HOME) is None


def test_what_was_agreed_is_asked_for_by_nobody_and_goes_behind_what_was_agreed_before() -> None:
    plan = agree(agree(Plan(), "Anna ringer til Sofie"), "Sofie finder sit pas")
    assert plan.said == [(Part.AGREED, "Anna ringer til Sofie\nSofie finder sit pas")]
    assert plan.next_part is Part.HOME
    assert not plan.is_own
    assert part_before(Part.AGREED) is None
    assert take_out(plan, Part.AGREED).said == []
    assert say(plan, Part.AGREED, message("jeg ringer selv")).said == [(Part.AGREED, "jeg ringer selv")]
    assert say(plan, Part.HOME, message("ro")).is_own


def test_where_there_is_no_room_for_both_the_new_agreement_stands_alone() -> None:
    full = agree(Plan(), "a" * LONGEST_TEXT)
    assert agree(full, "b").said == [(Part.AGREED, "b")]


def test_every_part_has_a_title_of_its_own() -> None:
    assert list(TITLES) == list(Part)
    assert len(set(TITLES.values())) == len(Part)
