"""What somebody else does meanwhile: writes as well, edits by hand, or ends the process in the middle."""

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.teaching.changes import Change, alone, write
from bot.teaching.errors import TeachingError
from bot.teaching.known import Known, read_known
from bot.teaching.nearness import near
from bot.teaching.teach import teach
from bot.training.data import check_all, utterances
from bot.training.gathered import gathered
from tests.support.commands import Run, run_in
from tests.support.small_checkout import small_checkout
from tests.support.teaching import DAY, HELLO, SOFA, TIME, contents, decided, lines, nothing_near, taught

PASSES_BY_MODES = 1  # CAP_DAC_OVERRIDE: by it root writes where nobody may
DROP_FOR_GOOD = 24  # PR_CAPBSET_DROP


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_checkout(tmp_path / "checkout")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    yield from run_in(tmp_path / "var", monkeypatch)


def started(root: Path, given: bytes, code: str = "", *, modes_hold: bool = False) -> subprocess.Popen[bytes]:
    """`hjemad teach` in a process of its own, after `code` and with `given` to read."""
    begin = f"{code}\nfrom bot.cli import app\napp()"
    command = [sys.executable, "-c", begin, "teach", "-", "--checkout", str(root), "--anyway"]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"HJEMAD_VAR": str(root.parent / "var"), "PYTHONPATH": str(ROOT)},
        preexec_fn=_without_passing_by_modes if modes_hold else None,  # noqa: PLW1509 - it is one call
    )
    assert process.stdin
    process.stdin.write(given)
    process.stdin.close()
    process.stdin = None
    return process


def _without_passing_by_modes() -> None:
    if os.geteuid() == 0:
        ctypes.CDLL(None, use_errno=True).prctl(DROP_FOR_GOOD, PASSES_BY_MODES, 0, 0, 0)


def test_two_at_once_both_have_all_of_theirs_written(root: Path) -> None:
    both = [
        [(f"{who} fortæller noget nummer {number}", "chat_greet", use) for number in range(40) for use in ("train",)]
        + [(f"{who} holder {number} ude", "chat_greet", "held_out") for number in range(10)]
        for who in ("Hun", "Han")
    ]
    processes = [started(root, lines(*rows)) for rows in both]
    told = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    trained = {one.text for one in utterances(root)}
    assert {text for rows in both for text, _, use in rows if use == "train"} <= trained
    known = gathered(root)
    assert {one.text for one in known.examples} == {text for rows in both for text, _, use in rows if use != "train"}
    assert known.version == 2
    check_all(root)


KILLED_AFTER_THE_FIRST = """
import os, signal
from bot.teaching import changes
put = changes._put
def put_and_die(change, fresh):
    put(change, fresh)
    os.kill(os.getpid(), signal.SIGKILL)
changes._put = put_and_die
"""


def test_a_kill_between_two_files_leaves_each_whole_and_the_next_run_completes_it(root: Path, tmp_path: Path) -> None:
    given = lines(SOFA, HELLO, TIME)
    undisturbed = small_checkout(tmp_path / "undisturbed")
    started(undisturbed, given).communicate(timeout=120)
    before = contents(root)
    killed = started(root, given, KILLED_AFTER_THE_FIRST)
    killed.communicate(timeout=120)
    assert killed.returncode == -9
    left = {name: content for name, content in contents(root).items() if not name.endswith(".fresh")}
    assert left == before | {"data/nlu/all.yml": contents(undisturbed)["data/nlu/all.yml"]}
    check_all(root)
    started(root, given).communicate(timeout=120)
    assert contents(root) == contents(undisturbed)


def test_what_somebody_saves_meanwhile_is_not_overwritten(root: Path) -> None:
    file = root / "data/nlu/all.yml"
    edited = file.read_text() + "    - skrevet i hånden imens\n"

    def edits(_new: object, _known: Known) -> list[str]:
        file.write_text(edited)
        return []

    before = contents(root)
    with pytest.raises(TeachingError, match=r"all\.yml was changed by somebody else meanwhile; nothing was written"):
        teach(decided(SOFA, HELLO), root, DAY, edits, anyway=False, dry_run=False)
    assert contents(root) == before | {"data/nlu/all.yml": edited.encode()}
    teach(decided(SOFA, HELLO), root, DAY, nothing_near, anyway=False, dry_run=False)
    assert file.read_text() == edited + f"    - {SOFA[0]}\n"


def test_a_file_that_somebody_makes_meanwhile_is_not_overwritten(root: Path) -> None:
    made, other = root / "tests/held_out/from_conversations.yml", root / "data/nlu/all.yml"
    write([Change(made, None, b"of one\n")])
    with pytest.raises(TeachingError, match="was changed by somebody else"):
        write([Change(other, other.read_bytes(), b""), Change(made, None, b"")])
    assert made.read_bytes() == b"of one\n"
    assert utterances(root)


def test_a_file_keeps_who_may_read_it(root: Path) -> None:
    file = root / "data/nlu/all.yml"
    file.chmod(0o640)
    taught(root, decided(SOFA))
    assert file.stat().st_mode & 0o777 == 0o640


def test_somebody_who_never_ends_is_not_waited_for_for_ever(root: Path) -> None:
    with alone(root), pytest.raises(TeachingError, match="try again"), alone(root, patience=0.1):
        pass
    with alone(root, patience=0.1):
        pass


def test_a_folder_that_nobody_may_write_to_is_told_plainly(root: Path) -> None:
    folder, before = root / "data/nlu", contents(root)
    folder.chmod(0o555)
    try:
        process = started(root, lines(HELLO, SOFA), modes_hold=True)
        _, told = process.communicate(timeout=120)
    finally:
        folder.chmod(0o755)
    assert process.returncode == 1
    assert b"cannot be written: Permission denied; nothing was written" in b" ".join(told.split())
    assert contents(root) == before


def test_yaml_broken_by_hand_is_told_by_file_and_line(root: Path, run: Run) -> None:
    file = root / "data/nlu/all.yml"
    file.write_text(file.read_text() + "  bad: [\n")
    done = run("teach", "-", "--checkout", str(root), given=lines(SOFA).decode())
    assert done.exit_code == 1
    assert "TeachingError" in done.stderr
    assert "data/nlu/all.yml, line" in done.stderr.replace("\n", "")


def test_the_command_tells_what_is_near_and_takes_it_when_told_to(root: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "decided.jsonl"
    file.write_bytes(lines(("jeg sover paa sofaer", "housing_couch_surfing", "train"), TIME))
    refused = run("teach", str(file), "--checkout", str(root))
    assert refused.exit_code == 1
    assert "line 1: 'jeg sover paa sofaer' is" in refused.stderr.replace("\n", " ")
    done = run("teach", str(file), "--checkout", str(root), "--anyway")
    assert done.exit_code == 0
    assert done.stdout == "data/nlu/all.yml is written\n"
    again = run("teach", str(file), "--checkout", str(root))
    assert again.exit_code == 0
    assert "Nothing is new." in again.stderr


def test_nearness_is_looked_for_among_all_and_meaning_among_what_is_learnt(root: Path, run: Run) -> None:
    taught(root, decided(SOFA))
    alike, nearly = f"{SOFA[0]} nu", f"{SOFA[0]} nu."
    known = read_known(root)
    learnt = near(decided((alike, SOFA[1], "train"), TIME), known)
    assert {line.split(" is ")[1].split(" like ")[0] for line in learnt} == {"written", "meant"}
    assert all(line.startswith(f"line 1: {alike!r} is ") and f"{SOFA[0]!r} in {root}" in line for line in learnt)
    (held,) = near(decided(TIME, (nearly, SOFA[1], "held_out")), known)
    assert held.startswith(f"line 2: {nearly!r} is written like {SOFA[0]!r}")
    one_another = near(
        decided(
            HELLO,
            ("jeg har boet i en varevogn siden maj", SOFA[1], "held_out"),
            ("Jeg har boet i en varevogn siden i maj", SOFA[1], "held_out"),
        ),
        known,
    )
    assert [line[-6:] for line in one_another] in (["line 2"], ["line 3"])
    twice = near(
        decided(("hvad koster et depositum", SOFA[1], "train"), ("Hvad koster depositum", SOFA[1], "train")), known
    )
    assert [line[-6:] for line in twice if "meant" in line] in (["line 1"], ["line 2"])
    assert near([], known) == []


def test_a_dry_run_is_a_patch_that_git_takes(root: Path, run: Run) -> None:
    git = ("git", "-C", str(root))
    subprocess.run([*git, "init", "-q"], check=True)
    given = lines(SOFA, HELLO, TIME).decode()
    patch = run("teach", "-", "--checkout", str(root), "--dry-run", given=given).stdout
    before = contents(root)
    subprocess.run([*git, "apply", "-"], input=patch.encode(), check=True)
    by_patch = contents(root)
    assert by_patch != before
    subprocess.run([*git, "apply", "--reverse", "-"], input=patch.encode(), check=True)
    assert run("teach", "-", "--checkout", str(root), given=given).exit_code == 0
    assert contents(root) == by_patch


def test_no_file_and_no_checkout_are_told_plainly(root: Path, run: Run, tmp_path: Path) -> None:
    missing = run("teach", str(tmp_path / "none.jsonl"), "--checkout", str(root))
    assert (missing.exit_code, "cannot be read" in missing.stderr) == (1, True)
    elsewhere = run("teach", "-", "--checkout", str(tmp_path / "nowhere"), given=json.dumps({}))
    assert elsewhere.exit_code == 1


def test_brackets_are_told_as_they_are(root: Path, run: Run) -> None:
    given = lines(("[/b] hej", "nowhere", "train"), ("ring på 20 12 34 56", "chat_greet", "train")).decode()
    told = run("teach", "-", "--checkout", str(root), given=given)
    assert told.exit_code == 1
    assert "line 1: the intent nowhere does not exist" in told.stderr
    assert "[telefonnummer]" in told.stderr
    bracket = run("teach", "-", "--checkout", str(root), given=lines(("[/b](x) hej", "chat_greet", "train")).decode())
    assert "'[/b](x) hej'" in bracket.stderr
