"""A decision is taken back by as many as it took, a split lasts, and what was given out is told."""

from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from alembic.config import Config

from bot.casework.free_times import danish_day
from bot.casework.misread import (
    DecidedMeanwhileError,
    GroupNotFoundError,
    NotDecidedError,
    SecondAtDeskError,
    Verdict,
)
from bot.review.reviewing import TEACHABLE, Group, decide, decided_groups, group, split, taught
from bot.review.undoing import let_stand, undo
from bot.store.migrate import MIGRATIONS
from bot.store.people import DeskUser
from bot.store.store import Store
from tests.support.desk import YoungPerson
from tests.support.review import asks, group_of, groups_in, lets_learn, night, unsettled
from tests.support.reviewing import corrects, maintainer, rows
from tests.support.the_tests import THE_TESTS

TODAY = danish_day(datetime.now(UTC))
DANGER = "crisis_suicide"


@pytest.fixture
def young(store: Store) -> YoungPerson:
    return lets_learn(asks(YoungPerson(store), "bolig nu", "bolig tak", "vil dø"))


@pytest.fixture
def vera(store: Store) -> DeskUser:
    return maintainer(store, "vera")


@pytest.fixture
def victor(store: Store) -> DeskUser:
    return maintainer(store, "victor")


def look(store: Store, name: str) -> Group:
    with store.read(THE_TESTS) as work:
        return group(work, "eksempel", name, TODAY)


def texts_taught(store: Store, *, given: bool = False) -> list[str]:
    with store.read(THE_TESTS) as work:
        return [one.text for one in taught(work, ["eksempel"], given=given)]


def deeds(store: Store) -> list[str]:
    with store.read(THE_TESTS) as work:
        return [one.action for one in work.people.noted("eksempel") if "undo" in one.action or "stand" in one.action]


def gives_out(store: Store) -> None:
    with store.write(THE_TESTS) as work:
        work.found.give_out("eksempel", TEACHABLE, datetime.now(UTC))


def agreed(store: Store, *who: DeskUser, text: str = "vil dø", label: str = DANGER) -> str:
    """The group of it, of which these have said that it is this."""
    name = group_of(store, text)
    for user in who:
        decide(store, user, name, Verdict.CORRECT, [label])
    assert look(store, name).settled
    return name


def test_any_maintainer_takes_back_what_one_has_decided_and_it_is_decided_again(
    store: Store, young: YoungPerson, vera: DeskUser, victor: DeskUser
) -> None:
    night(store, [young])
    name = agreed(store, vera, text="bolig nu", label="money_debt")
    assert undo(store, victor, name)
    assert (look(store, name).settled, look(store, name).messages[0].opinions) == (None, ())
    assert texts_taught(store) == []
    assert deeds(store) == ["undo_group"]
    with pytest.raises(NotDecidedError):
        undo(store, victor, name)
    assert corrects(store, victor, name, "money_benefits"), "by one alone, as before"


def test_what_is_undone_is_not_lost_by_night_though_it_is_old(store: Store, young: YoungPerson, vera: DeskUser) -> None:
    night(store, [young])
    name = agreed(store, vera, text="bolig nu", label="money_debt")
    undo(store, vera, name)
    night(store, [young])
    assert sorted(groups_in(store)[name]) == ["bolig nu", "bolig tak"]
    night(store, [young], in_days=60)
    assert sorted(groups_in(store)[name]) == ["bolig nu", "bolig tak"]
    young.erases()
    assert rows(store) == [0, 0]


def test_what_two_agreed_on_is_undone_by_two_and_given_out_to_nobody_meanwhile(
    store: Store, young: YoungPerson, vera: DeskUser, victor: DeskUser
) -> None:
    third = maintainer(store, "viggo")
    night(store, [young])
    name = agreed(store, vera, victor)
    assert texts_taught(store) == ["vil dø"]
    for _ in range(2):
        assert not undo(store, vera, name), "nobody is their own second"
    found = look(store, name)
    assert (found.settled and found.settled.labels, found.undo_by) == ((DANGER,), vera.id)
    gives_out(store)
    assert (texts_taught(store), texts_taught(store, given=True)) == ([], [])
    assert undo(store, third, name)
    assert look(store, name).settled is None
    assert deeds(store) == ["ask_undo", "undo_group"]


def test_who_would_undo_it_can_be_told_no_and_then_it_holds_as_before(
    store: Store, young: YoungPerson, vera: DeskUser, victor: DeskUser
) -> None:
    night(store, [young])
    name = agreed(store, vera, victor)
    undo(store, vera, name)
    for _ in range(2):
        let_stand(store, victor, name)
    assert texts_taught(store) == ["vil dø"]
    assert not undo(store, victor, name), "the first again"
    assert deeds(store) == ["ask_undo", "let_group_stand", "ask_undo"]


def test_after_danger_that_two_said_is_undone_nobody_says_alone_that_it_was_none(
    store: Store, young: YoungPerson, vera: DeskUser, victor: DeskUser
) -> None:
    night(store, [young])
    # Read as a home and by the screen as nothing: that it is danger stands in what the two have said alone.
    name = agreed(store, vera, victor, text="bolig nu")
    undo(store, vera, name)
    undo(store, victor, name)
    for asked_by in (vera, vera):
        assert not decide(store, asked_by, name, Verdict.CONFIRM, [])
    assert decide(store, victor, name, Verdict.CONFIRM, [])
    assert not undo(store, vera, name), "nor takes that back alone"


def test_who_disagreed_still_does(store: Store, young: YoungPerson, vera: DeskUser, victor: DeskUser) -> None:
    third = maintainer(store, "viggo")
    night(store, [young])
    name = group_of(store, "vil dø")
    decide(store, third, name, Verdict.CONFIRM, [])
    for user in (vera, victor):
        decide(store, user, name, Verdict.NOT_OURS, [])
    for user in (vera, third):
        undo(store, user, name)
    assert [one.by for one in look(store, name).messages[0].opinions] == [third.id]


def test_what_one_left_out_that_one_takes_back_and_the_danger_stays_danger(
    store: Store, young: YoungPerson, vera: DeskUser, victor: DeskUser
) -> None:
    night(store, [young])
    name = group_of(store, "vil dø")
    assert decide(store, vera, name, Verdict.LEAVE_OUT, [])
    assert undo(store, victor, name)
    assert not decide(store, vera, name, Verdict.NOT_OURS, [])


def test_by_a_command_nobody_is_second(store: Store, young: YoungPerson, vera: DeskUser, victor: DeskUser) -> None:
    night(store, [young])
    name = agreed(store, vera, victor)
    assert not undo(store, vera, name, by_command=True)
    assert not undo(store, vera, name, by_command=True)
    with pytest.raises(SecondAtDeskError):
        undo(store, victor, name, by_command=True)
    assert look(store, name).settled
    assert undo(store, victor, name)
    assert deeds(store) == ["ask_undo_by_command", "undo_group"]


def test_who_looks_at_what_is_no_longer_so_undoes_nothing(
    store: Store, young: YoungPerson, vera: DeskUser, victor: DeskUser
) -> None:
    night(store, [young])
    name = agreed(store, vera, text="bolig nu", label="money_debt")
    seen = look(store, name).decided_at
    undo(store, victor, name, seen=seen)
    corrects(store, victor, name, "money_benefits")
    with pytest.raises(DecidedMeanwhileError) as told:
        undo(store, vera, name, seen=seen)
    assert told.value.decision.labels == ("money_benefits",)
    assert look(store, name).settled


def test_nobody_undoes_what_another_town_decided(store: Store, young: YoungPerson, vera: DeskUser) -> None:
    carl = maintainer(store, "carl", "nabo")
    night(store, [young])
    name = agreed(store, vera, text="bolig nu", label="money_debt")
    for tries in (undo, let_stand):
        with pytest.raises(GroupNotFoundError):
            tries(store, carl, name)
    assert look(store, name).settled


def test_what_was_given_out_is_known_though_it_is_undone_and_decided_otherwise(
    store: Store, young: YoungPerson, vera: DeskUser
) -> None:
    night(store, [young])
    name = agreed(store, vera, text="bolig nu", label="money_debt")
    assert (texts_taught(store), texts_taught(store, given=True)) == (["bolig nu", "bolig tak"], [])
    gives_out(store)
    assert texts_taught(store, given=True) == ["bolig nu", "bolig tak"]
    first = look(store, name).given
    gives_out(store)
    assert look(store, name).given == first, "it is given out once"
    undo(store, vera, name)
    assert look(store, name).given == first
    assert texts_taught(store, given=True) == []
    corrects(store, vera, name, "money_benefits")
    assert texts_taught(store, given=True) == [], "what it means now has not been given out"
    gives_out(store)
    again = look(store, name).given
    assert again
    assert again.labels == ("money_benefits",)


def test_what_is_decided_stands_newest_first_after_what_somebody_would_undo(
    store: Store, young: YoungPerson, vera: DeskUser, victor: DeskUser
) -> None:
    asks(young, "gæld", "måne")
    night(store, [young])
    names = [agreed(store, vera, victor)]
    names += [agreed(store, vera, text=text, label="money_debt") for text in ("gæld", "måne")]
    with store.read(THE_TESTS) as work:
        assert [one.id for one in decided_groups(work, "eksempel", TODAY)] == names[::-1]
    undo(store, vera, names[0])
    with store.read(THE_TESTS) as work:
        assert next(one.id for one in decided_groups(work, "eksempel", TODAY)) == names[0]


def test_a_split_lasts_until_its_parts_are_decided_or_gone(store: Store, young: YoungPerson, vera: DeskUser) -> None:
    other = lets_learn(asks(YoungPerson(store), "bolig her"))
    night(store, [young, other])
    rest = group_of(store, "bolig nu")
    [number] = [one.id for one in unsettled(store) if one.text == "bolig her"]
    own = split(store, vera, rest, [number])
    newcomer = lets_learn(asks(YoungPerson(store), "bolig til"))
    for nights in range(3):
        night(store, [young, other, newcomer], in_days=30 * nights)
        found = groups_in(store)
        assert (sorted(found[rest]), found[own]) == (["bolig nu", "bolig tak"], ["bolig her"])
        assert len(unsettled(store)) == len({one.id for one in unsettled(store)})
    assert "bolig til" not in [*found[rest], *found[own]], "nobody decides on what came into a group unseen"
    other.erases()
    assert own not in groups_in(store)
    corrects(store, vera, rest)
    assert look(store, rest).settled


def test_a_group_that_nobody_parted_is_still_found_anew(store: Store, young: YoungPerson) -> None:
    night(store, [young])
    name = group_of(store, "bolig nu")
    night(store, [young])
    assert group_of(store, "bolig nu") != name
    night(store, [young], in_days=60)
    assert groups_in(store) == {}


def test_a_yes_that_is_taken_back_takes_what_was_parted_with_it(
    store: Store, young: YoungPerson, vera: DeskUser
) -> None:
    night(store, [young])
    name = group_of(store, "bolig nu")
    split(store, vera, name, [next(one.id for one in unsettled(store) if one.text == "bolig nu")])
    lets_learn(young, given=False)
    night(store, [])
    assert rows(store) == [0, 0]


def test_the_migration_knows_which_opinions_said_danger(
    store: Store, young: YoungPerson, vera: DeskUser, victor: DeskUser
) -> None:
    night(store, [young])
    agreed(store, vera, victor, text="bolig nu")
    corrects(store, vera, calm := group_of(store, "vil dø"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store._database.write() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0032")
        command.upgrade(config, "head")
    with store.read(THE_TESTS) as work:
        found = work.found.settled("eksempel") + work.found.unsettled("eksempel")
    assert {one.text: one.said_danger for one in found} == {"bolig nu": True, "bolig tak": True, "vil dø": False}
    assert not decide(store, victor, calm, Verdict.CONFIRM, [])


def test_whoever_decides_within_the_moment_of_giving_out_is_given_out_the_next_time(
    store: Store, young: YoungPerson, vera: DeskUser
) -> None:
    night(store, [young])
    name = agreed(store, vera, text="bolig nu", label="money_debt")
    decided_at = look(store, name).decided_at
    assert decided_at
    with store.write(THE_TESTS) as work:
        work.found.give_out("eksempel", TEACHABLE, decided_at - timedelta(seconds=1))
    assert texts_taught(store, given=True) == []
