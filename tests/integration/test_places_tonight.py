"""What is open tonight in somebody's municipality is told in the chat and on the page, from the town's own file."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.free_times import DANISH_TIME
from bot.language.readability import lix
from bot.language.tongue import Tongue
from bot.municipality.towns import TOWNS, Municipality, load_municipalities
from bot.safety.screen import shipped_screen
from bot.web.plain_pages import plain_page_routes
from tests.support.chat_app import last_answer, open_conversation, send, serve, settings
from tests.support.the_tests import THE_TESTS
from tests.support.visible_text import visible_text

NOWHERE = "jeg har ikke noget sted at sove i nat"
ACUTE = "jeg har ikke noget sted at sove i nat, det er minusgrader og jeg kan ikke mærke mine fingre"
# A Wednesday evening.
NOW = datetime(2026, 11, 18, 20, 30, tzinfo=DANISH_TIME)
PLACES = """
tonight:
  - text: "Natcafeen i Byvej 3. Gå bare ind."
    english: "The night café in Byvej 3. Just walk in."
    open: {onsdag: ["21:00-08:00"]}
    confirmed: 2026-11-01
  - text: "Ungehuset på Torvet 1. Ring på døren."
    age: under_18
    open: {onsdag: ["18:00-23:00"]}
    confirmed: 2026-11-01
  - text: "Herberget ved Åen 2. Kom før kl. 22."
    age: adult
    confirmed: 2026-04-01
  - text: "Dagcafeen i Byvej 5."
    open: {onsdag: ["09:00-15:00"]}
    confirmed: 2026-11-01
"""
CAFE = "Natcafeen i Byvej 3. Gå bare ind. Åbner kl. 21.00."
YOUNG = "Ungehuset på Torvet 1. Ring på døren. Åbent til kl. 23.00."
GROWN = "Herberget ved Åen 2. Kom før kl. 22. Tjek først, om det passer i dag."
LEAD = "Steder i Eksempel Kommune i nat:"


class AtThatHour(datetime):
    """The clock of a Wednesday evening."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return NOW.astimezone(tz)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Municipality:
    folder = tmp_path_factory.mktemp("towns")
    shipped = (TOWNS / "eksempel.yml").read_text(encoding="utf-8")
    (folder / "eksempel.yml").write_text(shipped + PLACES, encoding="utf-8")
    return load_municipalities(folder)["eksempel"]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, town: Municipality) -> Iterator[TestClient]:
    """The product as it hears by the patterns alone: all that is written here is plainly said."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("bot.web.app.load_municipalities", lambda: {town.slug: town})
        patched.setattr("bot.conversation.danger.datetime", AtThatHour)
        patched.setattr("bot.web.app.trained_screen", lambda _: shipped_screen())
        patched.setattr("tests.support.chat_app.danger_screen", shipped_screen)
        with contextmanager(serve)(settings(tmp_path_factory.mktemp("tonight"))) as opened:
            yield opened


def told(client: TestClient, *texts: str) -> str:
    path = open_conversation(client)
    answer = {}
    for text in texts:
        answer = last_answer(client, path, send(client, path, text=text))
    assert answer["kind"] == "danger", answer
    return str(answer["text"])


def places_in(text: str) -> list[str]:
    """The lines after the lead and before what is said of the human."""
    lines = text.splitlines()
    first = lines.index(LEAD) + 1
    return lines[first : next(n for n in range(first, len(lines)) if lines[n].startswith("Jeg har sagt"))]


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ([f"jeg er 15, {NOWHERE}"], [YOUNG, CAFE]),
        ([f"jeg er 19 og {NOWHERE[4:]}"], [GROWN, CAFE]),
        ([NOWHERE], [f"Under 18: {YOUNG}", f"Fra 18: {GROWN}", CAFE]),
        (["jeg er 19", ACUTE], [GROWN, CAFE]),
        (["min ven er 15 og sidder på stationen, han har ikke noget sted at sove i nat"], [YOUNG, CAFE]),
    ],
)
def test_the_chat_names_what_is_open_to_them_now_or_later_tonight(
    client: TestClient, said: list[str], places: list[str]
) -> None:
    text = told(client, *said)
    assert places_in(text) == places
    assert "Dagcafeen" not in text
    assert lix(text) <= 30


def test_danger_to_life_still_begins_with_112_and_the_places_stand_after_114(client: TestClient) -> None:
    text = told(client, ACUTE)
    assert "112" in text.split(".")[0]
    assert text.index("114") < text.index(LEAD)


def test_the_button_for_tonight_tells_them_too(client: TestClient) -> None:
    path = open_conversation(client)
    send(client, path, text=f"jeg er 15, min far slår mig og {NOWHERE}")
    pressed = last_answer(client, path, send(client, path, payload="/crisis_no_shelter_tonight"))
    assert places_in(pressed["text"]) == [YOUNG, CAFE]


def test_another_danger_names_no_place_to_sleep(client: TestClient) -> None:
    assert "Steder i" not in told(client, "min far slår mig")


def test_in_english_the_lead_is_english_and_a_place_without_english_stays_danish(client: TestClient) -> None:
    text = told(client, "I am 15 and I have nowhere to sleep tonight")
    assert "Places in Eksempel Kommune tonight:" in text
    assert "The night café in Byvej 3. Just walk in. Opens at 21:00." in text
    assert "Ungehuset på Torvet 1. Ring på døren. Open until 23:00." in text
    assert "Natcafeen" not in text


def test_another_language_is_told_both(client: TestClient) -> None:
    path = open_conversation(client)
    with client.app.state.store.write(THE_TESTS) as work:  # type: ignore[attr-defined]
        work.conversations.set_locale(path.rsplit("/", 1)[1], Tongue.OTHER.value)
    pressed = last_answer(client, path, send(client, path, payload="/crisis_no_shelter_tonight"))
    english, danish = pressed["text"].split("\n\n")
    assert "Opens at 21:00." in english
    assert CAFE in danish


@pytest.fixture
def page(town: Municipality, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """The page with nothing but the town's file: no store, no model."""
    monkeypatch.setattr("bot.web.plain.tonight.datetime", AtThatHour)
    app = Starlette(routes=plain_page_routes)
    app.state.municipalities = {town.slug: town, "nabo": load_municipalities()["eksempel"]}
    return TestClient(app)


@pytest.mark.parametrize(
    ("age", "shown"),
    [
        ("under-18", [YOUNG, CAFE]),
        ("18-eller-over", [GROWN, CAFE]),
        ("vil-ikke-sige", [f"Under 18: {YOUNG}", f"Fra 18: {GROWN}", CAFE]),
        ("", [f"Under 18: {YOUNG}", f"Fra 18: {GROWN}", CAFE]),
    ],
)
def test_the_page_shows_them_first_with_who_says_so_and_when(page: TestClient, age: str, shown: list[str]) -> None:
    answer = page.get(f"/i-nat?kommune=eksempel&alder={age}")
    text = visible_text(answer)
    named = ("Natcafeen", "Ungehuset", "Herberget")
    assert [line.strip() for line in text.splitlines() if any(name in line for name in named)] == shown
    assert text.index("Steder i Eksempel Kommune i nat") < text.index("København" if age else "Tal med nogen i nat")
    assert "Kilde: Eksempel Kommune (tjekket 1. nov. 2026)" in answer.text
    assert "Dagcafeen" not in text
    assert lix(text) <= 30


def test_without_a_town_or_in_another_one_none_is_shown(page: TestClient) -> None:
    for address in ("/i-nat?alder=under-18", "/i-nat?kommune=nabo&alder=under-18"):
        answer = page.get(address)
        assert answer.status_code == 200
        assert "Natcafeen" not in answer.text


def test_a_number_in_a_place_can_be_rung_and_nothing_in_it_is_read_as_html(
    page: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = (TOWNS / "eksempel.yml").read_text(encoding="utf-8")
    place = '\ntonight: [{text: "Ring til vagten på 114. <b>Gå ind</b>.", confirmed: 2026-11-01}]\n'
    (tmp_path / "eksempel.yml").write_text(shipped + place, encoding="utf-8")
    page.app.state.municipalities = load_municipalities(tmp_path)  # type: ignore[attr-defined]
    shown = page.get("/i-nat").text
    assert 'Ring til vagten på <a href="tel:114">114</a>. &lt;b&gt;Gå ind&lt;/b&gt;.' in shown
