"""Where somebody is signed in is listed to them, and each can be ended: by themselves, or by whoever looks after it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.testclient import TestClient

from bot.casework.conversations import Holder
from bot.casework.rights import Right, Role
from bot.conversation.absence import Absences
from bot.conversation.notices import Notices
from bot.municipality.towns import load_municipalities
from bot.store.store import Store
from bot.store.tables import desk_sessions
from bot.web.desk.sessions import COOKIE, USED_EVERY, find_session
from tests.support.desk import PAGE, PASSWORD, YoungPerson, add_caseworker, is_in, signed_in
from tests.support.the_tests import THE_TESTS

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1"
DESKTOP = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.87"
)
OTHERS, ALL = {"which": "others"}, {"which": "all"}
SignsIn = Callable[..., TestClient]


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    add_caseworker(store, "eksempel", "eva", [Role.CASEWORKER])
    add_caseworker(store, "eksempel", "liv", [Role.LEAD])
    add_caseworker(store, "eksempel", "adam", [Role.ADMINISTRATOR])


@pytest.fixture
def signs_in(app: Starlette) -> SignsIn:
    """Signs in on a device."""

    def on(name: str, agent: str = DESKTOP) -> TestClient:
        client = TestClient(app, follow_redirects=False, headers={"User-Agent": agent})
        answer = client.post("/desk/sign-in", json={"user": name, "password": PASSWORD})
        client.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return client

    return on


def number_of(store: Store, client: TestClient) -> str:
    session = find_session(store, client.cookies[COOKIE])
    assert session
    return session.id


def noted(store: Store) -> list[tuple[str, str | None]]:
    with store.read(THE_TESTS) as work:
        return [(one.action, one.subject) for one in work.people.noted("eksempel") if one.action != "sign_in"]


def rows(page: str) -> list[str]:
    found = re.findall('<li class="row">.*?</li>', page, re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in found]


def test_each_sign_in_is_listed_with_device_and_times_and_the_one_here_is_marked(signs_in: SignsIn) -> None:
    here, _ = signs_in("eva"), signs_in("eva", PHONE)
    told = rows(here.get("/desk/sign-ins", headers=PAGE).text)
    assert len(told) == 2
    [own] = [row for row in told if "Her" in row]
    [phone] = [row for row in told if row is not own]
    assert re.fullmatch(r"Edge på Windows-computer Her Logget ind kl\. \d\d\.\d\d\. Sidst brugt kl\. \d\d\.\d\d\.", own)
    assert phone.startswith("Safari på iPhone Logget ind kl. ")
    assert "Log ud" in phone


def test_nobody_elses_sign_in_is_among_ones_own(signs_in: SignsIn, store: Store) -> None:
    eva, liv = signs_in("eva"), signs_in("liv", PHONE)
    page = eva.get("/desk/sign-ins", headers=PAGE).text
    assert (len(rows(page)), number_of(store, liv) in page, "iPhone" in page) == (1, False, False)


def test_what_a_browser_says_of_itself_is_not_kept_and_no_page_shows_a_token(signs_in: SignsIn, store: Store) -> None:
    eva, liv = signs_in("eva"), signs_in("liv")
    with store.read(THE_TESTS) as work:
        kept = work._connection.execute(select(desk_sessions)).mappings().all()
    assert "Mozilla" not in str(kept)
    pages = eva.get("/desk/sign-ins", headers=PAGE).text + liv.get("/desk/people", headers=PAGE).text
    secrets = [eva.cookies[COOKIE], liv.cookies[COOKIE], *(row["digest"] for row in kept)]
    assert not any(secret in pages for secret in secrets)


def test_one_can_be_ended_and_the_others_go_on(signs_in: SignsIn, store: Store) -> None:
    here, phone, tablet = signs_in("eva"), signs_in("eva", PHONE), signs_in("eva")
    answer = here.post(f"/desk/sign-ins/{number_of(store, phone)}/end", headers=PAGE)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/sign-ins")
    assert [is_in(one) for one in (here, phone, tablet)] == [True, False, True]
    assert noted(store) == [("end_sign_in", "eva")]


def test_the_same_is_ended_once(signs_in: SignsIn, store: Store) -> None:
    here, phone = signs_in("eva"), signs_in("eva", PHONE)
    path = f"/desk/sign-ins/{number_of(store, phone)}/end"
    assert [here.post(path).status_code for _ in range(2)] == [204, 404]
    assert noted(store) == [("end_sign_in", "eva")]


def test_all_others_are_ended_and_this_one_goes_on(signs_in: SignsIn, store: Store) -> None:
    here, phone, colleague = signs_in("eva"), signs_in("eva", PHONE), signs_in("liv")
    assert here.post("/desk/sign-ins/end", data=OTHERS, headers=PAGE).headers["Location"] == "/desk/sign-ins"
    assert [is_in(one) for one in (here, phone, colleague)] == [True, False, True]
    assert noted(store) == [("end_sign_ins", "eva")]


def test_everywhere_is_here_too(signs_in: SignsIn, store: Store) -> None:
    here, phone, colleague = signs_in("eva"), signs_in("eva", PHONE), signs_in("liv")
    answer = here.post("/desk/sign-ins/end", data=ALL, headers=PAGE)
    assert answer.headers["Location"] == "/desk/sign-in"
    assert COOKIE not in here.cookies
    assert [is_in(one) for one in (here, phone, colleague)] == [False, False, True]


@pytest.mark.parametrize("given", [{}, {"which": "nogle"}])
def test_whoever_does_not_say_which_ends_none(signs_in: SignsIn, given: dict[str, str]) -> None:
    here, phone = signs_in("eva"), signs_in("eva", PHONE)
    assert here.post("/desk/sign-ins/end", json=given).json()["code"] == "not_said"
    assert [is_in(one) for one in (here, phone)] == [True, True]


@pytest.mark.parametrize("name", ["liv", "adam"])
def test_a_lead_and_an_administrator_end_a_colleagues(signs_in: SignsIn, store: Store, name: str) -> None:
    theirs, eva = signs_in(name), signs_in("eva", PHONE)
    page = theirs.get("/desk/people", headers=PAGE).text
    assert ("Eva" in page, "Safari på iPhone" in page) == (True, True)
    assert "Sidst brugt" not in page, "nobody's work is watched by this"
    answer = theirs.post(f"/desk/sign-ins/{number_of(store, eva)}/end", headers=PAGE)
    assert answer.headers["Location"] == "/desk/people"
    assert [is_in(eva), is_in(theirs)] == [False, True]
    assert noted(store) == [("end_sign_in", "eva")]


def test_a_caseworker_ends_nobody_elses(signs_in: SignsIn, store: Store) -> None:
    eva, liv = signs_in("eva"), signs_in("liv")
    assert eva.post(f"/desk/sign-ins/{number_of(store, liv)}/end").status_code == 403
    assert eva.get("/desk/people").status_code == 403
    assert is_in(liv)
    assert noted(store) == [("refused", Right.PEOPLE)] * 2


def test_only_those_who_are_signed_in_here_are_among_the_people(
    signs_in: SignsIn, store: Store, carl: TestClient
) -> None:
    liv, eva = signs_in("liv"), signs_in("eva")
    adam = signs_in("adam")
    adam.post("/desk/sign-out")
    page = liv.get("/desk/people", headers=PAGE).text
    assert re.findall("<h2>(.*?)</h2>", page) == ["Eva"]
    assert number_of(store, carl) not in page
    eva.post("/desk/sign-out")
    assert "Ingen andre er logget ind lige nu." in liv.get("/desk/people", headers=PAGE).text


def test_whoever_was_written_with_where_the_last_sign_in_ended_is_back_in_the_queue(
    signs_in: SignsIn, store: Store, young: YoungPerson
) -> None:
    eva, phone, liv = signs_in("eva"), signs_in("eva", PHONE), signs_in("liv")
    eva.post(f"/desk/conversations/{young.id}/claim").raise_for_status()
    for client, holder in ((eva, Holder.HUMAN), (phone, Holder.WAITING)):
        liv.post(f"/desk/sign-ins/{number_of(store, client)}/end").raise_for_status()
        Absences(store, Notices(), load_municipalities()).requeue()
        with store.read(THE_TESTS) as work:
            assert work.conversations.get(young.id).holder is holder


def test_when_it_was_used_is_kept_once_in_a_while(signs_in: SignsIn, store: Store) -> None:
    eva, phone = signs_in("eva"), signs_in("eva", PHONE)
    long_ago, lately = (datetime.now(UTC) - ago for ago in (USED_EVERY + timedelta(minutes=1), USED_EVERY / 2))
    for client, before in ((eva, long_ago), (phone, lately)):
        with store.write(THE_TESTS) as work:
            own = desk_sessions.c.id == number_of(store, client)
            work._connection.execute(update(desk_sessions).where(own).values(used_at=before))
        assert is_in(client)
    with store.read(THE_TESTS) as work:
        used = {one.device: one.used_at for one in work.sign_ins.of_municipality("eksempel")}
    assert used["Edge på Windows-computer"] > lately
    assert used["Safari på iPhone"] == lately


def test_what_a_page_asks_by_itself_is_no_use_of_it(
    signs_in: SignsIn, store: Store, young: YoungPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("queue", "conversation"):
        monkeypatch.setattr(f"bot.web.desk.{module}.stream", lambda _events: Response())
    eva, long_ago = signs_in("eva"), datetime.now(UTC) - timedelta(hours=3)
    with store.write(THE_TESTS) as work:
        work._connection.execute(update(desk_sessions).values(used_at=long_ago))

    def used() -> datetime:
        with store.read(THE_TESTS) as work:
            return work.sign_ins.of_municipality("eksempel")[0].used_at

    at = f"/desk/conversations/{young.id}"
    for path in ("/desk/queue", "/desk/needing", "/desk/events", f"{at}/news", f"{at}/events"):
        assert eva.get(path).status_code == 200, path
        assert used() == long_ago, path
    eva.get(at)
    assert used() > long_ago


def test_whoever_does_not_know_that_they_are_signed_out_reads_that_nothing_is_lost(
    signs_in: SignsIn, store: Store, stranger: TestClient
) -> None:
    eva = signs_in("eva")
    with store.write(THE_TESTS) as work:
        work._connection.execute(delete(desk_sessions))
    led = eva.get("/desk/bookings", headers=PAGE).headers["Location"]
    assert "Det, du har sendt, er gemt." in eva.get(led, headers=PAGE).text
    led = eva.post("/desk/agents", data={"name": "Ida"}, headers=PAGE).headers["Location"]
    told = eva.get(led, headers=PAGE).text
    assert ("blev ikke gemt" in told, "Det, du har sendt, er gemt." in told) == (True, False)
    led = stranger.get("/desk/bookings", headers=PAGE).headers["Location"]
    assert "Det, du har sendt, er gemt." not in stranger.get(led, headers=PAGE).text


def test_a_program_is_an_unknown_device(app: Starlette, store: Store) -> None:
    signed_in(app, "eva")
    with store.read(THE_TESTS) as work:
        assert [one.device for one in work.sign_ins.of_municipality("eksempel")] == ["Ukendt enhed"]
