"""How much there is to do, as the store tells it."""

from datetime import UTC, datetime, timedelta

from bot.casework.conversations import Danger, Draft, Sender
from bot.casework.reminders import LATE
from bot.casework.workload import Workload
from bot.municipality.towns import Municipality
from bot.store.dialogue_servers import SILENT_AFTER
from bot.store.store import Store
from tests.support.desk import YoungPerson, add_caseworker
from tests.support.reminders import talk_far_ahead, wished
from tests.support.the_tests import THE_TESTS

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def workload(store: Store, now: datetime | None = None) -> Workload:
    with store.read(THE_TESTS) as work:
        return work.workload.at(now or datetime.now(UTC))


def test_where_there_is_nothing_to_do_all_are_none(store: Store) -> None:
    assert workload(store) == Workload(0, 0.0, 0, 0, 0, 0.0, 0, 0, 0, 0, 0, {})


def test_who_waits_and_whom_a_human_has(store: Store) -> None:
    add_caseworker(store, "eksempel", "vera")
    held = YoungPerson(store).waits()
    with store.write(THE_TESTS) as work:
        vera = work.people.user("vera")
        assert vera
        assert work.queue.claim(held.id, vera.id)
    for minutes in (3, 20):
        YoungPerson(store).waits(minutes)
    YoungPerson(store).writes("hjælp", Danger(2, ("violence",))).waits()
    now = workload(store)
    assert (now.waiting, now.in_danger, now.held) == (3, 1, 1)
    assert 20 * 60 <= now.longest_wait < 21 * 60
    assert (now.notices, now.notices_late) == (0, 0), "nobody is asked to be told here"


def test_what_the_robot_has_not_answered(store: Store) -> None:
    young = YoungPerson(store).writes("hej")
    with store.write(THE_TESTS) as work:
        left = [Draft(Sender.YOUNG, text, answered=False) for text in ("er du der", "hallo")]
        work.conversations.append(work.conversations.lock(young.id), left)
    in_a_minute = workload(store, datetime.now(UTC) + timedelta(minutes=1))
    assert in_a_minute.unanswered == 2
    assert 60 <= in_a_minute.oldest_unanswered < 70
    # The clock of another machine may be behind that of the store.
    assert workload(store, datetime.now(UTC) - timedelta(hours=1)).oldest_unanswered == 0


def test_notices_to_who_is_on_call_are_late_when_they_were_tried_or_should_have_been(store: Store) -> None:
    young = YoungPerson(store).writes("hjælp", Danger(3, ("suicide",)))
    with store.write(THE_TESTS) as work:
        assert work.on_call.ask(work.conversations.get(young.id), 3, datetime.now(UTC))
        [notice] = work.on_call.due()
    assert (workload(store).notices, workload(store).notices_late) == (1, 0)
    assert workload(store, datetime.now(UTC) + LATE).notices_late == 1
    with store.write(THE_TESTS) as work:
        assert work.on_call.begin(notice)
    assert (workload(store).notices, workload(store).notices_late) == (1, 1)
    with store.write(THE_TESTS) as work:
        work.on_call.sent(notice, datetime.now(UTC))
    assert (workload(store).notices, workload(store).notices_late) == (0, 0)


def test_talks_to_come_and_the_reminders_of_them(store: Store, municipality: Municipality) -> None:
    talk = talk_far_ahead(store, municipality)
    due = wished(store, talk)
    assert (workload(store).ahead, workload(store).reminders, workload(store).reminders_late) == (1, 1, 0)
    assert workload(store, due + LATE).reminders_late == 1
    with store.write(THE_TESTS) as work:
        [reminder] = work.reminders.due(due)
        assert work.reminders.begin(reminder, due)
        work.reminders.sent(reminder, due)
    after = workload(store, talk.starts_at)
    assert (after.ahead, after.reminders, after.reminders_late) == (0, 0, 0)


def test_the_dialogue_servers_that_are_heard_by_their_model(store: Store) -> None:
    with store.write(THE_TESTS) as work:
        for port, model in ((5006, "old"), (5007, "new"), (5008, "new"), (5009, "old")):
            work.dialogue_servers.serves(f"http://127.0.0.1:{port}", model, NOW)
        work.dialogue_servers.leaves("http://127.0.0.1:5009")
    assert workload(store, NOW + timedelta(seconds=1)).serving == {"old": 1, "new": 2}
    assert workload(store, NOW + SILENT_AFTER).serving == {}
