"""What Rasa remembers of a conversation: enough to go on, nothing that was written, and no more each turn."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.core.tracker_store import TrackerStore, check_if_tracker_store_async
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.tracker_document import TURNS_KEPT
from bot.dialogue.tracker_store import StoredTrackers
from bot.settings import ROOT
from bot.store.store import Store
from tests.support.the_tests import THE_TESTS

SECRET_TALK = "min stedfar hedder Bent"


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(ROOT / "bot" / "domain"))


@pytest.fixture
def own_store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'hjemad.sqlite'}", "a key for tests")
    opened.migrate()
    with opened.write(THE_TESTS) as work:
        work.people.add_municipality("eksempel")
        work.conversations.open("one", "eksempel", "da", "token")
    yield opened
    opened.close()


@pytest.fixture
def trackers(domain: Domain, own_store: Store) -> StoredTrackers:
    return StoredTrackers(domain, store=own_store)


def turn(tracker: DialogueStateTracker, intent: str, *events: object, text: str = SECRET_TALK) -> None:
    tracker.update(UserUttered(text, {"name": intent, "confidence": 0.9}, [{"entity": "way", "value": "phone"}]))
    for event in events:
        tracker.update(event)
    tracker.update(ActionExecuted("action_listen"))


def document(store: Store, conversation: str = "one") -> str | None:
    with store.read(THE_TESTS) as work:
        return work.trackers.get(conversation)


def in_a_booking(trackers: StoredTrackers) -> DialogueStateTracker:
    tracker = trackers.init_tracker("one")
    tracker.update(ActionExecuted("action_listen"))
    turn(
        tracker, "booking_request", ActionExecuted("booking_form"), ActiveLoop("booking_form"),
        SlotSet("booking_way", "phone"), SlotSet("age_group", "under_18"), SlotSet("requested_slot", "booking_time"),
        BotUttered("Her er de næste ledige tider", metadata={"utter_action": "utter_booking_offer_phone"}),
    )  # fmt: skip
    return tracker


async def test_a_form_under_way_and_its_slots_come_back(trackers: StoredTrackers) -> None:
    await trackers.save(in_a_booking(trackers))
    again = await trackers.retrieve("one")
    assert again is not None
    assert again.active_loop_name == "booking_form"
    assert again.get_slot("requested_slot") == "booking_time"
    assert (again.get_slot("booking_way"), again.get_slot("age_group")) == ("phone", "under_18")
    assert again.latest_action_name == "action_listen"


async def test_the_policies_see_the_same_last_turns_as_before(trackers: StoredTrackers, domain: Domain) -> None:
    tracker = in_a_booking(trackers)
    await trackers.save(tracker)
    again = await trackers.retrieve("one")
    assert again is not None
    for state, kept in zip(tracker.past_states(domain)[-3:], again.past_states(domain)[-3:], strict=True):
        # The words are gone; rules and stories go by the intent.
        state.get("user", {}).pop("text", None)
        assert kept == state


async def test_a_form_begun_long_before_the_last_turns_is_still_open(trackers: StoredTrackers) -> None:
    tracker = in_a_booking(trackers)
    for _ in range(TURNS_KEPT + 5):
        await trackers.save(tracker)
        tracker = await trackers.retrieve("one")
        turn(tracker, "housing_deposit", ActionExecuted("action_answer"))
    assert tracker.active_loop_name == "booking_form"
    assert tracker.get_slot("booking_way") == "phone"


async def test_a_slot_emptied_and_a_form_left_stay_so(trackers: StoredTrackers) -> None:
    tracker = in_a_booking(trackers)
    turn(tracker, "chat_stop", ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("booking_way", None))
    await trackers.save(tracker)
    again = await trackers.retrieve("one")
    assert again is not None
    assert (again.active_loop_name, again.get_slot("booking_way")) == (None, None)


async def test_two_hundred_turns_weigh_no_more_than_twenty(trackers: StoredTrackers, own_store: Store) -> None:
    sizes = {}
    for number in range(1, 201):
        tracker = await trackers.get_or_create_tracker("one")
        turn(tracker, "housing_deposit", ActionExecuted("utter_housing_deposit"), SlotSet("booking_page", number))
        await trackers.save(tracker)
        sizes[number] = len(document(own_store) or "")
    assert sizes[200] <= sizes[20] * 1.05
    again = await trackers.retrieve("one")
    assert again is not None
    assert sum(isinstance(event, UserUttered) for event in again.events) == TURNS_KEPT


async def test_no_word_that_was_said_is_kept(trackers: StoredTrackers, own_store: Store) -> None:
    await trackers.save(in_a_booking(trackers))
    kept = document(own_store) or ""
    assert "Bent" not in kept
    assert "ledige tider" not in kept
    assert json.loads(kept)


async def test_that_the_age_was_asked_is_remembered_however_long_ago(trackers: StoredTrackers) -> None:
    tracker = trackers.init_tracker("one")
    turn(
        tracker, "housing_shelter", ActionExecuted("utter_housing_shelter"), BotUttered("?", metadata={"asked": "age"})
    )
    for _ in range(TURNS_KEPT * 2):
        await trackers.save(tracker)
        tracker = await trackers.retrieve("one")
        turn(tracker, "housing_deposit", ActionExecuted("utter_housing_deposit"))
    asked = [event for event in tracker.events if isinstance(event, BotUttered) and event.metadata.get("asked")]
    assert len(asked) == 1


async def test_an_erased_conversation_stays_erased(trackers: StoredTrackers, own_store: Store) -> None:
    tracker = in_a_booking(trackers)
    await trackers.save(tracker)
    with own_store.write(THE_TESTS) as work:
        work.conversations.erase("one")
    await trackers.save(tracker)
    assert document(own_store) is None


async def test_a_turn_in_a_conversation_nobody_opened_leaves_nothing(
    trackers: StoredTrackers, own_store: Store
) -> None:
    stranger = await trackers.get_or_create_tracker("nobody")
    turn(stranger, "chat_greet", ActionExecuted("utter_chat_greet"))
    await trackers.save(stranger)
    assert document(own_store, "nobody") is None


def test_rasa_takes_it_as_an_asynchronous_store(trackers: StoredTrackers) -> None:
    assert isinstance(trackers, TrackerStore)
    assert check_if_tracker_store_async(trackers)


async def test_within_a_turn_a_conversation_is_read_once_and_kept_as_it_is_by_then(
    trackers: StoredTrackers, own_store: Store
) -> None:
    await trackers.save(in_a_booking(trackers))
    with trackers.one_turn():
        first = await trackers.retrieve("one")
        assert first is not None
        assert await trackers.retrieve("one") is first
        first.update(SlotSet("booking_way", "office"))
        await trackers.save(first)
        with own_store.read(THE_TESTS) as work:
            assert '"office"' in (work.trackers.get("one") or "")
    after = await trackers.retrieve("one")
    assert after is not None
    assert after is not first
    assert after.get_slot("booking_way") == "office"
