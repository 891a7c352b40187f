"""`make audit`: known advisories of the packages in the lock file, but for those that are excused.

Exit codes: 0 nothing to do; 1 something to mend or to think about again; 2 nobody could be asked, so nothing is known.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.upkeep.excuses import Excuse, ExcuseError, load_excuses

PIP_AUDIT = "pip-audit==2.10.1"
# Any package whose advisory is older than this file: a service that knows none of it knows nothing.
PROBE = "keras==2.12.0"
SECONDS = 1800


class ServiceAwayError(Exception):
    """No advisory service answered; the message says what came instead."""


@dataclass(frozen=True)
class Finding:
    """One advisory of one locked package; `names` are its own and its other names."""

    package: str
    version: str
    names: frozenset[str]
    fixed_in: tuple[str, ...]

    def __str__(self) -> str:
        mended = f"mended in {', '.join(self.fixed_in)}" if self.fixed_in else "not mended yet"
        return f"{self.package} {self.version}: {', '.join(sorted(self.names))}; {mended}"


@dataclass(frozen=True)
class Verdict:
    """What to mend, which excuses have run out while they are needed, and which are needed no more."""

    unexcused: list[Finding]
    run_out: list[Excuse]
    unneeded: list[str]

    @property
    def good(self) -> bool:
        """Whether there is nothing to do today."""
        return not self.unexcused and not self.run_out


def judge(findings: Sequence[Finding], excuses: Sequence[Excuse], today: date) -> Verdict:
    """Holds what was found against the list. An excuse holds for its own version only."""
    by_package = {(excuse.package, excuse.version): excuse for excuse in excuses}
    used: set[str] = set()
    unexcused, needed = [], set()
    for finding in findings:
        excuse = by_package.get((finding.package, finding.version))
        if excuse is None or not (known := excuse.advisories & finding.names):
            unexcused.append(finding)
        else:
            used |= known
            needed.add(excuse)
    named = {(excuse.package, name) for excuse in excuses for name in excuse.advisories}
    unneeded = sorted(f"{package}: {name}" for package, name in named if name not in used)
    return Verdict(unexcused, sorted((e for e in needed if e.until < today), key=lambda e: e.package), unneeded)


def findings_in(answer: str, complaint: str) -> list[Finding]:
    """What pip-audit's JSON tells. Raises ServiceAwayError when it tells nothing, or not of every package."""
    try:
        dependencies: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError) as error:
        raise ServiceAwayError(complaint.strip().rpartition("\n")[2] or "pip-audit said nothing") from error
    if not dependencies:
        raise ServiceAwayError("No package was looked up.")
    # Where the package index has no advisories pip-audit passes over every package, and calls that success.
    if skipped := [one for one in dependencies if "skip_reason" in one]:
        raise ServiceAwayError(f"{len(skipped)} of {len(dependencies)} were not looked up: {skipped[0]['skip_reason']}")
    return [
        Finding(one["name"], one["version"], frozenset({found["id"], *found["aliases"]}), tuple(found["fix_versions"]))
        for one in dependencies
        for found in one["vulns"]
    ]


def ask(uv: str, service: str, requirements: str) -> list[Finding]:
    """Asks the service about these lines of requirements. Raises ServiceAwayError."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "requirements.txt"
        file.write_text(requirements, encoding="utf-8")
        run = [uv, "tool", "run", "--quiet", "--from", PIP_AUDIT, "pip-audit", "--requirement", str(file)]
        flags = ["--disable-pip", "--no-deps", "--format=json", "--progress-spinner=off", "--vulnerability-service"]
        done = _run([*run, *flags, service])
    return findings_in(done.stdout, done.stderr)


def audit(uv: str, service: str, excuses: Sequence[Excuse], today: date) -> Verdict:
    """The verdict on the lock file. Raises ServiceAwayError, SubprocessError without a lock file that can be read."""
    if not ask(uv, service, PROBE):
        raise ServiceAwayError(f"It knows nothing of {PROBE}, of which everybody knows something.")
    export = [uv, "export", "--frozen", "--quiet", "--no-emit-project", "--no-header", "--no-hashes"]
    exported = _run(export)
    if exported.returncode or not exported.stdout.strip():
        raise subprocess.CalledProcessError(exported.returncode, export, stderr=exported.stderr)
    return judge(ask(uv, service, exported.stdout), excuses, today)


def main(uv: str, service: str) -> int:
    """Prints the verdict; the exit code says it too."""
    try:
        verdict = audit(uv, service, load_excuses(), datetime.now(UTC).date())
    except ServiceAwayError as error:
        _say(f"Nothing is known: the advisory service ({service}) did not answer. {error}")
        _say("Run `make audit` on a machine that reaches it, or with SERVICE=osv.")
        return 2
    except (ExcuseError, subprocess.SubprocessError, OSError) as error:
        _say(f"Nothing is known: {error}")
        return 2
    _print(verdict)
    return 0 if verdict.good else 1


def _print(verdict: Verdict) -> None:
    for finding in verdict.unexcused:
        _say(f"TO MEND  {finding}")
    for excuse in verdict.run_out:
        _say(f"RUN OUT  {excuse.package} {excuse.version}: excused until {excuse.until}; think again: {excuse.why}")
    for name in verdict.unneeded:
        _say(f"(excused and not found, so the line can go: {name})")
    if verdict.good:
        _say("No advisory that is not excused.")


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603 - ours


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "pypi"))  # noqa: PLR2004 - uv, service
