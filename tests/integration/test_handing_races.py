"""A conversation that is given away twice at once has one new holder, and one who is told that they came too late."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from bot.casework.conversations import Holder, NotHolderError
from bot.conversation.desk import DeskConversations
from bot.conversation.handing import Handing
from bot.conversation.notices import Notices
from bot.conversation.sentences import GIVEN, GIVEN_TO_TEAM
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.desk import YoungPerson, add_caseworker
from tests.support.presence import AtWork, at_work, now_of
from tests.support.the_tests import THE_TESTS

AT_ONCE = 8


@pytest.fixture
def people(store: Store) -> list[AtWork]:
    for name in ("anna", "bo", "eva"):
        add_caseworker(store, "eksempel", name)
    return [at_work(store, name) for name in ("anna", "bo", "eva")]


def all_at_once(acts: list[Callable[[], None]]) -> list[bool]:
    """Whether each was done, or came too late."""
    ready = Barrier(len(acts))

    def tried(act: Callable[[], None]) -> bool:
        ready.wait(30)
        try:
            act()
        except NotHolderError:
            return False
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(tried, acts))


def test_of_many_who_give_it_at_once_one_wins_and_its_note_alone_is_kept(
    store: Store, people: list[AtWork], municipality: Municipality
) -> None:
    anna, *others = people
    young = YoungPerson(store).writes("hej").waits()
    anna.takes(young)
    town = replace(municipality, teams={"bolig": "Boligholdet"})
    handing = Handing(store, Notices(), {town.slug: town})
    to = [others[number % 2].user.id for number in range(AT_ONCE - 1)]
    gives = [lambda to=to, n=n: handing._give(anna.user, young.id, to, f"note {n}") for n, to in enumerate(to)]
    acts = [*gives, lambda: handing._give_to_team(anna.user, young.id, "bolig", f"note {AT_ONCE - 1}")]

    done = all_at_once(acts)

    assert done.count(True) == 1
    winner = done.index(True)
    found, _ = now_of(young)
    expected = (Holder.HUMAN, to[winner]) if winner < len(to) else (Holder.WAITING, None)
    assert (found.holder, found.held_by) == expected
    with store.read(THE_TESTS) as work:
        notes = [one.note for one in work.handovers.of([young.id])[young.id]]
        told = [one.text for one in work.conversations.after(young.id, 0)]
    assert notes == [f"note {winner}"]
    names = [GIVEN.danish.format(name=one.user.shown_name) for one in others]
    assert sum(text in (*names, GIVEN_TO_TEAM.danish) for text in told) == 1


def test_what_is_closed_and_given_at_once_is_one_of_both(
    store: Store, people: list[AtWork], municipality: Municipality
) -> None:
    anna, bo, _ = people
    young = YoungPerson(store).writes("hej").waits()
    anna.takes(young)
    handing = Handing(store, Notices(), {municipality.slug: municipality})
    desk = DeskConversations(store, Notices())
    given, closed = all_at_once(
        [
            lambda: handing._give(anna.user, young.id, bo.user.id, "note"),
            lambda: desk._close(anna.user, young.id, ""),
        ]
    )
    assert given != closed
    with store.read(THE_TESTS) as work:
        assert bool(work.handovers.of([young.id])) == given
    assert now_of(young)[0].holder is (Holder.HUMAN if given else Holder.BOT)
