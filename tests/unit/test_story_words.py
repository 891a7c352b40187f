"""What is in the way of a story is told in Danish, whatever of it is wrong: each of our faults is caused for real."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.teaching.plots import shipped_plots
from bot.training.contradictions import Contradiction
from bot.upkeep.workshop.story import told
from bot.upkeep.workshop.story_words import in_danish
from tests.support.small_checkout import small_checkout
from tests.support.stories import none

HELLO = "- intent: chat_greet\n  - action: utter_greet\n"
GREETS = "  - action: utter_greet\n"
STEPS = "Et trin er ét af intent, action, active_loop, slot_was_set, or."
FORTY = "- or: [" + "intent: chat_greet, " * 40 + "]\n  "


def story(steps: str, name: str = "ny") -> str:
    return f"stories:\n- story: {name}\n  steps:\n  {steps}"


FAULTS = {
    story("- intent: chat_gret\n" + GREETS): ", linje 4: Betydningen chat_gret findes ikke.",
    story(HELLO + "  - action: utter_gret\n"): ", linje 6: Svaret eller handlingen utter_gret findes ikke.",
    story(HELLO + "  - active_loop: en_form\n"): ", linje 6: Formularen en_form findes ikke.",
    story(HELLO + "  - slot_was_set: [{sko: 42}]\n"): ", linje 6: Feltet sko findes ikke.",
    story("- {intent: chat_greet, entities: [sko]}\n" + GREETS): ", linje 4: Ordtypen sko findes ikke.",
    story(HELLO, "greet twice"): ", linje 2: Navnet 'greet twice' er taget i data/stories/all.yml, linje 3.",
    story(HELLO, "greet"): ", linje 2: Navnet 'greet' er taget i data/rules/all.yml, linje 3.",
    story("- intent: chat_greet\n"): ", linje 2: Historien 'ny' mangler noget, robotten gør: en action.",
    "rules:\n- rule: ny\n  steps: []\n": ", linje 2: Reglen 'ny' har ingen trin.",
    story(HELLO, "' '"): ", linje 2: Historien mangler et navn.",
    story(HELLO, '"a\\x85b"'): ", linje 2: Navnet 'a\\x85b' har tegn, som ikke kan ses.",
    story(HELLO) + "  condition: []\n": ", linje 2: En historie kan ikke have condition.",
    story("- user: hej\n    intent: chat_greet\n" + GREETS): (
        ", linje 4: Her må ingens ord stå. Fjern user: og bot:, og behold intent: og action:."
    ),
    story("- checkpoint: a\n" + GREETS): f", linje 4: {STEPS} Her står checkpoint.",
    story("- hej\n" + GREETS): f", linje 4: 'hej' er ikke et trin. {STEPS}",
    story("- {intent: chat_greet, mood: low}\n" + GREETS): (
        ", linje 4: Ved siden af intent står mood. Det kan ikke stå der."
    ),
    story("- {intent: chat_greet, intent: chat_greet}\n"): ", linje 4: intent: står her for anden gang.",
    story("- &a {intent: chat_greet}\n  - *a\n"): ", linje 4: Skriv det hele ud i stedet for & og *.",
    story("- " + "[" * 20_000): ", linje 4: Så dybt ind går ingen historie.",
    story(FORTY * 2 + GREETS.strip()): ", linje 2: Historien 'ny' kan gå 1600 veje med or. Højst 1000 kan tjekkes.",
    "stories: 7\n": ": Under stories: skal der stå en liste.",
    "stories:\n- story: 7\n": ", linje 2: Her skal stå story: med et navn.",
    "stories:\n- story: a\n  <<: {steps: [a]}\n": ", linje 2: Trinene skal stå under steps:.",
    "stories:\n- story: a\n\t\tsteps:\n": ", linje 3: Brug mellemrum i stedet for tabulator.",
    "stories:\n- story: @a\n": ", linje 2: Sæt citationstegn om det, der begynder med @.",
    "stories:\n- story: a: b\n": (
        ", linje 2: Kolon eller indrykning passer ikke. Sæt citationstegn om navne med kolon."
    ),
    "stories:\n- story: 'a\n": ", linje 3: Et citationstegn eller en parentes er ikke lukket.",
    "stories: [\n": ", linje 2: Et citationstegn eller en parentes er ikke lukket.",
    "stories:\n  - story: a\n - b\n": ", linje 3: En indrykning eller en parentes passer ikke.",
    "a: b\n---\nc: d\n": ", linje 2: Der må ikke stå --- i teksten.",
    "stories:\n- story: !x a\n": ", linje 2: could not determine a constructor for the tag '!x'",
    "stories: \x01\n": (
        ': unacceptable character #x0001: control characters are not allowed in "<unicode string>", position 9'
    ),
    "hej\n": ", linje 1: Øverst skal stå stories: eller rules:.",
}


@pytest.mark.parametrize("text", FAULTS)
def test_each_fault_is_told_in_danish_with_its_line(tmp_path: Path, text: str) -> None:
    outcome = told(text, small_checkout(tmp_path / "checkout"), none, dry_run=True)
    assert (outcome.state, list(outcome.told)) == ("refused", [f"Teksten{FAULTS[text]}"])


def test_a_text_without_any_is_told(tmp_path: Path) -> None:
    outcome = told("nlu: []\n", small_checkout(tmp_path / "checkout"), none, dry_run=True)
    assert list(outcome.told) == ["Der er hverken en historie eller en regel i teksten."]


def test_what_is_there_already_is_told_with_its_place(tmp_path: Path) -> None:
    same = "stories:\n- story: igen\n  steps:\n  " + HELLO + "  " + HELLO
    outcome = told(same, small_checkout(tmp_path / "checkout"), none, dry_run=True)
    assert (outcome.state, outcome.shown) == ("done", {"diffs": []})
    assert list(outcome.told) == ["'igen' står der allerede som 'greet twice' i data/stories/all.yml, linje 3."]


def test_both_sides_of_a_contradiction_are_told_with_their_places(tmp_path: Path) -> None:
    def finds(_root: Path, _files: Sequence[Path]) -> list[Contradiction]:
        return [
            Contradiction("ny, og dum", "action_listen", "greet, greet twice", "utter_greet"),
            Contradiction("x", "Rasa says so"),
        ]

    outcome = told(story(HELLO, "ny, og dum"), small_checkout(tmp_path / "checkout"), finds, dry_run=True)
    both, rasas = outcome.told
    assert both == (
        "Teksten, linje 2: Historien 'ny, og dum' siger action_listen, men reglen 'greet' i data/rules/all.yml, "
        "linje 3 og historien 'greet twice' i data/stories/all.yml, linje 3 siger utter_greet."
    )
    assert rasas == "'x': Rasa says so"


def test_what_another_does_to_the_files_meanwhile_is_told(tmp_path: Path) -> None:
    root = small_checkout(tmp_path / "checkout")
    home = root / "data/stories/chat.yml"

    def edits(_root: Path, _files: Sequence[Path]) -> list[Contradiction]:
        home.write_text("stories: []\n")
        return []

    outcome = told(story(HELLO), root, edits, dry_run=False)
    assert list(outcome.told) == ["data/stories/chat.yml blev rettet af en anden imens. Prøv igen."]
    home.write_text(
        "stories:\n- story: b\n  steps:\n  "
        + HELLO
        + "  "
        + HELLO.replace("chat_greet", "booking_request")
        + "version: '3.1'\n"
    )
    outcome = told(story(HELLO), root, none, dry_run=False)
    assert list(outcome.told) == [
        "data/stories/chat.yml er skrevet sådan, at intet kan lægges til. Bed jeres drift om hjælp."
    ]


def test_a_name_of_the_data_with_the_words_of_a_fault_keeps_them() -> None:
    for one in shipped_plots(ROOT):
        fault = f"teksten, line 2: {one.name!r} is already the name of data/rules/all.yml, line 3"
        assert in_danish([fault]) == [f"Teksten, linje 2: Navnet {one.name!r} er taget i data/rules/all.yml, linje 3."]
