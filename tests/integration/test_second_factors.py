"""Of all who show the same code at once, one comes in: on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest

from bot.store.people import DeskUser
from bot.store.second_factors import MOST_WRONG_CODES, AlreadySetUpError
from bot.store.store import Store
from bot.upkeep.staff import NotResetError, reset_second_factor
from bot.web.desk.second_factor import NOTED_WRONG, shows
from bot.web.problems import Problem
from tests.support.commands import Run
from tests.support.desk import add_caseworker
from tests.support.second_factors import RECOVERY, has_codes, user_of
from tests.support.the_tests import THE_TESTS

CROWD = 8


@pytest.fixture
def anna(store: Store) -> DeskUser:
    add_caseworker(store, "eksempel", "anna")
    return user_of(store, "anna")


@pytest.mark.parametrize("kind", ["app", "emergency"])
def test_of_all_who_show_one_code_at_once_one_comes_in(store: Store, anna: DeskUser, kind: str) -> None:
    phone, together = has_codes(store, "anna"), Barrier(CROWD)
    code, now = phone.code() if kind == "app" else RECOVERY[4], datetime.now(UTC)

    def show(_: int) -> bool:
        together.wait()
        return shows(store, anna, code, now)

    with ThreadPoolExecutor(CROWD) as crowd:
        assert sorted(crowd.map(show, range(CROWD))) == [False] * (CROWD - 1) + [True]


def test_of_two_who_set_it_up_at_once_one_does(store: Store, anna: DeskUser) -> None:
    together = Barrier(CROWD)

    def set_up(number: int) -> bool:
        together.wait()
        try:
            with store.write(THE_TESTS) as work:
                work.second_factors.set_up(anna, f"KEY{number}", 0, [f"{number}{code}" for code in RECOVERY])
        except AlreadySetUpError:
            return False
        return True

    with ThreadPoolExecutor(CROWD) as crowd:
        done = list(crowd.map(set_up, range(CROWD)))
    assert done.count(True) == 1
    with store.read(THE_TESTS) as work:
        assert work.second_factors.key(anna) == f"KEY{done.index(True)}"
        assert work.second_factors.recovery_codes_left(anna) == len(RECOVERY)


def test_guesses_are_counted_for_good_however_many_guess_at_once(store: Store, anna: DeskUser) -> None:
    """A process that is started anew, and another one beside it, know of each."""
    phone, together, now = has_codes(store, "anna"), Barrier(CROWD), datetime.now(UTC)
    left = 3
    for _ in range(MOST_WRONG_CODES - left):
        assert not shows(store, anna, "1", now)

    def guess(_: int) -> str:
        together.wait()
        try:
            return str(shows(store, anna, "1", now))
        except Problem as refused:
            return refused.code

    with ThreadPoolExecutor(CROWD) as crowd:
        told = sorted(crowd.map(guess, range(CROWD)))
    assert told == ["False"] * left + ["second_factor_guessed"] * (CROWD - left)
    for right in (phone.code(), RECOVERY[0]):
        with pytest.raises(Problem, match="nulstille"):
            shows(store, anna, right, now)
    with store.read(THE_TESTS) as work:
        assert [entry.action for entry in work.people.noted("eksempel")] == ["wrong_code", "wrong_code"]
    reset_second_factor(store, "anna")
    assert shows(store, anna, has_codes(store, "anna").code(), now)


def test_a_right_code_forgets_the_wrong_ones(store: Store, anna: DeskUser) -> None:
    phone, now = has_codes(store, "anna"), datetime.now(UTC)
    for right in (RECOVERY[0], phone.code()):
        for _ in range(NOTED_WRONG[0] - 1):
            assert not shows(store, anna, "1", now)
        assert shows(store, anna, right, now)
    with store.read(THE_TESTS) as work:
        assert [entry.action for entry in work.people.noted("eksempel")] == ["use_recovery_code"]


def test_whoever_runs_the_installation_resets_it_and_that_is_noted(store: Store, anna: DeskUser) -> None:
    has_codes(store, "anna")
    reset_second_factor(store, "anna")
    with store.read(THE_TESTS) as work:
        assert (work.second_factors.has(anna), work.second_factors.recovery_codes_left(anna)) == (False, 0)
        [entry] = work.people.noted("eksempel")
    assert (entry.user, entry.action, entry.subject) == (None, "reset_second_factor", "anna")
    for name in ("anna", "nobody"):
        with pytest.raises(NotResetError, match="has a second factor"):
            reset_second_factor(store, name)


def test_the_command_says_in_a_line_that_there_was_none(run: Run) -> None:
    run("seed-demo")
    told = run("reset-second-factor", "demo")
    assert (told.exit_code, "NotResetError" in told.output, "Traceback" in told.output) == (1, True, False)
