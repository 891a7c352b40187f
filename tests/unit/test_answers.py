"""Every text that people are told against what they were promised: short, plain, true and with a way on."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.composed_yaml import content_of
from bot.knowledge.answers import (
    ANSWER,
    DANGER,
    DOMAIN,
    PAGE,
    REPLIES,
    ROOT,
    STATEMENT,
    Answer,
    danger_replies,
    shipped_answers,
)
from bot.knowledge.facts import Fact, shipped_facts, sources_for
from bot.knowledge.lint import faults, lint
from bot.training.data import BY_BUTTON_ONLY, domain_intents
from bot.training.files import read_yaml

LONGEST_TITLE = 28
AGE_GROUPS = {"under_18", "adult", "unsaid"}

PAYLOAD = re.compile(r"/(\w+)(?:\{.*\})?")

# The danger screen, the booking form and the actions answer these.
ANSWERED_OTHERWISE = re.compile(r"crisis_\w+|handoff_request|booking_(request|reschedule|cancel|status|inform)")

INTENTS = domain_intents()
SAID = shipped_answers()
ANSWERS = [answer for answer in SAID if answer.kind == ANSWER]
NAMES = sorted({answer.name for answer in ANSWERS})


@pytest.mark.parametrize("answer", SAID, ids=str)
def test_nothing_is_wrong_with_a_text(answer: Answer) -> None:
    assert [str(fault) for fault in faults(answer, shipped_facts())] == []


def test_every_kind_of_text_is_read() -> None:
    kinds = [answer.kind for answer in SAID]
    assert kinds.count(ANSWER) > 90
    assert kinds.count(DANGER) > 30
    assert kinds.count(STATEMENT) > 20
    assert kinds.count(PAGE) > 5


def fact(number: str, text: str, ready: str = "yes", source: str = "https://www.hjaelp.dk/her") -> Fact:
    return Fact(number, "verified", ready, text, "primær", (source,) if source else (), None, None)


BANK = {
    each.number: each
    for each in (
        fact("A01", "Er du i livsfare, så ring 112."),
        fact("A02", "Du kan ringe til BørneTelefonen på 116 111. Der er åbent hele døgnet. Det er gratis."),
        fact("A05", "Du kan ringe til Livslinien på 70 201 201."),
        fact("A03", "Hørt er for unge fra 15 til 24 år.", "check_first"),
        fact("A11", "Er du under 18, kan du få råd.", "check_first"),
        fact("A23", "Det er for unge fra 18 til 29 år.", "check_first"),
        fact("A32", "Det Sociale Akuttelefon.", "never"),
        fact("C01", "Er du over 18, kan du selv møde op på et herberg."),
        fact("D01", "Du kan altid få åben og anonym rådgivning hos kommunen."),
        fact("F04", "Har du mere end 15.500 kroner, skal de bruges først."),
        fact("N01", "Du har 14 dage til at betale."),
        fact("Z01", "Kommunen skal vejlede dig.", source=""),
    )
}
NEXT = ({"title": "Book en snak", "payload": "/booking_request"},)


def rules_broken(text: str, *facts: str, **changes: object) -> set[str]:
    answer = replace(Answer(ANSWER, "utter_x", text, facts), **changes)  # type: ignore[arg-type]
    return {fault.rule for fault in faults(answer, BANK)}


@pytest.mark.parametrize(
    "text",
    [
        "Ring til dem på 35 55 55 57.",
        "Du kan få 418 kroner.",
        "Det gælder 40 % af alle.",
        "Det er for dig over 15 år.",
        "Du har to uger til det.",
        "Du har tre måneder til det.",
        "Svaret kommer efter en måned.",
        "En tredjedel er unge.",
        "Fire ud af ti har prøvet det.",
        "Hver femte har prøvet det.",
        "De svarer døgnet rundt.",
        "De svarer hele døgnet.",
        "Der er altid åbent.",
        "De svarer på hverdage.",
        "De har åbent om tirsdagen og mandag.",
        "De svarer fra kl. 11 til 19.",
        "De svarer om natten.",
        "Reglen kom i juli.",
        "Det står i § 110.",
        "Det står i serviceloven.",
        "Det står i barnets lov.",
        "Spørg efter lejelovens regler.",
        "Spørg efter boligstøtteloven.",
        "Du har ret til hjælp.",
        "Det er gratis.",
        "Du kan være anonym.",
        "Se mere på borger.dk.",
    ],
)
def test_a_claim_that_stands_in_no_fact_is_found(text: str) -> None:
    assert "claim" in rules_broken(text, "A01")


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Ring 112.", ("A01",)),
        ("Ring til BørneTelefonen på 116 111, døgnet rundt. Det er gratis.", ("A02",)),
        ("Har du 15.500 kroner?", ("F04",)),
        ("Du har 14 dage.", ("N01",)),
        ("Er du over 18?", ()),
        ("Se mere på hjaelp.dk.", ("A01",)),
        ('Gem de tre ord. Skriv en dag, fx "torsdag eftermiddag".', ()),
    ],
)
def test_what_stands_in_its_facts_may_be_said(text: str, facts: tuple[str, ...]) -> None:
    assert rules_broken(text, *facts) == set()


def test_a_figure_of_another_unit_is_another_claim() -> None:
    assert "claim" in rules_broken("Du har 14 uger.", "N01")


@pytest.mark.parametrize(
    "text",
    [
        "Du kan ringe til Mødrehjælpen.",
        "Frelsens Hær kan hjælpe dig.",
        "Livslinien kan hjælpe dig.",
        "Du kan chatte med headspace.",
        "TUBA kan hjælpe dig.",
        "Baglandet er for dig.",
        "Der er et sted i Odense.",
        "Røde Kors har et sted.",
    ],
)
def test_a_name_that_stands_in_no_fact_is_found(text: str) -> None:
    assert "name" in rules_broken(text, "A01")


def test_hours_and_numbers_of_one_service_are_not_said_of_another() -> None:
    both = ("A02", "A05")
    assert rules_broken("Ring til Livslinien på 70 201 201.\nRing til BørneTelefonen på 116 111.", *both) == set()
    assert "belonging" in rules_broken("Ring til Livslinien på 116 111.", *both)
    assert "belonging" in rules_broken("Ring til Livslinien, som svarer hele døgnet.", *both)
    assert "belonging" in rules_broken("Ring til Livslinien. Der er åbent hele døgnet.", *both)
    after_a_number = "Ring til BørneTelefonen på 116 111. Hørt har åbent hele døgnet. Tjek det."
    assert "belonging" in rules_broken(after_a_number, "A02", "A03")


@pytest.mark.parametrize(
    "text",
    [
        "Jeg lover, at det bliver godt.",
        "Det er 100 % sikkert.",
        "Vi giver dig en garanti.",
        "Det går helt sikkert.",
        "Det skal nok gå.",
        "Så får du en bolig.",
        "Du får et sted at bo.",
        "Vi finder en bolig til dig.",
        "Så finder kommunen et hjem til dig.",
        "Boligagenten skaffer dig en lejlighed.",
        "Du får kontanthjælp.",
        "Så får du pengene.",
        "Kommunen betaler dit depositum.",
        "Ingen får det at vide.",
        "Det bliver mellem os.",
        "Det er hemmeligt.",
        "Vi siger det ikke til nogen.",
        "Her er du helt anonym.",
    ],
)
def test_a_promise_nobody_can_keep_is_found(text: str) -> None:
    assert "promise" in rules_broken(text, "D01")


@pytest.mark.parametrize("text", ["Ingen kan love dig en bolig.", "Jeg kan ikke love, at alt er hemmeligt."])
def test_to_say_that_nothing_is_promised_is_no_promise(text: str) -> None:
    assert rules_broken(text) == set()


@pytest.mark.parametrize("text", ["Hvorfor gik du?", "Du burde have ringet.", "Det er din egen skyld."])
def test_blame_is_found(text: str) -> None:
    assert "blame" in rules_broken(text)


@pytest.mark.parametrize(
    "text", ["Søg uddannelseshjælp.", "Du kan få efterværn.", "RG60 er et herberg.", "En misbruger."]
)
def test_a_word_of_the_past_or_one_that_brands_is_found(text: str) -> None:
    assert "word" in rules_broken(text)
    assert "word" not in rules_broken("Det hed før efterværn. RG60 hedder nu Sporsløjfen. Det er ikke din skyld.")


ADVICE = {"intent": "support_plan", "buttons": NEXT}


@pytest.mark.parametrize(
    ("rule", "text", "facts", "changes"),
    [
        ("length", "Du er her. " * 21, (), {}),
        ("readability", "Kommunalbestyrelsen behandler boligansøgninger efter anvisningsbestemmelserne " * 3, (), {}),
        ("fact", "Hej.", ("Q99",), {}),
        ("fact", "Hej.", ("A32",), {}),
        ("hint to check", "Hørt er for dig fra 15 til 24 år.", ("A03",), {}),
        ("sources", "Kommunen kan hjælpe.", ("Z01",), ADVICE),
        ("sources", "Kommunen kan hjælpe.", (), ADVICE),
        ("next step", "Kommunen kan hjælpe.", ("C01",), ADVICE | {"buttons": ()}),
        ("next step", "Kommunen kan hjælpe.", ("C01",), ADVICE | {"buttons": NEXT * 4}),
        ("next step", "Kommunen kan hjælpe.", ("C01",), ADVICE | {"buttons": ({"payload": "/support_plan"},)}),
        ("age group", "Mød op.", ("C01",), {"conditions": {"age_group": "under_18"}}),
        ("age group", "Få råd.", ("D01",), {"conditions": {"age_group": "adult", "role": "helper"}}),
        ("age group", "Få råd. Tjek det.", ("A11",), {"conditions": {"age_group": "adult"}}),
        ("age group", "Sov der. Tjek det.", ("A23",), {"conditions": {"age_group": "under_18"}}),
    ],
)
def test_each_other_rule_finds_what_breaks_it(
    rule: str, text: str, facts: tuple[str, ...], changes: dict[str, object]
) -> None:
    assert rule in rules_broken(text, *facts, **changes)
    assert rules_broken("Kommunen kan hjælpe.", "C01", **ADVICE) == set()


def test_a_danger_reply_for_one_age_is_held_to_the_facts_of_that_age(tmp_path: Path) -> None:
    content = content_of((ROOT / REPLIES).read_text(encoding="utf-8"))
    tonight = content["clear"]["no_shelter_tonight"]
    tonight["under_18"]["facts"].append("C01")
    tonight["another"]["adult"]["facts"].append("D01")
    content["local"][1]["facts"].append("A23")
    (tmp_path / "replies.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    found = {str(fault) for fault in lint(list(danger_replies(tmp_path / "replies.yml")), shipped_facts())}
    assert found == {
        "clear.no_shelter_tonight[under_18]: age group: C01 does not hold for under_18",
        "clear.no_shelter_tonight.another[adult]: age group: D01 does not hold for adult",
        "local.København[under_18]: age group: A23 does not hold for under_18",
    }


def test_english_is_held_to_its_facts_but_not_to_danish_words() -> None:
    english = {"name": "utter_x_in_english"}
    long_words = "Accommodation organisations everywhere understand homelessness. Call 116 111, day and night."
    assert rules_broken(long_words, "A02", **english) == set()
    assert "claim" in rules_broken("You have two weeks.", "A02", **english)
    assert "claim" in rules_broken("It is anonymous.", "A02", **english)
    assert "name" in rules_broken("You can call the Red Cross.", "A02", **english)


def domains() -> Iterator[dict[str, object]]:
    return (dict(read_yaml(file)) for file in sorted((ROOT / DOMAIN).glob("*.yml")))


def test_no_response_or_intent_is_defined_in_two_files() -> None:
    for key in ("responses", "intents"):
        found = [str(entry) for domain in domains() for entry in domain.get(key) or ()]  # type: ignore[attr-defined]
        assert len(found) == len(set(found))


@pytest.mark.parametrize("intent", sorted(INTENTS))
def test_every_intent_has_an_answer(intent: str) -> None:
    assert ANSWERED_OTHERWISE.fullmatch(intent) or f"utter_{intent}" in NAMES


@pytest.mark.parametrize("answer", ANSWERS, ids=str)
def test_a_button_leads_to_an_intent_and_fits_a_phone(answer: Answer) -> None:
    for button in answer.buttons:
        payload = PAYLOAD.fullmatch(button["payload"])
        assert payload, button
        assert payload[1] in INTENTS | BY_BUTTON_ONLY, button
        assert len(button["title"]) <= LONGEST_TITLE, button


# More is said only after an answer that has asked for the age, and a line for an age is left out where it is not known.
@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("utter_") and not name.endswith("_more")])
def test_an_answer_with_conditions_knows_what_to_say_without_them(name: str) -> None:
    own = [answer for answer in ANSWERS if answer.name == name]
    (default,) = [answer for answer in own if not answer.conditions]
    assert {answer.conditions["age_group"] for answer in own if "age_group" in answer.conditions} <= AGE_GROUPS
    by_age_alone = any(answer.conditions.keys() == {"age_group"} for answer in own)
    assert default.asks == ("age" if by_age_alone else None)
    assert not any(answer.asks for answer in own if "age_group" in answer.conditions)


def test_who_sleeps_at_friends_counts_without_being_called_homeless() -> None:
    (answer,) = [answer for answer in ANSWERS if answer.name == "utter_housing_couch_surfing"]
    assert "hjemløs" not in answer.text.lower()
    assert "tæller" in answer.text
    assert any(source.title == "social.dk" for source in sources_for(answer.facts))


# What the model consists of, and the answer that tells of it (social.dk, "Housing First for Unge", 2023).
MODEL = {
    "early finding, by all around the young person": ("helper_concern", "L01"),
    "one plan for the whole": ("support_plan", "C09"),
    "homes found systematically": ("housing_municipal_allocation", "E01"),
    "social support": ("support_home_support", "C06"),
    "awareness of trauma": ("support_methods", "H01"),
    "mediation with family and network": ("network_family_mediation", "K16"),
    "what civil society offers": ("network_activities", "K01"),
    "local psychiatry": ("wellbeing_psychiatry", "C21"),
    "theme: home": ("housing_find_home", "E02"),
    "theme: support": ("housing_first", "G01"),
    "theme: network": ("network_lonely", "K01"),
}


@pytest.mark.parametrize(("intent", "number"), MODEL.values(), ids=MODEL)
def test_each_part_of_the_model_is_told_of_in_talk(intent: str, number: str) -> None:
    assert any(number in answer.facts for answer in ANSWERS if answer.intent == intent)
    rules = (rule for file in (ROOT / "data" / "rules").glob("*.yml") for rule in read_yaml(file)["rules"])
    steps = [[step.get("intent") or step.get("action") for step in rule["steps"]] for rule in rules]
    assert [intent, f"utter_{intent}"] in steps
