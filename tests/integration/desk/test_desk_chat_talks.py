"""A talk in the chat at the desk: where it is shown as to be begun, and how it is."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from bot.casework.bookings import Booking, Contact
from bot.casework.free_times import Way
from bot.language.danish import clock
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.desk import PAGE, YoungPerson, news
from tests.support.reminders import talk_starts
from tests.support.the_tests import THE_TESTS

BEGIN = "Begynd samtalen"


@pytest.fixture
def young(store: Store) -> YoungPerson:
    return YoungPerson(store).writes("jeg sover hos en ven")


@pytest.fixture
def talk(store: Store, young: YoungPerson, municipality: Municipality) -> Booking:
    """It begins in ten minutes."""
    booking = young.books(municipality, Contact(), Way.CHAT)
    talk_starts(store, booking, datetime.now(UTC) + timedelta(minutes=10))
    with store.read(THE_TESTS) as work:
        [found] = work.bookings.of(young.id)
    return found


def pages(client: TestClient, young: YoungPerson) -> list[str]:
    """Everywhere it is shown: the queue, the list of talks, the conversation, and what that adds to itself."""
    shown = [client.get(path, headers=PAGE) for path in ("/desk/", f"/desk/conversations/{young.id}")]
    return [*(page.text for page in shown), news(client, young)]


def test_it_is_shown_as_to_be_begun_and_begun_by_one_click(anna, bo, store: Store, young: YoungPerson, talk: Booking):
    for page in pages(anna, young):
        assert BEGIN in page
    assert f"kl. {clock(talk.starts_at)}–{clock(talk.ends_at)}, Boligagenten. Skriv først." in anna.get("/desk/").text
    begun = anna.post(f"/desk/conversations/{young.id}/claim", headers=PAGE)
    assert (begun.status_code, begun.headers["location"]) == (303, f"/desk/conversations/{young.id}")
    page = anna.get(f"/desk/conversations/{young.id}", headers=PAGE).text
    assert ("Din besked" in page, "jeg sover hos en ven" in page, BEGIN in page) == (True, False, False)
    assert "Du ser kun det, der er skrevet til et menneske." in page
    for page in pages(bo, young):
        assert BEGIN not in page
    assert bo.post(f"/desk/conversations/{young.id}/claim").json()["code"] == "already_claimed"
    anna.post(f"/desk/conversations/{young.id}/messages", json={"text": "Hej, det er Anna."})
    with store.read(THE_TESTS) as work:
        said = [message.text for message in work.conversations.after(young.id, 0)][-2:]
    assert said == ["Nu skriver du med et menneske: Anna.", "Hej, det er Anna."]


def test_whoever_has_left_the_chat_is_said_to_have_left_when_it_is_begun(anna, store: Store, young: YoungPerson, talk):
    with store.write(THE_TESTS) as work:
        work.conversations.end_session(young.id)
    anna.post(f"/desk/conversations/{young.id}/claim")
    with store.read(THE_TESTS) as work:
        assert work.conversations.after(young.id, 0)[-1].text.startswith("Chatten er lukket herfra.")


def test_before_its_time_it_says_when_it_can_be_begun(anna, store: Store, young: YoungPerson, talk: Booking) -> None:
    start = datetime.now(UTC) + timedelta(minutes=40)
    talk_starts(store, talk, start)
    queue, page, more = pages(anna, young)
    assert BEGIN not in queue + page + more
    since = clock(start - timedelta(minutes=15))
    assert "Aftalen her i chatten kan du begynde fra" in page
    assert f"{since}." in page
    answer = anna.post(f"/desk/conversations/{young.id}/claim")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_waiting")


def test_the_list_of_talks_leads_straight_into_it(anna, young: YoungPerson, talk: Booking) -> None:
    path = f'action="/desk/conversations/{young.id}/claim"'
    listed = anna.get("/desk/bookings", headers=PAGE).text
    assert (path in listed, BEGIN in listed) == (True, True)
    anna.post(f"/desk/conversations/{young.id}/claim")
    assert path not in anna.get("/desk/bookings", headers=PAGE).text


def test_another_municipality_sees_and_begins_nothing(carl, young: YoungPerson, talk: Booking) -> None:
    assert BEGIN not in carl.get("/desk/", headers=PAGE).text
    assert carl.post(f"/desk/conversations/{young.id}/claim").status_code == 404


def test_a_conversation_without_a_talk_offers_none(anna, young: YoungPerson) -> None:
    queue, page, more = pages(anna, young)
    assert BEGIN not in queue + page + more
    assert "Aftalen her i chatten" not in page
