"""A conversation whose caseworker is gone or silent goes back to where its one had waited before."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.casework.conversations import Danger, Draft, Holder, Kind, Sender
from bot.casework.presence import PRESENT_FOR, SEEN_EVERY, Patience
from bot.conversation.absence import Absences
from bot.conversation.notices import Notices, queue_topic
from bot.conversation.sentences import LEFT
from bot.municipality.towns import Municipality
from bot.store.database import StoreUnreachableError
from bot.store.store import Store
from bot.store.tables import desk_sessions
from bot.web.desk.sessions import come_in, end_session
from tests.support.desk import YoungPerson, add_caseworker
from tests.support.presence import AtWork, at_work, minutes_pass, now_of
from tests.support.store_of_before import store_of_before
from tests.support.the_tests import THE_TESTS

PATIENCE = Patience(absent=timedelta(minutes=10), unanswered=timedelta(minutes=30))
ABSENT, UNANSWERED = 11, 31


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    for name in ("anna", "bo"):
        add_caseworker(store, "eksempel", name)


@pytest.fixture
def absences(store: Store, municipality: Municipality) -> Absences:
    return Absences(store, Notices(), {municipality.slug: municipality}, PATIENCE)


@pytest.fixture
def anna(store: Store) -> AtWork:
    return at_work(store, "anna")


@pytest.fixture
def young(store: Store, anna: AtWork) -> YoungPerson:
    """Somebody who had waited for a quarter of an hour when Anna took the conversation, which was just now."""
    waiting = YoungPerson(store).writes("jeg sover hos en ven").waits(minutes=15)
    anna.takes(waiting)
    return waiting


def answers(young: YoungPerson) -> None:
    with young.store.write(THE_TESTS) as work:
        work.conversations.append(work.conversations.lock(young.id), [Draft(Sender.CASEWORKER, "hej")])


def test_whom_somebody_absent_holds_waits_again_where_they_had_waited(
    absences: Absences, anna: AtWork, young: YoungPerson
) -> None:
    later = YoungPerson(young.store).writes("hej").waits(minutes=14 + ABSENT)
    minutes_pass(young, ABSENT)
    anna.was_seen(timedelta(minutes=ABSENT))
    assert [one.id for one in absences.requeue()] == [young.id]
    found, last = now_of(young)
    assert (found.holder, found.held_by) == (Holder.WAITING, None)
    assert (last.text, last.kind, last.sender) == (LEFT.danish, Kind.NOTICE, Sender.SYSTEM)
    assert found.waiting_since
    assert datetime.now(UTC) - found.waiting_since >= timedelta(minutes=15 + ABSENT)
    with young.store.read(THE_TESTS) as work:
        assert [one.id for one in work.waiting.line("eksempel", datetime.now(UTC)).first] == [young.id, later.id]
        went_back = [one for one in work.people.noted("eksempel") if one.action == "went_back"]
    assert [(one.user, one.subject) for one in went_back] == [(None, young.id)]
    assert absences.requeue() == []


@pytest.mark.parametrize("seen", [timedelta(0), timedelta(minutes=9)])
def test_whoever_has_a_page_open_keeps_what_they_hold(
    absences: Absences, anna: AtWork, young: YoungPerson, seen: timedelta
) -> None:
    answers(young)
    minutes_pass(young, 120)
    anna.was_seen(seen)
    assert absences.requeue() == []


def test_what_was_just_taken_is_nobodys_silence(absences: Absences, anna: AtWork, young: YoungPerson) -> None:
    anna.was_seen(timedelta(hours=2))
    assert absences.requeue() == []


def test_one_sign_in_that_is_there_is_enough(
    absences: Absences, anna: AtWork, store: Store, young: YoungPerson
) -> None:
    minutes_pass(young, ABSENT)
    anna.was_seen(timedelta(hours=1))
    phone = at_work(store, "anna")
    assert absences.requeue() == []
    end_session(store, phone.session.token, anna.user)
    assert [one.id for one in absences.requeue()] == [young.id]


def test_to_be_there_and_not_to_answer_is_silence_as_well(absences: Absences, anna: AtWork, young: YoungPerson) -> None:
    minutes_pass(young, UNANSWERED - 2)
    assert absences.requeue() == []
    minutes_pass(young, 2)
    assert [one.id for one in absences.requeue()] == [young.id]
    assert now_of(young)[1].text == LEFT.danish


def test_an_answer_ends_the_silence_and_a_new_message_begins_another(
    absences: Absences, anna: AtWork, young: YoungPerson
) -> None:
    answers(young)
    minutes_pass(young, UNANSWERED)
    assert absences.requeue() == []
    young.writes("er du der?")
    assert absences.requeue() == []
    minutes_pass(young, UNANSWERED)
    assert [one.id for one in absences.requeue()] == [young.id]


def test_what_was_written_to_the_robot_alone_waits_for_no_caseworker(
    absences: Absences, anna: AtWork, store: Store
) -> None:
    before = YoungPerson(store).writes("hvor kan jeg bo?").hears("Her.")
    with store.write(THE_TESTS) as work:
        work.queue.enqueue(before.id, datetime.now(UTC), asked_in=99)
    anna.takes(before)
    minutes_pass(before, UNANSWERED)
    assert absences.requeue() == []


def test_whoever_comes_back_at_the_last_moment_keeps_it(
    absences: Absences, anna: AtWork, store: Store, young: YoungPerson
) -> None:
    minutes_pass(young, ABSENT)
    anna.was_seen(timedelta(minutes=ABSENT))
    with store.read(THE_TESTS) as work:
        assert list(work.presence.left(datetime.now(UTC), PATIENCE)) == [young.id]
    assert come_in(store, anna.session.token)
    assert absences._leave(young.id) is None
    assert now_of(young)[0].held_by == anna.user.id


def test_several_processes_that_look_at_once_put_it_back_once(
    absences: Absences, anna: AtWork, young: YoungPerson
) -> None:
    minutes_pass(young, ABSENT)
    anna.was_seen(timedelta(minutes=ABSENT))
    with ThreadPoolExecutor(4) as pool:
        found = [one.id for looked in pool.map(lambda _: absences.requeue(), range(4)) for one in looked]
    assert found == [young.id]
    with young.store.read(THE_TESTS) as work:
        assert [one.text for one in work.conversations.after(young.id, 0)].count(LEFT.danish) == 1


def test_without_patience_only_who_is_signed_in_no_more_counts(
    store: Store, anna: AtWork, young: YoungPerson, municipality: Municipality
) -> None:
    """As the commands that take somebody's access ask."""
    minutes_pass(young, 600)
    anna.was_seen(timedelta(hours=10))
    plain = Absences(store, Notices(), {municipality.slug: municipality})
    assert plain.requeue() == []
    end_session(store, anna.session.token, anna.user)
    assert [one.id for one in plain.requeue()] == [young.id]
    found = now_of(young)[0]
    assert found.waiting_since
    assert datetime.now(UTC) - found.waiting_since >= timedelta(minutes=615)


def test_a_danger_that_goes_back_is_first_and_who_has_it_next_has_it_anew(
    absences: Absences, anna: AtWork, store: Store, young: YoungPerson
) -> None:
    young.writes("jeg er bange", Danger(2, ("violence",)))
    minutes_pass(young, ABSENT)
    anna.was_seen(timedelta(minutes=ABSENT))
    absences.requeue()
    bo = at_work(store, "bo")
    bo.takes(young)
    anna.was_seen(timedelta(0))
    assert absences.requeue() == []
    assert now_of(young)[0].held_by == bo.user.id


async def test_the_desk_and_the_chat_are_told_at_once(absences: Absences, anna: AtWork, young: YoungPerson) -> None:
    minutes_pass(young, ABSENT)
    anna.was_seen(timedelta(minutes=ABSENT))
    with absences._notices.listen(queue_topic("eksempel")) as desk, absences._notices.listen(young.id) as chat:
        await absences.look()
        async with asyncio.timeout(1):
            await asyncio.gather(desk.heard(60), chat.heard(60))


def test_a_sign_of_life_is_kept_once_in_a_while(store: Store, anna: AtWork) -> None:
    lately, long_ago = SEEN_EVERY / 3, SEEN_EVERY * 2
    for ago, kept in ((lately, False), (long_ago, True)):
        anna.was_seen(ago)
        before = seen_at(store)
        assert come_in(store, anna.session.token)
        assert (seen_at(store) > before) == kept


def test_two_pages_that_tell_at_once_are_kept_as_one(store: Store, anna: AtWork) -> None:
    anna.was_seen(SEEN_EVERY * 2)
    session, now = come_in(store, anna.session.token), datetime.now(UTC)
    assert session
    first = seen_at(store)
    with store.write(THE_TESTS) as work:
        work.presence.see(session.id, now + SEEN_EVERY / 2)
    assert seen_at(store) == first


def test_who_is_there_are_those_who_may_answer_and_were_seen_just_now(store: Store, anna: AtWork) -> None:
    add_caseworker(store, "nabo", "carl")
    bo = at_work(store, "bo")
    at_work(store, "carl")
    bo.was_seen(PRESENT_FOR + timedelta(seconds=1))
    at_work(store, "bo").was_seen(PRESENT_FOR * 2)
    with store.read(THE_TESTS) as work:
        found = work.presence.colleagues("eksempel", datetime.now(UTC))
    assert [(one.shown_name, one.present) for one in found] == [("Anna", True), ("Bo", False)]


def test_an_upgrade_takes_nobody_for_silent(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'before.sqlite'}", "key")
    with store_of_before(store, "0018") as connection:
        for table, row in OF_BEFORE.items():
            connection.exec_driver_sql(f"INSERT INTO {table} ({row}")
    store.migrate()
    later = datetime.now(UTC) + timedelta(minutes=ABSENT)
    with store.read(THE_TESTS) as work:
        assert list(work.presence.left(datetime.now(UTC), PATIENCE)) == []
        assert list(work.presence.left(later, PATIENCE)) == ["a"], "nor for somebody who is there for ever"
        [one] = work.presence.colleagues("eksempel", datetime.now(UTC))
    assert one.present
    store.close()


def seen_at(store: Store) -> datetime:
    with store.read(THE_TESTS) as work:
        moment = work._connection.scalar(desk_sessions.select().with_only_columns(desk_sessions.c.seen_at))
    assert moment
    return moment


OF_BEFORE = {
    "municipalities": "slug, passed_over) VALUES ('eksempel', 0)",
    "desk_users": "id, municipality, name, shown_name, password_hash, title)"
    " VALUES (1, 'eksempel', 'anna', 'Anna', '', 'boligagent')",
    "desk_roles": "desk_user, role, municipality) VALUES (1, 'caseworker', 'eksempel')",
    "desk_sessions": "digest, desk_user, municipality, csrf, expires_at, id, began_at, used_at, device)"
    " VALUES ('d', 1, 'eksempel', 'c', '2999-01-01', 'i', '2026-01-01', '2026-01-01', '')",
    "conversations": "id, municipality, token_digest, locale, holder, held_by, danger_level, danger_kinds,"
    " last_sequence, created_at) VALUES ('a', 'eksempel', 't', 'da', 'human', 1, 0, '[]', 0, '2026-01-01')",
}


async def test_after_a_start_open_pages_get_the_time_to_show_themselves(
    absences: Absences, anna: AtWork, young: YoungPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    minutes_pass(young, ABSENT)
    anna.was_seen(timedelta(minutes=ABSENT))
    monkeypatch.setattr("bot.conversation.absence.sweep", lambda look, *_: look())
    await absences.sweep()
    assert now_of(young)[0].held_by == anna.user.id
    end_session(young.store, anna.session.token, anna.user)
    assert [one.id for one in absences.requeue()] == [young.id], "who signed out is gone whatever else is seen"


async def test_after_an_outage_they_get_it_too(
    absences: Absences, anna: AtWork, young: YoungPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody could tell that they were there while the store was away."""
    minutes_pass(young, ABSENT)
    anna.was_seen(timedelta(minutes=ABSENT))
    with monkeypatch.context() as away:
        away.setattr(Store, "read", _is_away)
        with pytest.raises(StoreUnreachableError):
            await absences.look()
    assert absences.requeue() == []
    monkeypatch.setattr("bot.conversation.absence.PRESENT_FOR", timedelta(0))
    absences._cannot_see_yet()
    assert [one.id for one in absences.requeue()] == [young.id], "nor are they waited for any longer"


def _is_away(*_: object) -> None:
    raise StoreUnreachableError("away")


def test_who_has_left_for_good_is_not_put_in_the_queue_unless_in_danger(
    absences: Absences, anna: AtWork, store: Store
) -> None:
    calm = YoungPerson(store).writes("hej").waits()
    alarmed = YoungPerson(store).writes("jeg vil dø", Danger(3, ("suicide",))).waits()
    for young in (calm, alarmed):
        anna.takes(young)
        with store.write(THE_TESTS) as work:
            work.conversations.end_session(young.id)
    end_session(store, anna.session.token, anna.user)
    absences.requeue()
    assert [now_of(young)[0].holder for young in (calm, alarmed)] == [Holder.BOT, Holder.WAITING]


def test_a_button_that_is_answered_by_itself_waits_for_nobody(
    absences: Absences, anna: AtWork, young: YoungPerson
) -> None:
    answers(young)
    with young.store.write(THE_TESTS) as work:
        found = work.conversations.lock(young.id)
        step = Draft(Sender.YOUNG, "Del min plan", payload='/consent{"part": "plan", "give": true}')
        [step] = work.conversations.append(found, [step])
        work.conversations.append(found, [Draft(Sender.BOT, "Nu kan de se din plan.", reply_to=step.sequence)])
        assert work.waiting.unanswered([young.id]) == {}
    minutes_pass(young, UNANSWERED)
    anna.was_seen(timedelta(0))
    assert absences.requeue() == []


def test_a_danger_that_the_robot_answered_at_once_still_waits_for_the_human(
    absences: Absences, anna: AtWork, young: YoungPerson
) -> None:
    answers(young)
    with young.store.write(THE_TESTS) as work:
        found = work.conversations.lock(young.id)
        [told] = work.conversations.append(found, [Draft(Sender.YOUNG, "jeg vil dø")])
        numbers = Draft(Sender.BOT, "Ring 112.", kind=Kind.DANGER, reply_to=told.sequence)
        work.conversations.append(found, [numbers])
        assert work.waiting.unanswered([young.id]) == {young.id: 1}
    minutes_pass(young, UNANSWERED)
    anna.was_seen(timedelta(0))
    assert [one.id for one in absences.requeue()] == [young.id]
