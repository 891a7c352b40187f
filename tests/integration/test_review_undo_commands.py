"""What a maintainer takes back by a command, and what it tells of the data."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.casework.misread import Verdict
from bot.casework.rights import Role
from bot.municipality.demo import seed_demo
from bot.municipality.towns import load_municipalities
from bot.review.lots import use_of
from bot.review.reviewing import decide
from bot.settings import load_settings
from bot.store.store import Store
from bot.teaching.decided import read_decided
from bot.upkeep.review_undoing import undo_by_name
from tests.support.commands import Run
from tests.support.desk import YoungPerson, add_caseworker
from tests.support.review import asks, group_of, lets_learn, night
from tests.support.running import PASSWORD
from tests.support.small_checkout import small_checkout
from tests.support.teaching import taught
from tests.support.the_tests import THE_TESTS


@pytest.fixture
def store(run: Run) -> Iterator[Store]:
    """The commands' own, with messages that were found."""
    settings = load_settings()
    opened = Store(settings.store_url, settings.key())
    opened.migrate()
    seed_demo(opened, load_municipalities()["eksempel"], PASSWORD)
    for name in ("vera", "victor"):
        add_caseworker(opened, "eksempel", name, [Role.MAINTAINER])
    night(opened, [lets_learn(asks(YoungPerson(opened), "bolig nu", "måne", "vil dø"))])
    yield opened
    opened.close()


def does(run: Run, *given: str) -> str:
    done = run("review", *given)
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def fails(run: Run, *given: str) -> str:
    done = run("review", *given)
    assert (done.exit_code, "Traceback" in done.output) == (1, False)
    return " ".join(done.output.split())


def test_it_is_undone_by_the_name_that_the_list_of_what_is_decided_tells(run: Run, store: Store) -> None:
    assert "Nothing is decided." in does(run, "list", "eksempel", "--decided")
    name = group_of(store, "bolig nu")
    does(run, "decide", name, "confirm", "--by", "vera")
    listed = does(run, "list", "eksempel", "--decided")
    assert f"{name[:8]} confirm housing_find_home" in listed
    assert "given out" not in listed
    assert does(run, "undo", name[:8], "--by", "victor") == "It is undone, and is to be decided again."
    assert does(run, "decided") == ""
    assert "there is nothing to undo" in fails(run, "undo", name, "--by", "victor")
    assert "the beginning of no group" in fails(run, "undo", "x" * 8, "--by", "victor")
    assert "nobody with the role maintainer" in fails(run, "undo", name, "--by", "demo")


def test_what_was_given_out_is_told_with_where_it_stands(run: Run, store: Store, tmp_path: Path) -> None:
    name = group_of(store, "bolig nu")
    does(run, "decide", name, "confirm", "--by", "vera")
    given = run("review", "decided").stdout
    assert "bolig nu" in given
    assert "given out on" in does(run, "list", "eksempel", "--decided")
    root = small_checkout(tmp_path)
    line = given.replace('"housing_find_home"', '"housing_couch_surfing"')
    [change] = taught(root, read_decided(line.encode())).changes
    told = list(undo_by_name(store, load_municipalities(), "vera", name, root))
    assert told[0] == "It is undone, and is to be decided again."
    assert "as housing_find_home." in told[1]
    assert told[2] == "Mend it in the data, and train again:"
    assert str(change.file) in told[3]
    assert told[3].endswith("bolig nu (housing_couch_surfing)")
    assert use_of("bolig nu").value in given


def test_what_was_given_out_and_stands_nowhere_is_told_as_well(run: Run, store: Store) -> None:
    name = group_of(store, "måne")
    does(run, "decide", name, "new", "housing_moon", "--by", "vera")
    does(run, "decided")
    assert "given out" not in does(run, "list", "eksempel", "--decided"), "that is not what was printed"
    does(run, "decided", "--rest")
    told = does(run, "undo", name, "--by", "vera")
    assert "as housing_moon. Nothing of it stands in the data of this checkout." in told


def test_danger_is_undone_by_a_second_one_at_the_desk(run: Run, store: Store) -> None:
    name = group_of(store, "vil dø")
    does(run, "decide", name, "confirm", "--by", "vera")
    with store.read(THE_TESTS) as work:
        victor = work.people.user("victor")
    assert victor
    assert decide(store, victor, name, Verdict.CONFIRM, [])
    assert "vil dø" in does(run, "decided")
    told = does(run, "undo", name, "--by", "vera")
    assert "a second maintainer must undo it as well, at the desk" in told
    assert "crisis_suicide" in told, "it was given out"
    assert "one would undo it" in does(run, "list", "eksempel", "--decided")
    assert does(run, "decided") == ""
    assert "the second does at the desk" in fails(run, "undo", name, "--by", "victor")
