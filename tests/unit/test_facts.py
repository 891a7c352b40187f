from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.composed_yaml import content_of
from bot.knowledge.facts import SHIPPED_FACTS, Fact, FactError, Source, load_facts, sources_for

FACT = {
    "number": "A01",
    "status": "verified",
    "ready": "yes",
    "text": "Ring 112.",
    "evidence": "primær",
    "sources": ["https://www.example.dk/hjaelp"],
    "page_date": "2024",
    "said": "112 ved livsfare.",
}
WriteFacts = Callable[..., Path]


@pytest.fixture
def write_facts(tmp_path: Path) -> WriteFacts:
    def write(*facts: dict[str, object], file: str = "emergency.yml") -> Path:
        (tmp_path / file).write_text(yaml.safe_dump({"facts": list(facts)}, allow_unicode=True), encoding="utf-8")
        return tmp_path

    return write


def test_the_shipped_bank_holds_every_fact_under_its_own_number() -> None:
    facts = load_facts(SHIPPED_FACTS)
    assert len(facts) == 240
    assert all(number == fact.number for number, fact in facts.items())
    assert facts["A01"].text == "Er du eller en anden i livsfare, så ring 112."
    assert facts["D01"].ready == "yes"


def test_a_file_of_the_shipped_bank_holds_one_section() -> None:
    for file in SHIPPED_FACTS.glob("*.yml"):
        content = content_of(file.read_text(encoding="utf-8"))
        assert {fact["number"][0] for fact in content["facts"]} == {content["section"]}, file.name


def test_what_may_be_shown_has_a_source() -> None:
    for fact in load_facts(SHIPPED_FACTS).values():
        assert fact.ready == "never" or fact.sources or fact.other_sources, fact.number


def test_a_fact_keeps_what_the_bank_says_about_it(write_facts: WriteFacts) -> None:
    folder = write_facts(FACT | {"note": "Vis 112 først.", "other_sources": ["et brev"]})
    assert load_facts(folder)["A01"] == Fact(
        number="A01",
        status="verified",
        ready="yes",
        text="Ring 112.",
        evidence="primær",
        sources=("https://www.example.dk/hjaelp",),
        page_date="2024",
        said="112 ved livsfare.",
        note="Vis 112 først.",
        other_sources=("et brev",),
    )


def test_the_bank_cannot_be_changed_after_loading(write_facts: WriteFacts) -> None:
    facts = load_facts(write_facts(FACT))
    with pytest.raises(TypeError):
        facts["B01"] = facts["A01"]  # type: ignore[index]


@pytest.mark.parametrize("key", sorted(FACT))
def test_a_missing_key_is_named_with_its_file(write_facts: WriteFacts, key: str) -> None:
    folder = write_facts({name: value for name, value in FACT.items() if name != key})
    with pytest.raises(FactError, match=rf"emergency\.yml: .*the key '{key}' is missing"):
        load_facts(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"ready": "maybe"}, "unknown readiness 'maybe'"),
        ({"ready": True}, "unknown readiness True"),  # an unquoted yes
        ({"status": "seen"}, "unknown status 'seen'"),
        ({"status": "unverified"}, "an unverified fact must be 'never', not 'yes'"),
        ({"sorces": []}, "unknown key 'sorces'"),
        ({"text": "  "}, "'text' cannot be '  '"),
        ({"sources": "https://example.dk"}, "'sources' cannot be 'https://example.dk'"),
        ({"page_date": 2024}, "'page_date' cannot be 2024"),
        ({"checked": "i går"}, "'checked' cannot be 'i går'"),
        ({"checked": None}, "'checked' cannot be None"),
        ({"check_every": 0}, "'check_every' cannot be 0"),
        ({"check_every": True}, "'check_every' cannot be True"),
    ],
)
def test_a_wrong_value_is_named_with_file_and_number(
    write_facts: WriteFacts, change: dict[str, object], message: str
) -> None:
    with pytest.raises(FactError, match="emergency.yml: A01: " + message):
        load_facts(write_facts(FACT | change))


def test_a_number_used_twice_is_refused_across_files(write_facts: WriteFacts) -> None:
    write_facts(FACT, file="emergency.yml")
    folder = write_facts(FACT, file="network.yml")
    with pytest.raises(FactError, match=r"network\.yml: A01: this number is already taken"):
        load_facts(folder)


def test_broken_yaml_is_reported_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "network.yml").write_text("facts:\n  - number: 'K01\n", encoding="utf-8")
    with pytest.raises(FactError, match=r"(?s)network\.yml: not valid YAML.*line \d"):
        load_facts(tmp_path)


@pytest.mark.parametrize("content", ["", "- a list", "facts: 3"])
def test_a_file_without_a_list_of_facts_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "network.yml").write_text(content, encoding="utf-8")
    with pytest.raises(FactError, match=r"network\.yml: the key 'facts' must hold a list"):
        load_facts(tmp_path)


def test_a_folder_without_facts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FactError, match="holds no facts"):
        load_facts(tmp_path)


def test_a_source_shows_its_host_and_the_date_of_its_page(write_facts: WriteFacts) -> None:
    facts = load_facts(write_facts(FACT))
    assert sources_for(["A01"], facts) == (Source("example.dk", "https://www.example.dk/hjaelp", "2024"),)


def test_a_secure_page_is_preferred_and_keeps_its_own_date(write_facts: WriteFacts) -> None:
    pages = ["http://gammel.dk/a", "https://ny.dk/b"]
    facts = load_facts(write_facts(FACT | {"sources": pages, "page_date": "2013 / aug. 2022"}))
    assert sources_for(["A01"], facts) == (Source("ny.dk", "https://ny.dk/b", "aug. 2022"),)


def test_a_page_that_is_not_secure_is_shown_when_there_is_no_other(write_facts: WriteFacts) -> None:
    facts = load_facts(write_facts(FACT | {"sources": ["http://gammel.dk/a"]}))
    assert [source.url for source in sources_for(["A01"], facts)] == ["http://gammel.dk/a"]


@pytest.mark.parametrize("date", ["ukendt", "ukendt (før 2022)", None])
def test_an_unknown_date_is_left_out(write_facts: WriteFacts, date: str | None) -> None:
    facts = load_facts(write_facts(FACT | {"page_date": date}))
    assert sources_for(["A01"], facts)[0].checked is None


def test_a_human_check_takes_the_place_of_the_date_of_the_page(write_facts: WriteFacts) -> None:
    facts = load_facts(write_facts(FACT | {"checked": date(2026, 11, 28), "page_date": "2013"}))
    assert sources_for(["A01"], facts)[0].checked == "tjekket 28. nov. 2026"


def test_a_page_behind_two_facts_is_shown_once_and_in_order(write_facts: WriteFacts) -> None:
    other = FACT | {"number": "A03", "sources": ["https://anden.dk/"]}
    facts = load_facts(write_facts(FACT, FACT | {"number": "A02"}, other))
    assert [source.url for source in sources_for(["A03", "A01", "A02"], facts)] == [
        "https://anden.dk/",
        "https://www.example.dk/hjaelp",
    ]


def test_a_fact_without_a_page_adds_no_source(write_facts: WriteFacts) -> None:
    facts = load_facts(write_facts(FACT | {"sources": [], "other_sources": ["et brev"]}))
    assert sources_for(["A01"], facts) == ()


def test_a_number_the_bank_does_not_have_is_named() -> None:
    with pytest.raises(FactError, match="Z99: no such fact"):
        sources_for(["Z99"])


def test_without_a_bank_the_shipped_one_is_used() -> None:
    assert sources_for(["A04"])[0].title == "levudenvold.dk"
