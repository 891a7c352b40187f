"""How patient an installation is, and that what young people are told of it is easy to read."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from bot.casework.presence import PRESENT_FOR, SEEN_EVERY, Patience
from bot.conversation.closing import GOODBYE, TALK_TO_COME, YOUR_PLAN
from bot.conversation.sentences import GIVEN, GIVEN_TO_TEAM, LEFT, Sentence
from bot.language.readability import lix
from bot.settings import Settings
from bot.web.patience import patience_of


def test_without_settings_it_is_the_one_of_casework() -> None:
    assert patience_of(Settings(_env_file=None)) == Patience()


def test_it_is_read_from_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, minutes in (("SILENT_CLAIM", "7"), ("UNANSWERED_CLAIM", "17"), ("LONG_WAIT", "27")):
        monkeypatch.setenv(f"HJEMAD_{name}_MINUTES", minutes)
    assert patience_of(Settings(_env_file=None)) == Patience(*(timedelta(minutes=one) for one in (7, 17, 27)))


def test_nobody_is_called_silent_who_still_counts_as_present() -> None:
    """A page in the background speaks once a minute."""
    with pytest.raises(ValidationError):
        Settings(_env_file=None, silent_claim_minutes=2)
    least = timedelta(minutes=3)
    assert SEEN_EVERY < timedelta(minutes=1) < PRESENT_FOR < least


@pytest.mark.parametrize("said", [LEFT, GIVEN, GIVEN_TO_TEAM, GOODBYE.then(TALK_TO_COME).then(YOUR_PLAN)])
def test_what_is_told_is_easy_to_read(said: Sentence) -> None:
    assert lix(said.danish) <= 30
