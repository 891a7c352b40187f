"""The index over Rasa's rules finds what Rasa finds by trying them all."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import SHOULD_NOT_BE_SET

from bot.dialogue.rule_index import RuleIndex

NAMES = st.sampled_from(["a", "b", "c"])
OR_NONE = st.one_of(NAMES, st.just(SHOULD_NOT_BE_SET))


def steps(names: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {},
        optional={
            "prev_action": st.fixed_dictionaries({"action_name": names}),
            "user": st.fixed_dictionaries({}, optional={"intent": names, "entities": st.lists(NAMES, max_size=2)}),
            "slots": st.dictionaries(NAMES, st.lists(st.sampled_from([0.0, 1.0]), min_size=1, max_size=1)),
            "active_loop": st.fixed_dictionaries({"name": names}),
        },
    )


RULES = st.lists(st.lists(steps(OR_NONE), min_size=1, max_size=3), max_size=25)
STATES = st.lists(steps(NAMES), max_size=4)


def tupled(states: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As a conversation has them: its lists are tuples."""
    return [
        {
            part: {key: tuple(value) if isinstance(value, list) else value for key, value in said.items()}
            for part, said in state.items()
        }
        for state in states
    ]


@given(rules=RULES, states=STATES)
def test_the_index_finds_what_rasa_finds(rules: list[list[dict[str, Any]]], states: list[dict[str, Any]]) -> None:
    policy = RulePolicy.__new__(RulePolicy)
    table = {json.dumps(rule, sort_keys=True): "utter_something" for rule in rules}
    policy.lookup = {"rules": table, "rules_not_in_stories": []}
    conversation = tupled(states)
    assert RuleIndex(policy).possible_keys(table, conversation) == policy._get_possible_keys(table, conversation)
