"""A story or a rule is held against all others by Rasa itself, and comes beside them only when nothing contradicts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrainingDataGenerator
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph

from bot.dialogue.tracker_document import to_document
from bot.settings import ROOT
from bot.stories.skeleton import skeleton
from bot.stories.turns import read_steps
from bot.stories.writing import Kind
from bot.teaching.domain_names import read_names
from bot.teaching.errors import TeachingError
from bot.teaching.plots import shipped_plots
from bot.teaching.telling import add_file, check_file
from bot.training.contradictions import Contradiction, contradictions
from tests.support.commands import Run, run_in
from tests.support.small_checkout import small_checkout
from tests.support.teaching import contents

SOFA = """\
stories:
- story: a sofa after hello   # a note
  steps:
  - intent: chat_greet
  - action: utter_greet
  - {intent: housing_couch_surfing}
  - action: utter_greet
"""
SOFA_AS_IN_DATA = """\

- story: a sofa after hello
  steps:
  - intent: chat_greet
  - action: utter_greet
  - intent: housing_couch_surfing
  - action: utter_greet
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_checkout(tmp_path / "checkout")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    yield from run_in(tmp_path / "var", monkeypatch)


def draft(root: Path, content: str) -> Path:
    file = root.parent / "draft.yml"
    file.write_text(content, encoding="utf-8")
    return file


def none(_root: Path, _files: Sequence[Path]) -> list[Contradiction]:
    return []


def faults(root: Path, content: str) -> list[str]:
    """What is told of a draft by our checks and Rasa's."""
    with pytest.raises(TeachingError) as caught:
        check_file(draft(root, content), root, contradictions)
    return str(caught.value).replace(f"{root.parent}/", "").splitlines()


def test_a_good_story_has_no_fault(root: Path) -> None:
    told = check_file(draft(root, SOFA), root, contradictions)
    assert [one.name for one in told.new] == ["a sofa after hello"]


def test_a_rule_that_says_something_else_is_told_with_both_places_and_once(root: Path) -> None:
    told = faults(root, "rules:\n- rule: listen\n  steps:\n  - intent: chat_greet\n  - action: action_listen\n")
    theirs = "the rule 'greet' in checkout/data/rules/all.yml, line 3 says utter_greet"
    assert told == [f"draft.yml, line 2: the rule 'listen' says action_listen where {theirs}"]


def test_a_story_that_says_something_else_than_a_rule_is_told(root: Path) -> None:
    told = faults(root, SOFA.replace("  - action: utter_greet\n  - {", "  - action: action_restart\n  - {"))
    assert told[0] == (
        "draft.yml, line 2: the story 'a sofa after hello' says action_restart where the rule 'greet' in "
        "checkout/data/rules/all.yml, line 3 says utter_greet"
    )


def test_two_stories_that_part_at_one_point_are_told(root: Path) -> None:
    both = (
        SOFA
        + "- story: another, by the same words\n"
        + SOFA.split("\n", 2)[2].replace("surfing}\n  - action: utter_greet", "surfing}\n  - action: action_restart")
    )
    (told,) = faults(root, both)
    # Rasa may tell of either first.
    for part in ("draft.yml, line 2", "draft.yml, line 8", "utter_greet", "action_restart", "'a sofa after hello'"):
        assert part in told
    assert "the story 'another, by the same words'" in told


def test_a_rule_of_two_messages_is_told(root: Path) -> None:
    two = SOFA.replace("stories:", "rules:").replace("story:", "rule:")
    (told,) = faults(root, two)
    assert told.startswith("draft.yml, line 2: the rule 'a sofa after hello': ")
    assert "more than 1 user message" in told


KEPT_ALL_THE_SAME = """
- story: kept
  steps:
  - intent: booking_cancel
  - action: action_ask_cancel
  - intent: chat_affirm
  - action: action_keep_booking
"""


def as_kept_for_rasa() -> Iterator[tuple[str, bytes]]:
    """The name of each shipped story, and what the store would hold of a conversation that went so."""
    domain = Domain.load(str(ROOT / "bot" / "domain"))
    stories = [one.file for one in shipped_plots(ROOT) if one.kind is Kind.STORY]
    steps = [step for file in sorted(set(stories)) for step in YAMLStoryReader(domain).read_from_file(file)]
    for tracker in TrainingDataGenerator(StoryGraph(steps), domain, augmentation_factor=0).generate():
        yield tracker.sender_id, to_document(tracker, domain).encode()


def test_only_what_contradicts_the_shipped_rules_is_told_and_no_skeleton_of_a_shipped_story(tmp_path: Path) -> None:
    names, file, parts = read_names(ROOT), tmp_path / "draft.yml", [KEPT_ALL_THE_SAME]
    for name, document in as_kept_for_rasa():
        parts.append(skeleton(read_steps(document, names), Kind.STORY, f"again: {name}", names).split("stories:")[1])
    assert len(parts) > 15
    file.write_text("stories:" + "".join(parts), encoding="utf-8")
    with pytest.raises(TeachingError) as caught:
        check_file(file, ROOT, contradictions)
    first, *others = str(caught.value).splitlines()
    (rule,) = (one for one in shipped_plots(ROOT) if one.name == "yes to cancelling cancels the talk")
    assert first == (
        f"{file}, line 2: the story 'kept' says action_keep_booking where the rule {rule.name!r} in {rule.place} "
        "says action_cancel_booking"
    )
    assert all("the story 'kept'" in line for line in others)


def test_what_the_domain_lacks_is_told_without_asking_rasa(root: Path) -> None:
    def never(_root: Path, _files: Sequence[Path]) -> list[Contradiction]:
        raise AssertionError

    with pytest.raises(TeachingError) as caught:
        check_file(draft(root, SOFA.replace("greet", "gret")), root, never)
    assert [line.split(": ")[0].split(", ")[1] for line in str(caught.value).splitlines()] == [
        "line 4",
        "line 5",
        "line 7",
    ]


@pytest.mark.parametrize("content", ["", "stories: []\n", "stories: [\n", "rules: 7\n", "nlu: []\n"])
def test_a_file_without_any_is_told(root: Path, content: str) -> None:
    with pytest.raises(TeachingError, match=r"draft\.yml"):
        check_file(draft(root, content), root, none)


def test_a_file_of_the_data_is_checked_but_not_added(root: Path) -> None:
    own = root / "data/stories/all.yml"
    assert [one.name for one in check_file(own, root, none).new] == ["greet twice"]
    with pytest.raises(TeachingError, match="a part of the data already"):
        add_file(own, root, none, None, dry_run=False)


def test_one_that_is_added_stands_in_the_file_of_its_topic_and_twice_is_once(root: Path) -> None:
    home, before = root / "data/stories/housing.yml", contents(root)
    home.write_text("# by hand\nstories:\n- story: b\n  steps: [{intent: chat_greet}, {action: utter_greet}]\n")
    edited = home.read_text()
    add_file(draft(root, SOFA), root, none, None, dry_run=True)
    assert home.read_text() == edited
    add_file(draft(root, SOFA), root, none, None, dry_run=False)
    assert home.read_text() == edited + SOFA_AS_IN_DATA
    told = add_file(draft(root, SOFA.replace("after hello", "once more")), root, none, None, dry_run=False)
    assert (told.new, told.changes) == ((), ())
    assert told.skipped == (f"'a sofa once more' is already 'a sofa after hello' in {home}, line 6",)
    assert contents(root) == before | {"data/stories/housing.yml": (edited + SOFA_AS_IN_DATA).encode()}


def test_a_topic_can_be_given_and_small_talk_has_its_own(root: Path) -> None:
    hello = "rules:\n- rule: a\n  steps:\n  - or:\n    - intent: chat_greet\n  - action: utter_greet\n"
    add_file(draft(root, SOFA), root, none, "sofas", dry_run=False)
    add_file(draft(root, hello), root, none, None, dry_run=False)
    assert (root / "data/stories/sofas.yml").read_text() == f'version: "3.1"\n\nstories:{SOFA_AS_IN_DATA}'
    assert "- rule: a\n" in (root / "data/rules/chat.yml").read_text()


def test_a_contradiction_keeps_all_from_being_written(root: Path) -> None:
    before = contents(root)
    both = SOFA + "rules:\n- rule: listen\n  steps:\n  - intent: chat_greet\n  - action: action_listen\n"
    with pytest.raises(TeachingError, match=r"all\.yml, line 3 says utter_greet"):
        add_file(draft(root, both), root, contradictions, None, dry_run=False)
    assert contents(root) == before


def test_what_somebody_saves_meanwhile_is_not_overwritten(root: Path) -> None:
    home = root / "data/stories/all.yml"

    def edits(_root: Path, _files: Sequence[Path]) -> list[Contradiction]:
        home.write_text(home.read_text() + "# by hand\n")
        return []

    with pytest.raises(TeachingError, match="was changed by somebody else meanwhile"):
        add_file(draft(root, SOFA), root, edits, "all", dry_run=False)
    assert home.read_text().endswith("  - action: utter_greet\n# by hand\n")


def test_from_a_conversation_to_the_data_by_the_commands(root: Path, run: Run) -> None:
    turns = '{"intent": "chat_greet", "actions": ["utter_greet"]}\n' * 2 + (
        '{"intent": "booking_request", "actions": ["utter_greet"]}\n'
    )
    at = ("--checkout", str(root))
    begun = run("story", "skeleton", "-", "--name", "hello, and a talk", *at, given=turns)
    assert begun.exit_code == 0
    file = draft(root, begun.stdout)
    checked = run("story", "check", str(file), *at)
    assert (checked.exit_code, checked.stdout) == (0, f"{file}: nothing is wrong with it\n")
    added = run("story", "add", str(file), *at)
    assert (added.exit_code, added.stdout) == (0, "data/stories/booking.yml is written\n")
    assert (root / "data/stories/booking.yml").read_text() == begun.stdout
    again = run("story", "add", str(file), *at)
    assert (again.exit_code, again.stdout) == (0, "")
    assert "Nothing is new." in again.stderr


def test_a_topic_that_leads_out_of_the_folder_is_refused(root: Path, run: Run) -> None:
    file = draft(root, SOFA)
    assert run("story", "add", str(file), "--topic", "../../x", "--checkout", str(root)).exit_code == 2


def test_a_file_that_is_not_there_is_told_plainly(root: Path, run: Run) -> None:
    done = run("story", "check", str(root / "none.yml"), "--checkout", str(root))
    assert (done.exit_code, "no such file" in done.stderr.replace("\n", " ")) == (1, True)


@pytest.mark.parametrize("command", ["check", "add", "skeleton"])
def test_a_folder_in_place_of_a_file_is_told_plainly(root: Path, run: Run, command: str) -> None:
    done = run("story", command, str(root), "--checkout", str(root))
    assert (done.exit_code, "cannot be read: Is a directory" in " ".join(done.stderr.split())) == (1, True)
