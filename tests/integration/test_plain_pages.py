"""The plain pages over a real store: sleep tonight, book, move and cancel without a script or a dialogue server."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote_plus, urlsplit

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.bookings import Booking
from bot.casework.codes import code_words
from bot.casework.free_times import Span, Way
from bot.knowledge.facts import FactError, shipped_facts
from bot.language.readability import lix
from bot.municipality.demo import seed_demo
from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.web.plain.statements import statement, with_phone_links
from bot.web.plain_pages import plain_page_routes
from bot.web.templating import HERE, STATIC
from tests.support.plain import plain_app

HIGHEST_LIX = 30
TEMPLATES = sorted((HERE / "templates" / "plain").glob("*.html"))
FACTS_IN_TEMPLATES = sorted({n for file in TEMPLATES for n in re.findall(r'state\("(\w+)"', file.read_text("utf-8"))})


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'hjemad.sqlite'}"


@pytest.fixture
def app(store: Store, municipality: Municipality) -> Starlette:
    return plain_app(store, {municipality.slug: municipality})


@pytest.fixture
def client(app: Starlette) -> TestClient:
    return TestClient(app)


@pytest.fixture
def two_towns(store: Store, municipality: Municipality) -> TestClient:
    neighbour = replace(municipality, slug="nabo", name="Nabo Kommune", invented=False)
    seed_demo(store, neighbour, "adgangskode")
    return TestClient(plain_app(store, {"eksempel": municipality, "nabo": neighbour}))


class _Visible(HTMLParser):
    """The text somebody reads, a block a line; without what is not ours to word: sources, dates and the three words."""

    BLOCKS = ("p", "li", "h1", "h2", "legend", "summary", "label", "button")
    UNWORDED = frozenset({"source", "day", "when", "code"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._in_main = False
        self._unworded = 0
        self._unworded_tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_main = self._in_main or tag == "main"
        classes = set((dict(attrs).get("class") or "").split())
        if self._unworded:
            self._unworded += tag == self._unworded_tag
        elif classes & self.UNWORDED:
            self._unworded, self._unworded_tag = 1, tag
        if tag in self.BLOCKS or "button" in classes:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._in_main = self._in_main and tag != "main"
        self._unworded -= bool(self._unworded) and tag == self._unworded_tag

    def handle_data(self, data: str) -> None:
        if self._in_main and not self._unworded:
            self.parts.append(" ".join(data.split()) + " ")


def _text(answer: Response) -> str:
    reader = _Visible()
    reader.feed(answer.text)
    return "".join(reader.parts)


def _times(answer: Response) -> list[str]:
    return re.findall(r'name="tid" value="([^"]+)"', answer.text)


def _attempt(answer: Response) -> str:
    found = re.search(r'name="forsoeg" value="([^"]+)"', answer.text)
    assert found
    return found.group(1)


def _words(answer: Response) -> str:
    found = re.search(r'class="code">([^<]+)<', answer.text)
    assert found, answer.text
    return unescape(found.group(1))


def _fields(client: TestClient, way: str = "office", **more: str) -> dict[str, str]:
    form = client.get(f"/book?kommune=eksempel&maade={way}")
    fields = {"kommune": "eksempel", "maade": way, "forsoeg": _attempt(form), "tid": _times(form)[0]}
    return fields | more


def _book(client: TestClient, **more: str) -> str:
    answer = client.post("/book", data=_fields(client, **more))
    assert answer.status_code == 200, answer.text
    return _words(answer)


# Tonight


@pytest.mark.parametrize("number", FACTS_IN_TEMPLATES)
def test_only_facts_that_may_be_said_stand_on_a_page_and_with_their_source(number: str) -> None:
    fact = shipped_facts()[number]
    assert fact.ready in ("yes", "check_first")
    assert statement(number).check_first is (fact.ready == "check_first")
    assert statement(number).sources


def test_a_fact_that_must_not_be_said_cannot_be_put_on_a_page() -> None:
    for number in ("A34", "C07", "C08", "X99"):
        with pytest.raises(FactError):
            statement(number)


def test_numbers_can_be_rung_and_other_numbers_cannot() -> None:
    assert with_phone_links("ring 116 111 eller 70 201 201.") == (
        'ring <a href="tel:116111">116 111</a> eller <a href="tel:70201201">70 201 201</a>.'
    )
    for text in ("I 2021 var prisen 93 kroner", "fra 18 til 29 år", "Åboulevard 38", "5.989 mennesker", "112 kroner"):
        assert "tel:" not in with_phone_links(text)
    assert with_phone_links("<b>112</b>").startswith("&lt;b&gt;")


@pytest.mark.parametrize("age", ["", "under-18", "18-eller-over", "vil-ikke-sige", "<script>"])
def test_danger_and_the_social_duty_officer_come_first_whatever_is_answered(client: TestClient, age: str) -> None:
    answer = client.get("/i-nat", params={"alder": age})
    assert answer.status_code == 200
    numbers = re.findall(r'href="tel:(\d+)"', answer.text)
    assert numbers[:2] == ["112", "114"]
    assert {"116111", "1888", "70201201"} <= set(numbers)
    assert "<script>" not in answer.text


def test_the_age_decides_what_is_shown(client: TestClient) -> None:
    young, grown, unsaid = (
        _text(client.get(f"/i-nat?alder={age}")) for age in ("under-18", "18-eller-over", "vil-ikke-sige")
    )
    assert "kan du selv møde op på et herberg" not in young
    assert "Joannahuset" in young
    assert "kan du selv møde op på et herberg" in grown
    assert "Joannahuset" not in grown
    assert "kan du selv møde op på et herberg" in unsaid
    assert "anonym rådgivning hos kommunen" in unsaid


def test_what_is_old_or_local_is_said_only_with_a_hint_to_check_it(client: TestClient) -> None:
    for age in ("under-18", "18-eller-over"):
        for block in re.findall(r'<div class="fact.*?</div>', client.get(f"/i-nat?alder={age}").text, re.DOTALL):
            text = re.sub(r"<[^>]+>", "", unescape(block))
            fact = next(fact for fact in shipped_facts().values() if fact.text in text)
            assert ("Tjek først" in text) is (fact.ready == "check_first")
            assert "Kilde:" in text


def test_the_only_municipality_is_taken_and_several_are_offered(client: TestClient, two_towns: TestClient) -> None:
    assert "/book?kommune=eksempel" in client.get("/i-nat").text
    several = two_towns.get("/i-nat?alder=under-18").text
    assert "/i-nat?kommune=nabo&amp;alder=under-18" in several
    chosen = two_towns.get("/i-nat?kommune=nabo")
    assert "/book?kommune=nabo" in chosen.text
    assert "findes ikke" not in chosen.text


def test_an_unknown_municipality_takes_no_help_away(two_towns: TestClient) -> None:
    answer = two_towns.get("/i-nat?kommune=findes-ikke")
    assert answer.status_code == 200
    assert "tel:114" in answer.text


def test_tonights_page_needs_no_store(municipality: Municipality) -> None:
    app = Starlette(routes=plain_page_routes)
    app.state.municipalities = {municipality.slug: municipality}
    assert TestClient(app).get("/i-nat?alder=under-18").status_code == 200


# Booking


def test_somebody_books_and_gets_three_words(client: TestClient, store: Store) -> None:
    answer = client.post("/book", data=_fields(client, fornavn=" Sofie "))
    assert answer.status_code == 200
    words = _words(answer)
    assert len(words.split()) == 3
    assert set(words.split()) <= set(code_words())
    assert "Ungehuset, Eksempelgade 1" in answer.text
    assert "Skriv de tre ord ned" in answer.text
    with store.read() as work:
        booking = work.bookings.by_code(words)
    assert booking is not None
    assert booking.contact.first_name == "Sofie"


def test_free_times_are_grouped_by_day_within_a_fortnight(client: TestClient) -> None:
    form = client.get("/book?maade=office")
    starts = [datetime.fromisoformat(value) for value in _times(form)]
    assert starts == sorted(starts)
    assert max(starts) < datetime.now(UTC) + timedelta(days=14)
    assert len(re.findall("<details", form.text)) == len({start.date() for start in starts}) > 3
    assert len(re.findall(r"<details[^>]* open", form.text)) == 1


def test_the_phone_is_asked_for_only_when_we_ring(client: TestClient) -> None:
    assert 'name="telefon"' in client.get("/book?maade=phone").text
    assert 'name="telefon"' not in client.get("/book?maade=office").text
    fields = _fields(client, "phone", fornavn="Ali")
    missing = client.post("/book", data=fields)
    assert missing.status_code == 422
    assert "Skriv dit nummer, så vi kan ringe til dig." in missing.text
    assert 'value="Ali"' in missing.text
    assert client.post("/book", data=fields | {"telefon": "12 34 56 78"}).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"tid": ""}, "tid", "Vælg en tid."),
        ({"tid": "i morgen"}, "tid", "Vælg en tid."),
        ({"tid": "2030-01-01T10:00:00"}, "tid", "Vælg en tid."),
        ({"tid": "0001-01-01T00:00:00+14:00"}, "tid", "Vælg en tid."),
        ({"tid": "2001-01-01T10:00:00+00:00"}, "tid", "Den tid kan man ikke vælge."),
        ({"telefon": "ikke et nummer"}, "telefon", "Det ligner ikke et telefonnummer."),
        ({"fornavn": "x" * 61}, "fornavn", "Fornavnet er for langt."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    client: TestClient, wrong: dict[str, str], field: str, says: str
) -> None:
    typed = _fields(client, "phone", fornavn="Ida", telefon="12345678") | wrong
    answer = client.post("/book", data=typed)
    assert answer.status_code == 422
    assert re.search(rf'id="{field}-fejl">{re.escape(says)}', answer.text)
    assert f'aria-describedby="{field}-fejl"' in answer.text
    for name in ("fornavn", "telefon"):
        assert f'value="{typed[name]}"' in answer.text
    if field != "tid":
        assert f'value="{typed["tid"]}" checked' in answer.text


def test_a_time_just_taken_is_said_with_the_next_ones_and_nothing_is_lost(client: TestClient) -> None:
    late = _fields(client, "office", fornavn="Ida")
    assert client.post("/book", data=_fields(client)).status_code == 200
    answer = client.post("/book", data=late)
    assert answer.status_code == 409
    assert "Den tid er lige blevet taget." in answer.text
    assert 'value="Ida"' in answer.text
    assert late["tid"] not in _times(answer)
    assert client.post("/book", data=late | {"tid": _times(answer)[0]}).status_code == 200


def test_a_form_sent_twice_books_once_and_shows_the_same_words(client: TestClient, store: Store) -> None:
    fields = _fields(client)
    first, second = (client.post("/book", data=fields) for _ in range(2))
    assert _words(first) == _words(second)
    with store.read() as work:
        now = datetime.now(UTC)
        assert len(work.bookings.between("eksempel", now, now + timedelta(days=40))) == 1


def test_the_id_that_the_desk_sees_does_not_lead_to_the_words(client: TestClient, store: Store) -> None:
    fields = _fields(client)
    words = _words(client.post("/book", data=fields))
    with store.read() as work:
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
    answer = client.post("/book", data=_fields(client, fornavn='"><script>alert(1)</script>', tid=""))
    assert "<script>alert" not in answer.text


# By three words


def test_a_booking_is_seen_moved_and_cancelled_by_its_words(client: TestClient, store: Store) -> None:
    words = _book(client)
    seen = client.post("/booking", data={"ord": words.upper().replace(" ", ", ")})
    assert seen.status_code == 200
    offered = client.post("/booking/flyt", data={"ord": words})
    new = _times(offered)[3]
    moved = client.post("/booking/flyt", data={"ord": words, "valgt": "ja", "tid": new})
    assert "Din tid er flyttet." in moved.text
    with store.read() as work:
        booking = work.bookings.by_code(words)
    assert booking is not None
    assert booking.starts_at == datetime.fromisoformat(new)
    asked = client.post("/booking/aflys", data={"ord": words})
    assert "Vil du aflyse din tid?" in asked.text
    assert "Flyt tiden" in client.post("/booking", data={"ord": words}).text
    cancelled = client.post("/booking/aflys", data={"ord": words, "sikker": "ja"})
    assert "Din tid er aflyst." in cancelled.text
    again = client.post("/booking", data={"ord": words})
    assert "Tiden er aflyst." in again.text
    assert "Flyt tiden" not in again.text
    for path in ("/booking/flyt", "/booking/aflys"):
        assert "Tiden er aflyst." in client.post(path, data={"ord": words, "sikker": "ja"}).text


def test_the_words_are_found_without_danish_letters(client: TestClient, store: Store) -> None:
    with store.write() as work:
        code = "pære-bjørn-tårn"
        talk = client.app.state.talks  # type: ignore[attr-defined]
        span = talk._free("eksempel", Way.OFFICE)[0]
        work.bookings.add(_booking(span, code))
    assert client.post("/booking", data={"ord": "Paere bjorn taarn"}).status_code == 200


def _booking(span: Span, code: str) -> Booking:
    return Booking(
        id="1", municipality="eksempel", agent=span.agent, starts_at=span.starts_at, ends_at=span.ends_at,
        way=Way.OFFICE, place="Ungehuset", code=code,
    )  # fmt: skip


def test_moving_to_a_taken_time_keeps_the_old_one_and_offers_the_next(client: TestClient) -> None:
    words = _book(client)
    wanted = _times(client.post("/booking/flyt", data={"ord": words}))[0]
    assert client.post("/book", data=_fields(client, tid=wanted)).status_code == 200
    answer = client.post("/booking/flyt", data={"ord": words, "valgt": "ja", "tid": wanted})
    assert answer.status_code == 409
    assert "Den tid er lige blevet taget." in answer.text
    assert wanted not in _times(answer)
    assert "Flyt tiden" in client.post("/booking", data={"ord": words}).text


def test_moving_without_a_choice_asks_for_one(client: TestClient) -> None:
    answer = client.post("/booking/flyt", data={"ord": _book(client), "valgt": "ja"})
    assert (answer.status_code, "Vælg en ny tid." in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("given", "status", "says"),
    [
        ("", 422, "Skriv de tre ord, du fik."),
        ("skov", 422, "Skriv de tre ord, du fik."),
        ("skov lampe ukendtord", 422, "Skriv de tre ord, du fik."),
        ("skov lampe kage", 404, "Vi kan ikke finde en tid med de tre ord."),
    ],
)
@pytest.mark.parametrize("path", ["/booking", "/booking/flyt", "/booking/aflys"])
def test_wrong_words_are_said_beside_the_field(
    client: TestClient, path: str, given: str, status: int, says: str
) -> None:
    answer = client.post(path, data={"ord": given, "sikker": "ja", "valgt": "ja"})
    assert answer.status_code == status
    assert f'id="ord-fejl">{says}' in answer.text
    assert f'value="{given}"' in answer.text


def test_no_address_ever_carries_the_words(client: TestClient) -> None:
    words = _book(client)
    for path in ("/booking", "/booking/flyt", "/booking/aflys"):
        answer = client.post(path, data={"ord": words})
        for address in (*re.findall(r'(?:href|action)="([^"]*)"', answer.text), str(answer.url)):
            assert not any(word in urlsplit(unquote_plus(address)).query for word in words.split())
        assert words not in client.get(path, params={"ord": words}).text


# The door


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    ],
)
@pytest.mark.parametrize("path", ["/book", "/booking", "/booking/flyt", "/booking/aflys"])
def test_other_sites_cannot_send_our_forms(client: TestClient, path: str, headers: dict[str, str]) -> None:
    answer = client.post(path, data={"ord": "skov lampe kage"}, headers=headers)
    assert answer.status_code == 403
    assert "tel:112" in answer.text


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "null"}, {"Origin": "http://testserver"}, {}],
)
def test_our_own_forms_pass_in_browsers_old_and_new(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/book", data=_fields(client), headers=headers).status_code == 200


def test_guessing_words_is_slowed_down_on_all_pages_together(store: Store, municipality: Municipality) -> None:
    client = TestClient(plain_app(store, {"eksempel": municipality}, code_tries_a_minute=3))
    paths = ("/booking", "/booking/flyt", "/booking/aflys", "/booking")
    answers = [client.post(path, data={"ord": "skov lampe kage"}) for path in paths]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 429]
    assert "Det går lidt for hurtigt." in answers[-1].text


def test_nobody_books_the_calendar_full_in_a_minute(store: Store, municipality: Municipality) -> None:
    client = TestClient(plain_app(store, {"eksempel": municipality}, conversations_a_minute=2))
    assert [client.post("/book", data=_fields(client)).status_code for _ in range(3)] == [200, 200, 429]


def test_a_body_too_large_and_a_broken_form_get_a_page_that_helps(client: TestClient) -> None:
    broken = client.post("/book", content=b"x", headers={"Content-Type": "multipart/form-data"})
    assert broken.status_code == 400
    assert "tel:112" in broken.text
    assert client.post("/book", data={"fornavn": "x" * 70_000}).status_code == 413


def test_a_store_that_is_away_gets_a_page_with_tonights_numbers(municipality: Municipality) -> None:
    away = Store("postgresql://nobody@127.0.0.1:1/none?connect_timeout=1", "a key for tests")
    client = TestClient(plain_app(away, {"eksempel": municipality}))
    answer = client.get("/book?maade=office")
    assert answer.status_code == 503
    assert "tel:112" in answer.text
    assert 'href="/i-nat"' in answer.text
    away.close()


def test_no_page_is_kept_by_the_browser(client: TestClient) -> None:
    answer = client.post("/book", data=_fields(client))
    assert answer.headers["Cache-Control"] == "no-store"
    assert "set-cookie" not in answer.headers


# Words


@pytest.fixture
def all_pages(client: TestClient, two_towns: TestClient) -> dict[str, Response]:
    words = _book(client)
    paths = ("/i-nat", "/i-nat?alder=under-18", "/i-nat?alder=18-eller-over", "/i-nat?alder=vil-ikke-sige")
    paths += ("/book", "/book?maade=office", "/book?maade=phone", "/book?maade=chat", "/booking")
    paths += ("/privatliv", "/tilgaengelighed")
    pages = {path: client.get(path) for path in paths}
    pages |= {path: two_towns.get(path) for path in ("/book?kommune=x",)}
    posts = {"/booking": {}, "/booking/flyt": {}, "/booking/aflys": {}, "/booking/aflys?": {"sikker": "ja"}}
    pages |= {f"POST {path}": client.post(path, data={"ord": words} | more) for path, more in posts.items()}
    pages["POST /book"] = client.post("/book", data=_fields(client, "chat"))
    pages["POST /book wrong"] = client.post("/book", data={"kommune": "eksempel", "maade": "phone"})
    return pages


def test_every_page_is_easy_to_read(all_pages: dict[str, Response]) -> None:
    measured = {path: round(lix(_text(answer)), 1) for path, answer in all_pages.items()}
    assert {path: value for path, value in measured.items() if value > HIGHEST_LIX} == {}
    assert len(measured) == len(all_pages) > 15


def test_every_page_leads_on_and_refers_only_to_files_that_exist(all_pages: dict[str, Response]) -> None:
    for path, answer in all_pages.items():
        for link in ("/i-nat", "/book", "/booking", "/privatliv", "/tilgaengelighed"):
            assert f'href="{link}"' in answer.text, path
        for name in re.findall(r'(?:src|href)="/static/([^"]+)"', answer.text):
            assert (STATIC / name).is_file(), name


def test_no_page_promises_secrecy(all_pages: dict[str, Response]) -> None:
    for path, answer in all_pages.items():
        assert not re.search(r"(?i)bliver mellem os(?!\.)|hemmeligt|ingen får det at vide", _text(answer)), path


def test_the_privacy_page_says_who_reads_and_that_some_must_tell(client: TestClient) -> None:
    text = _text(client.get("/privatliv"))
    for said in ("Slet min chat", "medarbejdere kan læse den", "underretning", "Vi kan ikke love", "lukker fanen"):
        assert said in text
