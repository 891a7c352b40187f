"""Somebody in danger says that they are safe: it is heard, told to the desk, and lowers the level by its rule."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from bot.casework.consent import Shared, opened_by_danger
from bot.casework.conversations import Conversation, Danger, Holder
from bot.casework.easing import LONG_QUIET, SHORT_QUIET, falls
from bot.conversation.notices import Notices
from bot.conversation.safe import Easing
from bot.store import tables
from bot.store.store import Store
from tests.support.chat_app import last_answer, open_conversation, send, serve, settings
from tests.support.the_tests import THE_TESTS

HIT = "min stefar slår mig"
SAFE = "jeg er i sikkerhed nu hos min moster"


@pytest.fixture
def client(tmp_path):
    yield from serve(settings(tmp_path))


def state(client: TestClient, path: str) -> Conversation:
    with client.app.state.store.read(THE_TESTS) as work:
        found: Conversation = work.conversations.get(path.rsplit("/", 1)[-1])
        return found


def said_long_ago(client: TestClient, path: str, ago: timedelta) -> None:
    with client.app.state.store.write(THE_TESTS) as work:
        work._connection.execute(update(tables.conversations).values(safe_said_at=datetime.now(UTC) - ago))


async def looks(client: TestClient) -> None:
    await Easing(client.app.state.store, client.app.state.notices).look()


def test_who_says_that_they_are_safe_is_answered_and_the_human_still_comes(client: TestClient, path: str) -> None:
    send(client, path, text=HIT)
    answer = last_answer(client, path, send(client, path, text=SAFE))
    found = state(client, path)
    assert "Det er godt at høre" in answer["text"]
    assert "112" in answer["text"]
    assert answer["kind"] == "text"
    assert (found.danger.level, found.holder) == (2, Holder.WAITING)
    assert found.safe_said_at is not None


def test_it_falls_by_one_step_when_the_next_message_brings_nothing_new(client: TestClient, path: str) -> None:
    for text in (HIT, SAFE):
        last_answer(client, path, send(client, path, text=text))
    last_answer(client, path, send(client, path, text="hvad er boligstøtte"))
    found = state(client, path)
    assert (found.danger, found.holder) == (Danger(1, ("violence",)), Holder.WAITING)
    again = last_answer(client, path, send(client, path, text="jeg er i sikkerhed nu"))
    assert "Det er godt at høre" in again["text"]
    last_answer(client, path, send(client, path, text="tak"))
    assert state(client, path).danger.level == 1, "to nothing only by a human"


def test_what_fell_stays_open_and_falls_no_further_for_a_hard_word(client: TestClient, path: str) -> None:
    for text in (HIT, SAFE, "hvad er boligstøtte", "det hele er ligegyldigt"):
        last_answer(client, path, send(client, path, text=text))
    found = state(client, path)
    assert found.danger.level == 1
    assert found.eased_at is not None
    assert Shared.TRANSCRIPT in opened_by_danger(found)


def test_who_is_safe_after_a_human_has_handed_back_is_told_of_no_human_who_comes(client: TestClient, path: str) -> None:
    send(client, path, text=HIT)
    with client.app.state.store.write(THE_TESTS) as work:
        user = work.people.user("demo")
        work.queue.claim(path.rsplit("/", 1)[-1], user.id)
        work.queue.release(path.rsplit("/", 1)[-1], user.id)
    answer = last_answer(client, path, send(client, path, text=SAFE))
    assert "Vil du tale med et menneske igen" in answer["text"]
    assert "Eksempel Kommune" not in answer["text"]


def test_a_danger_that_comes_after_takes_it_back(client: TestClient, path: str) -> None:
    for text in (HIT, SAFE, "han slår mig igen nu"):
        last_answer(client, path, send(client, path, text=text))
    found = state(client, path)
    assert (found.safe_said_at, found.eased_at) == (None, None)
    assert found.danger.level >= 2
    last_answer(client, path, send(client, path, text="ok"))
    assert state(client, path).danger.level >= 2


@pytest.mark.parametrize("text", ["jeg er ikke i sikkerhed", "er jeg i sikkerhed?", "tak", "ja ja, i sikkerhed haha"])
def test_what_says_something_else_changes_nothing(client: TestClient, path: str, text: str) -> None:
    send(client, path, text=HIT)
    last_answer(client, path, send(client, path, text=text))
    assert state(client, path).safe_said_at is None


def test_who_is_safe_and_hopeless_is_asked_how_they_are(client: TestClient, path: str) -> None:
    send(client, path, text=HIT)
    answer = last_answer(client, path, send(client, path, text=f"{SAFE}. det hele er ligegyldigt"))
    assert "Det er godt at høre" not in answer["text"]
    assert state(client, path).safe_said_at is None


def test_without_a_danger_before_it_is_an_ordinary_message(client: TestClient, path: str) -> None:
    answer = last_answer(client, path, send(client, path, text=SAFE))
    assert "Det er godt at høre" not in answer["text"]
    assert state(client, path).safe_said_at is None


async def test_after_a_quiet_time_it_falls_by_itself_and_once(client: TestClient, path: str) -> None:
    for text in (HIT, SAFE):
        last_answer(client, path, send(client, path, text=text))
    await looks(client)
    assert state(client, path).danger.level == 2
    said_long_ago(client, path, SHORT_QUIET)
    await looks(client)
    await looks(client)
    assert state(client, path).danger.level == 1


def test_the_web_process_looks_after_it_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.conversation.safe.LOOK_SECONDS", 0.05)
    with contextmanager(serve)(settings(tmp_path)) as client:
        path = open_conversation(client)
        for text in (HIT, SAFE):
            last_answer(client, path, send(client, path, text=text))
        said_long_ago(client, path, SHORT_QUIET)
        until = monotonic() + 30
        while state(client, path).danger.level > 1 and monotonic() < until:
            sleep(0.05)
        assert state(client, path).danger.level == 1


async def test_danger_to_life_by_oneself_never_falls_without_a_human(client: TestClient, path: str) -> None:
    send(client, path, text="jeg har lige slugt alle mine piller")
    for text in ("jeg er i sikkerhed nu", "tak", "hej"):
        last_answer(client, path, send(client, path, text=text))
    said_long_ago(client, path, timedelta(days=1))
    await looks(client)
    found = state(client, path)
    assert (found.danger.level, found.holder) == (3, Holder.WAITING)


def in_danger(level: int, *kinds: str, ago: timedelta | None) -> Conversation:
    now = datetime.now(UTC)
    said = now - ago if ago is not None else None
    danger = Danger(level, kinds)
    return Conversation(
        "x", "eksempel", "da", Holder.WAITING, None, danger, now, None, None, now, safe_said_at=said, eased_at=None
    )


NONE = timedelta()


@pytest.mark.parametrize(
    ("level", "kind", "ago", "calm_message", "falls_now"),
    [
        (2, "violence", NONE, True, True),
        (2, "violence", NONE, False, False),
        (2, "violence", SHORT_QUIET, False, True),
        (2, "suicide", NONE, True, False),
        (2, "suicide", SHORT_QUIET, True, False),
        (2, "suicide", LONG_QUIET, False, True),
        (3, "violence", NONE, True, False),
        (3, "violence", LONG_QUIET, False, True),
        (3, "suicide", timedelta(days=9), True, False),
        (3, "self_harm", timedelta(days=9), True, False),
        (3, "substance", timedelta(days=9), True, False),
        (1, "violence", timedelta(days=9), True, False),
        (2, "violence", None, True, False),
    ],
)
def test_the_rule(level: int, kind: str, ago: timedelta | None, *, calm_message: bool, falls_now: bool) -> None:
    assert falls(in_danger(level, kind, ago=ago), datetime.now(UTC), calm_message=calm_message) is falls_now


def test_the_gravest_kind_told_of_decides() -> None:
    both = in_danger(3, "suicide", "violence", ago=timedelta(days=1))
    assert not falls(both, datetime.now(UTC), calm_message=True)
    assert not falls(replace(both, eased_at=datetime.now(UTC)), datetime.now(UTC), calm_message=True)


def test_a_danger_that_comes_while_the_quiet_ones_are_lowered_stays(store: Store, conversation: str) -> None:
    """It was quiet when it was looked for, and is not any more."""
    with store.write(THE_TESTS) as work:
        found = work.conversations.get(conversation)
        work.conversations.raise_danger(found, Danger(2, ("violence",)))
    assert Easing(store, Notices())._eased(conversation) is None
    with store.read(THE_TESTS) as work:
        assert work.conversations.get(conversation).danger.level == 2


def test_the_quiet_time_counts_from_the_first_word(store: Store, conversation: str) -> None:
    first = datetime.now(UTC) - SHORT_QUIET
    with store.write(THE_TESTS) as work:
        for moment in (first, datetime.now(UTC)):
            work.conversations.say_safe(work.conversations.get(conversation), moment)
        assert work.conversations.get(conversation).safe_said_at == first


def test_a_human_who_calms_takes_the_word_away_too(store: Store, conversation: str) -> None:
    with store.write(THE_TESTS) as work:
        found = work.conversations.get(conversation)
        work.conversations.raise_danger(found, Danger(2, ("violence",)))
        work.conversations.say_safe(found, datetime.now(UTC))
        work.conversations.calm(conversation)
        calmed = work.conversations.get(conversation)
    assert (calmed.danger, calmed.safe_said_at) == (Danger(), None)
