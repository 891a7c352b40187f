"""Stories and rules are written as they stand in data/, and added to files whose other lines stay as they were."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import ROOT
from bot.stories.names import Names
from bot.stories.writing import Kind, written
from bot.teaching.domain_names import read_names
from bot.teaching.errors import TeachingError
from bot.teaching.plot_checks import faults_of, told_twice
from bot.teaching.plots import Plot, plots_in, read_plots, shipped_plots, with_plots
from bot.training.files import DataError

FILE = Path("booking.yml")
NAMES = Names(
    frozenset({"chat_greet", "chat_affirm"}),
    frozenset({"utter_greet", "booking_form", "action_deactivate_loop"}),
    frozenset({"town", "mood"}),
    frozenset({"age"}),
    frozenset({"booking_form"}),
    frozenset({"mood", "age"}),
)
GOOD = {"steps": [{"intent": "chat_greet"}, {"action": "utter_greet"}]}
EDITED_BY_HAND = """\
version: "3.1"

# Told by a colleague.
stories:
- story: b
  steps:
    - intent: chat_greet   # wide
    - action: "utter_greet"
"""
names = st.text(st.characters(codec="utf-8"), min_size=1).filter(str.isprintable)


def plot(name: str, content: object, kind: Kind = Kind.STORY) -> Plot:
    return Plot(kind, name, content, FILE, 3, (5, 6))  # type: ignore[arg-type]


def without_comments(file: Path) -> str:
    return "".join(line for line in file.read_text().splitlines(keepends=True) if not line.lstrip().startswith("#"))


@pytest.mark.parametrize("kind", Kind)
def test_whatever_is_shipped_is_written_as_it_stands(kind: Kind) -> None:
    seen = 0
    for file in sorted((ROOT / kind.folder).glob("*.yml")):
        text = without_comments(file)
        for one in read_plots(file):
            assert written(kind, one.name, one.content) in text, one.place
            seen += 1
    assert seen >= 15


def test_each_shipped_one_is_found_where_it_stands_and_has_no_fault() -> None:
    names, plots = read_names(ROOT), shipped_plots(ROOT)
    assert [fault for one in plots for fault in faults_of(one, names)] == []
    assert told_twice(plots, []) == []
    for one in plots:
        lines = one.file.read_text().splitlines()
        assert lines[one.line - 1].startswith(f"- {one.kind}: ")
        assert all(lines[line - 1].lstrip().startswith("- ") for line in one.step_lines)


@given(st.dictionaries(names, st.booleans(), min_size=1))
def test_whatever_is_added_the_old_lines_stay(named: dict[str, bool]) -> None:
    contents = {
        name: GOOD if short else {"steps": [*GOOD["steps"], {"active_loop": None}]} for name, short in named.items()
    }
    new = [plot(name, content) for name, content in contents.items()]
    after = with_plots(EDITED_BY_HAND.encode(), FILE, Kind.STORY, new)
    assert after.startswith(EDITED_BY_HAND.encode())
    assert with_plots(EDITED_BY_HAND.encode(), FILE, Kind.STORY, list(reversed(new))) == after
    read = {one.name: one.content for one in plots_in(after.decode(), FILE)[1:]}
    assert read == contents


def test_one_that_is_added_looks_like_those_in_data() -> None:
    content = {"steps": [{"intent": "chat_greet"}, {"action": "booking_form"}, {"active_loop": None}]}
    rule = plot("a", content | {"condition": [{"active_loop": "booking_form"}]}, Kind.RULE)
    assert with_plots(None, FILE, Kind.RULE, [rule]) == (
        b'version: "3.1"\n\nrules:\n- rule: a\n  condition:\n  - active_loop: booking_form\n'
        b"  steps:\n  - intent: chat_greet\n  - action: booking_form\n  - active_loop: null\n"
    )


@pytest.mark.parametrize(
    "content",
    ["stories: [\n", "stories:\n- story: a\n  steps: []\nmore: 1\n", "stories: []\n", "- a\n", "stories: {a: 1}\n"],
)
def test_a_file_that_nothing_can_be_added_to_is_named(content: str) -> None:
    with pytest.raises(TeachingError, match=r"booking\.yml"):
        with_plots(content.encode(), FILE, Kind.STORY, [plot("b", GOOD)])


@pytest.mark.parametrize("content", ["stories:\n- steps: []\n", "rules:\n- rule: 7\n", "rules:\n- a\n"])
def test_an_entry_without_a_name_is_told_by_its_line(content: str) -> None:
    with pytest.raises(DataError, match=r"booking\.yml, line 2: expected"):
        plots_in(content, FILE)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("stories:\n- story: a\n  steps: [a]\n  steps: [a, b]\n", "line 4: `steps:` stands here a second time"),
        ("stories:\n- story: a\n  steps: [a]\nstories: []\n", "line 4: `stories:` stands here a second time"),
        ("rules:\n- rule: a\n  steps:\n  - intent: a\n    intent: b\n", "line 5: `intent:` stands here a second time"),
        ("stories:\n- story: a\n  <<: {steps: [a]}\n", "line 2: the steps must stand under `steps:`"),
    ],
)
def test_what_stands_twice_or_elsewhere_is_told_by_its_line(content: str, told: str) -> None:
    with pytest.raises(DataError, match=told):
        plots_in(content, FILE)


BOMB = "x: &a [x, x]\n" + "".join(f"y{a}: &{b} [*{a}, *{a}]\n" for a, b in ("ab", "bc", "cd", "de", "ef", "fg"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("more: &m {steps: [a]}\nstories:\n- story: a\n  <<: *m\n", "line 1: a story repeats nothing"),
        ("stories:\n- story: a\n  steps: &s [*s]\n", "line 3: a story repeats nothing"),
        (BOMB, "line 1: a story repeats nothing"),
        ("stories:\n- story: a\n  steps: " + "[" * 20_000, "line 3: no story goes so deep"),
        ("stories:\n- story: a\n  steps: " + "{a: " * 20_000 + "}" * 20_000, "line 3: no story goes so deep"),
    ],
)
def test_what_says_much_in_few_lines_or_goes_deep_is_told_by_its_line(content: str, told: str) -> None:
    with pytest.raises(DataError, match=told):
        plots_in(content, FILE)


@pytest.mark.parametrize(("number", "faults"), [(3, 0), (4, 1)])
def test_one_that_can_go_too_many_ways_is_told_and_not_tried(number: int, faults: int) -> None:
    either = {"or": [{"intent": "chat_greet"}] * 10}
    one = Plot(Kind.STORY, "a", {"steps": [either] * number + GOOD["steps"]}, FILE, 3, (5,) * (number + 2))
    found = faults_of(one, NAMES)
    assert len(found) == faults
    assert all("'a' can go 10000 ways" in fault for fault in found)


def test_one_without_a_name_is_told() -> None:
    assert "has no name" in faults_of(plot(" ", GOOD), NAMES)[0]


def test_a_good_one_has_no_fault() -> None:
    either = {"or": [{"intent": "chat_greet"}, {"intent": "chat_affirm", "entities": ["age", {"age": "17"}]}]}
    assert faults_of(plot("a", {"steps": [either, GOOD["steps"][1]]}), NAMES) == []
    slots = {"slot_was_set": [{"mood": "low"}, "town"]}
    assert faults_of(plot("a", {"condition": [slots], "steps": [slots, GOOD["steps"][1]]}, Kind.RULE), NAMES) == []


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ({"intent": "chat_gret"}, "line 5: the intent chat_gret does not exist"),
        ({"or": [{"intent": "chat_gret"}]}, "line 5: the intent chat_gret does not exist"),
        ({"intent": "chat_greet", "entities": ["shoe"]}, "line 5: the entity shoe does not exist"),
        ({"action": "utter_gret"}, "line 5: the action utter_gret does not exist"),
        ({"active_loop": "form"}, "line 5: the form form does not exist"),
        ({"slot_was_set": [{"shoe": 42}]}, "line 5: the slot shoe does not exist"),
        ({"user": "jeg hedder Ivalu", "intent": "chat_greet"}, "line 5: nobody's words belong here"),
        ({"intent": "chat_greet", "action": "utter_greet"}, "line 5: a step is one of"),
        ({"intent": "chat_greet", "mood": "low"}, "line 5: beside intent there is mood"),
        ({"intent": ["chat_greet"]}, "line 5: the intent ['chat_greet'] does not exist"),
        ({"checkpoint": "a"}, "line 5: a step is one of"),
        ("utter_greet", "line 5: 'utter_greet' is no step"),
        ({}, "line 5: a step is one of"),
    ],
)
def test_a_fault_is_told_by_the_line_of_its_step(step: object, told: str) -> None:
    (fault,) = faults_of(plot("a", {"steps": [step, GOOD["steps"][1]]}), NAMES)
    assert told in fault
    assert "Ivalu" not in fault


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"condition": [], **GOOD}, "a story has no condition"),
        ({"wait_for_user_input": False, **GOOD}, "a story has no wait_for_user_input"),
        ({"steps": [{"intent": "chat_greet"}, {"intent": "chat_affirm"}]}, "does nothing"),
    ],
)
def test_a_fault_of_the_whole_is_told_by_its_line(content: object, told: str) -> None:
    (fault,) = faults_of(plot("a", content), NAMES)
    assert told in fault
    assert "line 3" in fault


@pytest.mark.parametrize("condition", [7, {"active_loop": "none"}, [7], None])
def test_a_condition_that_is_none_is_told(condition: object) -> None:
    (fault,) = faults_of(plot("a", {"condition": condition, **GOOD}, Kind.RULE), NAMES)
    assert "line 3" in fault


def test_a_name_that_cannot_be_shown_is_told() -> None:
    assert "cannot be shown" in faults_of(plot("a\x85b", GOOD), NAMES)[0]


def test_a_name_is_given_once() -> None:
    both = [plot("a", GOOD), plot("b", GOOD), plot("a", GOOD, Kind.RULE)]
    assert told_twice(both, [plot("b", GOOD)]) == [
        "booking.yml, line 3: 'b' is already the name of booking.yml, line 3",
        "booking.yml, line 3: 'a' is already the name of booking.yml, line 3",
    ]


def test_one_without_steps_is_told() -> None:
    assert "has no steps" in faults_of(Plot(Kind.RULE, "a", {"steps": None}, FILE, 3), NAMES)[0]
