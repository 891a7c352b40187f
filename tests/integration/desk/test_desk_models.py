"""Training and models at the desk: what a maintainer sees, may order, and is refused kindly."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.orders import SILENT, SILENT_AFTER, OrderKind, OrderState
from bot.casework.rights import Role
from bot.review.reviewing import TEACHABLE
from bot.store.people import DeskUser
from bot.store.store import Store
from tests.support.desk import PAGE, YoungPerson, add_caseworker, signed_in
from tests.support.orders import carried_out, order, ordered, shelf, taken, trained
from tests.support.review import asks, group_of, lets_learn, night
from tests.support.reviewing import corrects
from tests.support.roles import person
from tests.support.the_tests import THE_TESTS

MODELS = "/desk/models"


@pytest.fixture
def vera(app: Starlette) -> TestClient:
    return person(app, [Role.MAINTAINER], name="vera")


@pytest.fixture
def user(store: Store, vera: TestClient) -> DeskUser:
    return user_named(store, "vera")


@pytest.fixture
def otto(app: Starlette, store: Store) -> TestClient:
    """Of another municipality."""
    add_caseworker(store, "nabo", "otto", [Role.MAINTAINER])
    return signed_in(app, "otto")


def user_named(store: Store, name: str) -> DeskUser:
    with store.read(THE_TESTS) as work:
        found = work.people.user(name)
    assert found
    return found


def look(client: TestClient, path: str = "") -> str:
    answer = client.get(MODELS + path, headers=PAGE)
    assert answer.status_code == 200, answer.text
    return answer.text.partition("<main")[2].partition("</main")[0] or answer.text


def asks_for(client: TestClient, what: str, **fields: str) -> Response:
    return client.post(f"{MODELS}/{what}", data=fields, headers=PAGE)


def newest(store: Store, kind: OrderKind) -> tuple[OrderState, dict[str, str]]:
    with store.read(THE_TESTS) as work:
        [found] = work.orders.newest({kind})
    return found.state, dict(found.given)


def noted(store: Store) -> list[tuple[str, str | None]]:
    with store.read(THE_TESTS) as work:
        return [(one.action, one.subject) for one in work.people.noted("eksempel")]


def test_an_order_is_shown_to_whoever_comes_until_it_is_done(
    app: Starlette, store: Store, vera: TestClient, otto: TestClient
) -> None:
    assert "hx-trigger" not in look(vera)
    assert asks_for(vera, "train").status_code == 303
    nora = person(app, [Role.MAINTAINER], name="nora")
    for client, who in ((vera, "Du"), (nora, "Vera"), (otto, "En kollega i en anden kommune")):
        for path in ("", "/news"):
            assert f"{who} bad om en ny model kl." in look(client, path)
            assert ('hx-trigger="every 2s"' in look(client, path)) == (path == "")
        assert "Træn en ny model</button>" not in look(client), "there is nothing to press twice"
    running = taken(store)
    assert running
    with store.write(THE_TESTS) as work:
        work.orders.works(running.id, ["Lærer. Det tager et par minutter …"], datetime.now(UTC))
    assert "Lærer. Det tager et par minutter …" in look(nora)
    assert ("order_train", str(running.id)) in noted(store)


def test_the_same_once_more_is_refused_with_who_asked(app: Starlette, vera: TestClient, otto: TestClient) -> None:
    asks_for(vera, "train")
    nora = person(app, [Role.MAINTAINER], name="nora")
    for client, who in ((nora, "Vera"), (vera, "Du"), (otto, "En kollega i en anden kommune")):
        again = asks_for(client, "train")
        assert again.status_code == 409
        assert f"{who} har allerede bedt om en ny model. Det begynder snart." in again.text
    assert "Vera" not in asks_for(otto, "train").text


def test_a_workshop_that_died_keeps_nobody_waiting(store: Store, vera: TestClient, user: DeskUser) -> None:
    number = ordered(store, user, OrderKind.TRAIN, datetime.now(UTC) - 3 * SILENT_AFTER)
    taken(store, datetime.now(UTC) - 2 * SILENT_AFTER)
    shown = look(vera)
    assert SILENT in shown
    assert "Træn en ny model</button>" in shown
    assert order(store, number).state is OrderState.FAILED


def test_where_no_workshop_comes_it_is_said(store: Store, vera: TestClient, user: DeskUser) -> None:
    ordered(store, user, OrderKind.LOOK, datetime.now(UTC) - timedelta(minutes=1))
    assert "hjemad workshop" in look(vera)


def test_a_new_model_is_told_in_plain_words_and_put_into_service(
    store: Store, vera: TestClient, user: DeskUser
) -> None:
    trained(store, user)
    shown = look(vera)
    for words in (
        "Vi kan ikke se, at den er dårligere end den, der er i brug.",
        "Ja: Vi kan ikke se, at den hører fare dårligere.",
        "91,2 af 100 beskeder",
        "Vi kan ikke se, at den forstår mindre om et sted at bo.",
        "I brug</span>",
        "Gå tilbage til modellen før",
    ):
        assert words in shown, words
    said = re.sub(r"<[^>]+>", "", shown).lower()
    assert not any(jargon in said for jargon in ("f1", "macro", "p =", "gate"))
    assert asks_for(vera, "promote", model="ny").status_code == 303
    assert newest(store, OrderKind.PROMOTE) == (OrderState.WAITING, {"model": "ny"})
    assert ("order_promote", "ny") in noted(store)


def test_a_model_that_is_worse_needs_a_reason(store: Store, vera: TestClient, user: DeskUser) -> None:
    trained(store, user, "answers", "topic housing")
    shown = look(vera)
    assert shown.index("Nej: Den svarer sjældnere rigtigt.") < shown.index("Ja: ")
    assert "jeg sover i en trappe" in shown
    assert "Betyder »Om herberger«. Blev læst som »Om herberger«, læses nu som »" in shown
    for why, told in (("", "Skriv, hvorfor"), (" ", "Skriv, hvorfor"), ("x" * 301, "højst 300 tegn")):
        refused = asks_for(vera, "promote", model="ny", why=why)
        assert (refused.status_code, told in refused.text) == (422, True)
    assert asks_for(vera, "promote", model="ny", why=" Det skal være sådan. ").status_code == 303
    assert newest(store, OrderKind.PROMOTE)[1] == {"model": "ny", "why": "Det skal være sådan."}


def test_no_reason_opens_what_danger_closes(store: Store, vera: TestClient, user: DeskUser) -> None:
    trained(store, user, "danger", openable=False)
    shown = look(vera)
    assert "Nej: Den overhører fare, som den skal høre." in shown
    assert "Tag den i brug</button>" not in shown
    assert asks_for(vera, "promote", model="ny", why="Det haster").status_code == 409
    assert "order_promote" not in {action for action, _ in noted(store)}


@pytest.mark.parametrize("model", ["", "gammel", "../ny", "x" * 500])
def test_only_a_model_that_is_there_and_not_in_service_is_put_into_it(
    store: Store, vera: TestClient, user: DeskUser, model: str
) -> None:
    assert asks_for(vera, "promote", model=model).status_code == 409
    trained(store, user)
    assert asks_for(vera, "promote", model=model).status_code == 409


def test_a_model_that_does_not_fit_this_code_cannot_be_put_into_service(
    store: Store, vera: TestClient, user: DeskUser
) -> None:
    seen = shelf("ny", "gammel", serving="gammel")
    other = replace(seen, models=[replace(one, fits=False) for one in seen.models])
    carried_out(store, ordered(store, user, OrderKind.LOOK), shelf=other.shown)
    assert "Lavet til en anden udgave af Hjemad" in look(vera)
    assert asks_for(vera, "promote", model="ny").status_code == 409


def test_the_way_back_leads_from_the_model_that_was_seen(store: Store, vera: TestClient, user: DeskUser) -> None:
    assert asks_for(vera, "rollback", **{"from": "gammel"}).status_code == 409
    trained(store, user)
    assert asks_for(vera, "rollback", **{"from": "ny"}).status_code == 409, "a page from before"
    assert asks_for(vera, "rollback", **{"from": "gammel"}).status_code == 303
    assert newest(store, OrderKind.ROLLBACK)[1] == {"from": "gammel"}
    carried_out(store, order_number(store), shelf=shelf("ny", "gammel", serving="gammel").shown)
    assert "Gå tilbage til modellen før</button>" not in look(vera)
    assert asks_for(vera, "rollback", **{"from": "gammel"}).status_code == 409


def order_number(store: Store) -> int:
    with store.read(THE_TESTS) as work:
        return work.orders.newest({OrderKind.ROLLBACK})[0].id


def test_the_report_may_fetch_and_run_nothing(store: Store, vera: TestClient, user: DeskUser, otto: TestClient) -> None:
    number = trained(store, user, page="<!doctype html><h1>Report</h1>")
    assert f'href="/desk/models/reports/{number}"' in look(vera)
    report = vera.get(f"{MODELS}/reports/{number}")
    assert report.text == "<!doctype html><h1>Report</h1>"
    assert otto.get(f"{MODELS}/reports/{number}").text == report.text, "one model serves every town"
    policy = report.headers["Content-Security-Policy"].split("; ")
    assert {"sandbox", "default-src 'none'", "form-action 'none'", "frame-ancestors 'none'"} <= set(policy)
    assert not any("self" in part or "http" in part or part.startswith("script") for part in policy)


def test_there_is_no_report_of_anything_else(store: Store, vera: TestClient, user: DeskUser) -> None:
    looked = ordered(store, user, OrderKind.LOOK)
    carried_out(store, looked, page="<h1>Noget andet</h1>")
    for number in (looked, looked + 1, 0, "x", "9" * 30):
        assert vera.get(f"{MODELS}/reports/{number}", headers=PAGE).status_code == 404


def test_what_is_decided_is_counted_and_taught(store: Store, vera: TestClient, user: DeskUser) -> None:
    night(store, [lets_learn(asks(YoungPerson(store), "gæld hos alle", "bolig nu"))])
    assert "Der er ikke bestemt noget nyt" in look(vera)
    corrects(store, user, group_of(store, "gæld hos alle"))
    assert "I har bestemt, hvad 1 besked betyder, siden sidst." in look(vera)
    assert asks_for(vera, "teach").status_code == 303
    state, _ = newest(store, OrderKind.TEACH)
    assert state is OrderState.WAITING
    with store.read(THE_TESTS) as work:
        [waiting] = work.orders.newest({OrderKind.TEACH})
    with store.write(THE_TESTS) as work:
        work.found.give_out("eksempel", TEACHABLE, datetime.now(UTC))
    carried_out(store, waiting.id, diffs=["+    - gæld hos alle\n"], near=["line 1: noget"], known=0)
    before = [action for action, _ in noted(store)].count("read_found")
    shown = look(vera)
    assert "+    - gæld hos alle" in shown
    assert "gemme det i koden (commit)" in shown
    assert "Der er ikke bestemt noget nyt" in shown
    vera.get("/desk/models/news")
    before += 1
    assert [action for action, _ in noted(store)].count("read_found") == before + 1, "somebody's words were read"


def test_words_of_one_town_are_shown_in_no_other(
    app: Starlette, store: Store, user: DeskUser, otto: TestClient, vera: TestClient
) -> None:
    carried_out(store, ordered(store, user, OrderKind.TEACH), diffs=["+ gæld hos alle"], near=[], known=0)
    assert "gæld hos alle" in look(vera)
    towns = app.state.municipalities
    app.state.municipalities = towns | {"nabo": replace(towns["nabo"], learns=True)}
    assert "gæld hos alle" not in look(otto)
    app.state.municipalities = towns | {"eksempel": replace(towns["eksempel"], learns=False)}
    assert "gæld hos alle" not in look(vera), "a town that learns no more"
    assert asks_for(vera, "teach").status_code == 409


def test_why_nothing_could_be_written_is_shown_to_their_own_town(
    store: Store, vera: TestClient, user: DeskUser
) -> None:
    carried_out(store, ordered(store, user, OrderKind.TEACH), ok=False, faults=["line 1: stands under two meanings"])
    shown = look(vera)
    assert "Der blev ikke skrevet noget ind." in shown
    assert "line 1: stands under two meanings" in shown
    assert ("read_found", None) in noted(store)


def test_what_was_given_out_and_could_not_be_written_is_to_be_taught_again(
    store: Store, vera: TestClient, user: DeskUser
) -> None:
    night(store, [lets_learn(asks(YoungPerson(store), "gæld hos alle"))])
    corrects(store, user, group_of(store, "gæld hos alle"))
    number = ordered(store, user, OrderKind.TEACH)
    with store.write(THE_TESTS) as work:
        work.found.give_out("eksempel", TEACHABLE, datetime.now(UTC))
    carried_out(store, number, ok=False, faults=["line 1: stands under two meanings"])
    assert "I har bestemt, hvad 1 besked betyder, siden sidst." in look(vera)


def test_what_was_taught_and_erased_since_is_said_to_be_gone(store: Store, vera: TestClient, user: DeskUser) -> None:
    young = lets_learn(asks(YoungPerson(store), "gæld hos alle"))
    night(store, [young])
    corrects(store, user, group_of(store, "gæld hos alle"))
    carried_out(store, ordered(store, user, OrderKind.TEACH), diffs=["+ gæld hos alle"], near=[], known=0)
    young.erases()
    shown = look(vera)
    assert "gæld hos alle" not in shown
    assert "har slettet sin chat eller fortrudt sit ja" in shown
