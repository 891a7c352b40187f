"""Who asks for a message before a talk, and who only tells of one they got."""

import pytest

from bot.language.reminding import asks_to_be_reminded


@pytest.mark.parametrize(
    "text",
    [
        "kan jeg få en påmindelse",
        "send mig en reminder",
        "en påmindelse tak",
        "må jeg få en påmindelse dagen før",
        "jeg kan ikke huske ting, så send mig en sms før",
        "kan du ikke minde mig om min aftale",
        "jeg vil gerne have en påmindelse",
    ],
)
def test_a_message_before_the_talk_is_asked_for(text: str) -> None:
    assert asks_to_be_reminded(text, of_what_was_told=False)


@pytest.mark.parametrize(
    "text",
    [
        "jeg har fået en påmindelse om husleje",
        "jeg fik en reminder fra udlejer om at jeg skal ud",
        "fjern min påmindelse",
        "I må ikke sende mig en sms før",
        "jeg vil ikke have en påmindelse",
        "kan I minde mig om det",
    ],
)
def test_what_only_sounds_so_asks_for_none(text: str) -> None:
    assert not asks_to_be_reminded(text, of_what_was_told=False)


def test_that_is_the_talk_that_was_just_told_of() -> None:
    assert asks_to_be_reminded("jeg har ingen penge på telefonen, kan I minde mig om det", of_what_was_told=True)
