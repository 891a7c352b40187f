"""The page for tonight: the numbers that help, by age, each with its source."""

import re
from html import unescape
from itertools import product

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.ages import AgeGroup
from bot.knowledge.facts import FactError, shipped_facts
from bot.municipality.towns import Municipality
from bot.safety.replies import Presence, shipped_replies
from bot.safety.screen import Assessment, DangerLevel
from bot.web.plain.statements import statement, with_phone_links
from bot.web.plain_pages import plain_page_routes
from bot.web.templating import HERE
from tests.support.visible_text import visible_text

TEMPLATES = sorted((HERE / "templates" / "plain").glob("*.html"))
FACTS_IN_TEMPLATES = sorted({n for file in TEMPLATES for n in re.findall(r'state\("(\w+)"', file.read_text("utf-8"))})


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
        visible_text(client.get(f"/i-nat?alder={age}")) for age in ("under-18", "18-eller-over", "vil-ikke-sige")
    )
    assert "kan du selv møde op på et herberg" not in young
    assert "Joannahuset" in young
    assert "kan du selv møde op på et herberg" in grown
    assert "Joannahuset" not in grown
    assert "kan du selv møde op på et herberg" in unsaid
    assert "anonym rådgivning hos kommunen" in unsaid


@pytest.mark.parametrize(
    ("age", "group"), [("under-18", AgeGroup.UNDER_18), ("18-eller-over", AgeGroup.ADULT), ("vil-ikke-sige", None)]
)
def test_it_says_all_that_the_chat_says_to_that_age(client: TestClient, age: str, group: AgeGroup | None) -> None:
    page = "".join(visible_text(client.get(f"/i-nat?alder={age}")).split())
    for level, town in product((DangerLevel.CLEAR, DangerLevel.ACUTE), ("Københavns Kommune", "Aarhus Kommune")):
        tonight = Assessment(level, ("no_shelter_tonight",))
        reply = shipped_replies().danger(tonight, municipality_name=town, presence=Presence.STAFFED, age_group=group)
        for number in reply.facts:
            assert "".join(shipped_facts()[number].text.split()) in page, number


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
