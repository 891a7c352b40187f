"""Finds Rasa's applicable rules without trying them all.

`RulePolicy` holds every rule it has against the state of the conversation, twice a turn and more. Here only those are
tried whose last step can match, by the action before and the intent; these are judged by Rasa's own code.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rasa.core.agent import Agent
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

State = Mapping[str, Mapping[str, Any]]
_Step = tuple[str | None, str | None]
_BEGINNING: _Step = ("a conversation begins", None)


class RuleIndex:
    """The rules of one policy by their last step."""

    def __init__(self, policy: RulePolicy) -> None:
        self._policy = policy
        # By the table itself: the policy has one for rules and one for what leads away from a form.
        self._indexed = {id(table): _by_last_step(table) for table in policy.lookup.values() if isinstance(table, dict)}

    def possible_keys(self, table: dict[str, str], states: Sequence[State]) -> set[str]:
        """The keys of the rules in that table that apply after these states: the same that Rasa finds."""
        if not states:
            return set(table)
        possible = set(self._near(table, states[-1]))
        for turns_back, state in enumerate(reversed(states)):
            possible = {key for key in possible if self._policy._is_rule_applicable(key, turns_back, state)}  # noqa: SLF001
        return possible

    def _near(self, table: dict[str, str], state: State) -> Iterator[str]:
        index = self._indexed[id(table)]
        if not state.get(PREVIOUS_ACTION):
            # A conversation begins: to Rasa every rule fits that is about its beginning, whatever was meant.
            yield from index[_BEGINNING]
            return
        action, intent = _step(state)
        for step in {(action, intent), (action, None), (None, intent), (None, None)}:
            yield from index[step]


def find_rules_by_index(agent: Agent) -> None:
    """Lets the policies of a loaded model find their rules so."""
    assert agent.processor is not None
    for node in agent.processor.graph_runner._instantiated_nodes.values():  # noqa: SLF001
        if isinstance(node._component, RulePolicy):  # noqa: SLF001
            node._component._get_possible_keys = RuleIndex(node._component).possible_keys  # noqa: SLF001


def _by_last_step(table: dict[str, str]) -> Mapping[_Step, list[str]]:
    found: dict[_Step, list[str]] = defaultdict(list)
    for key in table:
        last = json.loads(key)[-1]
        found[_step(last) if last.get(PREVIOUS_ACTION) else _BEGINNING].append(key)
    return found


def _step(state: State) -> _Step:
    """The action before and the intent; None for one that says nothing, and in a rule fits whatever there is."""
    action, intent = state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME), state.get(USER, {}).get(INTENT)
    return (_or_none(action), _or_none(intent))


def _or_none(name: str | None) -> str | None:
    return None if not name or name == SHOULD_NOT_BE_SET else name
