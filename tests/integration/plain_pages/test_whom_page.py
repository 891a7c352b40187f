"""Whom to talk with, chosen on the plain pages of a town that lets young people choose; nothing is lost by it."""

import re
from dataclasses import replace
from datetime import datetime

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.bookings import Booking
from bot.casework.free_times import DANISH_TIME, Agent
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.agents import add_agents, has_no_hours, leaves
from tests.support.plain import plain_app
from tests.support.plain_forms import attempt_in, times_in, words_in
from tests.support.the_tests import THE_TESTS

GONE = "Hos den boligagent kan man ikke få en tid nu."
OPTION = re.compile(r'<option value="(\d*)"( selected)?>([^<]+)</option>')


@pytest.fixture
def app(store: Store, municipality: Municipality) -> Starlette:
    """A town where one may choose."""
    return plain_app(store, {municipality.slug: replace(municipality, choose_agent=True)})


@pytest.fixture
def hidden_names(store: Store, municipality: Municipality) -> TestClient:
    """The same town where one may not."""
    return TestClient(plain_app(store, {municipality.slug: municipality}))


@pytest.fixture
def three(store: Store) -> list[Agent]:
    return add_agents(store, "Mette Holm", "Bo Lund")


def form_of(client: TestClient, hos: object = "", **more: str) -> tuple[Response, dict[str, str]]:
    """The page for this choice, and what its form sends with the first time."""
    page = client.get(f"/book?kommune=eksempel&maade=office&hos={hos}")
    fields = {"kommune": "eksempel", "maade": "office", "forsoeg": attempt_in(page), "hos": sent_of(page)}
    return page, fields | {"tid": times_in(page)[0]} | more


def sent_of(page: Response) -> str:
    found = re.search(r'<input type="hidden" name="hos" value="(\d*)">', page.text)
    assert found
    return found.group(1)


def booked(store: Store, words: str) -> Booking:
    with store.read(THE_TESTS) as work:
        booking = work.bookings.by_code(words)
    assert booking
    return booking


def book_with(client: TestClient, hos: object) -> str:
    answer = client.post("/book", data=form_of(client, hos)[1])
    assert answer.status_code == 200, answer.text
    return words_in(answer)


def only_in_the_morning(store: Store, agent: Agent) -> None:
    early = [replace(hours, end=replace_hour(hours.start)) for hours in agent.openings if hours.start.hour < 12]
    with store.write(THE_TESTS) as work:
        work.agents.set_week(agent, early, None)


def replace_hour(start):
    return start.replace(hour=start.hour + 1)


def test_the_first_choice_is_anybody_and_each_agent_by_first_name(client: TestClient, three: list[Agent]) -> None:
    page, _ = form_of(client)
    assert "Hvem vil du tale med?" in page.text
    assert [(number, name) for number, _, name in OPTION.findall(page.text) if name != "En kvinde"][:4] == [
        ("", "Det er lige meget"), *((str(agent.id), agent.name.split()[0]) for agent in three)
    ]  # fmt: skip
    assert "Holm" not in page.text


def test_the_times_shown_are_hers_and_so_is_the_talk(client: TestClient, store: Store, three: list[Agent]) -> None:
    mette = three[1]
    only_in_the_morning(store, mette)
    page, fields = form_of(client, mette.id)
    assert all(datetime.fromisoformat(time).astimezone(DANISH_TIME).hour < 12 for time in times_in(page))
    assert set(times_in(page)) < set(times_in(form_of(client)[0]))
    assert (str(mette.id), " selected", "Mette") in OPTION.findall(page.text)
    answer = client.post("/book", data=fields)
    assert "Du taler med Mette." in answer.text
    talk = booked(store, words_in(answer))
    assert (talk.agent, talk.chosen) == (mette.id, mette.id)
    assert "Du taler med Mette." in client.post("/booking", data={"ord": talk.code}).text


def test_two_of_one_first_name_are_told_apart_though_one_has_no_time(
    client: TestClient, store: Store, three: list[Agent]
) -> None:
    """The one without times is named in the note, as she is in the list."""
    mette = three[1]
    add_agents(store, "Mette Krag")
    has_no_hours(store, mette)
    page = form_of(client, mette.id)[0]
    assert "Mette Holm har ingen tider lige nu." in page.text
    assert "Mette Krag" in [name for _, _, name in OPTION.findall(page.text)]


def test_who_did_not_choose_sees_no_name(client: TestClient, three: list[Agent]) -> None:
    words = book_with(client, "")
    assert "Du taler med" not in client.post("/booking", data={"ord": words}).text


def test_a_move_keeps_her_unless_another_is_chosen(client: TestClient, store: Store, three: list[Agent]) -> None:
    _, mette, bo = three
    words = book_with(client, mette.id)
    only_in_the_morning(store, mette)
    offered = client.post("/booking/flyt", data={"ord": words})
    assert (sent_of(offered), "Du taler med Mette." in offered.text) == (str(mette.id), True)
    move = {"ord": words, "valgt": "ja"}
    client.post("/booking/flyt", data=move | {"hos": sent_of(offered), "tid": times_in(offered)[-1]})
    talk = booked(store, words)
    assert (talk.agent, talk.chosen) == (mette.id, mette.id)
    others = client.post("/booking/flyt", data={"ord": words, "hos": str(bo.id)})
    assert set(times_in(others)) > set(times_in(offered))
    moved = client.post("/booking/flyt", data=move | {"hos": sent_of(others), "tid": times_in(others)[3]})
    assert "Du taler med Bo." in moved.text
    assert booked(store, words).agent == bo.id
    anybodys = client.post("/booking/flyt", data={"ord": words, "hos": ""})
    client.post("/booking/flyt", data=move | {"hos": sent_of(anybodys), "tid": times_in(anybodys)[5]})
    assert booked(store, words).chosen is None


def test_when_she_has_no_time_those_of_the_others_are_offered(
    client: TestClient, store: Store, three: list[Agent]
) -> None:
    mette = three[1]
    words = book_with(client, mette.id)
    has_no_hours(store, mette)
    for page in (form_of(client, mette.id)[0], client.post("/booking/flyt", data={"ord": words})):
        assert "Mette har ingen tider lige nu. Her er de andres." in page.text
        assert (sent_of(page), bool(times_in(page))) == ("", True)
    moved = client.post("/booking/flyt", data={"ord": words, "valgt": "ja", "hos": "", "tid": times_in(page)[0]})
    assert "Din tid er flyttet." in moved.text


def test_who_is_gone_meanwhile_is_told_of_and_nothing_is_lost(
    client: TestClient, store: Store, three: list[Agent]
) -> None:
    mette = three[1]
    _, fields = form_of(client, mette.id, fornavn="Ida", hvem="worry", tolk="ja")
    leaves(store, mette)
    answer = client.post("/book", data=fields)
    assert (answer.status_code, GONE in answer.text, 'href="#hos"' in answer.text) == (422, True, True)
    assert 'value="Ida"' in answer.text
    assert re.findall(r'name="hvem" value="(\w+)" checked', answer.text) == ["worry"]
    assert f'value="{fields["tid"]}" checked' in answer.text, "the same time, with the others"
    again = client.post("/book", data=fields | {"hos": sent_of(answer)})
    assert booked(store, words_in(again)).starts_at == datetime.fromisoformat(fields["tid"])


@pytest.mark.parametrize("hos", ["0", "99999", "-1", "x", "²", "9" * 5000, "1; DROP TABLE agents", "<script>"])
def test_a_choice_that_nobody_could_make_books_nothing(
    client: TestClient, store: Store, three: list[Agent], hos: str
) -> None:
    page = client.get("/book", params={"kommune": "eksempel", "maade": "office", "hos": hos})
    assert (page.status_code, GONE in page.text, "<script>" in page.text) == (200, True, False)
    answer = client.post("/book", data=form_of(client)[1] | {"hos": hos})
    assert (answer.status_code, GONE in answer.text) == (422, True)
    words = book_with(client, "")
    before = booked(store, words)
    refused = client.post("/booking/flyt", data={"ord": words, "valgt": "ja", "hos": hos, "tid": times_in(page)[9]})
    assert (refused.status_code, booked(store, words)) == (422, before)


def test_a_town_that_lets_nobody_choose_shows_no_names_and_takes_no_choice(
    hidden_names: TestClient, store: Store, three: list[Agent]
) -> None:
    mette = three[1]
    page, fields = form_of(hidden_names, mette.id)
    assert not any(told in page.text for told in ("Hvem vil du tale med?", "Mette", "Bo<"))
    words = words_in(hidden_names.post("/book", data=fields | {"hos": str(mette.id)}))
    assert booked(store, words).chosen is None
    move = {"ord": words, "valgt": "ja", "hos": str(mette.id), "tid": times_in(page)[5]}
    refused = hidden_names.post("/booking/flyt", data=move)
    assert (refused.status_code, "Mette" in refused.text) == (422, False)


def test_whom_the_desk_chose_for_somebody_is_kept_in_a_move_without_a_name(
    hidden_names: TestClient, client: TestClient, store: Store, three: list[Agent]
) -> None:
    """The client books as the desk does, whatever the town shows to the young."""
    mette = three[1]
    words = book_with(client, mette.id)
    offered = hidden_names.post("/booking/flyt", data={"ord": words})
    assert (sent_of(offered), "Mette" in offered.text) == (str(mette.id), False)
    moved = {"ord": words, "valgt": "ja", "hos": sent_of(offered), "tid": times_in(offered)[4]}
    assert "Din tid er flyttet." in hidden_names.post("/booking/flyt", data=moved).text
    assert booked(store, words).chosen == mette.id
    leaves(store, mette)
    assert "boligagent" not in hidden_names.post("/booking/flyt", data={"ord": words}).text


def test_of_one_agent_there_is_nothing_to_choose(client: TestClient) -> None:
    assert "Hvem vil du tale med?" not in form_of(client)[0].text
