"""What was decided is taken whole or not at all, and what is wrong is told by its line."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.teaching.changes import diff
from bot.teaching.decided import Use, read_decided
from bot.teaching.errors import TeachingError
from bot.teaching.known import Known
from bot.teaching.teach import teach
from bot.training.data import check_all
from bot.training.files import DataError
from tests.support.small_checkout import TOPICS, small_checkout
from tests.support.teaching import DAY, HELLO, SOFA, TIME, contents, decided, lines, nothing_near, taught


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_checkout(tmp_path)


def fault(root: Path, *rows: tuple[str, str, str]) -> str:
    """What is told of these; and nothing was written."""
    before = contents(root)
    with pytest.raises(TeachingError) as caught:
        taught(root, decided(*rows))
    assert contents(root) == before
    return str(caught.value)


def test_each_message_goes_where_it_belongs(root: Path) -> None:
    done = taught(root, decided(SOFA, HELLO, TIME))
    assert [str(one.file.relative_to(root)) for one in done.changes] == [
        "data/nlu/all.yml",
        "tests/held_out/from_conversations.yml",
    ]
    trained, held = ((root / one.file).read_text() for one in done.changes)
    assert f"    - {TOPICS['booking_request'][-1]}\n    - {TIME[0]}\n- intent: housing" in trained
    assert trained.endswith(f"    - {SOFA[0]}\n")
    assert f'- text: "{HELLO[0]}"\n  intent: chat_greet\n  since: 1\n' in held
    check_all(root)


def test_twice_is_once(root: Path) -> None:
    taught(root, decided(SOFA, HELLO, TIME))
    before = contents(root)
    again = taught(root, decided(TIME, SOFA, HELLO))
    assert again.changes == ()
    assert [line.split(":")[0] for line in again.skipped] == ["line 1", "line 2", "line 3"]
    assert all("already in" in line for line in again.skipped)
    assert contents(root) == before


rows = st.lists(
    st.tuples(
        st.text(st.sampled_from("abcæøå ABC-:#'\"[]|>!?0"), min_size=1),
        st.sampled_from(sorted(TOPICS)),
        st.sampled_from([one.value for one in Use]),
    ),
    max_size=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows, st.randoms())
def test_whatever_is_taught_its_order_makes_no_difference(
    tmp_path_factory: pytest.TempPathFactory, given_rows: list[tuple[str, str, str]], chance: object
) -> None:
    outcomes = []
    for _ in range(2):
        root = small_checkout(tmp_path_factory.mktemp("checkout"))
        try:
            taught(root, decided(*given_rows))
            check_all(root)
            once = contents(root)
            assert taught(root, decided(*given_rows)).changes == ()
            assert contents(root) == once
        except TeachingError:
            assert contents(root) == contents(small_checkout(tmp_path_factory.mktemp("checkout")))
        outcomes.append(contents(root))
        chance.shuffle(given_rows)  # type: ignore[attr-defined]
    assert outcomes[0] == outcomes[1]


def test_a_dry_run_tells_and_writes_nothing(root: Path) -> None:
    before = contents(root)
    told = "".join(diff(one, root) for one in taught(root, decided(TIME, HELLO), dry_run=True).changes)
    assert contents(root) == before
    assert f"+    - {TIME[0]}\n" in told
    assert not [line for line in told.split("\n") if line.startswith("-") and not line.startswith("--- ")]
    assert "--- /dev/null\n+++ b/tests/held_out/from_conversations.yml\n" in told


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("jeg sover hos min kusine", "housing_couch", "train"), "the intent housing_couch does not exist"),
        (("noget helt nyt", "chat_greet", "tuning"), "the set is 'tuning'; it is train or held_out"),
        (("Hej!", "booking_request", "train"), "stands under chat_greet in"),
        (("hejsa med dig?", "chat_greet", "train"), "is held out for testing and must not be trained on"),
        (("hej", "chat_greet", "held_out"), "is trained on"),
        (("/restart", "chat_greet", "train"), "is a typed command"),
        ((" / chat_greet", "chat_greet", "train"), "is a typed command"),
        (("ring på 20 12 34 56", "chat_greet", "train"), "identifies somebody"),
        (("jeg bor i [Aarhus](town)", "chat_greet", "train"), "reads a bracket"),
        (("[navn][adresse]", "chat_greet", "train"), "reads a bracket"),
        (("hej\x00du", "chat_greet", "train"), "cannot be shown"),
    ],
)
def test_one_bad_line_keeps_all_from_being_written(root: Path, row: tuple[str, str, str], told: str) -> None:
    (line,) = fault(root, SOFA, row).splitlines()
    assert line.startswith("line 2: ")
    assert told in line


def test_every_fault_is_told_in_the_order_of_the_lines(root: Path) -> None:
    told = fault(root, ("å", "nothing", "train"), SOFA, ("a", "nothing", "train"))
    assert [line.split(":")[0] for line in told.splitlines()] == ["line 1", "line 3"]


def test_what_identifies_is_not_repeated(root: Path) -> None:
    told = fault(root, ("jeg hedder Aminata og mit nummer er 20123456", "chat_greet", "train"))
    assert "[telefonnummer]" in told
    assert "Aminata" not in told
    assert "2012" not in told


def test_what_was_masked_is_taken(root: Path) -> None:
    taught(root, decided(("ring til mig på [telefonnummer], jeg hedder [navn]", "booking_request", "train")))
    assert "    - ring til mig på [telefonnummer], jeg hedder [navn]\n" in (root / "data/nlu/all.yml").read_text()


def test_one_text_of_two_meanings_or_two_uses_is_a_fault(root: Path) -> None:
    both = fault(root, SOFA, (SOFA[0].upper() + "!", "chat_greet", "train"))
    assert "chat_greet for train in line 2" in both
    assert "line 2" in fault(root, SOFA, (SOFA[0], SOFA[1], "held_out"))


def test_one_text_twice_is_told_and_taken_once(root: Path) -> None:
    done = taught(root, decided(SOFA, (f"{SOFA[0]}!", *SOFA[1:])))
    assert done.skipped == ("line 2: says what line 1 says",)
    assert (root / "data/nlu/all.yml").read_text().count(SOFA[0]) == 1


def test_what_settings_are_chosen_on_and_what_is_none_of_ours_stays_apart(root: Path) -> None:
    tuning, elsewhere = root / "tests/tuning/intents.yml", root / "tests/held_out/elsewhere.yml"
    tuning.parent.mkdir()
    tuning.write_text("nlu:\n- intent: chat_greet\n  examples: |\n    - så er jeg her\n", encoding="utf-8")
    elsewhere.write_text("messages:\n- hvornår går toget til Fredericia\n", encoding="utf-8")
    for text in ("Så er jeg her", "hvornår går toget til fredericia?"):
        for use in ("train", "held_out"):
            assert "nothing is learnt from or measured by" in fault(root, (text, "chat_greet", use))


def test_what_was_gathered_must_not_be_trained_on_later(root: Path) -> None:
    taught(root, decided(HELLO))
    assert "is held out for testing" in fault(root, (HELLO[0], HELLO[1], "train"))
    file = root / "data/nlu/all.yml"
    file.write_text(file.read_text().replace("    - hejsa\n", f"    - hejsa\n    - {HELLO[0]}\n"))
    with pytest.raises(DataError, match="is held out"):
        check_all(root)


def test_what_is_near_is_told_and_taken_only_when_it_is_meant_so(root: Path) -> None:
    def near(new: object, _known: Known) -> list[str]:
        return [f"{len(new)} are near"]  # type: ignore[arg-type]

    before = contents(root)
    with pytest.raises(TeachingError, match=r"1 are near\n.*--anyway"):
        teach(decided(SOFA), root, DAY, near, anyway=False, dry_run=False)
    assert contents(root) == before
    assert teach(decided(SOFA), root, DAY, near, anyway=True, dry_run=False).near == ("1 are near",)
    assert contents(root) != before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"text": "hej", "intent": "chat_gr', "line 2: is not JSON; is it cut off?"),
        (b'["hej"]', "line 2: is no object"),
        (b'{"text": "hej", "intent": "chat_greet"}', "line 2: lacks 'set'"),
        (b'{"text": "  ", "intent": "chat_greet", "set": "train"}', "line 2: lacks 'text'"),
        (b'{"text": 7, "intent": "chat_greet", "set": "train"}', "line 2: lacks 'text'"),
        (b'{"text": "h\xff", "intent": "chat_greet", "set": "train"}', "line 2: is not UTF-8"),
        (b"[" * 100_000, "line 2: is not JSON"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(content: bytes, told: str) -> None:
    with pytest.raises(TeachingError, match=told):
        read_decided(lines(SOFA) + content)


def test_white_space_empty_lines_and_other_keys_make_no_difference() -> None:
    content = b'\xef\xbb\xbf\r\n{"text": " hej\\n\\u2028du ", "intent": "chat_greet", "set": "train", "by": 3}\r\n\r\n'
    (one,) = read_decided(content)
    assert (one.text, one.line) == ("hej du", 2)


def test_a_folder_that_is_no_checkout_is_named(tmp_path: Path) -> None:
    with pytest.raises(TeachingError, match="is this a checkout"):
        teach([], tmp_path, DAY, nothing_near, anyway=False, dry_run=True)
