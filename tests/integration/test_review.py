"""What was found is kept only with a yes, shown to its own town, decided once, and gone with its conversation."""

from asyncio import run
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, select

from bot.casework.consent import Shared
from bot.casework.free_times import danish_day
from bot.casework.handoffs import ask_for_human
from bot.casework.misread import (
    DecidedMeanwhileError,
    Decision,
    GroupNotFoundError,
    NothingToSplitError,
    Reason,
    UnknownLabelError,
    Verdict,
)
from bot.conversation.erasing import TalksToCome, erase
from bot.conversation.learning import Learning
from bot.municipality.towns import load_municipalities
from bot.review.finding import keep
from bot.review.lots import use_of
from bot.review.reviewing import decide, group, groups, split, taught
from bot.store.migrate import MIGRATIONS
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.store.tables import consents
from tests.support.desk import YoungPerson
from tests.support.review import asks, found_by_night, group_of, groups_in, lets_learn, night, unsettled
from tests.support.reviewing import answers, arrives, corrects, maintainer, noted, rows
from tests.support.the_tests import THE_TESTS

DEBT = Decision(Verdict.CORRECT, ("money_debt",))
TODAY = danish_day(datetime.now(UTC))


@pytest.fixture
def young(store: Store) -> YoungPerson:
    return lets_learn(asks(YoungPerson(store), "bolig nu", "bolig tak", "hej igen"))


@pytest.fixture
def vera(store: Store) -> DeskUser:
    return maintainer(store, "vera")


@pytest.fixture
def victor(store: Store) -> DeskUser:
    return maintainer(store, "victor")


def test_what_is_alike_stands_together_and_what_was_read_surely_is_not_found(
    store: Store, young: YoungPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.review.finding.in_sample", lambda *_: False)
    other = lets_learn(asks(YoungPerson(store), "bolig her", "gæld"))
    night(store, [young, other])
    assert sorted(map(sorted, groups_in(store).values())) == [["bolig her", "bolig nu", "bolig tak"], ["gæld"]]


def test_danger_that_called_a_human_is_looked_at_and_what_was_written_to_that_human_is_not(store: Store) -> None:
    young = lets_learn(YoungPerson(store))
    for text in ("jeg vil ikke leve mere", "jeg har taget alle pillerne"):
        level = arrives(store, young, text).message.data["danger"]["level"]
        assert level >= 2
    night(store, [young])
    [found] = unsettled(store)
    assert (found.text, found.found.level) == ("jeg vil ikke leve mere", 2)
    assert Reason.DISAGREES in found.found.reasons, "the model made something else of it"


def test_words_that_asked_for_a_human_are_looked_at_and_what_was_written_while_they_waited_is_not(store: Store) -> None:
    young = lets_learn(YoungPerson(store))
    for text in ("bolig i stedet for alt det her", "kom nu bare"):
        received = arrives(store, young, text)
        with store.write(THE_TESTS) as work:
            ask_for_human(work.queue, young.id, datetime.now(UTC), received.message.sequence)
        answers(store, received)
    night(store, [young])
    assert [one.text for one in unsettled(store)] == ["bolig i stedet for alt det her"]


def test_what_weighs_most_comes_first(store: Store, young: YoungPerson) -> None:
    night(store, [young, lets_learn(asks(YoungPerson(store), "gæld"))])
    with store.read(THE_TESTS) as work:
        found = groups(work, "eksempel", TODAY)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
    assert {one.read_as for one in found} >= {"housing_find_home", "money_debt"}


@pytest.mark.parametrize("what", ["taken back", "erased"])
def test_a_yes_that_is_gone_while_a_model_reads_leaves_nothing(store: Store, young: YoungPerson, what: str) -> None:
    found = found_by_night(store, [young])
    assert found[young.id]
    if what == "erased":
        young.erases()
    else:
        lets_learn(young, given=False)
    keep(store, "eksempel", found)
    assert rows(store) == [0, 0]


def test_the_next_night_puts_the_open_anew_and_leaves_what_somebody_decided(
    store: Store, young: YoungPerson, vera: DeskUser
) -> None:
    danger = lets_learn(asks(YoungPerson(store), "vil dø"))
    asks(young, "gæld")
    night(store, [young, danger])
    corrects(store, vera, group_of(store, "gæld"))
    assert not corrects(store, vera, pending := group_of(store, "vil dø"))
    asks(young, "bolig til")
    night(store, [young, danger])
    texts = [text for those in groups_in(store).values() for text in those]
    assert sorted(texts) == sorted({*texts}), "none stands twice"
    assert {"bolig til", "vil dø"} <= {*texts}
    assert "gæld" not in texts
    assert group_of(store, "vil dø") == pending, "its first opinion is not lost"


def test_a_conversation_that_is_no_longer_to_be_learnt_from_is_forgotten(
    store: Store, young: YoungPerson, vera: DeskUser
) -> None:
    night(store, [young])
    corrects(store, vera, group_of(store, "bolig nu"))
    night(store, [])
    assert rows(store) == [0, 0]


def test_what_is_too_old_goes_and_what_is_decided_stays_until_its_conversation_goes(
    store: Store, young: YoungPerson, vera: DeskUser
) -> None:
    asks(young, "gæld")
    night(store, [young])
    corrects(store, vera, group_of(store, "gæld"))
    night(store, [young], in_days=60)
    assert groups_in(store) == {}
    assert rows(store) == [1, 1]


@pytest.mark.parametrize("how", ["taken back", "erased"])
def test_taking_it_back_takes_everything_that_was_found_with_it(
    store: Store, young: YoungPerson, vera: DeskUser, how: str
) -> None:
    night(store, [young])
    corrects(store, vera, group_of(store, "bolig nu"))
    assert min(rows(store)) > 0
    if how == "erased":
        young.erases()
    else:
        run(Learning(store, load_municipalities()).decide(young.id, given=False))
    assert rows(store) == [0, 0]


def test_a_decision_is_made_once_and_told_to_who_comes_too_late(
    store: Store, young: YoungPerson, vera: DeskUser, victor: DeskUser
) -> None:
    night(store, [young])
    name = group_of(store, "bolig nu")
    assert corrects(store, vera, name)
    assert corrects(store, vera, name), "a double click"
    with pytest.raises(DecidedMeanwhileError) as told:
        decide(store, victor, name, Verdict.CONFIRM, [])
    assert (told.value.by, told.value.decision) == (vera.id, DEBT)
    with pytest.raises(DecidedMeanwhileError):
        split(store, victor, name, [1])
    with store.read(THE_TESTS) as work:
        assert group(work, "eksempel", name, TODAY).settled == DEBT
    assert noted(store) == ["decide_group"]


def test_danger_is_decided_by_two_who_agree(store: Store, vera: DeskUser, victor: DeskUser) -> None:
    night(store, [lets_learn(asks(YoungPerson(store), "vil dø"))])
    name = group_of(store, "vil dø")
    assert not corrects(store, vera, name)
    assert not corrects(store, vera, name), "nobody is their own second"
    assert not decide(store, victor, name, Verdict.CONFIRM, [])
    assert unsettled(store), "they do not agree"
    assert corrects(store, victor, name)
    with store.read(THE_TESTS) as work:
        found = group(work, "eksempel", name, TODAY)
    assert found.settled == DEBT
    assert {one.by for one in found.messages[0].opinions} == {vera.id, victor.id}


def test_whoever_thinks_better_of_it_has_one_opinion(store: Store, vera: DeskUser, victor: DeskUser) -> None:
    night(store, [lets_learn(asks(YoungPerson(store), "vil dø"))])
    name = group_of(store, "vil dø")
    decide(store, vera, name, Verdict.CONFIRM, [])
    corrects(store, vera, name)
    assert not decide(store, victor, name, Verdict.CONFIRM, []), "she thinks so no more"
    assert rows(store)[1] == 2


def test_a_split_makes_two_groups_and_never_an_empty_one(store: Store, young: YoungPerson, vera: DeskUser) -> None:
    night(store, [young])
    name = group_of(store, "bolig nu")
    numbers = {one.text: one.id for one in unsettled(store)}
    own = split(store, vera, name, [numbers["bolig tak"], 99999])
    assert (group_of(store, "bolig nu"), group_of(store, "bolig tak")) == (name, own)
    for nothing in ([], [99999], [numbers["bolig nu"]]):
        with pytest.raises(NothingToSplitError):
            split(store, vera, name, nothing)
    assert noted(store) == ["split_group"]


def test_nobody_reaches_another_municipality(store: Store, young: YoungPerson) -> None:
    carl = maintainer(store, "carl", "nabo")
    night(store, [young])
    name = group_of(store, "bolig nu")
    for tries in (lambda: corrects(store, carl, name), lambda: split(store, carl, name, [1])):
        with pytest.raises(GroupNotFoundError):
            tries()
    with store.read(THE_TESTS) as work:
        assert groups(work, "nabo", TODAY) == []
        with pytest.raises(GroupNotFoundError):
            group(work, "nabo", name, TODAY)


def test_a_label_that_does_not_exist_changes_nothing(store: Store, young: YoungPerson, vera: DeskUser) -> None:
    night(store, [young])
    with pytest.raises(UnknownLabelError):
        corrects(store, vera, group_of(store, "bolig nu"), "housing_castle")
    assert (rows(store)[1], noted(store)) == (0, [])


def at_once(*each: Callable[[], bool]) -> list[object]:
    """What each of these gives, or the error that it raised."""
    gate = Barrier(len(each))

    def go(does: Callable[[], bool]) -> object:
        gate.wait()
        try:
            return does()
        except DecidedMeanwhileError as error:
            return error

    with ThreadPoolExecutor(len(each)) as pool:
        return list(pool.map(go, each))


def test_of_two_who_decide_at_once_one_is_told_of_the_other(
    store: Store, young: YoungPerson, vera: DeskUser, victor: DeskUser
) -> None:
    night(store, [young])
    name = group_of(store, "bolig nu")
    told = at_once(
        lambda: corrects(store, vera, name), lambda: decide(store, victor, name, Verdict.NEW, ["housing_pets"])
    )
    assert sorted(map(str, map(type, told))) == sorted(map(str, [bool, DecidedMeanwhileError]))
    assert noted(store) == ["decide_group"]


def test_who_decides_while_it_is_erased_or_found_anew_is_never_broken(
    store: Store, young: YoungPerson, vera: DeskUser
) -> None:
    others = [lets_learn(asks(YoungPerson(store), "bolig her")) for _ in range(4)]
    night(store, [young, *others])
    name = group_of(store, "bolig her")

    def erases() -> bool:
        for other in others[:2]:
            erase(store, other.id, TalksToCome.KEEP)
        return True

    def finds() -> bool:
        night(store, [young, *others[2:]])
        return True

    def decides() -> bool:
        try:
            return corrects(store, vera, name)
        except GroupNotFoundError:
            return False

    at_once(erases, finds, decides)
    with store.read(THE_TESTS) as work:
        left = work.found.settled("eksempel") + work.found.unsettled("eksempel")
    texts = [one.text for one in left]
    assert texts.count("bolig her") == 2


def test_what_is_decided_comes_out_once_with_its_use_drawn(store: Store, young: YoungPerson, vera: DeskUser) -> None:
    twin = lets_learn(asks(YoungPerson(store), "bolig nu", "gæld"))
    night(store, [young, twin])
    corrects(store, vera, group_of(store, "bolig nu"))
    decide(store, vera, group_of(store, "gæld"), Verdict.CONFIRM, [])
    with store.read(THE_TESTS) as work:
        found = [(one.text, one.decision.labels, one.use) for one in taught(work, ["eksempel"])]
        assert list(taught(work, ["nabo"])) == []
    assert found == sorted(found)
    assert {(text, use) for text, _, use in found} >= {
        (text, use_of(text)) for text in ("bolig nu", "bolig tak", "gæld")
    }
    assert len({text for text, _, _ in found}) == len(found)


def test_the_migration_back_leaves_nothing_that_older_code_cannot_read(store: Store, young: YoungPerson) -> None:
    young.shares(Shared.TRANSCRIPT)
    night(store, [young])
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store._database.write() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0029")
        assert connection.scalars(select(consents.c.part)).all() == [Shared.TRANSCRIPT]
        assert "found_messages" not in inspect(connection).get_table_names()
        command.upgrade(config, "head")
    assert rows(store) == [0, 0]


def test_words_that_somebody_left_out_are_taught_nowhere(store: Store, vera: DeskUser) -> None:
    carl = maintainer(store, "carl", "nabo")
    young = lets_learn(asks(YoungPerson(store), "sofie bor her", "gæld"))
    night(store, [young])
    neighbour = lets_learn(asks(YoungPerson(store, "nabo"), "Sofie  bor HER", "måne"))
    night(store, [neighbour], "nabo")
    corrects(store, vera, group_of(store, "sofie bor her"))
    decide(store, vera, group_of(store, "gæld"), Verdict.CONFIRM, [])
    corrects(store, carl, group_of(store, "måne", "nabo"))
    decide(store, carl, group_of(store, "Sofie  bor HER", "nabo"), Verdict.LEAVE_OUT, [])
    with store.read(THE_TESTS) as work:
        assert [one.text for one in taught(work, ["eksempel", "nabo"])] == ["gæld", "måne"]
        assert [one.text for one in taught(work, ["eksempel"])] == ["gæld"]


def test_two_who_say_that_danger_is_nothing_for_the_robot_agree_however_they_say_it(
    store: Store, vera: DeskUser, victor: DeskUser
) -> None:
    night(store, [lets_learn(asks(YoungPerson(store), "vil dø"))])
    name = group_of(store, "vil dø")
    assert not decide(store, vera, name, Verdict.NOT_OURS, [])
    assert corrects(store, victor, name, "chat_out_of_scope")
