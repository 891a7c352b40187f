"""A maintainer's walk in a real browser, from what was decided to a model in service and back; on any screen."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.casework.orders import OrderKind
from bot.casework.rights import Role
from bot.training.models.trained import find
from bot.training.reporting.page import write_page
from tests.browser.page_checks import overflow, violations
from tests.support.desk import YoungPerson, add_caseworker
from tests.support.models import put
from tests.support.orders import carried_out, order, shelf, taken, trained
from tests.support.promotions import in_service, worse_at
from tests.support.review import asks, group_of, lets_learn, night
from tests.support.reviewing import corrects
from tests.support.second_factors import user_of
from tests.support.the_tests import THE_TESTS

pytestmark = pytest.mark.browser

TEXT = "gæld hos alle i " + "æ" * 200


@pytest.fixture
def taught(desk):
    """A desk at which one message is decided, and somebody who may let the robot learn."""
    add_caseworker(desk.store, "eksempel", "vera", [Role.CASEWORKER, Role.MAINTAINER])
    night(desk.store, [lets_learn(asks(YoungPerson(desk.store), TEXT))])
    corrects(desk.store, user_of(desk.store, "vera"), group_of(desk.store, TEXT))
    return desk


def newest(desk, kind: OrderKind) -> int:
    with desk.store.read(THE_TESTS) as work:
        return work.orders.newest({kind})[0].id


def open_page(page: Page) -> None:
    page.get_by_role("navigation", name="Sider").get_by_role("link", name="Læring").press("Enter")
    page.get_by_role("link", name="Træning og modeller").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Træning og modeller")


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).press("Enter")
    expect(page.get_by_text("Du bad om")).to_be_visible()
    expect(page.get_by_role("button", name="Træn en ny model")).to_have_count(0)


def done(page: Page, words: str) -> None:
    """Told by the page itself, while nobody touches it."""
    expect(page.locator(".done")).to_contain_text(words)


def test_from_what_is_decided_to_a_model_in_service_and_back(taught, sign_in):
    page = sign_in("vera")
    open_page(page)
    expect(page.get_by_text("1 besked betyder")).to_be_visible()
    teaches(taught, page)
    trains_in_vain(taught, page)
    promotes_with_a_reason(taught, page)
    goes_back(taught, page)


def teaches(taught, page: Page) -> None:
    press(page, "Skriv det ind")
    diff = f"--- a/data/nlu/money.yml\n+    - {TEXT}\n"
    carried_out(taught.store, newest(taught, OrderKind.TEACH), diffs=[diff], near=["den ligner"], known=0)
    done(page, "Det er skrevet ind.")
    page.get_by_text("Se, hvad der sidst blev skrevet ind").press("Enter")
    expect(page.get_by_label("Ændring 1")).to_contain_text(TEXT)


def trains_in_vain(taught, page: Page) -> None:
    """What somebody has opened stays open, and a colleague sees the same."""
    press(page, "Træn en ny model")
    page.get_by_text("Se, hvad der sidst blev skrevet ind").press("Enter")
    number = newest(taught, OrderKind.TRAIN)
    assert taken(taught.store)
    with taught.store.write(THE_TESTS) as work:
        work.orders.works(number, ["Prøver hele samtaler: 2 af 9"], datetime.now(UTC))
    expect(page.get_by_text("Prøver hele samtaler: 2 af 9")).to_be_visible()
    expect(page.get_by_label("Ændring 1")).to_be_visible()
    colleague = page.context.new_page()
    colleague.goto(f"{taught.address}/desk/models")
    expect(colleague.get_by_text("Prøver hele samtaler: 2 af 9")).to_be_visible()
    colleague.close()
    with taught.store.write(THE_TESTS) as work:
        work.orders.give_up(datetime(2100, 1, 1, tzinfo=UTC))
    done(page, "Værkstedet gik i stå")


def promotes_with_a_reason(taught, page: Page) -> None:
    trained(taught.store, user_of(taught.store, "vera"), "answers")
    page.reload()
    page.get_by_text("Se den ene besked").press("Enter")
    expect(page.get_by_text("jeg sover i en trappe")).to_be_visible()
    page.get_by_role("button", name="Tag den i brug").press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Ret det her")).to_be_focused()
    page.get_by_label("Hvorfor skal den tages i brug alligevel?").fill("Det er med vilje")
    press(page, "Tag den i brug")
    promoting = newest(taught, OrderKind.PROMOTE)
    assert order(taught.store, promoting).given == {"model": "ny", "why": "Det er med vilje"}
    carried_out(taught.store, promoting, shelf=shelf("ny", "gammel", serving="ny", before="gammel").shown)
    done(page, "Modellen er taget i brug.")


def goes_back(taught, page: Page) -> None:
    press(page, "Gå tilbage til modellen før")
    back = newest(taught, OrderKind.ROLLBACK)
    carried_out(taught.store, back, shelf=shelf("ny", "gammel", serving="gammel").shown)
    done(page, "Modellen før er i brug igen.")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(2_500)
    assert not any("/models/news" in one for one in asked), "nothing is under way"


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_it_is_read_on_any_screen(taught, sign_in, keep, width, scheme):
    page = sign_in("vera", viewport={"width": width, "height": 900}, color_scheme=scheme)
    open_page(page)
    assert (violations(page), overflow(page)) == ([], 0)
    press(page, "Skriv det ind")
    assert (violations(page), overflow(page)) == ([], 0)
    carried_out(taught.store, newest(taught, OrderKind.TEACH), diffs=[f"+ {TEXT}"], near=[TEXT], known=0)
    trained(taught.store, user_of(taught.store, "vera"), "answers", "danger")
    page.reload()
    for fold in page.locator("summary").all():
        fold.click()
    assert (violations(page), overflow(page)) == ([], 0)
    keep(page, f"desk models {width} {scheme}")


def test_the_report_looks_right_on_a_phone_and_fetches_nothing(taught, sign_in, keep, tmp_path: Path):
    in_service(tmp_path, "1")
    put(tmp_path, "2", worse_at("money", 20))
    report = write_page(find(tmp_path, "2")).read_text(encoding="utf-8")
    trained(taught.store, user_of(taught.store, "vera"), page=report)
    page = sign_in("vera", viewport={"width": 360, "height": 740})
    told, asked = [], []
    page.on("console", lambda message: told.append(message.text))
    open_page(page)
    link = page.get_by_role("link", name="Åbn rapporten").get_attribute("href")
    page.goto("about:blank")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{taught.address}{link}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Report on 2")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") == "22.4px", "its style is its own"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert [one for one in asked if not one.endswith((link, "/favicon.ico"))] == []
    assert [one for one in told if "Content Security Policy" in one] == []
    keep(page, "report 360")
