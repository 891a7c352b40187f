"""Whole conversations of many turns against the running product, as the files in `talks/` tell them."""

from collections import Counter
from collections.abc import Iterator

import httpx
import pytest
from _pytest.mark import ParameterSet

from tests.support.described import undescribed
from tests.support.running import System
from tests.support.talk_checks import CHECKS, THE_OTHER, Heard
from tests.support.talks import DOES, Talk, Turn, load_talks
from tests.support.young import Young

pytestmark = pytest.mark.system

ALL = load_talks(CHECKS)


def as_case(talk: Talk) -> ParameterSet:
    """One that does not pass yet must fail: whoever mends it takes the mark away."""
    marks = [pytest.mark.xfail(reason=talk.not_yet, strict=True)] if talk.not_yet else []
    return pytest.param(talk, id=talk.name, marks=marks)


@pytest.fixture(scope="module")
def desk(system: System) -> Iterator[httpx.Client]:
    """The browser of a caseworker who has signed in."""
    with httpx.Client(base_url=system.address, timeout=30) as client:
        answer = client.post("/desk/sign-in", json={"user": "demo", "password": system.password})
        answer.raise_for_status()
        yield client


@pytest.fixture
def young(system: System) -> Iterator[Young]:
    one = Young(system.address)
    yield one
    leave_the_calendar_as_it_was(one)


@pytest.mark.parametrize("talk", [as_case(talk) for talk in ALL])
def test_talk(talk: Talk, young: Young, desk: httpx.Client) -> None:
    other = None
    for number, turn in enumerate(talk.turns, start=1):
        heard = Heard(act(young, turn, other), young, desk, other)
        failed = failures(heard, turn)
        assert not failed, f"turn {number} of {talk.name!r} ({talk.who}): {failed}\n{young.texts()}"
        other = heard.other


def test_there_are_enough_of_each_kind() -> None:
    passing = [talk for talk in ALL if not talk.not_yet]
    does = Counter(kind for talk in passing for kind in talk.does)
    assert len(passing) >= 40
    assert (does["corrects"] >= 10, does["interrupts"] >= 10, does["two_needs"] >= 8) == (True, True, True), does
    assert sum(is_in_danger(talk) for talk in passing) >= 20
    assert does.keys() <= DOES


def is_in_danger(talk: Talk) -> bool:
    """Whether danger is told of in it, and must be answered as danger."""
    return any(turn.checks.get("kind") == "danger" for turn in talk.turns)


def test_each_has_a_name_of_its_own_and_four_to_twelve_turns() -> None:
    assert [name for name, count in Counter(talk.name for talk in ALL).items() if count > 1] == []
    assert [talk.name for talk in ALL if not 4 <= len(talk.turns) <= 12] == []


def act(young: Young, turn: Turn, other: str | None) -> list[dict[str, object]]:
    """Does what the person does in this turn, and returns the whole answer."""
    if turn.fill:
        assert young.contact(**turn.fill).status_code == 204
    if turn.act == "say":
        return young.say(turn.words)
    return young.tap_payload(f"/{other}") if turn.words == THE_OTHER else young.tap(turn.words)


def failures(heard: Heard, turn: Turn) -> dict[str, object]:
    """The checks that do not hold, each with what it asked for."""
    assert heard.messages[-1]["final"]
    assert heard.text.strip()
    assert "{" not in heard.text, heard.text
    assert undescribed(heard.young.messages) == []
    # `also` finds out which need was put off, which the others may ask about.
    first = sorted(turn.checks, key=lambda name: name != "also")
    return {name: turn.checks[name] for name in first if not CHECKS[name](heard, turn.checks[name])}


def leave_the_calendar_as_it_was(young: Young) -> None:
    """Cancels what was booked: the product and its free times are shared with the other tests."""
    for code in {message["data"]["code"] for message in young.messages if message["kind"] == "booking"}:
        answer = young.http.post("/api/bookings/cancel", json={"code": code})
        assert answer.status_code < 500, answer.text
