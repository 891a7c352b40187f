"""Many caseworkers at several web processes who claim the same conversations at once: each has one holder."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest

from bot.casework.conversations import Danger, Holder, Kind
from bot.conversation.sentences import TAKEN
from bot.language.tongue import Tongue
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.web.desk.sessions import start_session
from tests.support.claim_crowd import READY, Shift
from tests.support.desk import YoungPerson, add_caseworker
from tests.support.the_tests import THE_TESTS

LONGEST_SECONDS = 1_800
WON, TOO_LATE = 200, 409


@dataclass(frozen=True)
class Race:
    """Who was answered what: `answers` are for each conversation what each of them was answered."""

    users: Sequence[DeskUser]
    conversations: Sequence[str]
    answers: Sequence[Sequence[int]]

    def winners(self, place: int) -> list[DeskUser]:
        return [user for user, heard in zip(self.users, self.answers[place], strict=True) if heard == WON]


def race(store: Store, url: str, processes: int, people: int, conversations: int) -> Race:
    users = [_caseworker(store, f"caseworker-{number}") for number in range(processes * people)]
    sessions = [start_session(store, user, 3600) for user in users]
    waiting = [_waits(store, number) for number in range(conversations)]
    keys = [(session.token, session.csrf) for session in sessions]
    crowds = [_started(Shift(url, keys[first : first + people], waiting)) for first in range(0, len(keys), people)]
    assert [crowd.stdout.readline().strip() for crowd in crowds] == [READY] * processes
    for crowd in crowds:
        crowd.stdin.write("go\n")
        crowd.stdin.flush()
    said = [json.loads(crowd.communicate(timeout=LONGEST_SECONDS)[0]) for crowd in crowds]
    assert [crowd.returncode for crowd in crowds] == [0] * processes
    return Race(users, waiting, [list(chain.from_iterable(heard)) for heard in zip(*said, strict=True)])


def _caseworker(store: Store, name: str) -> DeskUser:
    add_caseworker(store, "eksempel", name)
    with store.read(THE_TESTS) as work:
        user = work.people.user(name)
    assert user
    return user


def _waits(store: Store, number: int) -> str:
    """One of three in danger, so that claims pass over who has waited longest."""
    young = YoungPerson(store).writes("hej", Danger(3, ("violence",)) if number % 3 else None)
    return young.waits(minutes=number).id


def _started(shift: Shift) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.claim_crowd"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    process.stdin.write(json.dumps(asdict(shift)) + "\n")
    process.stdin.flush()
    return process


def each_has_one_holder(store: Store, found: Race) -> None:
    """Who was told so and nobody else; all the others were told that they came too late."""
    assert {answer for heard in found.answers for answer in heard} == {WON, TOO_LATE}
    with store.read(THE_TESTS) as work:
        noted = Counter(
            (entry.subject, entry.user) for entry in work.people.noted("eksempel") if entry.action == "claim"
        )
        for place, conversation in enumerate(found.conversations):
            [winner] = found.winners(place)
            kept = work.conversations.get(conversation)
            assert (kept.holder, kept.held_by) == (Holder.HUMAN, winner.id)
            told = [one.text for one in work.conversations.after(conversation, 0) if one.kind is Kind.NOTICE]
            assert told == [TAKEN.said_in(Tongue.DANISH, name=winner.shown_name)]
            assert noted[conversation, winner.id] == 1
        assert noted.total() == len(found.conversations)
        assert work.waiting.line("eksempel", datetime.now(UTC) + timedelta(hours=1)).first == []


def test_of_all_who_claim_a_conversation_at_once_one_has_it(store: Store, database_url: str) -> None:
    each_has_one_holder(store, race(store, database_url, processes=2, people=4, conversations=12))


@pytest.mark.soak
def test_thirty_caseworkers_claim_two_hundred_conversations(store: Store, database_url: str) -> None:
    found = race(store, database_url, processes=5, people=6, conversations=200)
    each_has_one_holder(store, found)
    taken = sorted(heard.count(WON) for heard in zip(*found.answers, strict=True))
    print(f"\n200 conversations, one holder each; the 30 took {taken}")
