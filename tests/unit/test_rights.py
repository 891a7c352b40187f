"""The table of who may do what, held against the decision that people read."""

import re
from pathlib import Path

import pytest

from bot.casework.rights import BEYOND_OWN, RIGHTS, Access, NotAllowedError, Right, Role

DECISION = Path(__file__).resolve().parents[2] / "docs" / "decisions" / "0023-who-may-do-what-at-the-desk.md"


def lines() -> list[list[str]]:
    found = [line for line in DECISION.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in found]


def test_the_decision_says_what_the_table_gives() -> None:
    (_, *roles), _, *rows = lines()
    told: dict[Role, set[Right]] = {Role(role): set() for role in roles}
    for right, *cells in rows:
        named = re.match(r"`(\w+)`", right)
        assert named
        for role, cell in zip(told, cells, strict=True):
            assert cell in ("", "yes", "own", "all"), right
            if cell:
                told[role].add(Right(named.group(1)))
            if cell == "all":
                told[role].add(BEYOND_OWN[Right(named.group(1))])
    assert told == RIGHTS


def test_own_is_ones_own_and_all_is_everybodys() -> None:
    mette, lead = Access(frozenset({Role.BOLIGAGENT}), 7), Access(frozenset({Role.LEAD}))
    for right, beyond in BEYOND_OWN.items():
        assert [mette.may(right, agent) for agent in (None, 7, 8)] == [True, True, False]
        assert [lead.may(right, agent) for agent in (None, 7, 8)] == [True, True, True]
        with pytest.raises(NotAllowedError) as refused:
            mette.check(right, 8)
        assert refused.value.right is beyond


def test_whoever_is_no_boligagent_has_no_talks_of_their_own() -> None:
    nobody = Access(frozenset({Role.BOLIGAGENT}))
    assert (nobody.may(Right.TALKS), nobody.may(Right.TALKS, 1)) == (True, False)


def test_no_role_gives_nothing_but_the_way_in_and_out() -> None:
    assert [right for right in Right if Access().may(right)] == [Right.COME_IN]
    with pytest.raises(NotAllowedError) as refused:
        Access().check(Right.TALKS, 1)
    assert refused.value.right is Right.TALKS


def test_roles_together_are_all_that_each_of_them_is() -> None:
    for one in Role:
        for other in Role:
            assert Access(frozenset({one, other})).rights == RIGHTS[one] | RIGHTS[other] | {Right.COME_IN}
