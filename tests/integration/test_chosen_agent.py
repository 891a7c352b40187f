"""A talk with the one who was chosen, or not at all; the promise that no time is given twice stands."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from bot.casework.after_booking import call_off, hand_over
from bot.casework.arranging import Seeker, book, cancel, find, free_times, hold, move
from bot.casework.bookings import AgentNotOfferedError, Booking, BookingStatus, TimeTakenError, Wish
from bot.casework.choosing import called, name_of_chosen, offer_of, still_chosen
from bot.casework.free_times import Agent, Way
from bot.municipality.demo import seed_demo
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.agents import add_agents, agents_of, has_no_hours, leaves
from tests.support.bookings import booked, times, wish
from tests.support.the_tests import THE_TESTS


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def three(store: Store) -> list[Agent]:
    return add_agents(store, "Mette Holm", "Bo Lund")


def held(store: Store, town: Municipality, now: datetime, wanted: Wish, moved: Booking | None = None) -> Booking | None:
    """What the wish's conversation holds after it was asked to."""
    with store.write(THE_TESTS) as work:
        hold(work, wanted, town.rules, now, moved)
        return work.bookings.held_by(wanted.conversation or "")


def test_whoever_is_chosen_holds_it_though_others_have_fewer(
    store: Store, municipality: Municipality, now: datetime, three: list[Agent]
) -> None:
    mette = three[1].id
    made = [booked(store, municipality, now, time, chosen=mette) for time in times(store, municipality, now)[:4]]
    assert [(talk.agent, talk.chosen) for talk in made] == [(mette, mette)] * 4
    with store.read(THE_TESTS) as work:
        assert find(work, made[0].code).chosen == mette, "it is kept with the talk"
    other = booked(store, municipality, now, times(store, municipality, now)[8])
    assert (other.agent == mette, other.chosen) == (False, None)


def test_a_time_of_hers_that_is_taken_is_taken_though_others_have_it(
    store: Store, municipality: Municipality, now: datetime, three: list[Agent]
) -> None:
    mette, first = three[1].id, times(store, municipality, now)[0]
    booked(store, municipality, now, first, chosen=mette)
    with pytest.raises(TimeTakenError):
        booked(store, municipality, now, first, chosen=mette)
    assert booked(store, municipality, now, first).agent != mette


@pytest.mark.parametrize("chosen", [0, 9999, -1])
def test_nobody_is_booked_with_who_is_none(
    store: Store, municipality: Municipality, now: datetime, three: list[Agent], chosen: int
) -> None:
    with pytest.raises(AgentNotOfferedError):
        booked(store, municipality, now, times(store, municipality, now)[0], chosen=chosen)


def test_an_agent_of_another_town_cannot_be_had(
    store: Store, municipality: Municipality, now: datetime, three: list[Agent]
) -> None:
    seed_demo(store, replace(municipality, slug="nabo", name="Nabo Kommune"), "adgangskode")
    [theirs] = agents_of(store, "nabo")
    first = times(store, municipality, now)[0]
    with pytest.raises(AgentNotOfferedError):
        booked(store, municipality, now, first, chosen=theirs.id)
    talk = booked(store, municipality, now, first)
    with store.write(THE_TESTS) as work, pytest.raises(AgentNotOfferedError):
        move(work, replace(talk, chosen=theirs.id), first, municipality.rules, now)
    with store.read(THE_TESTS) as work:
        assert find(work, talk.code) == talk
        choice = offer_of(work, "eksempel", Way.OFFICE, municipality.rules, now, Seeker(chosen=theirs.id))
    assert (choice.gone, choice.without, theirs.id in {agent.id for agent in choice.agents}) == (True, None, False)


def test_a_time_held_with_one_is_held_with_another_once_that_one_is_chosen(
    store: Store, municipality: Municipality, now: datetime, conversation: str, three: list[Agent]
) -> None:
    _, mette, bo = (agent.id for agent in three)
    first = times(store, municipality, now)[0]
    wanted = wish(first, conversation=conversation)
    for chosen in (mette, bo):
        found = held(store, municipality, now, replace(wanted, chosen=chosen))
        assert found
        assert (found.agent, found.starts_at) == (chosen, first)
    anybodys = held(store, municipality, now, wanted)
    assert anybodys
    assert anybodys.agent == bo, "who does not mind keeps what is held"
    with store.write(THE_TESTS) as work:
        talk = book(work, replace(wanted, chosen=bo), municipality.rules, now)
    assert talk.agent == bo


def test_what_another_holds_is_not_free_with_her(
    store: Store, municipality: Municipality, now: datetime, conversation: str, three: list[Agent]
) -> None:
    mette, first = three[1].id, times(store, municipality, now)[0]
    held(store, municipality, now, wish(first, conversation=conversation, chosen=mette))
    with store.read(THE_TESTS) as work:
        hers = [
            span.starts_at
            for span in free_times(work, "eksempel", Way.OFFICE, municipality.rules, now, Seeker(chosen=mette))
        ]
    assert first not in hers
    with pytest.raises(TimeTakenError):
        booked(store, municipality, now, first, chosen=mette)


def test_a_move_is_with_whom_it_carries_also_at_the_same_time(
    store: Store, municipality: Municipality, now: datetime, three: list[Agent]
) -> None:
    _, mette, bo = (agent.id for agent in three)
    first, second, *_ = times(store, municipality, now)
    talk = booked(store, municipality, now, first, chosen=mette)
    with store.write(THE_TESTS) as work:
        kept = move(work, talk, second, municipality.rules, now)
        changed = move(work, replace(kept, chosen=bo), second, municipality.rules, now)
    assert (kept.agent, changed.agent, changed.starts_at) == (mette, bo, second)
    assert changed.revision == talk.revision + 2, "a calendar and the desk learn of it"


def test_who_is_chosen_anew_and_has_no_time_leaves_the_old_talk(
    store: Store, municipality: Municipality, now: datetime, three: list[Agent]
) -> None:
    _, mette, bo = (agent.id for agent in three)
    first = times(store, municipality, now)[0]
    booked(store, municipality, now, first, chosen=bo)
    talk = booked(store, municipality, now, first, chosen=mette)
    with store.write(THE_TESTS) as work, pytest.raises(TimeTakenError):
        move(work, replace(talk, chosen=bo), first, municipality.rules, now)
    with store.read(THE_TESTS) as work:
        assert find(work, talk.code) == talk


def test_a_colleague_who_takes_it_over_does_not_change_who_was_wanted(
    store: Store, municipality: Municipality, now: datetime, three: list[Agent]
) -> None:
    mette = three[1].id
    talk = booked(store, municipality, now, times(store, municipality, now)[0], chosen=mette)
    with store.write(THE_TESTS) as work:
        handed = hand_over(work, talk, municipality.rules, now)
        assert handed
        assert (handed.agent == mette, handed.chosen) == (False, mette)
        assert name_of_chosen(handed, called(three)) in {"Boligagenten", "Bo"}
        assert still_chosen(work, handed, now) == mette
    leaves(store, three[1])
    with store.read(THE_TESTS) as work:
        assert still_chosen(work, handed, now) is None


def test_a_cancel_forgets_whom_they_wanted_and_a_sick_day_does_not(
    store: Store, municipality: Municipality, now: datetime, three: list[Agent]
) -> None:
    mette, (first, second, *_) = three[1].id, times(store, municipality, now)
    gone, sick = (booked(store, municipality, now, time, chosen=mette) for time in (first, second))
    with store.write(THE_TESTS) as work:
        cancel(work, gone, now)
        call_off(work, sick, now)
    with store.read(THE_TESTS) as work:
        assert (find(work, gone.code).chosen, find(work, sick.code).chosen) == (None, mette)
        assert find(work, sick.code).status is BookingStatus.CALLED_OFF


def test_what_is_held_runs_out_into_nothing_when_she_leaves(
    store: Store, municipality: Municipality, now: datetime, conversation: str, three: list[Agent]
) -> None:
    mette, first = three[1], times(store, municipality, now)[0]
    wanted = wish(first, conversation=conversation, chosen=mette.id)
    held(store, municipality, now, wanted)
    leaves(store, mette)
    with store.write(THE_TESTS) as work, pytest.raises(AgentNotOfferedError):
        book(work, wanted, municipality.rules, now)
    with store.write(THE_TESTS) as work:
        assert book(work, replace(wanted, chosen=None, id=str(uuid4())), municipality.rules, now).agent != mette.id


def test_an_offer_names_who_can_be_had_and_falls_back_to_all(
    store: Store, municipality: Municipality, now: datetime, three: list[Agent]
) -> None:
    _, mette, bo = three
    has_no_hours(store, bo)

    def offered(chosen: int | None) -> tuple[list[str], int | None, str, bool]:
        with store.read(THE_TESTS) as work:
            choice = offer_of(work, "eksempel", Way.OFFICE, municipality.rules, now, Seeker(chosen=chosen))
        assert choice.free
        without = choice.without.name if choice.without else ""
        return [agent.name for agent in choice.agents], choice.chosen, without, choice.gone

    names = ["Boligagenten", "Mette Holm"]
    assert offered(None) == (names, None, "", False)
    assert offered(mette.id) == (names, mette.id, "", False)
    assert offered(bo.id) == (names, None, "Bo Lund", False)
    assert offered(0) == (names, None, "", True)
    leaves(store, mette)
    assert offered(None) == ([], None, "", False), "of one there is nothing to choose"


def test_a_first_name_will_do_unless_two_share_it(three: list[Agent]) -> None:
    assert list(called(three).values()) == ["Boligagenten", "Mette", "Bo"]
    another = replace(three[1], id=99, name="Mette Krag")
    assert called([*three, another])[99] == "Mette Krag"
    assert called([*three, another])[three[1].id] == "Mette Holm"
