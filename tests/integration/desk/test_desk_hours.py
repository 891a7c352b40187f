"""Hours at the desk: each change shows what it does first, and no talk and nobody is lost by it."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from actions.booking_slots import as_slot
from actions.buttons import inform
from bot.casework.arranging import free_times
from bot.casework.bookings import Booking, BookingStatus
from bot.casework.free_times import Agent, Way, danish_day
from bot.conversation.feeds import read_feed
from bot.conversation.talks import Target
from bot.language.danish import short_time, spoken_date
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.desk import CONTACT, PAGE, YoungPerson
from tests.support.on_call import mail_server_at
from tests.support.plain import plain_app
from tests.support.the_tests import THE_TESTS

BY_BOTH = mail_server_at(9) | {"sms_url": "json://127.0.0.1:9/{to}"}

FAR = (datetime.now(UTC) + timedelta(days=400)).date()


def agent(store: Store) -> Agent:
    with store.read(THE_TESTS) as work:
        return work.agents.of("eksempel", danish_day(datetime.now(UTC)))[0]


def booking(store: Store, number: str) -> Booking:
    with store.read(THE_TESTS) as work:
        found = work.bookings.by_id(number)
    assert found
    return found


def week(store: Store, **changed: str) -> dict[str, str]:
    return {f"day_{day}": "" for day in range(7)} | {"most": ""} | changed


def post(client: TestClient, store: Store, what: str, **fields: str):
    return client.post(f"/desk/agents/{agent(store).id}/{what}", data=fields, headers=PAGE)


def test_the_hours_stand_in_the_fields(anna, store: Store) -> None:
    listed = anna.get("/desk/agents", headers=PAGE).text
    assert f"/desk/agents/{agent(store).id}" in listed
    page = anna.get(f"/desk/agents/{agent(store).id}", headers=PAGE).text
    first = agent(store).openings[0]
    assert f"{first.start:%H.%M}-{first.end:%H.%M}" in page


def test_new_weekly_hours_show_the_talks_outside_them_and_keep_them(
    anna, young: YoungPerson, store: Store, municipality: Municipality
) -> None:
    talk = young.books(municipality, CONTACT)
    before = agent(store).openings
    shown = post(anna, store, "week", **week(store, day_6="10-11"))
    assert "1 aftale ligger uden for tiderne" in shown.text
    assert agent(store).openings == before, "nothing is changed before it is said yes to"
    saved = post(anna, store, "week", **week(store, day_6="10-11", most="4"), confirmed="keep")
    assert saved.status_code == 303
    assert "Det er gemt." in anna.get(saved.headers["location"], headers=PAGE).text
    assert [hour.weekday for hour in agent(store).openings] == [6]
    assert agent(store).talks_a_day == 4
    assert booking(store, talk.id) == talk


def test_a_new_limit_shows_the_days_that_have_more(anna, store: Store, municipality: Municipality) -> None:
    talks = [YoungPerson(store).books(municipality, CONTACT) for _ in range(3)]
    days = Counter(danish_day(talk.starts_at) for talk in talks)
    most = max(days.values())
    beyond = [f"{spoken_date(day)}: {number} aftaler" for day, number in sorted(days.items()) if number > most - 1]
    assert beyond
    shown = post(anna, store, "week", **week(store, most=str(most - 1))).text
    assert f"det nye højeste antal (de bliver stående): {'; '.join(beyond)}." in shown
    for none in (week(store, most=str(most)), week(store)):
        assert "det nye højeste antal" not in post(anna, store, "week", **none).text


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("day_1", "hele dagen", "Det kan vi ikke læse som tider."),
        ("day_2", "12-10", "En tid slutter, før den begynder."),
        ("day_3", "10-12, 11-13", "To af tiderne lapper over hinanden."),
        ("most", "mange", "Skriv et tal fra 1 til 99"),
        ("most", "0", "Skriv et tal fra 1 til 99"),
        ("most", "9" * 5000, "Skriv et tal fra 1 til 99"),
    ],
)
def test_hours_that_cannot_be_are_said_beside_their_field_and_not_lost(
    anna, store: Store, field: str, text: str, says: str
) -> None:
    before = agent(store)
    answer = post(anna, store, "week", **week(store, day_0="9-10") | {field: text}, confirmed="keep")
    assert answer.status_code == 422
    assert says in answer.text
    assert f'id="{field}-fejl"' in answer.text
    assert f'value="{text}"' in answer.text
    assert 'value="9-10"' in answer.text
    assert agent(store) == before


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"day": "", "kind": "away"}, "day"),
        ({"day": "2020-01-01", "kind": "away"}, "day"),
        ({"day": "i morgen", "kind": "away"}, "day"),
        ({"day": "9999-12-31", "kind": "away"}, "day"),
        ({"day": str(FAR), "kind": "own", "hours": ""}, "hours"),
        ({"day": str(FAR), "kind": "own", "hours": "12-10"}, "hours"),
    ],
)
def test_a_day_that_cannot_be_is_said_beside_its_field(anna, store: Store, fields: dict[str, str], at: str) -> None:
    answer = post(anna, store, "day", **fields, confirmed="keep")
    assert (answer.status_code, f'id="{at}-fejl"' in answer.text) == (422, True)
    assert agent(store).days == {}


def test_a_day_of_its_own_is_kept_shown_and_given_up(anna, store: Store) -> None:
    own = {"day": str(FAR), "kind": "own", "hours": "9-11"}
    assert "Ingen aftaler ligger uden for tiderne." in post(anna, store, "day", **own).text
    post(anna, store, "day", **own, confirmed="keep")
    assert [hour.start.hour for hour in agent(store).days[FAR]] == [9]
    assert "09.00-11.00" in anna.get(f"/desk/agents/{agent(store).id}", headers=PAGE).text
    post(anna, store, "day", day=str(FAR), kind="week", confirmed="keep")
    assert agent(store).days == {}


def test_a_sick_day_is_moved_in_one_action_and_nobody_is_forgotten(
    anna, store: Store, municipality: Municipality
) -> None:
    people = [YoungPerson(store) for _ in range(3)]
    talks = [person.books(municipality, CONTACT) for person in people]
    day = danish_day(talks[0].starts_at)
    sick = [talk for talk in talks if danish_day(talk.starts_at) == day]
    shown = post(anna, store, "day", day=str(day), kind="away")
    assert f"{len(sick)} aftale" in shown.text
    assert all(booking(store, talk.id).status is BookingStatus.ACTIVE for talk in talks)
    post(anna, store, "day", day=str(day), kind="away", confirmed="call_off")
    for person, talk in zip(people, talks, strict=True):
        now = booking(store, talk.id)
        assert (now.status is BookingStatus.CALLED_OFF) == (talk in sick)
        if talk in sick:
            assert_told(store, person, municipality)
    page = anna.get("/desk/bookings", headers=PAGE).text
    assert "Aflyst af jer, og ikke svaret endnu" in page
    assert all(person.id in page for person in people)
    heard = messages(store, people[0])
    assert post(anna, store, "day", day=str(day), kind="away", confirmed="call_off").status_code == 303
    assert messages(store, people[0]) == heard, "they are told once"


def test_who_has_chosen_another_time_or_cancelled_is_no_longer_on_the_list(
    anna, app, store: Store, municipality: Municipality
) -> None:
    person = YoungPerson(store)
    talk = person.books(municipality, CONTACT)
    post(anna, store, "day", day=str(danish_day(talk.starts_at)), kind="away", confirmed="call_off")
    talks = app.state.talks
    free = talks._offer("eksempel", talk.way).free
    assert all(danish_day(span.starts_at) != danish_day(talk.starts_at) for span in free)
    moved = talks._move(talk.code, Target(free[0].starts_at)).booking
    assert moved.status is BookingStatus.ACTIVE
    assert "ikke svaret endnu" not in anna.get("/desk/bookings", headers=PAGE).text
    post(anna, store, "day", day=str(danish_day(moved.starts_at)), kind="away", confirmed="call_off")
    assert "ikke svaret endnu" in anna.get("/desk/bookings", headers=PAGE).text
    assert talks._cancel(talk.code).status is BookingStatus.CANCELLED
    assert "ikke svaret endnu" not in anna.get("/desk/bookings", headers=PAGE).text


def test_a_talk_called_off_is_shown_as_that_wherever_it_is_opened(
    anna, store: Store, municipality: Municipality
) -> None:
    talk = YoungPerson(store).books(municipality, CONTACT)
    page = TestClient(plain_app(store, {municipality.slug: municipality}, **BY_BOTH))
    page.post("/booking/besked", data={"ord": talk.code, "til": "12345678"})
    post(anna, store, "day", day=str(danish_day(talk.starts_at)), kind="away", confirmed="call_off")
    # Whole sentences: "kalender" may be one of the three words.
    untrue = ("Læg tiden i min kalender", "have beskeden", "kan nå at sende")
    for path, fields in (("", {}), ("/besked", {"til": "12345678"}), ("/besked", {"stop": "ja"})):
        shown = page.post(f"/booking{path}", data={"ord": talk.code, **fields}).text
        assert "Tiden kan desværre ikke holdes." in shown, path
        assert "Flyt tiden" in shown, path
        assert not any(words in shown for words in untrue), path


def test_who_chose_whom_to_talk_with_gets_the_button_that_keeps_the_choice(
    anna, store: Store, municipality: Municipality
) -> None:
    person = YoungPerson(store)
    talk = person.books(municipality, CONTACT)
    with store.write(THE_TESTS) as work:
        work.bookings.change(replace(talk, chosen=talk.agent))
    post(anna, store, "day", day=str(danish_day(talk.starts_at)), kind="away", confirmed="call_off")
    with store.read(THE_TESTS) as work:
        last = work.conversations.after(person.id, 0)[-1]
    assert [button.payload for button in last.buttons] == ["/booking_reschedule"]


def test_talks_that_are_kept_are_told_nothing(anna, store: Store, municipality: Municipality) -> None:
    person = YoungPerson(store)
    talk = person.books(municipality, CONTACT)
    heard = messages(store, person)
    post(anna, store, "day", day=str(danish_day(talk.starts_at)), kind="away", confirmed="keep")
    assert booking(store, talk.id) == talk
    assert messages(store, person) == heard


def test_another_municipality_sees_and_changes_nothing(carl, store: Store) -> None:
    before = agent(store)
    number = before.id
    assert f"/desk/agents/{number}" not in carl.get("/desk/agents", headers=PAGE).text
    assert carl.get(f"/desk/agents/{number}", headers=PAGE).status_code == 404
    for what in ("week", "day", "feed", "feed/close"):
        fields = week(store) | {"day": str(FAR), "kind": "away", "confirmed": "call_off"}
        assert carl.post(f"/desk/agents/{number}/{what}", data=fields, headers=PAGE).status_code == 404, what
    assert agent(store) == before


@pytest.mark.parametrize("number", ["0", "x", "99999999999999999999", "-1", "²"])
def test_an_agent_that_is_none_is_not_found(anna, number: str) -> None:
    assert anna.get(f"/desk/agents/{number}", headers=PAGE).status_code == 404


def test_a_calendar_is_opened_read_and_closed(anna, store: Store, municipality: Municipality) -> None:
    opened = post(anna, store, "feed", shows="way").text
    secret = opened.partition("/kalender/")[2].partition(".ics")[0]
    towns, now = {municipality.slug: municipality}, datetime.now(UTC)
    assert read_feed(store, towns, secret, now)
    page = anna.get(f"/desk/agents/{agent(store).id}", headers=PAGE).text
    assert ("Den viser tid, måde og sted" in page, secret in page) == (True, False)
    post(anna, store, "feed/close")
    assert read_feed(store, towns, secret, now) is None


def messages(store: Store, person: YoungPerson) -> list[str]:
    with store.read(THE_TESTS) as work:
        return [message.text for message in work.conversations.after(person.id, 0)]


def assert_told(store: Store, person: YoungPerson, municipality: Municipality) -> None:
    with store.read(THE_TESTS) as work:
        last = work.conversations.after(person.id, 0)[-1]
        free = free_times(work, "eksempel", Way.PHONE, municipality.rules, datetime.now(UTC))[:3]
    assert "kan desværre ikke holdes" in last.text
    starts = [span.starts_at for span in free]
    taken = [inform(short_time(moment), booking_time=as_slot(moment), booking_way="phone") for moment in starts]
    offered = [{"title": button.title, "payload": button.payload} for button in last.buttons]
    assert offered == [*taken, {"title": "Vis flere tider", "payload": "/booking_reschedule"}]
    assert last.data["status"] == "called_off"


def test_an_agent_with_talks_is_handed_over_before_they_leave(anna, store: Store, municipality: Municipality) -> None:
    person = YoungPerson(store)
    talk = person.books(municipality, CONTACT)
    leaving = agent(store)
    assert post(anna, store, "remove").status_code == 409
    assert post(anna, store, "hand-over").status_code == 303
    assert booking(store, talk.id) == talk, "nobody can take it yet"
    made = anna.post("/desk/agents", data={"name": "Bo"}, headers=PAGE).headers["location"]
    number = int(made.rpartition("/")[2].partition("?")[0])
    # Her times begin at other minutes than those of the talk.
    everyday = {f"day_{day}": "08.10-18" for day in range(7)}
    whole_day = week(store, **everyday) | {"confirmed": "keep"}
    assert anna.post(f"/desk/agents/{number}/week", data=whole_day, headers=PAGE).status_code == 303
    anna.post(f"/desk/agents/{leaving.id}/hand-over", headers=PAGE)
    handed = booking(store, talk.id)
    assert (handed.agent, handed.starts_at, handed.code) == (number, talk.starts_at, talk.code)
    assert anna.post(f"/desk/agents/{leaving.id}/remove", headers=PAGE).status_code == 303
    assert [one.id for one in [agent(store)]] == [number]
    assert leaving.name not in anna.get("/desk/agents", headers=PAGE).text
    assert anna.get(f"/desk/agents/{leaving.id}", headers=PAGE).status_code == 404


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_an_agent_without_a_name_is_not_added(anna, store: Store, name: str) -> None:
    answer = anna.post("/desk/agents", data={"name": name}, headers=PAGE)
    assert (answer.status_code, "Skriv et navn" in answer.text) == (422, True)
    with store.read(THE_TESTS) as work:
        assert len(work.agents.of("eksempel", danish_day(datetime.now(UTC)))) == 1


def test_another_municipality_removes_nobody(carl, store: Store) -> None:
    before = agent(store)
    for what in ("hand-over", "remove"):
        assert carl.post(f"/desk/agents/{before.id}/{what}", headers=PAGE).status_code == 404
    assert agent(store) == before


def test_a_talk_that_is_booked_meanwhile_is_locked_before_it_is_changed(
    app, store: Store, municipality: Municipality
) -> None:
    """Its conversation would else be locked after the agents, and two could wait for each other for ever."""
    talk = YoungPerson(store).books(municipality, CONTACT)
    looks = iter([[], [talk], [talk], [talk]])
    with store.read(THE_TESTS) as work:
        user = work.people.user("anna")
    assert user
    done = app.state.working_hours._with_talks(user, lambda _work: next(looks), lambda _work, talks: list(talks))
    assert (done, list(looks)) == ([talk], [])
