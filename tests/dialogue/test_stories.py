"""Runs the stories beside this file through the model: each message is understood, each answer predicted."""

import asyncio
from pathlib import Path

import pytest
import rasa.core.test
import yaml
from rasa.core.agent import Agent

FILES = sorted(Path(__file__).parent.glob("test_*.yml"))
FAILED = "failed_test_stories.yml"


def names() -> list[str]:
    return [story["story"] for file in FILES for story in yaml.safe_load(file.read_text(encoding="utf-8"))["stories"]]


@pytest.fixture(scope="module")
def failures(agent: Agent, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """By name the stories that went otherwise, with what was said and predicted instead."""
    found: dict[str, str] = {}
    for file in FILES:
        report = tmp_path_factory.mktemp(file.stem)
        asyncio.run(rasa.core.test.test(str(file), agent, out_directory=str(report), e2e=True, disable_plotting=True))
        found |= _stories(report / FAILED)
    return found


def _stories(report: Path) -> dict[str, str]:
    text = report.read_text(encoding="utf-8")
    parts = text.split("- story: ")[1:]
    return {part.splitlines()[0].rsplit(" (", 1)[0].strip(): part for part in parts}


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
    asyncio.run(rasa.core.test.test(str(wrong), agent, out_directory=str(tmp_path), e2e=True, disable_plotting=True))
    assert set(_stories(tmp_path / FAILED)) == {"a wrong one"}


@pytest.mark.parametrize("story", names())
def test_story(story: str, failures: dict[str, str]) -> None:
    assert story not in failures, failures[story]
