"""What the entity extractor reads from the words of a young person, and what it leaves alone."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.entities import DanishEntityExtractor


@cache
def extractor() -> DanishEntityExtractor:
    return DanishEntityExtractor()


def found(text: str, **metadata: object) -> list[dict[str, Any]]:
    message = Message(data={"text": text, "metadata": metadata or None})
    entities: list[dict[str, Any]] = extractor().process([message])[0].get("entities")
    return entities


def entities(text: str, **metadata: object) -> dict[str, Any]:
    return {entity["entity"]: entity["value"] for entity in found(text, **metadata)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("jeg bor i Aarhus", "Aarhus"),
        ("fra århus kommune", "Aarhus"),
        ("koebenhavn", "København"),
        ("Københavns Kommune", "København"),
        ("kbh", "København"),
        ("høje taastrup", "Høje-Taastrup"),
        ("er fra Vejen Kommune", "Vejen"),
        ("i skive", "Skive"),
        ("Ærø", "Ærø"),
        ("NÆSTVED", "Næstved"),
    ],
)
def test_a_municipality_is_known_in_any_spelling(text: str, name: str) -> None:
    assert entities(text)["municipality"] == name


@pytest.mark.parametrize("text", ["jeg er på vejen", "en skive brød", "der er noget i vejen", "hvad er min kommune"])
def test_an_everyday_word_is_no_municipality(text: str) -> None:
    assert "municipality" not in entities(text)


def test_the_lookup_holds_all_danish_municipalities() -> None:
    names = Path("data/lookups/municipalities.txt").read_text(encoding="utf-8").split("\n")
    assert len({name for name in names if name}) == 98


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("jeg er 17", 17),
        ("Jeg er en dreng på 16", 16),
        ("jeg er lige blevet atten", 18),
        ("19", 19),
        ("17 år", 17),
        ("jeg bliver snart 18", 17),
        ("jeg er under 18", 17),
        ("over 18", 18),
        ("er fyldt 18", 18),
        ("som 19-årig", 19),
        ("jeg er 22 år gammel", 22),
        ("jeg bor med min kæreste og er 19 år gammel", 19),
        ("min mor smed mig ud. jeg er 17 år og bor hos en ven", 17),
        ("jeg er 18 om en uge", 17),
        ("jeg er 18 til marts", 17),
        ("fylder 18 til marts", 17),
        ("er snart 18", 17),
    ],
)
def test_an_age_is_read_as_a_number(text: str, age: int) -> None:
    assert entities(text)["age"] == age


@pytest.mark.parametrize(
    "text",
    [
        "jeg har boet her i 15 år",
        "kl 17",
        "112",
        "jeg er 20 minutter forsinket",
        "min ven er 16",
        "99",
        "herberg under 18",
        "min kæreste er 25 år gammel",
        "min kæreste bor hos mig og er 25 år gammel",
        "min lillebror er 13 år og bor hos min far",
        "min søster er lige fyldt 18",
        "min bror fylder 18 til marts",
        "jeg har en ven, han er 22 år gammel",
        "skal man være 18 år gammel",
        "jeg har været 14 steder",
        "jeg har boet 14 forskellige steder",
        "jeg er ca 10 km væk",
    ],
)
def test_another_number_is_no_age(text: str) -> None:
    assert "age" not in entities(text)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("helst på telefon", "phone"),
        ("kan du ringe til mig", "phone"),
        ("jeg vil gerne komme ned på kontoret", "office"),
        ("vi kan mødes", None),
        ("mødes på kontoret", "office"),
        ("ansigt til ansigt", "office"),
        ("her i chatten", "chat"),
        ("kan vi mødes et andet sted", "out"),
        ("kan vi mødes et helt andet sted", "out"),
        ("mødes på biblioteket i stedet", "out"),
        ("kan i komme hjem til mig", "out"),
        ("can we meet somewhere else", "out"),
        ("jeg vil bo et andet sted", None),
        ("jeg kan bo hjemme hos min søster", None),
        ("jeg vil ikke mødes et andet sted", None),
        ("jeg vil ikke ringe, hellere skrive", "chat"),
        ("kan jeg komme på torsdag", None),
        ("skal jeg ringe på når jeg kommer", None),
        ("ringer man på?", None),
        ("ring på [telefonnummer]", "phone"),
        ("i kan ringe på min mobil", "phone"),
        ("et andet sted", "out"),
        ("hellere et andet sted", "out"),
        ("et andet sted at bo", None),
        ("kan vi ikke mødes et andet sted", "out"),
        ("kan I ikke ringe til mig i stedet", "phone"),
        ("over the phone", "phone"),
        ("call me", "phone"),
        ("jeg har ingen telefon", None),
        ("min telefon er i stykker, så kan vi mødes", None),
    ],
)
def test_the_way_of_meeting_is_read_and_a_refused_one_is_not(text: str, way: str | None) -> None:
    assert entities(text).get("way") == way


@pytest.mark.parametrize("text", ["mit nummer er [telefonnummer]", "[e-mail]"])
def test_a_masked_contact_is_noticed(text: str) -> None:
    assert entities(text)["contact_given"] is True


def test_a_time_wish_is_read_from_the_moment_the_message_came() -> None:
    said = entities("på torsdag kl halv tre", now="2026-11-22T11:00:00+01:00")
    assert (said["time_wish"]["day"], said["time_wish"]["exact"]) == ("2026-11-26", "14:30:00")


def test_entities_point_at_what_they_were_read_from() -> None:
    text = "Jeg er 17, bor i Århus, ring på torsdag kl. 14"
    for entity in found(text):
        assert text[entity["start"] : entity["end"]].strip()
        assert entity["extractor"] == "DanishEntityExtractor"
