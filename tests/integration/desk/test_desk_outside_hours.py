"""A closing day or a change of hours with talks on it: they stand, and the desk sees them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.bookings import Booking, Contact
from bot.casework.free_times import Opening, danish_day
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.desk import CONTACT, PAGE, YoungPerson
from tests.support.the_tests import THE_TESTS

OUTSIDE = "Uden for tiderne eller på en lukkedag"


def closes(app: Starlette, town: Municipality, day: date) -> None:
    """As if that date had been added to the town's file, and the process begun again."""
    rules = replace(town.rules, closed_days=frozenset({day}))
    app.state.municipalities[town.slug] = replace(town, rules=rules)


def listed(client: TestClient) -> str:
    page = client.get("/desk/bookings", headers=PAGE).text
    return page.partition(OUTSIDE)[2].partition("</section>")[0]


def week_of(client: TestClient, day: date) -> str:
    return client.get("/desk/week", params={"fra": str(day), "maade": "phone"}, headers=PAGE).text


def away(store: Store, talk: Booking, hours: tuple[Opening, ...] = ()) -> None:
    day = danish_day(talk.starts_at)
    with store.write(THE_TESTS) as work:
        [agent] = [one for one in work.agents.of(talk.municipality, day) if one.id == talk.agent]
        work.agents.set_day(agent, day, hours)


@pytest.fixture(autouse=True)
def open_all_year(app: Starlette, municipality: Municipality) -> None:
    """Only what a test closes is closed, whenever it runs."""
    rules = replace(municipality.rules, closed_days=frozenset())
    app.state.municipalities[municipality.slug] = replace(municipality, rules=rules)


@pytest.fixture
def talk(young: YoungPerson, municipality: Municipality) -> Booking:
    return young.books(municipality, CONTACT)


def test_a_talk_within_the_hours_is_listed_nowhere_else(anna, talk: Booking) -> None:
    assert OUTSIDE not in anna.get("/desk/bookings", headers=PAGE).text
    week = week_of(anna, danish_day(talk.starts_at))
    assert not any(words in week for words in ("Lukket", "Væk", "Uden for tiderne"))


def test_a_closing_day_shows_the_talks_on_it_and_loses_none(
    anna, app: Starlette, young: YoungPerson, talk: Booking, municipality: Municipality
) -> None:
    day = danish_day(talk.starts_at)
    closes(app, municipality, day)
    row = listed(anna)
    assert all(words in row for words in ("Sofie", "12345678", young.id, f"/desk/agents/{talk.agent}"))
    week = week_of(anna, day)
    assert "Telefon, Sofie, Aftalt, Uden for tiderne" in week
    assert week.count("<br>Lukket</th>") == 1, "of that day alone"
    assert anna.get("/desk/bookings.json").json()["bookings"][0]["status"] == "active"
    assert talk.code not in row


def test_a_day_away_is_said_over_its_column_and_the_talk_in_it_marked(anna, store: Store, talk: Booking) -> None:
    away(store, talk)
    assert "Sofie" in listed(anna)
    week = week_of(anna, danish_day(talk.starts_at))
    assert week.count("<br>Væk</th>") == 1
    assert "Aftalt, Uden for tiderne" in week


def test_hours_of_their_own_are_no_day_away(anna, store: Store, talk: Booking) -> None:
    day = danish_day(talk.starts_at)
    early = time(5), time(6)
    away(store, talk, (Opening(day.weekday(), *early),))
    week = week_of(anna, day)
    assert ("Væk" in week, "Uden for tiderne" in week, "Sofie" in listed(anna)) == (False, True, True)


def test_a_closed_week_without_talks_still_says_that_it_is_closed(
    anna, app: Starlette, municipality: Municipality
) -> None:
    day = danish_day(datetime.now(UTC) + timedelta(days=700))
    monday = day - timedelta(days=day.weekday())
    closes(app, municipality, monday)
    week = week_of(anna, monday)
    assert week.count("<br>Lukket</th>") == 1
    assert "Der er hverken aftaler eller ledige tider i denne uge." in week


def test_a_called_off_talk_moves_from_this_list_to_the_other(
    anna, app: Starlette, young: YoungPerson, talk: Booking, municipality: Municipality
) -> None:
    day = danish_day(talk.starts_at)
    closes(app, municipality, day)
    fields = {"day": str(day), "kind": "away", "confirmed": "call_off"}
    anna.post(f"/desk/agents/{talk.agent}/day", data=fields, headers=PAGE)
    page = anna.get("/desk/bookings", headers=PAGE).text
    assert (OUTSIDE in page, "Aflyst af jer, og ikke svaret endnu" in page) == (False, True)


def test_another_municipality_sees_its_own_and_no_more(
    carl, app: Starlette, store: Store, talk: Booking, municipality: Municipality
) -> None:
    closes(app, municipality, danish_day(talk.starts_at))
    assert OUTSIDE not in carl.get("/desk/bookings", headers=PAGE).text
    with store.write(THE_TESTS) as work:
        [agent] = work.agents.of(municipality.slug, danish_day(talk.starts_at))
        work.agents.add("nabo", "Nina", agent.openings)
    nearby = YoungPerson(store, municipality="nabo").books(
        app.state.municipalities["nabo"], Contact("Rasmus", "87654321")
    )
    away(store, nearby)
    assert ("Rasmus" in listed(carl), "Sofie" in listed(carl)) == (True, False)
