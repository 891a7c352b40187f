"""The page to book on: without a script or a dialogue server, and nothing typed is lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from bot.casework.arranging import free_times
from bot.casework.bookings import About
from bot.casework.codes import code_words
from bot.casework.free_times import DANISH_TIME, Way
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.plain_forms import fields_to_book, times_in, words_in
from tests.support.the_tests import THE_TESTS


def test_somebody_books_and_gets_three_words(client: TestClient, store: Store) -> None:
    answer = client.post("/book", data=fields_to_book(client, fornavn=" Sofie "))
    assert answer.status_code == 200
    words = words_in(answer)
    assert len(words.split()) == 3
    assert set(words.split()) <= set(code_words())
    assert "Ungehuset, Eksempelgade 1" in answer.text
    assert "Skriv de tre ord ned" in answer.text
    with store.read(THE_TESTS) as work:
        booking = work.bookings.by_code(words)
    assert booking is not None
    assert booking.contact.first_name == "Sofie"


def test_free_times_are_grouped_by_day_and_what_is_later_than_a_fortnight_is_folded_away(
    client: TestClient, store: Store, municipality: Municipality
) -> None:
    form = client.get("/book?maade=office")
    starts = [datetime.fromisoformat(value) for value in times_in(form)]
    now = datetime.now(UTC)
    with store.read(THE_TESTS) as work:
        assert starts == [one.starts_at for one in free_times(work, "eksempel", Way.OFFICE, municipality.rules, now)]
    assert len(re.findall('<details class="day"', form.text)) == len({start.date() for start in starts}) > 3
    assert len(re.findall(r"<details[^>]* open", form.text)) == 1
    near, later = (part.count('<details class="day"') for part in form.text.split("<summary>Senere dage</summary>"))
    first_of_days = {start.astimezone(DANISH_TIME).date(): start for start in reversed(starts)}.values()
    fortnight = [start for start in first_of_days if start < now + timedelta(days=14)]
    assert (near, later) == (len(fortnight), len(first_of_days) - len(fortnight))


def test_the_phone_is_asked_for_only_when_we_ring(client: TestClient) -> None:
    assert 'name="telefon"' in client.get("/book?maade=phone").text
    assert 'name="telefon"' not in client.get("/book?maade=office").text
    fields = fields_to_book(client, "phone", fornavn="Ali")
    missing = client.post("/book", data=fields)
    assert missing.status_code == 422
    assert "Skriv dit nummer, så vi kan ringe til dig." in missing.text
    assert 'value="Ali"' in missing.text
    assert client.post("/book", data=fields | {"telefon": "12 34 56 78"}).status_code == 200


def test_where_to_meet_is_asked_for_only_elsewhere_and_stands_on_one_s_own_page(client: TestClient) -> None:
    assert 'name="sted"' in client.get("/book?maade=out").text
    assert 'name="sted"' not in client.get("/book?maade=office").text
    fields = fields_to_book(client, "out", fornavn="Ali")
    missing = client.post("/book", data=fields)
    assert (missing.status_code, "Skriv, hvor du vil mødes." in missing.text) == (422, True)
    assert client.post("/book", data=fields | {"sted": "x" * 101}).status_code == 422
    booked = client.post("/book", data=fields | {"sted": "Café <b>Ø</b>"})
    assert "Vi mødes et andet sted: Café &lt;b&gt;Ø&lt;/b&gt;." in booked.text


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"tid": ""}, "tid", "Vælg en tid."),
        ({"tid": "i morgen"}, "tid", "Vælg en tid."),
        ({"tid": "2030-01-01T10:00:00"}, "tid", "Vælg en tid."),
        ({"tid": "0001-01-01T00:00:00+14:00"}, "tid", "Vælg en tid."),
        ({"tid": "2001-01-01T10:00:00+00:00"}, "tid", "Den tid kan man ikke vælge."),
        ({"telefon": "ikke et nummer"}, "telefon", "Det ligner ikke et telefonnummer."),
        ({"fornavn": "x" * 61}, "fornavn", "Skriv et fornavn på højst 60 tegn uden tal og @, eller lad det være."),
        (
            {"fornavn": "22 33 44 55"},
            "fornavn",
            "Skriv et fornavn på højst 60 tegn uden tal og @, eller lad det være.",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    client: TestClient, wrong: dict[str, str], field: str, says: str
) -> None:
    typed = fields_to_book(client, "phone", fornavn="Ida", telefon="12345678") | wrong
    answer = client.post("/book", data=typed)
    assert answer.status_code == 422
    assert re.search(rf'id="{field}-fejl">{re.escape(says)}', answer.text)
    assert f'aria-describedby="{field}-fejl"' in answer.text
    for name in ("fornavn", "telefon"):
        assert f'value="{typed[name]}"' in answer.text
    if field != "tid":
        assert f'value="{typed["tid"]}" checked' in answer.text


def test_a_time_just_taken_is_said_with_the_next_ones_and_nothing_is_lost(client: TestClient) -> None:
    late = fields_to_book(client, "office", fornavn="Ida")
    assert client.post("/book", data=fields_to_book(client)).status_code == 200
    answer = client.post("/book", data=late)
    assert answer.status_code == 409
    assert "Den tid er lige blevet taget." in answer.text
    assert 'value="Ida"' in answer.text
    assert late["tid"] not in times_in(answer)
    assert client.post("/book", data=late | {"tid": times_in(answer)[0]}).status_code == 200


def test_a_form_sent_twice_books_once_and_shows_the_same_words(client: TestClient, store: Store) -> None:
    fields = fields_to_book(client)
    first, second = (client.post("/book", data=fields) for _ in range(2))
    assert words_in(first) == words_in(second)
    with store.read(THE_TESTS) as work:
        now = datetime.now(UTC)
        assert len(work.bookings.between("eksempel", now, now + timedelta(days=40))) == 1


def test_the_id_that_the_desk_sees_does_not_lead_to_the_words(client: TestClient, store: Store) -> None:
    fields = fields_to_book(client)
    words = words_in(client.post("/book", data=fields))
    with store.read(THE_TESTS) as work:
        booking = work.bookings.by_code(words)
    assert booking is not None
    assert booking.id != fields["forsoeg"]
    assert client.post("/book", data=fields | {"forsoeg": booking.id}).status_code == 409


def test_the_way_and_the_municipality_are_asked_for_when_missing(client: TestClient, two_towns: TestClient) -> None:
    assert "maade=office" in client.get("/book").text
    assert client.post("/book", data={"kommune": "eksempel", "maade": "due"}).status_code == 422
    towns = two_towns.get("/book")
    assert (towns.status_code, "kommune=nabo" in towns.text) == (200, True)
    assert two_towns.get("/book?kommune=findes-ikke").status_code == 404
    assert client.post("/book", json={"kommune": "eksempel"}).status_code == 422


def test_a_name_is_text_never_markup(client: TestClient) -> None:
    answer = client.post("/book", data=fields_to_book(client, fornavn='"><script>alert(1)</script>', tid=""))
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("hvem", "about", "says"),
    [
        ("", About.YOUNG, "Dine tre ord"),
        ("young", About.YOUNG, "Dine tre ord"),
        ("with_helper", About.WITH_HELPER, "Ordene er den unges."),
        ("worry", About.WORRY, "Dine tre ord"),
        ("noget andet", About.YOUNG, "Dine tre ord"),
    ],
)
def test_a_helper_says_whose_time_it_is(client: TestClient, store: Store, hvem: str, about: About, says: str) -> None:
    answer = client.post("/book", data=fields_to_book(client, hvem=hvem))
    assert says in answer.text
    with store.read(THE_TESTS) as work:
        booking = work.bookings.by_code(words_in(answer))
    assert booking is not None
    assert booking.about is about


def test_the_time_is_for_oneself_unless_said_otherwise_and_the_choice_is_not_lost(client: TestClient) -> None:
    form = client.get("/book?kommune=eksempel&maade=office")
    assert re.findall(r'name="hvem" value="(\w+)" checked', form.text) == ["young"]
    wrong = client.post("/book", data=fields_to_book(client, hvem="worry", tid=""))
    assert re.findall(r'name="hvem" value="(\w+)" checked', wrong.text) == ["worry"]
