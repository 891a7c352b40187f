"""The excused advisories are reasoned and about what is locked, and the audit tells what is not excused."""

import json
import stat
import sys
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.settings import ROOT
from bot.upkeep.audit import PROBE, Finding, ServiceAwayError, findings_in, judge, main
from bot.upkeep.excuses import Excuse, ExcuseError, load_excuses

LOCKED = {p["name"]: p.get("version") for p in tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]}
TODAY = date(2026, 11, 28)
WHY = "It is asked by our own web process only, behind loopback."
KERAS = Excuse("keras", "2.12.0", frozenset({"CVE-2024-3660"}), WHY, TODAY)
FOUND = Finding("keras", "2.12.0", frozenset({"GHSA-x", "CVE-2024-3660"}), ("2.13.1",))
ENTRY = {"package": "a", "version": "1.0", "advisories": ["CVE-1-1"], "why": WHY, "until": TODAY}


def test_every_excuse_is_about_a_package_as_it_is_locked() -> None:
    excuses = load_excuses()
    assert excuses
    assert {e.package: e.version for e in excuses} == {e.package: LOCKED.get(e.package) for e in excuses}


def test_the_package_that_is_asked_about_first_is_locked() -> None:
    name, _, version = PROBE.partition("==")
    assert LOCKED[name] == version


@pytest.mark.parametrize(
    "change",
    [
        {"why": "old"},
        {"why": None},
        {"until": "2027-06-01"},
        {"until": None},
        {"advisories": "CVE-1-1"},
        {"advisories": [1]},
        {"advisories": ["all"]},
        {"version": 1.0},
        {"more": "x"},
    ],
)
def test_an_entry_without_a_reason_a_day_or_a_name_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    file = tmp_path / "excuses.yml"
    file.write_text(json.dumps([ENTRY], default=str).replace(f'"{TODAY}"', str(TODAY)), encoding="utf-8")
    assert load_excuses(file)[0].until == TODAY
    wrong = json.dumps([ENTRY | change], default=str).replace(f'"{TODAY}"', str(TODAY))
    file.write_text(wrong, encoding="utf-8")
    with pytest.raises(ExcuseError):
        load_excuses(file)


def test_a_package_stands_once(tmp_path: Path) -> None:
    file = tmp_path / "excuses.yml"
    file.write_text(json.dumps([ENTRY, ENTRY], default=str).replace(f'"{TODAY}"', str(TODAY)), encoding="utf-8")
    with pytest.raises(ExcuseError, match="more than one"):
        load_excuses(file)


def test_what_is_excused_by_any_of_its_names_is_good_until_its_day() -> None:
    assert judge([FOUND], [KERAS], TODAY).good
    late = judge([FOUND], [KERAS], date(2026, 11, 29))
    assert (late.good, late.run_out) == (False, [KERAS])


@pytest.mark.parametrize(
    "finding",
    [
        Finding("keras", "2.12.0", frozenset({"CVE-2099-1"}), ()),
        Finding("keras", "2.12.1", frozenset({"CVE-2024-3660"}), ()),
        Finding("sanic", "21.12.2", frozenset({"CVE-2024-3660"}), ()),
    ],
)
def test_another_advisory_version_or_package_is_not_excused(finding: Finding) -> None:
    verdict = judge([finding], [KERAS], TODAY)
    assert (verdict.good, verdict.unexcused, verdict.unneeded) == (False, [finding], ["keras: CVE-2024-3660"])


def test_an_answer_that_passes_over_packages_is_none() -> None:
    found = {"id": "PYSEC-1", "aliases": ["CVE-1-1"], "fix_versions": ["2"], "description": "d"}
    whole = {"dependencies": [{"name": "a", "version": "1", "vulns": [found]}], "fixes": []}
    assert findings_in(json.dumps(whole), "") == [Finding("a", "1", frozenset({"PYSEC-1", "CVE-1-1"}), ("2",))]
    whole["dependencies"].append({"name": "b", "skip_reason": "not found"})
    for answer in (json.dumps(whole), json.dumps({"dependencies": []}), "", "[]", "{"):
        with pytest.raises(ServiceAwayError):
            findings_in(answer, "Traceback\nConnectionError: no such host")


def uv_that_answers(folder: Path, about_probe: list[dict[str, Any]], about_all: list[dict[str, Any]] | None) -> str:
    """A program in the place of uv, for the service is not reached from every machine; None: it breaks off."""
    file = folder / "uv"
    file.write_text(
        f"""#!{sys.executable}
import json, sys
from pathlib import Path
if sys.argv[1] == "export":
    print("a==1.0\\nb==2.0")
    sys.exit()
asked = Path(sys.argv[sys.argv.index("--requirement") + 1]).read_text()
answer = {about_probe!r} if asked == {PROBE!r} else {about_all!r}
if answer is None:
    sys.exit("Traceback (most recent call last):\\nConnectionError: no such host")
print(json.dumps({{"dependencies": answer, "fixes": []}}))
sys.exit(1)
""",
        encoding="utf-8",
    )
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(file)


def of(package: str, version: str, *names: str) -> dict[str, Any]:
    vulns = [{"id": name, "aliases": [], "fix_versions": [], "description": ""} for name in names]
    return {"name": package, "version": version, "vulns": vulns}


KNOWN = of("keras", "2.12.0", "CVE-2024-3660")


@pytest.mark.parametrize(
    ("probe", "all_of_it", "code", "says"),
    [
        ([KNOWN], [KNOWN, of("a", "1.0")], 0, "No advisory that is not excused"),
        ([KNOWN], [KNOWN, of("a", "1.0", "CVE-2099-7")], 1, "TO MEND  a 1.0: CVE-2099-7"),
        ([{"name": "keras", "skip_reason": "not found"}], [], 2, "did not answer"),
        ([of("keras", "2.12.0")], [], 2, "knows nothing of keras"),
        ([KNOWN], None, 2, "no such host"),
        ([KNOWN], [], 2, "No package was looked up"),
    ],
)
def test_the_exit_code_says_it_and_no_trace_is_shown(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    probe: list[dict[str, Any]],
    all_of_it: list[dict[str, Any]] | None,
    code: int,
    says: str,
) -> None:
    monkeypatch.setattr("bot.upkeep.audit.load_excuses", lambda: [replace(KERAS, until=date.max)])
    assert main(uv_that_answers(tmp_path, probe, all_of_it), "pypi") == code
    said = capsys.readouterr().out
    assert says in said
    assert "Traceback" not in said


def test_without_uv_nothing_is_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(str(tmp_path / "none"), "pypi") == 2
    assert "Nothing is known" in capsys.readouterr().out
