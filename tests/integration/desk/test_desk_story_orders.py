"""A text at the desk is checked and put into the data by the workshop: what a maintainer is told, come what may."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.orders import OrderKind, OrderState, Outcome
from bot.casework.rights import Role
from bot.conversation.learning import Learning
from bot.settings import ROOT, load_settings
from bot.store.store import Store
from bot.training.contradictions import contradictions
from bot.upkeep.workshop.deeds import story_add, story_check
from bot.upkeep.workshop.job import Job, Tell
from bot.upkeep.workshop.shop import Workshop
from bot.upkeep.workshop.story import GONE
from bot.web.desk.story_orders import LONGEST
from tests.integration.desk.conftest import SECRET
from tests.support.desk import PAGE
from tests.support.orders import order, ordered
from tests.support.reviewing import maintainer
from tests.support.roles import person
from tests.support.second_factors import user_of
from tests.support.small_checkout import small_checkout
from tests.support.stories import LISTENS, SOFA, found_in, talks, told_by, works
from tests.support.teaching import contents
from tests.support.the_tests import THE_TESTS

ADDED = """\
--- /dev/null
+++ b/data/stories/housing.yml
@@ -0,0 +1,9 @@
+version: &#34;3.1&#34;
+
+stories:
+- story: a sofa after hello
"""
BUSY = "har allerede bedt om at få en samtale set efter. Det begynder snart."


@pytest.fixture
def vera(app: Starlette) -> TestClient:
    return person(app, [Role.MAINTAINER], name="vera")


@pytest.fixture
def number(store: Store) -> int:
    return told_by(store)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_checkout(tmp_path / "checkout")


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What opens the store by the settings opens that of the desk."""
    monkeypatch.setenv("HJEMAD_DATABASE_URL", f"sqlite:///{tmp_path / 'hjemad.sqlite'}")
    monkeypatch.setenv("HJEMAD_SECRET_KEY", SECRET)
    monkeypatch.setenv("HJEMAD_VAR", str(tmp_path / "var"))
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


def sends(client: TestClient, number: int, what: str = "check", **fields: str) -> Response:
    return client.post(f"/desk/stories/{number}/{what}", data=fields, headers=PAGE)


def checks(client: TestClient, number: int, text: str = SOFA) -> str:
    """Has it checked: the address at which that is told."""
    answer = sends(client, number, tekst=text)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def look(client: TestClient, path: str) -> str:
    answer = client.get(path.partition("#")[0], headers=PAGE)
    assert answer.status_code == 200, answer.text
    return answer.text


def order_in(path: str) -> str:
    return path.partition("opgave=")[2].partition("#")[0]


def text_in(page: str) -> str:
    return page.split("<textarea")[1].split(">\n", 1)[1].split("</textarea>", maxsplit=1)[0]


def test_a_text_is_checked_then_put_into_the_data_and_each_is_shown(
    store: Store, vera: TestClient, number: int, root: Path
) -> None:
    before, path = contents(root), checks(vera, number)
    page = look(vera, path)
    for words in ("Teksten venter på at blive tjekket.", "every 2s", SOFA):
        assert words in page
    assert "Læg i data" not in page
    works(store, root, find=contradictions)
    page = look(vera, path)
    for words in ("Der er ikke noget galt med teksten.", ADDED, "Læg i data", SOFA):
        assert words in page
    assert "every 2s" not in page
    assert contents(root) == before

    added = sends(vera, number, "add", tekst=SOFA, opgave=order_in(path)).headers["Location"]
    assert "Teksten venter på at blive lagt i data." in look(vera, added)
    works(store, root)
    page = look(vera, added)
    for words in ("Den står i data nu.", ADDED, "med git"):
        assert words in page
    assert (root / "data/stories/housing.yml").read_text().endswith(SOFA.split("\n", 1)[1] + "\n")


def test_both_sides_of_a_contradiction_are_told_with_file_and_line(
    store: Store, vera: TestClient, number: int, root: Path
) -> None:
    path = checks(vera, number, LISTENS)
    works(store, root, find=contradictions)
    page = look(vera, path)
    assert "Det her er i vejen." in page
    assert (
        "Teksten, linje 2: Reglen &#39;listen&#39; siger action_listen, men reglen &#39;greet&#39; i "
        "data/rules/all.yml, linje 3 siger utter_greet."
    ) in page
    assert text_in(page) == LISTENS
    assert "Læg i data" not in page
    refused = sends(vera, number, "add", tekst=LISTENS, opgave=order_in(path))
    assert (refused.status_code, "ikke den, der blev tjekket" in refused.text) == (409, True)


@pytest.mark.usefixtures("own_store")
def test_the_workshop_itself_holds_a_text_against_all_that_is_shipped(
    store: Store, vera: TestClient, number: int
) -> None:
    path = checks(vera, number, LISTENS)
    before = contents(ROOT / "data" / "rules")
    Workshop(store).run()
    told = order(store, int(order_in(path))).told
    assert all(line.startswith("Teksten, linje 2: ") for line in told), told
    found = re.search(
        r"<li>Teksten, linje 2: Reglen &#39;listen&#39; siger action_listen, men reglen &#39;(.*)&#39; i "
        r"(data/rules/.*), linje (\d+) siger utter_chat_greet\.</li>",
        look(vera, path),
    )
    assert found
    assert found[1] in (ROOT / found[2]).read_text().splitlines()[int(found[3]) - 1]
    assert contents(ROOT / "data" / "rules") == before


def test_only_what_was_checked_can_be_put_into_the_data(
    store: Store, vera: TestClient, number: int, root: Path
) -> None:
    path = checks(vera, number)
    waits = sends(vera, number, "add", tekst=SOFA, opgave=order_in(path))
    works(store, root)
    other = SOFA.replace("a sofa", "en sofa <b>")
    for answer in (
        waits,
        sends(vera, number, "add", tekst=other, opgave=order_in(path)),
        sends(vera, number, "add", tekst=SOFA),
        sends(vera, number, "add", tekst=SOFA, opgave="999"),
        sends(vera, number, "add", tekst=SOFA, opgave="9" * 5000),
    ):
        assert (answer.status_code, "Tjek den igen" in answer.text) == (409, True)
    changed = sends(vera, number, "add", tekst=other, opgave=order_in(path)).text
    assert text_in(changed) == other.replace("<b>", "&lt;b&gt;")
    with store.read(THE_TESTS) as work:
        assert work.orders.newest([OrderKind.STORY_ADD]) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Skriv en historie eller en regel."),
        (" \n\n", "Skriv en historie eller en regel."),
        ("x" * (LONGEST + 7), "Teksten er 7 tegn for lang."),
        ("æ: " * 17_000, f"Teksten er {51_000 - LONGEST} tegn for lang."),
    ],
)
def test_what_cannot_be_checked_is_told_and_stays_in_the_field(
    store: Store, vera: TestClient, number: int, text: str, told: str
) -> None:
    fields = {"tekst": (None, text)}
    answer = vera.post(f"/desk/stories/{number}/check", files=fields, headers=PAGE)
    if len(text.encode()) < 64 * 1024:
        assert (answer.status_code, told in answer.text, text_in(answer.text)) == (422, True, text)
    else:
        assert answer.status_code == 413
    with store.read(THE_TESTS) as work:
        assert not work.orders.waits(datetime.now(UTC))


def test_a_second_click_is_the_same_check_and_another_text_waits(
    store: Store, app: Starlette, vera: TestClient, number: int
) -> None:
    victor = person(app, [Role.MAINTAINER], name="victor")
    path = checks(vera, number)
    assert checks(vera, number) == path
    own, others = (sends(one, number, tekst=LISTENS) for one in (vera, victor))
    for answer, who in ((own, "Du"), (others, "Vera")):
        assert (answer.status_code, f"{who} {BUSY}" in answer.text, text_in(answer.text)) == (409, True, LISTENS)


def test_of_another_town_it_is_told_that_it_works_and_not_who(store: Store, vera: TestClient, number: int) -> None:
    nina = maintainer(store, "nina", "nabo")
    ordered(store, nina, OrderKind.STORY_CHECK, text=SOFA)
    answer = sends(vera, number, tekst=SOFA)
    assert (answer.status_code, f"En kollega i en anden kommune {BUSY}" in answer.text) == (409, True)
    assert "Nina" not in answer.text


def test_an_order_is_shown_beside_its_own_conversation_and_in_its_town_alone(
    store: Store, app: Starlette, vera: TestClient
) -> None:
    number, other = found_in(store, talks(store), talks(store))
    asked = order_in(checks(vera, number))
    train = str(ordered(store, user_of(store, "vera"), OrderKind.TRAIN))
    nina = person(app, [Role.MAINTAINER], name="nina")
    for path in (
        f"{other}?opgave={asked}",
        f"{number}?opgave={train}",
        f"{number}?opgave=999",
        f"{number}?opgave=x",
        f"{number}?opgave={'9' * 5000}",
        f"{other}/news?opgave={asked}",
    ):
        answer = vera.get(f"/desk/stories/{path}", headers=PAGE)
        assert (answer.status_code, SOFA in answer.text) == (404, False), path
    assert SOFA in look(nina, f"/desk/stories/{number}?opgave={asked}"), "a colleague sees the same"


def test_what_is_written_of_a_conversation_goes_with_the_yes_to_learn_from_it_whether_it_is_done_or_not(
    app: Starlette, store: Store, vera: TestClient, root: Path
) -> None:
    young = talks(store)
    [number] = found_in(store, young)
    checks(vera, number)
    works(store, root)
    checks(vera, number, LISTENS)
    with store.write(THE_TESTS) as work:
        taken = work.orders.take(datetime.now(UTC))
        assert taken
    Learning(store, app.state.municipalities)._decide(young.id, given=False)
    with store.write(THE_TESTS) as work:
        assert not work.orders.works(taken.id, [], datetime.now(UTC)), "what carries it out is told to stop"
        assert not work.orders.end(taken.id, Outcome(OrderState.DONE), datetime.now(UTC))
        assert work.orders.newest(list(OrderKind)) == []


def test_a_number_that_another_conversation_has_by_now_shows_nothing_of_the_first(
    store: Store, vera: TestClient
) -> None:
    young = talks(store)
    [number] = found_in(store, young)
    path = checks(vera, number)
    young.erases()
    assert found_in(store, talks(store)) == [number]
    answer = vera.get(path, headers=PAGE)
    assert (answer.status_code, "a sofa" in answer.text) == (404, False)
    refused = sends(vera, number, "add", tekst=SOFA, opgave=order_in(path))
    assert (refused.status_code, "Tjek den igen" in refused.text) == (409, True)


def test_a_page_that_stands_open_is_told_only_what_is_new(
    store: Store, vera: TestClient, number: int, root: Path
) -> None:
    page = look(vera, checks(vera, number))
    news = re.search(r'hx-get="([^"]*)"', page)
    assert news
    path, before = news[1].replace("&amp;", "&"), noted(store)
    assert vera.get(path).status_code == 204
    works(store, root)
    answer = vera.get(path)
    assert (answer.status_code, "Der er ikke noget galt med teksten." in answer.text) == (200, True)
    assert ("every 2s" in answer.text, "<main" in answer.text) == (False, False)
    assert noted(store) == before, "a page that asks by itself is no look of anybody"
    assert vera.get(path.partition("?")[0]).status_code == 204


def noted(store: Store) -> list[str]:
    with store.read(THE_TESTS) as work:
        return [entry.action for entry in work.people.noted("eksempel")]


def test_what_failed_is_told_and_can_be_tried_again(store: Store, vera: TestClient, number: int) -> None:
    path = checks(vera, number)
    with store.write(THE_TESTS) as work:
        taken = work.orders.take(datetime.now(UTC))
        assert taken
        work.orders.end(taken.id, Outcome(OrderState.FAILED, ["Noget gik i stykker."]), datetime.now(UTC))
    page = look(vera, path)
    for words in ("Det gik ikke.", "Noget gik i stykker.", SOFA):
        assert words in page
    assert checks(vera, number) != path


@pytest.mark.usefixtures("own_store")
def test_what_is_erased_meanwhile_is_not_shown_and_not_carried_out(store: Store, vera: TestClient) -> None:
    young = talks(store)
    [number] = found_in(store, young)
    path = checks(vera, number)
    young.erases()
    for answer in (
        vera.get(path, headers=PAGE),
        vera.get(f"/desk/stories/{number}/news?opgave={order_in(path)}", headers=PAGE),
        sends(vera, number, tekst=SOFA),
        sends(vera, number, "add", tekst=SOFA, opgave=order_in(path)),
    ):
        assert (answer.status_code, "a sofa" in answer.text) == (404, False)
    with store.read(THE_TESTS) as work:
        assert (work.orders.newest(list(OrderKind)), work.orders.waits(datetime.now(UTC))) == ([], False)
    for deed, kind in ((story_check, OrderKind.STORY_CHECK), (story_add, OrderKind.STORY_ADD)):
        outcome = deed.carry_out(Job(kind, "eksempel", 1, {"text": SOFA}, young.id), Tell(StringIO()))
        assert (outcome.state, list(outcome.told)) == (OrderState.REFUSED, [GONE])
