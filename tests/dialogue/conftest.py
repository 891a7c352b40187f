"""The model in service, loaded once."""

import pytest
from rasa.core.agent import Agent

from bot.dialogue.launch import keep_quiet
from tests.support.model import model_in_service


@pytest.fixture(scope="session")
def agent() -> Agent:
    """Rasa with that model, trackers in memory and no action server: what is predicted is not run."""
    keep_quiet()
    return Agent.load(model_in_service())
