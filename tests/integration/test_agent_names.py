"""Whose names a message may ask for: those of agents, in a town that shows them, and nobody's else."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.casework.conversations import ConversationNotFoundError
from bot.conversation.agent_names import ASKS_WHOM, NAMES_AGENT, NOBODY, agents_for
from bot.conversation.dialogue import DialogueClient, DialogueUnavailableError
from bot.municipality.towns import Municipality
from bot.privacy.mask import mask
from bot.store.store import Store
from tests.support.agents import add_agents, agents_of, leaves
from tests.support.chat_app import last_answer, open_conversation, send, serve, settings
from tests.support.the_tests import THE_TESTS

TEXT = "kan det være hos Mette?"
HIDDEN = "[navn]"


@pytest.fixture
def town(store: Store, municipality: Municipality) -> Municipality:
    add_agents(store, "Mette Holm", "Bo Lund")
    return replace(municipality, choose_agent=True)


def kept(store: Store, conversation: str, town: Municipality, text: str) -> str:
    agents = agents_for(store, conversation, {town.slug: town})
    return mask(text, kept=agents.asked_for(text)).text


def test_a_name_that_is_asked_for_stays_in_the_message_where_names_are_shown(
    store: Store, conversation: str, town: Municipality
) -> None:
    assert kept(store, conversation, town, TEXT) == TEXT
    assert kept(store, conversation, replace(town, choose_agent=False), TEXT) == "kan det være hos [navn]?"
    assert agents_for(store, conversation, {town.slug: replace(town, choose_agent=False)}) == NOBODY


def test_a_name_alone_stays_only_as_the_answer(store: Store, conversation: str, town: Municipality) -> None:
    assert kept(store, conversation, town, "Mette") == "[navn]"
    with store.write(THE_TESTS) as work:
        work.conversations.set_asks(conversation, ASKS_WHOM)
    assert kept(store, conversation, town, "Mette") == "Mette"


def test_who_has_left_is_hidden_as_anybody(store: Store, conversation: str, town: Municipality) -> None:
    [_, mette, _] = agents_of(store)
    leaves(store, mette)
    assert kept(store, conversation, town, TEXT) == "kan det være hos [navn]?"


def test_a_town_without_a_choice_beside_one_with_it_hides_all(
    store: Store, conversation: str, town: Municipality
) -> None:
    towns = {town.slug: replace(town, choose_agent=False), "nabo": replace(town, slug="nabo")}
    assert agents_for(store, conversation, towns) == NOBODY


def test_a_conversation_that_is_gone_is_told(store: Store, town: Municipality) -> None:
    with pytest.raises(ConversationNotFoundError):
        agents_for(store, "nobody", {town.slug: town})


@pytest.mark.parametrize("choose_agent", [True, False])
def test_rasa_is_told_that_an_agent_is_asked_for_and_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, choose_agent: bool
) -> None:
    told: list[tuple[str | None, bool]] = []

    async def turn(_client: DialogueClient, _conversation: str, metadata: dict[str, Any], **said: str | None) -> None:
        told.append((said.get("text"), metadata[NAMES_AGENT]))
        raise DialogueUnavailableError

    monkeypatch.setattr(DialogueClient, "turn", turn)
    for client in serve(settings(tmp_path)):
        state = client.app.state
        add_agents(state.store, "Mette Holm", "Bo Lund")
        state.municipalities["eksempel"] = replace(state.municipalities["eksempel"], choose_agent=choose_agent)
        path = open_conversation(client)
        for text in (TEXT, "jeg kan ikke bo hos Mette", "kan det være hos Søren?"):
            last_answer(client, path, send(client, path, text=text))
    shown = (
        [TEXT, "jeg kan ikke bo hos Mette"]
        if choose_agent
        else [f"kan det være hos {HIDDEN}?", f"jeg kan ikke bo hos {HIDDEN}"]
    )
    assert told == [(shown[0], choose_agent), (shown[1], False), (f"kan det være hos {HIDDEN}?", False)]
