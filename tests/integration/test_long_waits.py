"""Whoever waits long without a human is told so once, with another way to go."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.casework.conversations import Danger, Kind, Message, Sender
from bot.conversation import long_waits
from bot.conversation.absence import Absences
from bot.conversation.long_waits import LongWaits
from bot.conversation.notices import Notices
from bot.language.readability import lix
from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.web.desk.sessions import end_session
from tests.support.desk import YoungPerson, add_caseworker
from tests.support.presence import at_work, minutes_pass
from tests.support.the_tests import THE_TESTS

PATIENCE = timedelta(minutes=20)
LONG = 21


@pytest.fixture
def waits(store: Store, municipality: Municipality) -> LongWaits:
    return LongWaits(store, Notices(), {municipality.slug: municipality}, PATIENCE, can_write=False)


def told(young: YoungPerson) -> list[Message]:
    with young.store.read(THE_TESTS) as work:
        return [one for one in work.conversations.after(young.id, 0) if one.sender is Sender.BOT]


async def test_who_has_waited_long_is_told_once_and_shown_another_way(waits: LongWaits, store: Store) -> None:
    long, short = (YoungPerson(store).writes("hej").waits(minutes) for minutes in (LONG, LONG - 2))
    for _ in range(2):
        await waits.look()
    [said] = told(long)
    assert (said.kind, said.final, said.for_human) == (Kind.NOTICE, False, True)
    assert "Du står stadig i køen til et menneske." in said.text
    assert [button.payload for button in said.buttons] == ["/network_helplines", "/booking_request"]
    assert told(short) == []
    with store.read(THE_TESTS) as work:
        assert work.conversations.get(long.id).holder == "waiting"
        assert work.conversations.offered(long.id, "/booking_request"), "the button can be pressed"


async def test_who_has_left_is_told_nothing(waits: LongWaits, store: Store) -> None:
    young, there = (YoungPerson(store).writes("hej").waits(LONG) for _ in range(2))
    with store.write(THE_TESTS) as work:
        work.conversations.end_session(young.id)
    await waits.look()
    assert (told(young), len(told(there))) == ([], 1)


async def test_danger_is_told_of_112_and_not_of_a_talk_some_day(waits: LongWaits, store: Store) -> None:
    young = YoungPerson(store).writes("…", Danger(2, ("violence",))).waits(LONG)
    await waits.look()
    [said] = told(young)
    assert "112" in said.text
    assert [button.payload for button in said.buttons] == ["/network_helplines"]


@pytest.mark.parametrize(
    ("staffed", "words"), [(True, "Det tager længere tid"), (False, "Der sidder ingen ved chatten")]
)
async def test_it_is_not_said_that_somebody_is_busy_where_nobody_is_at_work(
    store: Store, municipality: Municipality, monkeypatch: pytest.MonkeyPatch, words: str, *, staffed: bool
) -> None:
    monkeypatch.setattr(Municipality, "staffed_at", lambda *_: staffed)
    young = YoungPerson(store).writes("hej").waits(LONG)
    await LongWaits(store, Notices(), {municipality.slug: municipality}, PATIENCE, can_write=False).look()
    assert told(young)[0].text.startswith(words)


async def test_english_is_told_in_english_and_another_language_in_both(waits: LongWaits, store: Store) -> None:
    english, other = (YoungPerson(store).in_language(tongue).writes("hi").waits(LONG) for tongue in ("en", "other"))
    await waits.look()
    assert "Du står" not in told(english)[0].text
    for words in ("You are still in the queue", "Du står stadig i køen"):
        assert words in told(other)[0].text


async def test_who_was_taken_and_left_is_told_again_after_another_long_wait(
    waits: LongWaits, store: Store, municipality: Municipality
) -> None:
    add_caseworker(store, "eksempel", "anna")
    anna, young = at_work(store, "anna"), YoungPerson(store).writes("hej").waits(LONG)
    await waits.look()
    anna.takes(young)
    end_session(store, anna.session.token, anna.user)
    assert Absences(store, Notices(), {municipality.slug: municipality}).requeue()
    await waits.look()
    assert len(told(young)) == 1, "they were told just now that somebody had to go"
    minutes_pass(young, LONG)
    await waits.look()
    assert len(told(young)) == 2


def test_several_processes_tell_it_once(waits: LongWaits, store: Store) -> None:
    young = YoungPerson(store).writes("hej").waits(LONG)
    with ThreadPoolExecutor(4) as pool:
        assert sorted(itertools.chain(*pool.map(lambda _: waits._tell(), range(4)))) == [young.id]
    assert len(told(young)) == 1


def test_whoever_was_taken_or_erased_since_is_told_nothing(waits: LongWaits, store: Store) -> None:
    add_caseworker(store, "eksempel", "anna")
    taken, erased = (YoungPerson(store).writes("hej").waits(LONG) for _ in range(2))
    at_work(store, "anna").takes(taken)
    erased.erases()
    assert [waits._told(one.id, datetime.now(UTC)) for one in (taken, erased)] == [False, False]
    assert told(taken) == []


def test_a_town_without_a_file_is_passed_over(store: Store) -> None:
    add_caseworker(store, "nabo", "carl")
    YoungPerson(store, "nabo").writes("hej").waits(LONG)
    assert LongWaits(store, Notices(), {}, PATIENCE, can_write=False)._tell() == []


@pytest.mark.parametrize("first", [long_waits.BUSY, long_waits.AWAY])
@pytest.mark.parametrize("last", [long_waits.ANOTHER_WAY, long_waits.IN_DANGER])
def test_it_is_easy_to_read(first: long_waits.Sentence, last: long_waits.Sentence) -> None:
    assert lix(first.then(long_waits.STILL).then(last).danish) <= 30


async def test_where_a_message_can_be_sent_it_is_offered_too(store: Store, municipality: Municipality) -> None:
    young = YoungPerson(store).writes("hej").waits(LONG)
    await LongWaits(store, Notices(), {municipality.slug: municipality}, PATIENCE, can_write=True).look()
    assert [button.payload for button in told(young)[0].buttons] == [
        "/network_helplines",
        "/handoff_write_to_me",
        "/booking_request",
    ]
