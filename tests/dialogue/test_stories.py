"""Runs the stories beside this file through the model: each message is understood, each answer predicted."""

from pathlib import Path

import pytest
from rasa.core.agent import Agent

from bot.composed_yaml import content_of
from bot.training.stories import failures as failures_in

FILES = sorted(Path(__file__).parent.glob("test_*.yml"))


def names() -> list[str]:
    return [story["story"] for file in FILES for story in content_of(file.read_text(encoding="utf-8"))["stories"]]


@pytest.fixture(scope="module")
def failures(agent: Agent) -> dict[str, str]:
    """By name the stories that went otherwise, with what was said and predicted instead."""
    found: dict[str, str] = {}
    for file in FILES:
        found |= failures_in(agent, file)
    return found


def test_there_are_enough_stories_and_no_two_of_a_name() -> None:
    assert len(names()) >= 25
    assert len(names()) == len(set(names()))


def test_a_story_that_goes_otherwise_is_found(agent: Agent, tmp_path: Path) -> None:
    wrong = tmp_path / "test_wrong.yml"
    wrong.write_text(
        "stories:\n- story: a wrong one\n  steps:\n  - user: |\n      /chat_greet\n    intent: chat_greet\n"
        "  - action: action_handoff\n",
        encoding="utf-8",
    )
    assert set(failures_in(agent, wrong)) == {"a wrong one"}


@pytest.mark.parametrize("story", names())
def test_story(story: str, failures: dict[str, str]) -> None:
    assert story not in failures, failures[story]
