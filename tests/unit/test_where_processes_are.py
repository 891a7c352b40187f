"""Where the processes listen and find each other, by the settings."""

import pytest
from pydantic import ValidationError

from bot.inside import may_pass, pass_of
from bot.settings import Settings


def settings(**given: str) -> Settings:
    return Settings(_env_file=None, **given)


def test_alone_on_a_machine_they_meet_on_loopback() -> None:
    alone = settings()
    assert alone.dialogue_url == "http://127.0.0.1:5005"
    assert alone.actions_urls == ("http://127.0.0.1:5055",)


def test_on_several_machines_they_are_named() -> None:
    spread = settings(
        dialogue_host="0.0.0.0", dialogue_name="dialogue-1", actions_servers="http://a:5055/, http://b:5055"
    )
    assert spread.dialogue_url == "http://dialogue-1:5005"
    assert spread.actions_urls == ("http://a:5055", "http://b:5055")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"dialogue_host": "0.0.0.0"}, "by what name or address other machines reach it"),
        ({"actions_servers": "actions:5055"}, "is no http://host:port"),
        ({"actions_servers": "http://a:5055, https://b:5055"}, "'https://b:5055' is no http://host:port"),
        ({"actions_servers": "http://a:5055/webhook"}, "is no http://host:port"),
    ],
)
def test_what_nobody_could_reach_is_told_at_the_start(given: dict[str, str], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        settings(**given)


def test_who_has_the_key_has_the_pass_and_nobody_else() -> None:
    ours, others = pass_of(settings(secret_key="one key")), pass_of(settings(secret_key="another key"))
    assert may_pass(ours, ours)
    assert not may_pass(others, ours)
    assert not may_pass(None, ours)
    assert not may_pass("ø", ours)
    assert "one key" not in ours
