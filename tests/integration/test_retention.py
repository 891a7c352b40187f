"""What has been kept long enough goes, all of it and nothing else; the time is told and not waited for."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from bot.casework.arranging import cancel
from bot.casework.conversations import Danger, Draft, Kind, Sender
from bot.casework.keeping import Course, Keeping
from bot.casework.lowering import Decision, Why
from bot.casework.plans import Part, Plan
from bot.conversation.notices import Notices, queue_topic
from bot.conversation.retention import (
    CONVERSATIONS_AT_ONCE,
    EVERYWHERE,
    HELD_BACK,
    Gone,
    Retention,
    _erase,
    count_due,
    erase_due,
    erase_some,
)
from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.store.tables import audit, bookings, metadata, trackers
from tests.integration.test_erasing import all_bytes
from tests.support.desk import CONTACT, YoungPerson, add_caseworker
from tests.support.the_tests import THE_TESTS

SECRET = "jeg sover i skuret bag biblioteket"
KEEPING = Keeping(quiet=10, talk=20, human=30, danger=40, danger_log=50, audit_log=400, figures=500)
Towns = Mapping[str, Municipality]


def in_days(days: float) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


@pytest.fixture
def towns(municipality: Municipality) -> Towns:
    return {"eksempel": replace(municipality, keeping=KEEPING)}


def quiet(store: Store, _: Municipality) -> YoungPerson:
    return YoungPerson(store).writes(SECRET)


def told(store: Store, _: Municipality) -> YoungPerson:
    """Whose talk is gone, and who was told of it."""
    return quiet(store, _).hears("Du har en tid.", Kind.BOOKING)


def helped(store: Store, _: Municipality) -> YoungPerson:
    young = told(store, _)
    with store.write(THE_TESTS) as work:
        work.conversations.append(work.conversations.lock(young.id), [Draft(Sender.CASEWORKER, "hej")])
    return young


def endangered(store: Store, _: Municipality) -> YoungPerson:
    return helped(store, _).hears("Ring 112.", Kind.DANGER)


@pytest.mark.parametrize(
    ("happened", "course", "days"),
    [
        (quiet, Course.QUIET, 10),
        (told, Course.TALK, 20),
        (helped, Course.HUMAN, 30),
        (endangered, Course.DANGER, 40),
    ],
)
def test_each_course_is_kept_for_its_days_and_no_longer(
    store: Store,
    municipality: Municipality,
    towns: Towns,
    happened: Callable[[Store, Municipality], YoungPerson],
    course: Course,
    days: int,
) -> None:
    young = happened(store, municipality)
    assert erase_due(store, towns, in_days(days - 0.1)) == {}
    assert young.stands
    assert erase_due(store, towns, in_days(days)) == {("eksempel", course.value): 1}
    assert not young.stands


def test_whoever_writes_again_is_kept_from_then(store: Store, towns: Towns) -> None:
    young = YoungPerson(store).writes(SECRET)
    later = in_days(9.5)
    with store.write(THE_TESTS) as work:
        message = work.conversations.append(work.conversations.lock(young.id), [Draft(Sender.YOUNG, "hej igen")])[0]
        table = metadata.tables["messages"]
        work._connection.execute(table.update().where(table.c.sequence == message.sequence).values(created_at=later))
    assert erase_due(store, towns, in_days(11)) == {}
    assert erase_due(store, towns, later + timedelta(days=10)) == {("eksempel", "quiet"): 1}


def test_a_talk_counts_from_its_end(store: Store, municipality: Municipality, towns: Towns) -> None:
    young = YoungPerson(store).writes(SECRET)
    booking = young.books(municipality, CONTACT)
    assert erase_due(store, towns, booking.ends_at + timedelta(days=19.9)) == {}
    due = booking.ends_at + timedelta(days=20)
    counted = count_due(store, towns, due)
    assert erase_due(store, towns, due) == counted == {("eksempel", "talk"): 1, ("eksempel", "talks"): 1}
    with store.read(THE_TESTS) as work:
        assert work.bookings.by_code(booking.code) is None


def test_a_cancelled_talk_holds_nothing_up(store: Store, municipality: Municipality, towns: Towns) -> None:
    young = YoungPerson(store).writes(SECRET)
    booking = young.books(municipality, CONTACT)
    with store.write(THE_TESTS) as work:
        cancel(work, booking, datetime.now(UTC))
    assert erase_due(store, towns, in_days(20.1))["eksempel", "talk"] == 1
    assert not young.stands


@pytest.mark.parametrize("how", ["waits", "is held"])
def test_nobody_who_waits_or_is_held_by_a_human_loses_the_chat(store: Store, towns: Towns, how: str) -> None:
    young = YoungPerson(store).writes(SECRET, Danger(3, ("suicide",))).waits()
    with store.write(THE_TESTS) as work:
        user = work.people.user("demo")
        assert user
        if how == "is held":
            work.queue.claim(young.id, user.id)
    assert count_due(store, towns, in_days(49)) == {("eksempel", HELD_BACK): 1}
    assert erase_due(store, towns, in_days(49)) == {}
    assert young.stands
    with store.write(THE_TESTS) as work:
        work.queue.claim(young.id, user.id)
        work.queue.release(young.id, user.id)
    assert erase_due(store, towns, in_days(49)) == {("eksempel", "quiet"): 1}


def test_whoever_wrote_since_it_was_found_is_spared(store: Store, aged: YoungPerson) -> None:
    found = Gone(aged.id, "eksempel", Course.QUIET)
    aged.writes("hej igen")
    assert not _erase(store, found, KEEPING, datetime.now(UTC))
    assert aged.stands


def test_whoever_waits_since_it_was_found_is_spared(store: Store) -> None:
    young = YoungPerson(store).writes(SECRET)
    found = Gone(young.id, "eksempel", Course.QUIET)
    young.waits()
    assert not _erase(store, found, KEEPING, in_days(100))
    assert young.stands
    young.erases()
    assert not _erase(store, found, KEEPING, in_days(100))


def test_no_row_anywhere_holds_anything_of_it(store: Store, municipality: Municipality, towns: Towns) -> None:
    young = YoungPerson(store).writes(SECRET).can_be_reached(CONTACT)
    young.books(municipality, CONTACT)
    with store.write(THE_TESTS) as work:
        work.plans.put(work.conversations.get(young.id), Plan({Part.HOME: SECRET}))
        work.trackers.put(young.id, f'{{"slots": "{SECRET}"}}')
        demo = work.people.user("demo")
        assert demo
        work.notes.add(work.conversations.get(young.id), demo.id, SECRET, in_days(0))
    before = everything(store)
    assert SECRET in before
    assert young.id in before
    assert erase_due(store, towns, in_days(100)) == {("eksempel", "talk"): 1, ("eksempel", "talks"): 1}
    after = everything(store)
    assert SECRET not in after
    assert young.id not in after


def everything(store: Store) -> str:
    with store._database.engine.connect() as connection:
        return repr([connection.execute(select(table)).all() for table in metadata.sorted_tables])


def test_no_byte_of_it_is_left_in_any_file(tmp_path: Path, municipality: Municipality, towns: Towns) -> None:
    store = Store(f"sqlite:///{tmp_path / 'hjemad.sqlite'}", "a key")
    store.migrate()
    with store.write(THE_TESTS) as work:
        work.people.add_municipality(municipality.slug)
    YoungPerson(store).writes(SECRET)
    assert SECRET.encode() in all_bytes(tmp_path)
    erase_due(store, towns, in_days(100))
    assert SECRET.encode() not in all_bytes(tmp_path)
    store.close()


def test_a_talk_without_a_chat_goes_as_well_and_one_to_come_stays(
    store: Store, municipality: Municipality, towns: Towns
) -> None:
    young = YoungPerson(store)
    booking = young.books(municipality, CONTACT)
    young.erases()
    assert erase_due(store, towns, booking.ends_at + timedelta(days=19.9)) == {}
    with store.read(THE_TESTS) as work:
        assert work.bookings.by_code(booking.code)
    assert erase_due(store, towns, booking.ends_at + timedelta(days=20)) == {("eksempel", "talks"): 1}
    assert store_rows(store, bookings) == []


def store_rows(store: Store, table: object) -> list[object]:
    with store._database.engine.connect() as connection:
        return list(connection.execute(select(table)))


def test_the_danger_log_outlives_the_chat_and_ends_too(store: Store, towns: Towns) -> None:
    endangered(store, towns["eksempel"]).writes(SECRET, Danger(2, ("violence",)))
    with store.write(THE_TESTS) as work:
        demo = work.people.user("demo")
        assert demo
        [event] = work.dangers.since(in_days(-1))
        found = work.conversations.get(str(event.conversation))
        work.lowerings.add(found, Decision(0, Why.OTHER, SECRET), demo.id, in_days(0))
    assert erase_due(store, towns, in_days(49)) == {("eksempel", "danger"): 1}
    with store.read(THE_TESTS) as work:
        [left] = work.lowerings.since(in_days(-1))
    assert (left.conversation, left.words) == (None, "")
    assert erase_due(store, towns, in_days(50)) == {("eksempel", "danger_log"): 1, ("eksempel", "lowerings"): 1}


def test_the_audit_log_ends_when_nobody_needs_it_any_more(store: Store, towns: Towns) -> None:
    with store.write(THE_TESTS) as work:
        user = work.people.user("demo")
        assert user
        for days in (399, 401):
            line = {"municipality": "eksempel", "desk_user": user.id, "action": "read", "subject": str(days)}
            work._connection.execute(insert(audit).values(**line, at=in_days(-days)))
        work.people.note(user, "sign_in")
    assert erase_due(store, towns, datetime.now(UTC)) == {("eksempel", "audit_log"): 1}
    with store.read(THE_TESTS) as work:
        assert [entry.subject for entry in work.people.noted("eksempel")] == ["399", None]


def test_no_town_erases_by_its_own_days_what_is_anothers(
    store: Store, municipality: Municipality, towns: Towns
) -> None:
    add_caseworker(store, "nabo", "carl")
    young = YoungPerson(store)
    booking = young.books(municipality, CONTACT)
    with store.write(THE_TESTS) as work:
        carl = work.people.user("carl")
        assert carl
        work.dangers.add(replace(work.conversations.get(young.id), municipality="nabo"), Danger(2, ("violence",)))
        work._connection.execute(update(bookings).values(municipality="nabo"))
        line = {"municipality": "nabo", "desk_user": carl.id, "action": "read", "subject": "young"}
        work._connection.execute(insert(audit).values(**line, at=in_days(-401)))
    young.erases()
    assert erase_due(store, towns, booking.ends_at + timedelta(days=51)) == {}


def test_what_was_left_behind_goes(store: Store, towns: Towns) -> None:
    young = YoungPerson(store).writes(SECRET)
    with store.write(THE_TESTS) as work:
        user = work.people.user("demo")
        assert user
        work.trackers.put("somebody who is gone", SECRET)
        work.trackers.put(young.id, "{}")
        work.people.start_session(user, "token", "csrf", in_days(0.5))
        work.half_sign_ins.begin(user, "token", "KEY", in_days(0.5))
    gone = ("trackers", "sessions", "half_sign_ins")
    assert erase_due(store, towns, in_days(1)) == {(EVERYWHERE, kind): 1 for kind in gone}
    assert [row.conversation for row in store_rows(store, trackers)] == [young.id]


def test_a_little_at_a_time_and_on_where_it_stopped(store: Store, towns: Towns) -> None:
    for number in range(CONVERSATIONS_AT_ONCE + 3):
        YoungPerson(store).writes(str(number))
    assert len(erase_some(store, towns, in_days(11))) == CONVERSATIONS_AT_ONCE
    assert erase_due(store, towns, in_days(11)) == {("eksempel", "quiet"): 3}


def test_several_at_once_erase_each_conversation_once(store: Store, database_url: str, towns: Towns) -> None:
    for number in range(30):
        YoungPerson(store).writes(str(number)).hears("hej", Kind.BOOKING if number % 2 else Kind.TEXT)
    processes = [Store(database_url, "a key for tests") for _ in range(4)]
    with ThreadPoolExecutor(4) as together:
        tallies = list(together.map(lambda own: erase_due(own, towns, in_days(21)), processes))
    assert sum(sum(tally.values()) for tally in tallies) == 30
    assert count_due(store, towns, in_days(21)) == {}
    for each in processes:
        each.close()


def test_counting_changes_nothing_and_says_what_erasing_does(store: Store, towns: Towns) -> None:
    young = endangered(store, towns["eksempel"])
    quiet(store, towns["eksempel"])
    counted = count_due(store, towns, in_days(45))
    assert young.stands
    assert counted == {("eksempel", "danger"): 1, ("eksempel", "quiet"): 1}
    assert erase_due(store, towns, in_days(45)) == counted


def test_each_municipality_has_its_own_days_and_one_without_a_file_ours(store: Store, towns: Towns) -> None:
    add_caseworker(store, "nabo", "carl")
    own, neighbour = YoungPerson(store), YoungPerson(store, "nabo")
    assert erase_due(store, towns, in_days(12)) == {("eksempel", "quiet"): 1}
    assert (own.stands, neighbour.stands) == (False, True)
    assert erase_due(store, towns, in_days(Keeping().quiet)) == {("nabo", "quiet"): 1}


@pytest.fixture
def aged(store: Store) -> YoungPerson:
    """Whose chat began a year ago."""
    young = YoungPerson(store).writes(SECRET)
    with store.write(THE_TESTS) as work:
        for name in ("messages", "conversations"):
            work._connection.execute(metadata.tables[name].update().values(created_at=in_days(-365)))
    return young


async def test_a_look_erases_and_tells_those_who_have_the_page_open(
    store: Store, towns: Towns, aged: YoungPerson
) -> None:
    notices = Notices()
    with notices.listen(aged.id) as page, notices.listen(queue_topic("eksempel")) as desk:
        await Retention(store, notices, towns).look()
        assert page._event.is_set()
        assert desk._event.is_set()
    assert not aged.stands


async def test_a_look_takes_what_was_left_behind_too(store: Store, towns: Towns) -> None:
    with store.write(THE_TESTS) as work:
        work.trackers.put("somebody who is gone", SECRET)
    await Retention(store, Notices(), towns).look()
    assert store_rows(store, trackers) == []
